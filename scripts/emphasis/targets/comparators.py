"""A quantity, and the words around it that say how it binds."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast, get_args

from emphasis.errors import EmphasisError
from emphasis.targets.model import Comparator
from emphasis.targets.wordlists import FOLDER, WordSet, alternation, words_by_key

Form = Literal["number", "rank", "multiple", "fraction", "digits"]


def _meanings(side: str) -> dict[str, Comparator]:
    """The comparator that each word before, or after, a quantity stands for."""
    found: dict[str, Comparator] = {}
    for comparator, some in words_by_key("comparators", side).items():
        if comparator not in get_args(Comparator):
            raise EmphasisError(
                f"{FOLDER}/comparators.yaml: {side}: {comparator} is no comparator; write one of those of targets.csv"
            )
        for word in some:
            if word in found:
                raise EmphasisError(f"{FOLDER}/comparators.yaml: {side}: {word} is listed twice; delete one")
            found[word] = cast(Comparator, comparator)
    return found


_BEFORE = _meanings("before")
_BEFORE_WORDS = WordSet(_BEFORE)
_BEHIND_CUE = ("了", "每人每年", "每人每月")
_NO_CUE_BEFORE = frozenset("通经超不度走跨越难")
"""With which 过 is part of another word (通过)."""
_AFTER_MEANS = _meanings("after")
_AFTER = re.compile(
    rf" ?(?:的|及|及其)?(?P<word>{alternation(_AFTER_MEANS)})(?!级)|(?P<more>多|余)(?!年|元|额|样|个|次|方)"
)
_EACH = re.compile(
    r"(?P<who>每人|人均|每户|户均|每亩|亩均|每生|生均|每月|月均|每天|日均|每学期|每名|每辆|每件|每吨|每公里|每平方米)?"
    r"(?P<when>每年|每月|每天|每日|每学年|每学期)? ?$"
)
_MAX_CUE = 10


class Quantity(NamedTuple):
    """A quantity in a folded sentence.

    `start` and `end` include the cues (超过, 以上), `core` is where the number itself begins. `value` is in `unit`. `form`
    tells quantities that are not a number with a unit: a rank, 翻番 and 倍, a fraction, 两位数. `link` is the predicate between
    the two numbers of a ``from_to`` (压缩至).
    """

    start: int
    core: int
    end: int
    value: float
    high: float | None
    unit: str
    comparator: Comparator
    form: Form = "number"
    link: str = ""


def follows_comparator(text: str, position: int) -> bool:
    """Whether a word that binds a quantity (超过, 近, 不低于) ends at `position`."""
    return bool(_cue(text, position)[0])


def _cue(text: str, position: int) -> tuple[str, int]:
    """The word that binds a quantity and ends at `position`, and where it begins."""
    end = position - 1 if text.endswith(" ", 0, position) else position
    if text.endswith(_BEHIND_CUE, 0, end):
        end -= 1 if text.endswith("了", 0, end) else len("每人每年")
    word = _BEFORE_WORDS.longest_suffix(text[max(0, end - _MAX_CUE) : end])
    start = end - len(word)
    if word == "过" and text[start - 1 : start] in _NO_CUE_BEFORE:
        word = ""
    return word, start


def attach_comparators(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the words around it that bind it (不低于…, …以上) or divide its unit (每人每年…元)."""
    start, comparator, unit = quantity.start, quantity.comparator, quantity.unit
    each = _EACH.search(text, max(0, start - _MAX_CUE), start) if unit.endswith("元") else None
    if each is not None and each.group().strip():
        unit += _per(each["who"] or "", each["when"] or "")
        start = each.start() if each["who"] not in {"人均", "户均", "亩均", "生均", "日均", "月均"} else start
    word, begin = _cue(text, start)
    if word:
        comparator = comparator if comparator == "range" else _BEFORE[word]
        start = begin
    end = quantity.end
    after = _AFTER.match(text, end)
    if after is not None:
        end = after.end()
        if after["more"]:
            comparator = "approx_above" if comparator == "eq" else comparator
        elif comparator != "range":
            comparator = _AFTER_MEANS[after["word"]]
    if (start, end, unit) == (quantity.start, quantity.end, quantity.unit):
        return quantity
    return quantity._replace(start=start, end=end, comparator=comparator, unit=unit)


def _per(who: str, when: str) -> str:
    subject = {"每人": "人", "每户": "户", "每亩": "亩", "每生": "生", "每名": "人"}.get(
        who, who[1:] if who[:1] == "每" else ""
    )
    if who in {"每月", "每天", "每学期"}:
        return f"/{who[1:]}"
    period = when[1:].replace("日", "天") if when else ""
    joined = "·".join(part for part in (subject, period) if part)
    return f"/{joined}" if joined else ""
