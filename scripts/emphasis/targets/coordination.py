"""Lists that share a head: 分别增长15.6%、24.4%; 均增长10%以上; 产销量; 城乡居民收入."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emphasis.targets.phrases import LeftContext, read_left_context
from emphasis.targets.wordlists import WordSet, words

_BARE_MEASURES = frozenset(words("nouns", "bare_measures"))
_RELATIVE = frozenset(("增速", "增幅", "占比", "比重", "比例"))
"""Measures of another measure: 游客人次、总花费增速 are two growth rates."""
_AND = re.compile(r"、|和|与|及|以及")
_MEASURES = WordSet(words("nouns", "measures"))
_COMPOUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("产销量", ("产量", "销量")),
    ("产销", ("产量", "销量")),
    ("产值、增加值", ("产值", "增加值")),
    ("城乡居民", ("城镇居民", "农村居民")),
    ("进出口", ("出口", "进口")),
    ("起数和死亡人数", ("起数", "死亡人数")),
    ("环比、同比", ("环比", "同比")),
)
"""Words that stand for two indicators in the order in which their quantities follow."""


def split_coordination(phrase: str, n: int) -> list[str]:
    """The `n` indicators that a coordinated noun phrase names; the phrase itself `n` times if it does not divide.

    A measure that only the last of them carries is given to all (光电信息、医药健康产业产值).

    Examples
    --------
    >>> split_coordination("光电信息、医药健康产业产值", 2)
    ['光电信息产业产值', '医药健康产业产值']
    >>> split_coordination("新能源汽车产销量", 2)
    ['新能源汽车产量', '新能源汽车销量']
    """
    parts = _parts(phrase, n)
    if len(parts) != n:
        for word, halves in _COMPOUNDS:
            if n == 2 and word in phrase:
                return [phrase.replace(word, half, 1) for half in halves]
        return [phrase] * n
    return _share_tail(parts)


def coordinated_indicators(phrase: str) -> list[str]:
    """The indicators of which 均 or 都 says the same; the phrase alone if it names one."""
    if re.search(r"等(?!级|候)", phrase):
        return [phrase]
    parts = [p for p in re.split(r"、|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", phrase) if p]
    if len(parts) < 2 or any(len(p) < 2 for p in parts):
        return [phrase]
    return list(dict.fromkeys(_share_tail(parts)))


def _parts(phrase: str, n: int) -> list[str]:
    for pattern in (r"、|(?:和|与|及|以及)(?=[^、]*$)", "、", _AND.pattern):
        parts = [p for p in re.split(pattern, phrase) if p]
        if len(parts) == n:
            return parts
    return [phrase]


def _measure(phrase: str) -> str:
    """The measure that ends a phrase; empty if the phrase is nothing else."""
    return _MEASURES.longest_suffix(phrase[1:])


def _share_tail(parts: list[str]) -> list[str]:
    tail = _measure(parts[-1])
    if tail in _RELATIVE:
        return [p if p.endswith(tail) else p + tail for p in parts]
    if len(tail) == 1 and any(p.endswith(tail) for p in parts[:-1]):
        return parts
    if len(tail) == 1:
        return ["、".join(parts)] * len(parts) if all(len(p) <= 4 for p in parts[:-1]) else parts
    if not tail or any(len(_measure(p)) > 1 or p in _MEASURES for p in parts[:-1]):
        return parts
    stem = parts[-1][: -len(tail)]
    chain = "产业链" if stem.endswith("产业链") else "产业" if stem.endswith("产业") else ""
    if chain and not parts[0].endswith(("产业", "业", "产业链")):
        tail = chain + tail
    return [p + tail for p in parts[:-1]] + [parts[-1]]


@dataclass
class Antecedents:
    """What the clauses so far have named, for those that leave it out."""

    subject: str = ""
    recent: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    direction: str = ""
    verb: str = ""
    noun: str = ""
    noun_unit: str = ""
    consumed: int = 0


def resolve_indicators(
    before: LeftContext, row: int, fresh: bool, indicator: str, antecedents: Antecedents
) -> list[str]:
    """The indicators that the quantity is about: one, or several with 均, or the next of those with 分别.

    Parameters
    ----------
    before : LeftContext
        What was read before the quantity.
    row : int
        How many more quantities the list has that 分别 opened.
    fresh : bool
        Whether a clause begins between this quantity and the one before.
    indicator : str
        As found beside the quantity; empty if it stands elsewhere.
    antecedents : Antecedents
        What the clauses so far have named; `Antecedents.pending` is updated.
    """
    named = (
        row
        and before.direction
        and indicator.count("、") + indicator.count("和") == row
        and len(set(split_coordination(indicator, row + 1))) > row
    )
    if row and (named or "分别" in before.adverbs or "分别" in indicator):
        first, *others = _respective(before, row, indicator, antecedents)
        antecedents.pending = tuple(others)
        return [first] if first else []
    if antecedents.pending and not indicator and not fresh:
        head, antecedents.pending = antecedents.pending[0], antecedents.pending[1:]
        return [head]
    antecedents.pending = ()
    if not indicator and "均" in before.adverbs and len(set(antecedents.recent[-2:])) == 2:
        # 接待游客2300万人次,旅游收入260亿元,均增长15%以上: said of both that were named.
        return [_with_base(name, before) for name in antecedents.recent[-2:]]
    if not indicator:
        indicator = antecedents.subject
    elif indicator in _BARE_MEASURES and antecedents.subject and not antecedents.subject.endswith(indicator):
        indicator = antecedents.subject + indicator
    if not indicator:
        return []
    if indicator.startswith("对") and indicator.endswith("贡献率") and antecedents.subject:
        indicator = antecedents.subject + indicator
    if before.indicator and any(a in before.adverbs for a in ("均", "都", "各")):
        return coordinated_indicators(_with_base(indicator, before))
    return [_with_base(indicator, before)]


def _respective(before: LeftContext, row: int, indicator: str, antecedents: Antecedents) -> list[str]:
    """The heads that 分别 gives one quantity each: in the clause, or those of the quantities before."""
    n = 1 + row
    if "分别" in indicator:
        # 交通、水利分别完成投资2500亿元、800亿元: the heads stand before 分别, what they share after it.
        heads, _, rest = indicator.partition("分别")
        shared = read_left_context(rest).indicator or rest
        return [name + shared for name in split_coordination(heads, n)]
    if indicator:
        return split_coordination(_with_base(indicator, before), n)
    pool = list(antecedents.recent[-n:])
    if len(pool) < n:
        pool = split_coordination(antecedents.subject, n) if antecedents.subject else [""] * n
    return [_with_base(name, before) for name in pool]


def _with_base(indicator: str, before: LeftContext) -> str:
    if before.base is None or not indicator:
        return indicator
    return f"{indicator}占{before.base}比重" if before.base else f"{indicator}占比"
