"""The words around a quantity that say how it binds: 不低于｜5%, 5%｜左右.

`emphasis.targets.quantities` finds the number with its unit; `attach_comparators` then looks at what is right before and right
after it:

    超过 1.2万个        gt       增长 5% 以上    ge        130余个      approx_above

Amounts of money also say per whom and how often before the number; that goes into the unit (每人每年｜670元: 元/人·年).
"""

from __future__ import annotations

import re
from typing import cast, get_args

from emphasis.errors import EmphasisError
from emphasis.targets.entries import Comparator, Quantity
from emphasis.targets.wordlists import FOLDER, WordSet, alternation, words_by_key


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
_NOT = ("未", "没有", "未能")
_DENIED: dict[Comparator, Comparator] = {"gt": "le", "ge": "lt"}
"""What a bound means that is denied (均未｜突破500亿元)."""
_BETWEEN = ("了", "每人每年", "每人每月")
"""What may come between a comparator and the number (超过｜了｜5万)."""
_PART_OF_WORD = {
    "过": frozenset("通经超不度走跨越难胜渡错路"),
    "约": frozenset("签节制条合集简预公履违契相纽邀隐誓解守缔特盟租婚失"),
    "近": frozenset("附临邻靠最接亲新就相远晋拉走贴"),
    "超": frozenset("赶反高"),
}
"""Characters with which a comparator of one character forms another word (通过, 签约)."""
_AFTER_MEANS = _meanings("after")
_AFTER = re.compile(
    rf" ?(?:的|及|及其)?(?P<word>{alternation(_AFTER_MEANS)})(?!级)|(?P<more>多|余)(?!年|元|额|样|个|次|方)"
)
_EACH = re.compile(
    r"(?P<who>每人|人均|每户|户均|每亩|亩均|每生|生均|每月|月均|每天|日均|每学期|每名|每辆|每件|每吨|每公里|每平方米)?"
    r"(?P<when>每年|每月|每天|每日|每学年|每学期)? ?$"
)
_WINDOW = 10
_IN_AIR, _VOLUME = ("微克", "毫克"), "每立方米"


BOUNDS_BEFORE = tuple(
    word for word, meaning in _BEFORE.items() if meaning in ("ge", "gt", "le", "lt") and len(word) > 1
)
"""Words of several characters that set a bound before a number."""


def comparator_named(word: str) -> Comparator | None:
    """The comparator that a word before a number stands for (不低于 and 不得低于: ge); None if it is none."""
    return _BEFORE.get(word.replace("不得", "不"))


def follows_comparator(text: str, position: int) -> bool:
    """Whether a comparator (超过, 近, 不低于) ends at `position`."""
    return bool(_comparator_before(text, position)[0])


def _comparator_before(text: str, position: int) -> tuple[str, int]:
    """The comparator that ends at `position`, and where it begins; empty if there is none."""
    end = position - 1 if text.endswith(" ", 0, position) else position
    if text.endswith(_BETWEEN, 0, end):
        end -= 1 if text.endswith("了", 0, end) else len("每人每年")
    word = _BEFORE_WORDS.longest_suffix(text[max(0, end - _WINDOW) : end])
    start = end - len(word)
    if text[start - 1 : start] in _PART_OF_WORD.get(word, ()):
        word = ""
    return word, start


def attach_comparators(text: str, quantity: Quantity) -> Quantity:
    """The quantity with its comparators (不低于…, …以上) and with what divides its unit (每人每年…元)."""
    if quantity.unit in _IN_AIR:
        quantity = _of_volume(text, quantity)
    start, comparator, unit = quantity.start, quantity.comparator, quantity.unit
    each = _EACH.search(text, max(0, start - _WINDOW), start) if unit.endswith("元") else None
    if each is not None and each.group().strip():
        unit += _per(each["who"] or "", each["when"] or "")
        # 人均 is left to the indicator (人均｜纯收入), 每人 belongs to the quantity.
        start = each.start() if each["who"] not in {"人均", "户均", "亩均", "生均", "日均", "月均"} else start
    word, begin = _comparator_before(text, start)
    if word:
        # A range stays one, whatever precedes it (约5%—6%).
        denied = text.endswith(_NOT, 0, begin)
        bound = _DENIED.get(_BEFORE[word], _BEFORE[word]) if denied else _BEFORE[word]
        comparator = comparator if comparator == "range" else bound
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


def _of_volume(text: str, quantity: Quantity) -> Quantity:
    """A concentration in the unit that most reports print: 每立方米19微克 and 19微克每立方米 are 19微克/立方米."""
    start, end = quantity.start, quantity.end
    if text.endswith(_VOLUME, 0, start):
        start -= len(_VOLUME)
    elif text.startswith(_VOLUME, end):
        end += len(_VOLUME)
    else:
        return quantity
    return quantity._replace(start=start, end=end, unit=f"{quantity.unit}/立方米")


def _per(who: str, when: str) -> str:
    """What the unit is divided by: ``/人·年`` for 每人 and 每年, ``/月`` for 每月 alone."""
    if who in {"每月", "每天", "每学期"}:
        return f"/{who[1:]}"
    subject = "人" if who == "每名" else who[1:] if who[:1] == "每" else ""
    joined = "·".join(filter(None, (subject, when[1:].replace("日", "天"))))
    return f"/{joined}" if joined else ""
