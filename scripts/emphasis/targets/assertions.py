"""Which quantities state something.

A number with a unit may only be a way of speaking (以百倍的努力), a step of measurement (每增长1个百分点), what something is compared
with (低于13%的预期目标) or part of a name (240小时过境免签); a time states something only where something takes or lasts that long.
"""

from __future__ import annotations

import re

from emphasis.targets.composition import STOPS
from emphasis.targets.entries import Quantity
from emphasis.targets.noun_after import read_right_context
from emphasis.targets.phrases import THAN, final_verb
from emphasis.targets.units import is_count, is_percent, is_time

_RUN = re.compile(r"(?:已经?)?连续(?:保持)?了?$")
"""What precedes a time for which something has been so (连续｜44年｜无重大森林火灾)."""
_COUNTS_ON = re.compile(r"[^,;。]{0,24}(?:\d|第(?!一方阵|一梯队)|翻番|两位数)")
_ONE_OF = re.compile(r"[^,;。]{1,24}之一")
"""全省5个｜获此殊荣的县之一 says who is meant."""
_ASPECTS = re.compile(r"(?:大?方面|重点方面)(?:的?(?:重点)?(?:工作|任务|内容|措施|问题|要求))?(?:[,;:。]|$)")
_LISTED_BELOW = ("以下", "下列", "如下", "上述")
"""抓好以下｜14个方面的工作 announces a list."""
_SPANS = ("年", "个月", "个季度")
_TAKES_TIME = re.compile(
    r"(?:缩短|压缩|压减|减少|增加|延长|缩减|提前|达到|达|控制在|缩|降|超过|不超过|寿命|提高|平均|限|天数|[到至])[至到了为在]?$"
)
"""What precedes a quantity of time that is stated as a level or a change (审批时限压缩至｜58天)."""
_YEARS_LONG = re.compile(r"(?:年限|寿命|年数)[^,;。、]{0,4}(?:达到?|为|至|到)$")
"""What is measured in years (平均受教育年限｜达到｜11.5年)."""
_DURATION_NAMES = ("过境", "生活圈")
"""Names that begin with a time (240小时过境免签, 15分钟生活圈)."""
_NICKNAME = re.compile(r"等|政策|措施|意见|举措|办法")
_DIGITS = frozenset("一二两三四五六七八九十")
_RHETORIC = frozenset("十百千万")
_SCALES = frozenset("万亿")
_BASE_OF_COMPARISON = re.compile(rf"(?:{THAN}|小于|大于)[^,;比增减提降高低多少缩延扩优]{{2,20}}$")
_MAY_COMPARE = re.compile("比|小于|大于")
_COMPARED_SHARE = re.compile(
    rf"(?:小于|大于)(?:\d{{4}}|[去上前])年[^,;]{{0,8}}的(?:比例|比重)$|{THAN}[^,;]{{2,14}}(?:期间|时期|同期)的$"
)
"""An earlier share with which one is compared (小于1952年所占的比例｜13.2%)."""
_AIM_COMPARED = re.compile(r"^(?:略|稍|略微|明显|大幅|远|均|分别|也|都)*$")
_AIM_AFTER = re.compile(
    r"左?右?以?上?的?(?:年度|年初|全年|原定|预期|计划|调控|控制|增长|规划|既定|确定){1,3}的?(?:目标|任务|指标|水平)"
)
"""What an outturn is measured against (增长7.6%,略低于｜8%｜的预期目标): the goal is no outturn."""
_STEP_NAME = re.compile(r"[百千万亿]*元?台阶")
_COUNTED = re.compile("[两二三四五六七八九十几]个$")
"""连跨两个｜万亿元台阶 counts the steps."""
_STEPS = re.compile(r"[^,;。]{0,12}[两三四五几]个大?(?:台阶|关口|大关)")
"""迈上4万亿、5万亿｜两个台阶 names steps that were passed."""
_BASIS = re.compile(r"(?:根据|按照|依据)[^,;]{0,12}(?:对)?")
_PER_STEP = ("每增长", "每提高", "每增加", "每下降", "每新增")


def is_statement(text: str, quantity: Quantity, left: str) -> bool:
    """Whether a quantity states something; one of time only where something takes or lasts that long."""
    unit, printed = quantity.unit, text[quantity.core : quantity.end]
    # 每增长1个百分点 is a step of measurement; 千亿元台阶 is a name.
    step = left.endswith(_PER_STEP) or (unit == "个" and _STEP_NAME.match(text, quantity.end))
    step = step or _STEPS.match(text, quantity.end)
    step = step or (_COUNTED.search(left) and _STEP_NAME.match(text, quantity.core) is not None)
    if step or _BASIS.fullmatch(left.strip()):
        return False
    if is_count(unit) and (
        _ONE_OF.match(text, quantity.end) or _ASPECTS.match(text, quantity.end) or left.endswith(_LISTED_BELOW)
    ):
        return False
    if _is_compared_with(text, quantity, left):
        return False
    if is_time(unit) and quantity.comparator != "from_to":
        return _states_time(text, quantity, left)
    if quantity.form == "multiple" and printed[0] in _RHETORIC and text.startswith("的", quantity.end):
        return False  # 百倍的努力
    # 三家企业 counts after a verb (引进三家企业); elsewhere it is a way of speaking, unlike a rank (居全国第三位). 稳增长26条等措施 is a name.
    counted = quantity.form != "rank" and is_count(unit)
    scaled = unit[0] in _SCALES if unit else False
    spoken = printed[0] in _DIGITS and counted and not scaled and len(printed) - len(unit) == 1
    nickname = unit == "条" and quantity.comparator == "eq" and _NICKNAME.match(text, quantity.end) is not None
    return not (spoken or nickname) or bool(final_verb(left))


def _is_compared_with(text: str, quantity: Quantity, left: str) -> bool:
    """Whether a quantity is only what another one is compared with: an amount, an earlier share, a goal."""
    percent = is_percent(quantity.unit)
    if quantity.form == "number" and not percent and _MAY_COMPARE.search(left) and _BASE_OF_COMPARISON.search(left):
        return True
    if percent and _COMPARED_SHARE.search(left):
        return True
    return bool(_AIM_COMPARED.search(left) and _AIM_AFTER.match(text, quantity.end))


def _states_time(text: str, quantity: Quantity, left: str) -> bool:
    """Whether a time is stated: 连续44年无重大森林火灾, 审批时限压缩至58天; not 连续4年超过10万人, where the number is, nor 用三年时间."""
    rest = text[quantity.end :]
    if measures_years(quantity, left):
        return True
    if quantity.unit in _SPANS:
        counts_on = rest[:1] in (*STOPS, "每", "") or _COUNTS_ON.match(rest)
        return not counts_on and _RUN.search(left) is not None
    named = read_right_context(rest).indicator.startswith(_DURATION_NAMES)
    return not named and _TAKES_TIME.search(left) is not None


def is_run(quantity: Quantity, left: str) -> bool:
    """Whether a time says for how long something has been so (连续4年), unlike one that is measured or that changed."""
    return quantity.unit in _SPANS and quantity.comparator != "from_to" and not measures_years(quantity, left)


def without_run(left: str) -> str:
    """The text before a time without the word that opens the run (已连续｜4年)."""
    return _RUN.sub("", left)


def measures_years(quantity: Quantity, left: str) -> bool:
    """Whether a number of years is a level (平均受教育年限达到11.5年)."""
    return quantity.unit in _SPANS and _YEARS_LONG.search(left) is not None
