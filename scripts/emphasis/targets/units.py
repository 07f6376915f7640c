"""Units of measurement and counting words as reports print them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from emphasis.text import numeral

_DIGITS = "一二三四五六七八九两〇零○"
_SCALE = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}

ARABIC = r"(?:\d(?: \d)+(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?: ?\. ?\d+)?"
"""Digits with thousands separators or single spaces between them (``1 9 9 8``), and a decimal part."""

CHINESE = rf"[{_DIGITS}十百千万亿]+(?:点[{_DIGITS}]+)?"
"""A Chinese numeral with a decimal part."""

_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)")
_STEP = re.compile(r"(\d+(?:\.\d+)?)?([十百千万亿]+)|(\d+(?:\.\d+)?)$")
_TRAILING_SCALE = re.compile(r"(?:十|百|千)*(?:万|亿)+$")


class Number(NamedTuple):
    """A value, the scale that stays with its unit (``万``, ``亿``), and what its wording adds.

    `vague` is ``above`` for 多, 余 and 上百, ``about`` for 几 and 数十, else empty.
    """

    value: float
    scale: str
    vague: str


def read_number(text: str) -> Number:
    """The number that `text` prints.

    The last 万 or 亿 is left to the unit, as the reports print it: 1.7亿人次 is 1.7 in 亿人次.

    Parameters
    ----------
    text : str
        Folded (`emphasis.text.fold`), matching what `emphasis.targets.figures` finds.

    Examples
    --------
    >>> read_number("1.3万多"), read_number("三千五百多万").value, read_number("百亿").value
    (Number(value=1.3, scale='万', vague='above'), 3500.0, 100.0)
    >>> read_number("1亿3千多万").value
    130000000.0

    Raises
    ------
    ValueError
        If `text` is not a number.
    """
    plain = text.replace(" ", "").replace(",", "")
    simple = _PLAIN.fullmatch(plain)
    if simple is not None:
        return Number(float(simple[1]), simple[2], "")
    vague = "above" if any(c in plain for c in "多余来") or plain[:1] == "上" else ""
    if any(c in plain for c in "几数"):
        vague = "about"
    core = "".join(c for c in plain if c not in "多余来上")
    core = core.replace("几", "").replace("数", "") if len(core) > 1 else core
    if core == "半":
        return Number(0.5, "", vague)
    if core[:1].isdecimal():
        value, scale = _arabic(core)
    else:
        value, scale = _chinese(core)
    return Number(value, scale, vague)


def _arabic(core: str) -> tuple[float, str]:
    simple = _PLAIN.fullmatch(core)
    if simple is not None:
        return float(simple[1]), simple[2]
    total = section = 0.0
    for step in _STEP.finditer(core):
        amount = float(step[1] or step[3] or 1)
        factor = 1.0
        for c in step[2] or "":
            factor *= _SCALE[c]
        if factor >= 1e4:
            total = (total + section + amount * factor) if factor >= 1e8 else total + (section + amount) * factor
            section = 0.0
        else:
            section += amount * factor
    return total + section, ""


def _chinese(core: str) -> tuple[float, str]:
    trailing = _TRAILING_SCALE.search(core)
    whole, _, decimals = core.partition("点")
    if decimals:
        digits = "".join(str(numeral(c)) for c in decimals)
        return float(f"{numeral(whole)}.{digits}"), ""
    scale = ""
    if trailing is not None:
        scale = trailing.group().lstrip("十百千")
        whole = core[: len(core) - len(scale)]
        if "亿" in whole or ("万" in whole and scale == "万"):
            return float(numeral(core)), ""
    if not whole:
        return 1.0, scale
    return float(numeral("一" + whole if whole[0] in "百千" else whole)), scale


def multiplier(scale: str) -> float:
    """The factor that a scale stands for: 1e12 for 万亿."""
    factor = 1.0
    for c in scale:
        factor *= _SCALE[c]
    return factor


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PERCENT = ("%", "‰", "个百分点", "百分点", "个基点", "成")

MEASURES = _words("""
元人民币 元 美元 港元 港币 欧元 日元 英镑 卢布 外汇人民币 亩次 亩 公顷 平方米 平方公里 平方千米 立方米 立方 公方
土方 吨标准煤 吨标煤 标准吨 吨公里 人公里 吨 公斤 千克 克 斤 担 公里 华里 里程 千米 海里 纳米 毫米 厘米 英寸 米
千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 千伏安 千伏 度电 度 PFLOPS EFLOPS MW GW kW EB PB TB P Gbps 标箱 标准箱 标准台 TEU 桶 升
毫升 微克/立方米 毫克/升 立方米/秒 大卡 马力 摄氏度 ℃ 工日 学时
""")
"""Units in which something is measured; a figure in them is a level."""

COUNTS = _words("""
个 项次 项 家次 家 户次 户 所 条 座次 座 处 件次 件 名次 名 人次 人(次) 人日 人 辆次 辆 台套 台(套) 台/套 台 套(间)
套 栋 幢 间 片 批次 场次 场 次 种 类 部 艘次 艘 架次 架 列次 列 班次 班 枚 块 张次 张 份 宗 起 例 门 支 只 头份 头
匹 羽 株 棵 尾 篇次 篇 笔 对 颗 眼 口 方面 张床位 单 本 册 股 款 节 课时 环 组 队次 队 团 位 具 盏 盘 孔 根 粒 瓶
剂次 剂 人份 针 轮 批 标段 宗地 盒 幅 枝 朵 通 车次 门次 票 级次 户(次) 人(户) 组次 床 例次 席 帧 届次 桩 枪 站 分
趟
""")
"""Counting words; a figure in them is a count."""

TIMES = ("个工作日", "工作日", "个小时", "小时", "分钟", "秒钟", "秒", "天", "个月", "个季度", "年", "岁", "周岁")
"""Units of time: a figure in them counts only where something takes or lasts that long."""

MULTIPLES = ("倍", "番")

RANKS = ("位", "名")

_NOT_AFTER = {
    "个": "人所得|体|性|别|案|税",
    "家": "庭|电|居|具|政|长|园|乡|禽|畜|校|暴",
    "部": "门|委|队|分|署|级|省|长|局|地|机",
    "名": "单|录|优|校|师|牌|城|镇|村|特|山|企|胜",
    "处": "理|置|级|罚|方",
    "位": "数|于|列|居|次",
    "起": "来|步|点|草",
    "场": "景|所|地|馆|站|均|镇",
    "头": "部|号|雁",
    "组": "织|建|团|长|合",
    "台": "风|阶|湾|账|州|山",
    "条": "例|款|件|目|龙",
    "项": "目",
    "类": "型|别",
    "件": "套",
    "人": "民|才|口|均|工|大|力|居|文|士|机|形|身|群|类",
    "口": "岸|粮|袋",
    "次": "数|之|生|新|要|第|会议|全会",
    "分": "钟|之|析|别|布|类|级|层|区|工|配|散|公司|行",
    "元": "素|旦|宵|首|宇",
    "成": "为|立|员|果|功|效|本|就|套|人|年|都|绩|长|型|分|品|交|都",
    "P": "[A-Za-z0-9]",
    "升": "级|至|到|规",
    "度": "假",
    "斤": "斤",
    "米": "粉|字",
    "克": "服|难|拉",
    "批": "复|准|量|发|次|而",
    "单": "位|元|产|独|列|项|个",
    "股": "份|权|东|市|上",
    "节": "能|点|约|水|日|目",
    "环": "节|境|保|线|湖|评|比|路|九",
    "队": "伍",
    "团": "结|体|队|组|员|场",
    "支": "持|撑|付|出|柱|部|行|队伍$",
    "班": "列|子",
    "对": "外|口|接|标|全|于|比|应",
    "轮": "流|胎|岗|船",
    "套": "利",
    "张": "家",
    "片": "区|仔|面",
    "块": "链",
    "种": "植|业|子|源|粮|质|养|苗",
    "门": "类|店|诊|户|头",
    "份": "额",
    "间": "接|隔|距",
    "具": "体|备|有|身",
    "根": "本|据|治|子",
    "粒": "子",
    "通": "道|过|车|航|用|达|信|报|办|关|知|行|往|水|电",
    "站": "点|位|台",
    "床": "位.",
    "票": "据",
    "席": "位",
    "孔": "子",
    "针": "对",
    "剂": "量",
    "瓶": "颈",
    "盘": "活",
    "本": "级|科|地|土|省|市|届|年|外|币|质",
}
"""What would make a unit the start of another word (个体, 家庭): regular expressions."""


def _alternation() -> str:
    units = (*PERCENT, *MEASURES, *COUNTS, *TIMES, *MULTIPLES)
    parts = []
    for unit in sorted(set(units), key=lambda u: (-len(u), u)):
        bar = _NOT_AFTER.get(unit, "")
        parts.append(re.escape(unit) + (f"(?!{bar})" if bar else ""))
    return "|".join(parts)


UNIT = _alternation()
"""Every unit, longest first, not followed by what would make it the start of another word (个体, 家庭)."""

_RATE = r"/(?:人·年|人·月|人|户|亩|日|年|天|小时|秒|立方米|平方米|公里|吨|千瓦时|公斤|升|辆|件)"
RATE = rf"(?:{_RATE})?"
"""What a unit may be divided by: 吨/日, 微克/立方米."""

_COUNT_SET = frozenset(COUNTS)
_TIME_SET = frozenset(TIMES)
_PERCENT_SET = frozenset(PERCENT)
_TO_BASE = {
    "%": ("%", 1.0),
    "‰": ("%", 0.1),
    "成": ("%", 10.0),
    "百分点": ("个百分点", 1.0),
    "个基点": ("个百分点", 0.01),
}


def is_count(unit: str) -> bool:
    """Whether the unit, without its scale, is a counting word."""
    return unit.lstrip("十百千万亿") in _COUNT_SET


def is_time(unit: str) -> bool:
    """Whether the unit, without its scale, measures time."""
    return unit.lstrip("十百千万亿") in _TIME_SET


def is_percent(unit: str) -> bool:
    """Whether the unit is a part of a hundred, or a difference of such parts."""
    return unit in _PERCENT_SET


def to_base(value: float | None, unit: str) -> tuple[float | None, str]:
    """Value and unit with 万 and 亿 multiplied out, and per mille and 成 as per cent.

    Examples
    --------
    >>> to_base(1.7, "亿人次"), to_base(600.0, "万千瓦"), to_base(4.0, "成")
    ((170000000.0, '人次'), (6000000.0, '千瓦'), (40.0, '%'))
    """
    base, factor = _base(unit)
    # Rounding takes off what binary fractions add (1.7e8 printed as 169999999.99999997).
    return (None if value is None else round(value * factor, 6)), base


@lru_cache(maxsize=4096)
def _base(unit: str) -> tuple[str, float]:
    """The unit without 万 and 亿, and the factor that they stand for."""
    if unit in _TO_BASE:
        return _TO_BASE[unit]
    scale = re.match(r"(?:[十百万亿]|千(?![瓦米克伏卡]))*", unit)
    printed = scale.group() if scale else ""
    return unit[len(printed) :], multiplier(printed)
