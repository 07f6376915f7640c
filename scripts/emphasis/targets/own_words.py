"""What of the text before a quantity belongs to the quantity itself, and so is no part of its indicator.

高速公路｜由｜4771公里增加到2.52万公里          the beginning of a change
产值｜是上年的｜1.5倍                        what a multiple is taken of
支出｜不低于财政支出的｜30%                   the bound, and the whole of which it is a part
出口额｜居全国｜第3位                        among whom it ranks
"""

from __future__ import annotations

import re

from emphasis.targets.comparators import BOUNDS_BEFORE, comparator_named
from emphasis.targets.entries import Quantity
from emphasis.targets.omissions import another_whole
from emphasis.targets.phrases import THAN
from emphasis.targets.units import is_percent
from emphasis.targets.wordlists import alternation

_FROM = re.compile(r"(?:由|从)[^,;。由从]{0,16}$")
_MULTIPLE_OF = re.compile(r"(?:是|为|相当于|达到|达|超过)[^,;]{1,20}的$")
"""What a multiple is taken of (是上年的｜1.5倍)."""
_PART_OF = re.compile(r"(?:为|是|相当于)(?P<whole>[^,;、为是]{2,20}的)$")
_BOUND_PART = re.compile(
    rf"(?P<how>{alternation((*BOUNDS_BEFORE, '达到', '不得低于', '不得少于', '不得超过'))})了?(?P<whole>[^,;、\d]{{2,20}})的$"
)
"""A bound before the whole that a part is taken of (不低于｜财政支出｜的30%)."""
_RESTORED = re.compile(r"(?P<how>(?:恢复|回升|达)[到至])(?:了)?(?:\d{4}年|疫情前|[去上]年|历史)(?:同期)?(?:水平)?的$")
"""How far something is what it was (接待游客恢复到｜2019年的｜90%)."""
_FULFILLED = re.compile(
    r"完成了?[^,;、]{2,12}的$|(?:为|是)[^,;、为是]{0,6}(?:计划|任务|预算)的$|占(?:年度?|全年)?(?:计划|任务)的$"
)
"""How far a plan was carried out (完成年度计划的｜110%)."""
_AGAINST = re.compile(rf"(?:(?<![环同占对评比])较|{THAN}(?!较))[^,;比较]{{2,14}}$")
_PLACED = r"(?:(?<![安宜定民])居(?!民|住|家)|位居|位列|名列|列|排名|排|蝉联|荣获|夺取|重夺|夺得|勇夺|跃居|跃升至?|升至|上升到|保持)"
"""Predicates of a rank."""
_RANK_WORDS = re.compile(
    rf"[均都稳]?{_PLACED}?在?(?:全国|全球|世界|全省|中部|西部|东部|亚洲|全市)(?:同类)?[^,;、]{{0,8}}$"
    r"|[均都稳]?(?:位居|位列|名列|并列|(?<![安宜定民])居(?!民|住|家)|排名|跃居|列)[^,;、]{0,10}$"
)


def without_own_words(quantity: Quantity, left: str, after_share: bool) -> tuple[Quantity, str]:
    """The quantity, which the text before it may bound (不低于｜财政支出的30%), and this text without what belongs to it.

    `after_share` tells that the statement before is about a share, so that another whole continues it (、全省的｜75%).
    """
    is_part = quantity.form in ("number", "fraction") and (is_percent(quantity.unit) or not quantity.unit)
    if quantity.comparator == "from_to":
        return quantity, _FROM.sub("", left)
    if quantity.form == "multiple":
        return quantity, _AGAINST.sub("", _MULTIPLE_OF.sub("", left))
    if is_part and after_share and (whole := another_whole(left)):
        return quantity, f"占{whole}的"
    if is_part and left.endswith("的"):
        return _part_of_whole(quantity, left)
    return quantity, _RANK_WORDS.sub("", left) if quantity.form == "rank" else left


def _part_of_whole(quantity: Quantity, left: str) -> tuple[Quantity, str]:
    """A part with the text before it, where the whole is named in one way: 占财政支出的."""
    if (bound := _BOUND_PART.search(left)) is not None:
        comparator = comparator_named(bound["how"])
        if comparator is not None and quantity.comparator == "eq":
            quantity = quantity._replace(comparator=comparator)
        left = f"{left[: bound.start()]}占{bound['whole']}的"
    return quantity, _PART_OF.sub(r"占\g<whole>", _FULFILLED.sub("完成", _RESTORED.sub(r"\g<how>", left)))
