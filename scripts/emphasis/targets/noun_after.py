"""The noun phrase after a quantity, up to the first predicate (12项｜成果｜获国家科学技术奖), where the noun follows the number."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from emphasis.targets.wordlists import WordSet, alternation, alternatives, words

_VERB = WordSet(word for group in ("actions", "causatives", "before_verbs") for word in words("clause", group))
_NOUN_ENDINGS = words("clause", "noun_endings")
NOUN_ENDING = re.compile(
    alternation(_NOUN_ENDINGS, not_before=alternatives("clause", "noun_endings_not_before", _NOUN_ENDINGS))
)
"""What shows that a verb is the first part of a noun (生产能力, 签约项目)."""
_PREDICATES_AFTER = words("clause", "predicates")
_END_OF_NOUN = re.compile(
    alternation(
        _PREDICATES_AFTER,
        only_before=alternatives("clause", "predicates_only_before", _PREDICATES_AFTER),
        not_before=alternatives("clause", "predicates_not_before", _PREDICATES_AFTER),
        not_after=alternatives("clause", "predicates_not_after", _PREDICATES_AFTER),
        inside=words("clause", "predicates_inside"),
    )
    + r"|(?<!\d)\d{1,2}月底?前"
)
"""The predicate that ends the noun phrase after a quantity (12项成果｜获国家科学技术奖), or its time (10所学校｜8月底前投入使用)."""
_QUOTED = re.compile(r"“[^”]*”|“.*$")
_NO_NOUN = (
    "大关",
    "关口",
    "台阶",
    "门槛",
    "左右",
    "年内",
    "年底前",
    "上下",
    "预期目标",
    "目标",
    "增速",
    "水平",
    "幅度",
    "速度",
    "基础上",
    "基础之上",
    "前提下",
    "同时",
    "控制线",
    "警戒线",
    "国际警戒线",
    "平均线",
    "平均水平",
)
_YEARS = re.compile(r"[\d一二三四五六七八九十两]+年(?!级)")
_STOP = re.compile(r"[,;:。!?\n]|——")
FIRST_OF_ALL = re.compile(
    r"(?:(?:是|成为|为|新增|拥有)?(?:全国|全球|世界|亚洲|国内|全省|全市|全区|我国|我省|我市|华南|深圳|广东)?(?:首|唯一)(?:个|家|座|批|条|所|支|只|台|款|例|单|艘|宗|部|张)"
    r"|唯一)(?=..)"
)
"""What praises the thing rather than names it (全国首个｜5G工厂)."""
_ASPECT = re.compile(
    r"(?<=..)(?:的|提升|改善|优化|提高|整体|周边|基本)*"
    r"(?:服务|管理|保障|承载|治理|建设|教育教学|教育|教学|办学|办园|通行|运营|运行|灯光|诊疗|供水|接待|创新|生产|基础|环境|景观)*"
    r"(?:功能|质量|水平|品质|能力|条件|面貌|效能|景观|形象)(?:配套)?$|(?<=..)基础设施配套$"
)
"""What is improved of the things that are counted (18个科技产业园区｜服务功能)."""
_BETTER = re.compile(
    r"(?:再|进一步|持续|全面|显著|明显|整体|基本|得到)*(?:提升|优化|改善|提高|完善|整治|升级|改造)+(?=[、,和与及]|工程|$)"
)
_GRADE = re.compile("(?:国家|世界|[省市区县]|[十百千万亿]+元?)级")
_OTHER_GRADES = re.compile(rf"(?:[、和与及]\d+(?:\.\d+)?万?[个家条处所支项座]{_GRADE.pattern}){{1,6}}")
"""Further items of a list of grades (、10个千亿级｜产业集群)."""
KNOWN = 16_384
"""Contexts that are kept as they were read: reports of one genre say the same around different figures."""


class RightContext(NamedTuple):
    """The noun phrase after a quantity, and what is said of it (成果, 获国家科学技术奖).

    `end` is where the phrase ends in the text that was read.
    """

    indicator: str = ""
    predicate: str = ""
    end: int = 0


def read_right_context(right: str) -> RightContext:
    """The noun phrase that begins right after a quantity.

    Examples
    --------
    >>> read_right_context("成果获国家科学技术奖,").indicator
    '成果'
    """
    stop = _STOP.search(right)
    return _read_right_clause(right[: stop.start()] if stop else right)


@lru_cache(maxsize=KNOWN)
def _read_right_clause(clause: str) -> RightContext:
    if "”" in clause and "“" not in clause[: clause.find("”")]:
        clause = clause[: clause.find("”")]
    # 500亿元规模的产业基金: the quantity is the size of what follows, so the indicator is 产业基金规模.
    scaled = re.match(r"规模的?", clause)
    body = clause[scaled.end() :] if scaled else clause.lstrip("的 ")
    praise = FIRST_OF_ALL.match(body)
    body = body[praise.end() :] if praise is not None else body
    skipped = len(clause) - len(body)
    if not body or body.startswith(_NO_NOUN) or body[0] in "、(和及与”’)》以之" or _YEARS.match(body):
        return RightContext(predicate=clause)
    # A predicate inside quotation marks belongs to a name: it is hidden from the search.
    cut = _END_OF_NOUN.search(_QUOTED.sub(lambda m: "\0" * len(m.group()), body) if "“" in body else body)
    end = cut.start() if cut else len(body)
    phrase = body[:end]
    # 断头路、卡脖路 are both counted; in 公园、改造管网 an item that begins with a verb begins another statement.
    first, *others = phrase.split("、")
    phrase = "、".join((first, *takewhile(_continues_noun, others)))
    phrase = phrase.rstrip(" 、的和及与“‘(").removesuffix("等")
    name = phrase + "规模" if scaled and phrase else phrase
    return RightContext(name, body[len(phrase) :], skipped + len(phrase))


def without_aspect(named: RightContext, improves: bool) -> RightContext:
    """The things that are counted without what is improved of them: 完善18个｜科技产业园区｜服务功能 counts parks.

    `improves` tells that the verb before the quantity says so; else the predicate after the noun may (30条｜道路｜品质｜提升).
    """
    aspect = _ASPECT.search(named.indicator) if improves or _BETTER.match(named.predicate) else None
    if aspect is None or "”" in aspect.group():
        return named
    return named._replace(indicator=named.indicator[: aspect.start()].rstrip("的和与及、"))


def with_shared_noun(named: RightContext, rest: str) -> RightContext:
    """A bare grade with the noun that a later item of its list has (3个｜万亿级｜、10个千亿级产业集群: 万亿级产业集群).

    `rest` is the text behind the phrase.
    """
    if _GRADE.fullmatch(named.indicator) is None or (others := _OTHER_GRADES.match(rest)) is None:
        return named
    noun = read_right_context(rest[others.end() :]).indicator
    return named._replace(indicator=named.indicator + noun)


def _continues_noun(item: str) -> bool:
    verb = _VERB.longest_prefix(item)
    return bool(item) and (len(verb) < 2 or NOUN_ENDING.match(item, len(verb)) is not None)
