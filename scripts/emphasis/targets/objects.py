"""The noun phrase after a figure (12项｜成果): what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from emphasis.targets import words
from emphasis.targets.affix import Words

_VERBS = Words((*words.ACTION, *words.CAUSATIVE, *words.BEFORE_VERB))
NOUN_AFTER = re.compile(
    r"[率额量性型化业线区度者员费价]|总值|总额|检验|能力|安全|用地|项目|企业|面积|人[次数口]|贸易|消费|收入|规模|水平|标准|强度|支付|就业|资金|中心|平台|体系|基地|成本|工程"
)
"""What shows that a verb is the first part of a noun (生产能力, 签约项目)."""
_PREDICATES = re.compile("|".join(sorted(words.PREDICATES, key=lambda w: (-len(w), w))))
_QUOTED = re.compile(r"“[^”]*”|“.*$")
_NOT_COUNTED = ("左右", "上下", "预期目标", "目标", "增速", "水平", "幅度", "速度")
_YEARS = re.compile(r"[\d一二三四五六七八九十两]+年(?!级)")
_STOP = re.compile(r"[,;:。!?\n]|——")


class After(NamedTuple):
    """The noun phrase after a figure, and what is said of it. `end` is where the phrase ends in the text that was read."""

    indicator: str = ""
    predicate: str = ""
    end: int = 0


def read_after(right: str) -> After:
    """The noun phrase that begins right after a figure.

    Examples
    --------
    >>> read_after("成果获国家科学技术奖,").indicator
    '成果'
    """
    stop = _STOP.search(right)
    clause = right[: stop.start()] if stop else right
    if "”" in clause and "“" not in clause[: clause.find("”")]:
        clause = clause[: clause.find("”")]
    scaled = re.match(r"规模的?", clause)
    body = clause[scaled.end() :] if scaled else clause.lstrip("的 ")
    skipped = len(clause) - len(body)
    if not body or body.startswith(_NOT_COUNTED) or body[0] in "、(和及与”’)》以之" or _YEARS.match(body):
        return After(predicate=clause)
    cut = _PREDICATES.search(_QUOTED.sub(lambda m: "\0" * len(m.group()), body) if "“" in body else body)
    end = cut.start() if cut else len(body)
    phrase = body[:end]
    if "、" in phrase:
        first, *others = phrase.split("、")
        kept = [first]
        for item in others:
            verb = _VERBS.beginning(item)
            if not item or (len(verb) > 1 and not NOUN_AFTER.match(item, len(verb))):
                break
            kept.append(item)
        phrase = "、".join(kept)
    phrase = phrase.rstrip(" 、的和及与“‘(").removesuffix("等")
    name = phrase + "规模" if scaled and phrase else phrase
    return After(name, body[len(phrase) :], skipped + len(phrase))
