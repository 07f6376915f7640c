"""The quantities of a sentence: numbers with unit and comparator, without what only looks like one.

`find_quantities` matches every number with a unit and drops what is none:

    实施“3212”工程,102国道开通,新建5G基站超过1.2万个,一个国家        → 超过1.2万个

`emphasis.targets.composition` then looks at several of them together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from math import isfinite

from emphasis.targets.comparators import attach_comparators, follows_comparator
from emphasis.targets.entries import Comparator, Quantity
from emphasis.targets.units import ARABIC, CHINESE, RATE, UNIT, VAGUE_UNITS, is_count, is_percent, read_number, to_base
from emphasis.text import numeral

_N = "一二三四五六七八九十"
_SCALE = r"(?:[十百万亿]|千(?![瓦米克伏卡]))"
_SCALED = rf"[多余几]?{_SCALE}+(?:\d+(?:\.\d+)?{_SCALE}+)*[多余几]?(?:[万亿]+[多余]?)?"
_NUMBER = rf"{ARABIC}(?: {{0,3}}{_SCALED}|[多余](?!额|元化|样|年))?"
_NUMERAL = rf"[上数几]?{CHINESE}(?:[多余几][万亿]*)?"
"""A number as printed: 1,234.5, 1.2万, 3千多万; a numeral: 三千五百多万, 上百. `_TO` joins the ends of a range."""
_TO = r" ?(?:[-—–―~−]{1,2}|至|到) ?"
_PEOPLE = (
    "(?:(?:绝对|相对)?贫困|农村|农业|城镇|城乡|困难|低保|下岗|失业|流动|外来|常住|农民)*"
    "(?:群众|居民|农民|人口|学生|职工|老人|儿童)(?!普查|自然|计划|代表)"
)
"""What numbers count without a classifier (两千多万城乡居民, 8000贫困人口)."""
_PARTS = {"百": "%", "千": "‰", "万": "‱", "十万": "/10万"}
_PERCENT_WORD = rf"(?P<pw>十万|[百千万])分之(?P<pc>{CHINESE}|{ARABIC})(?:{_TO}(?:百分之)?(?P<pc2>{CHINESE}|{ARABIC}))?"
# The names of the groups say which branch matched: n a number, u its unit, c a Chinese numeral, cu its unit, pw 百分之 ...
_NUMERALS = "一二三四五六七八九两〇零○十百千万亿"
_MAY_BEGIN = re.compile(
    rf"[\d{_NUMERALS}上数几半双翻](?:(?<![上数几半双])|(?<=[上数几])(?=[{_NUMERALS}])|(?<=半)(?=数)|(?<=双)(?=位))"
)
"""What a quantity may begin with: the pattern has too many branches to be tried at every character."""
_QUANTITY = re.compile(
    rf"(?P<ten>[一二两三四五六七八九1-9])成(?P<tenth>[一二三四五六七八九1-9半])(?=[左以多,。;、!]|$)"
    rf"|(?P<yuan>{CHINESE}|\d{{1,6}})元(?P<jiao>[一二两三四五六七八九1-9])角(?:(?P<fen>[一二两三四五六七八九1-9])分)?"
    rf"|(?P<n1>{_NUMBER})(?:(?P<u1> ?(?:{UNIT}){RATE})?{_TO}(?P<n2>{_NUMBER})(?P<u2> ?(?:{UNIT}){RATE})?"
    rf"|(?P<u> {{0,3}}(?:{UNIT}){RATE}|(?<=00)(?={_PEOPLE})))?"
    rf"|{_PERCENT_WORD}"
    rf"|(?P<below>{CHINESE})分之(?P<above>{CHINESE})"
    rf"|(?P<half>一半|半数)(?!天|年|月|生)"
    rf"|翻了?(?P<near>近|约|超)?(?P<fold>[一两二三四1234]?)番"
    rf"|(?P<two>[两二2双]位数)(?:(?:以上)?的?(?=增长|以上|增速)|(?=[,;。、]|$))"
    rf"|(?P<c1>{_NUMERAL})(?:(?:{UNIT})?{_TO}(?P<c2>{_NUMERAL}))?(?P<cu>(?:{UNIT}){RATE}|(?<=[万亿])(?={_PEOPLE}))"
)
_FOLD_BOUNDS: dict[str, Comparator] = {"近": "near_below", "约": "approx", "超": "gt"}
"""How 翻了｜近｜一番 binds."""
_TOO_LONG = re.compile(rf"\d{{20,}}(?:\.\d*)?[十百千万亿]*|[{_NUMERALS}]{{25,}}")
"""No number of a report has as many digits: they are a code, or a fault of the file."""
_SURE, _SHORT_UNIT = 1e99, 20
"""Smaller numbers in shorter units stay below 1e300, though each character of the unit were 亿."""
_MINUS = re.compile(r"(?:负|(?<=[\u4e00-\u9fff:,;(])[-−–])$")
_GROWN = re.compile("(?:增长|增速|下降|上升|提高)[为达]?$")
_BARE = re.compile(
    r"(?:收入比|比值|生师比|[^环同占对]比|[比系指]数)(?:由|从|为|达到?|降|(?:缩|降|减|升|提|增|优|扩|控|稳|保)[^,;。、\d]{0,3}[至到为在])"
    r"(?:\d\.\d+(?:缩|降|减|升|提|增|优|扩)[^,;。、\d]{0,2}[至到为])?$"
)
"""What precedes a ratio or a coefficient that has no unit (城乡居民收入比缩小到｜2.16, 利用系数提高到｜0.61)."""
_AFTER_BARE = re.compile("(?:以[内下上]|左右)?(?:[,;。、]|$)|(?:缩|降|减|升|提|增|优|扩)[^,;。、\\d]{0,2}[至到为]")
_END = re.compile("[,;。]|$")
_DECIMAL = re.compile(r"\d+\.\d+")
_SIMPLE_FRACTION = re.compile(r"/(\d{1,9})(?![\d年月])")
_RATIO = re.compile(r" ?: ?1(?![\d.])")
_RANK = re.compile(
    r"(?P<how>第|前)(?P<n>\d{1,6}|[一二三四五六七八九十]{1,3})(?P<unit>位|名)?"
    r"(?![届次批季轮产期章条款大个台家方者十只部项产阶线步第世]|\d|[一二三四五六七八九])"
)
_RANK_JOINTS = ("、", "和", "与", "及", "位、", "位和")
_RANK_BEFORE = re.compile(
    r"(?:居|列|排名|排位|排|跃升|升至|升到|上升|跻身|进入|保持|全国|全球|世界|亚洲|全省|全市|全区|全县|中部|西部|东部|位次|由|从|至|到)"
    r"[^,;。、第前]{0,10}$"
)
_QUOTED = re.compile(r"[“‘\"「][^”’\"」]{1,14}[”’\"」]|《[^》]{1,60}》")
_TRAP_BEFORE = re.compile(r"(?:[A-Za-z][-‑]?|[第前每]|[.·#№/]|\d-)$")
_TRAP_AFTER = re.compile(r"[A-Za-z]|\+|级|·|国道|省道|县道|乡道|号|版|届|期|线|路")
_SESSION = re.compile(
    rf"(?:[、和及与](?:\d{{1,3}}|[{_N}]{{1,3}})次){{0,8}}(?:中央)?(?:全会|全体会议|会议|党代会|代表大会|集体学习)"
)
"""What after 次 says that meetings are numbered and not counted (六届十一次｜、十二次全会)."""
_STEPS_UP = ("迈", "跨", "跃", "登", "踏", "站")
_ROUND = frozenset("十百千万")
_NAME_AFTER = re.compile(r"(?!以上|以下|以内|大关|关口|左右)[A-Za-z\u4e00-\u9fff]")
_PRICE = re.compile(r"每.{1,3}$|[价费缴交补][^,;。]{0,2}$")
"""What precedes an amount of a few yuan (每斤｜三元); 二元结构 is no money."""
_TIMES_AND_PLACES = frozenset(("年", "天", "日", "岁", "小时", "位", "月", "度", "分"))
_SHORTER = re.compile(r"(?:缩短|延长|压缩|减少|增加|提前|加快)了?$")
"""With this before it even a small numeral counts days (周转天数比上年缩短｜六天)."""
_ROUND_SUM = re.compile("[十百千万亿]+")
_CALLED_AFTER_AMOUNT = re.compile(
    r"(?!以上|以下|以内|大关|关口|台阶|门槛|左右|规模|的|人民币)(?![^,;。、]{0,6}(?:资金|投资|贷款|债券|专款|产值|税收|收入|利润))"
    r"[A-Za-z\u4e00-\u9fff]"
)
"""What is named after a round sum (亿元｜项目, 亿元｜GDP), unlike money of which it is the amount (亿元｜资金)."""
_FIRM_COUNTS = frozenset("座所家艘架台名处户倍成")
"""Classifiers with which even a small numeral counts (三家), unlike 两个 or 四项."""
_ARTICLE_LIKE = frozenset("一二两三四五六七八九十")


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of a sentence, in the order of the text, without overlaps.

    Names and versions (“3212”工程, 3.0版, 5G, 102国道), ordinals that rank nothing, dates and Chinese numerals that count
    nothing (一个, 三农) are left out. Quantities of time stay in: whether they state anything is known from the clause.
    `text` is folded (`emphasis.text.fold`).

    Examples
    --------
    >>> [(f.value, f.unit, f.comparator) for f in find_quantities("增长5%以上,其中5G基站超过1.2万个")]
    [(5.0, '%', 'ge'), (1.2, '万个', 'gt')]
    """
    found = list(_numbers(text))
    if "第" in text or "前" in text:
        found += _ranks(text)
        found.sort(key=lambda f: f.core)
    quoted = [m.span() for m in _QUOTED.finditer(text)] if found else []
    return [f for f in found if not _is_inside(f.core, quoted)] if quoted else found


def _is_inside(position: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a position is inside one of some spans, which are in order and do not overlap."""
    last = bisect_left(spans, (position, 0)) - 1
    return last >= 0 and position < spans[last][1]


def _numbers(text: str) -> Iterator[Quantity]:
    for m in _matches(text):
        quantity = _from_match(text, m)
        if quantity is not None and not _TRAP_BEFORE.search(text, max(0, m.start() - 3), m.start()):
            found = attach_comparators(text, _with_sign(text, quantity))
            if _is_finite(found):
                yield found


def _is_finite(quantity: Quantity) -> bool:
    """Whether a float can hold the quantity; 300 digits, or 亿 as often, are a fault of the file."""
    if abs(quantity.value) < _SURE and abs(quantity.high or 0) < _SURE and len(quantity.unit) < _SHORT_UNIT:
        return True
    ends = (to_base(end, quantity.unit)[0] for end in (quantity.value, quantity.high))
    return all(end is None or isfinite(end) for end in ends)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What the pattern finds, from left to right, as ``finditer`` would; only faster."""
    position = 0
    while (first := _MAY_BEGIN.search(text, position)) is not None:
        found = _TOO_LONG.match(text, first.start())
        if found is None:
            found = _QUANTITY.match(text, first.start())
            if found is not None:
                yield found
        position = (found or first).end()


def _from_match(text: str, m: re.Match[str]) -> Quantity | None:
    start, end = m.span()
    if m["pw"]:
        return _with_unit(start, end, m["pc"], m["pc2"], _PARTS[m["pw"]])
    if m["above"] or m["half"] or m["tenth"] or m["jiao"]:
        return _in_words(start, end, m)
    if m["fold"] is not None:
        times = 2.0 ** (numeral(m["fold"]) if m["fold"] else 1)
        # 两个翻番 counts doublings that were named before; 产值的翻番 only speaks of one.
        named = text[max(0, start - 1) : start] in ("个", "的")
        how = _FOLD_BOUNDS.get(m["near"] or "", "eq")
        return None if named else Quantity(start, start, end, times, None, "倍", how, "multiple")
    if m["two"]:
        return Quantity(start, start, end, 10.0, None, "%", "ge", "digits")
    return _chinese(text, m) if m["c1"] else _arabic(text, m)


def _in_words(start: int, end: int, m: re.Match[str]) -> Quantity | None:
    """A fraction (三分之一, 一半), tenths with hundredths (一成五) or yuan with their parts (二元八角)."""
    if m["tenth"]:
        part = 5 if m["tenth"] == "半" else numeral(m["tenth"])
        return Quantity(start, start, end, numeral(m["ten"]) + part / 10, None, "成", "eq")
    if m["jiao"]:
        amount = read_number(m["yuan"]).full + numeral(m["jiao"]) / 10 + (numeral(m["fen"]) / 100 if m["fen"] else 0)
        return Quantity(start, start, end, round(amount, 2), None, "元", "eq")
    whole = 2.0 if m["half"] else read_number(m["below"]).full
    if not whole:
        return None
    part_of = 0.5 if m["half"] else read_number(m["above"]).full / whole
    return Quantity(start, start, end, part_of, None, "", "eq", "fraction")


def _with_sign(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the sign before it, if it is a percentage: 增长｜-2.3%, 增速为｜负2.3%."""
    minus = _MINUS.search(text, max(0, quantity.start - 2), quantity.start) if is_percent(quantity.unit) else None
    if minus is None or text.startswith("——", max(0, quantity.start - 2)):
        return quantity
    low, high = -quantity.value, quantity.high
    return quantity._replace(start=minus.start(), core=minus.start(), value=low, high=high)


def _with_unit(start: int, end: int, low: str, high: str | None, unit: str) -> Quantity:
    """The quantity of one number, or of the two ends of a range, in a unit."""
    first = read_number(low)
    if unit in VAGUE_UNITS:
        return _with_unit(start, end, low, high, VAGUE_UNITS[unit])._replace(comparator="approx_above")
    if high is None:
        return Quantity(start, start, end, first.value, None, first.scale + unit, _comparator_of(first.vague, low))
    second = read_number(high)
    # 1至2万人 and 1万至2万人 mean 万 for both ends; in 8000至1万人 only the second is in 万, so both are written out.
    if first.scale != second.scale and (first.scale or first.value >= second.value):
        return Quantity(start, start, end, first.full, second.full, unit, "range")
    return Quantity(start, start, end, first.value, second.value, second.scale + unit, "range")


def _comparator_of(vague: str, printed: str) -> Comparator:
    """The comparator in the wording of the number itself: 上百 ge, 30多 approx_above, 几十 approx."""
    if vague == "above":
        return "ge" if printed.startswith("上") else "approx_above"
    return "approx" if vague == "about" else "eq"


def _arabic(text: str, m: re.Match[str]) -> Quantity | None:
    """The quantity of a number in digits; None for a year, a name or a number without a unit."""
    start, end = m.span()
    if m["n2"]:
        unit = (m["u2"] or m["u1"] or "").strip()
        return _with_unit(start, end, m["n1"], m["n2"], unit) if unit and unit != "年" else None
    unit = (m["u"] or "").strip()
    if not unit and (bare := _without_unit(text, m["n1"], start, end)) is not None:
        return bare
    quantity = _with_unit(start, end, m["n1"], None, unit)
    trapped = (
        text.startswith("级", end)
        or _numbers_a_meeting(text, start, end, unit)
        or (not unit and _TRAP_AFTER.match(text, end) is not None)
    )
    dated = unit.startswith("年") and "." not in m["n1"] and 1000 <= quantity.value <= 2999
    if m["u"] is not None and not unit:
        quantity = quantity._replace(unit="人")
    if not quantity.unit or trapped or dated:
        return None
    if unit == "位" and text.endswith(("排名", "位次", "位列", "位居"), 0, start):
        return quantity._replace(form="rank")
    return quantity._replace(form="multiple") if unit == "倍" else quantity


def _without_unit(text: str, printed: str, start: int, end: int) -> Quantity | None:
    """A fraction (1/4), a ratio (2.3:1) or a rate of growth printed without a sign (增长0.065: kept as it is)."""
    share = _SIMPLE_FRACTION.match(text, end)
    if share and int(share[1]):
        value = read_number(printed).value / int(share[1])
        return Quantity(start, start, share.end(), value, None, "", "eq", "fraction")
    ratio = _RATIO.match(text, end)
    if ratio:
        return Quantity(start, start, ratio.end(), read_number(printed).value, None, ":1", "eq")
    decimal = _DECIMAL.fullmatch(printed) and _END.match(text, end)
    if _DECIMAL.fullmatch(printed) and _AFTER_BARE.match(text, end) and _BARE.search(text, max(0, start - 24), start):
        return Quantity(start, start, end, float(printed), None, "", "eq")
    grown = decimal and _GROWN.search(text, max(0, start - 4), start)
    return Quantity(start, start, end, float(printed), None, "", "eq") if grown else None


def _chinese(text: str, m: re.Match[str]) -> Quantity | None:
    """The quantity of a Chinese numeral; None where it counts nothing."""
    printed, unit = m["c1"], m["cu"]
    if not _counts(text, m, printed, unit) or text.startswith("级", m.end()):
        return None
    start = m.start()
    if printed[0] == "上" and text[:start].endswith(_STEPS_UP):
        # 迈上｜千亿元台阶: 上 is the end of the verb.
        start, printed = start + 1, printed[1:]
    if _numbers_a_meeting(text, m.start(), m.end(), unit):
        return None
    quantity = _with_unit(start, m.end(), printed, m["c2"], unit)
    return quantity._replace(form="multiple") if unit == "倍" else quantity


def _counts(text: str, m: re.Match[str], printed: str, unit: str) -> bool:
    """Whether a Chinese numeral counts something rather than being an article, a way of speaking or part of a name."""
    if unit == "年" and len(printed) == 1:
        return text.endswith("连续", 0, m.start())
    if unit in ("天", "小时") and (m["c2"] or len(printed) == 1):
        return _SHORTER.search(text, max(0, m.start() - 6), m.start()) is not None
    if unit == "元" and _ROUND_SUM.fullmatch(printed) and _CALLED_AFTER_AMOUNT.match(text, m.end()):
        # 月税亿元楼宇 and 千万元项目 are names, also after a word that elsewhere sets a bound (过亿元企业).
        return follows_comparator(text, m.start())
    if _is_no_number(text, m, printed, unit):
        return False
    bounded = printed in _ROUND and text.startswith(("以上", "余", "多"), m.end())
    listed = unit == "件" and (printed == "十" or text.startswith(("实事", "民生实事", "惠民实事"), m.end()))
    if printed not in _ROUND | _ARTICLE_LIKE or follows_comparator(text, m.start()) or bounded or listed:
        return True
    # 千家万户 and 万亩良田 are ways of speaking, 万元GDP能耗 is per 10,000 yuan; 两个 and 四项 are like articles, since the text
    # goes on to name them.
    rounds = printed in {"一", "百", "千", "十"} and unit not in {"倍", "成"}
    per = unit == "元" and _NAME_AFTER.match(text, m.end()) is not None
    speaks = printed == "万" and (is_count(unit) or unit == "亩" or per)
    article = printed in _ARTICLE_LIKE and unit not in _FIRM_COUNTS and is_count(unit)
    return not (rounds or speaks or article)


def _is_no_number(text: str, m: re.Match[str], printed: str, unit: str) -> bool:
    """亿万群众 counts nobody; a year, an hour or a place, 一个, 一二三次产业 and a zero count nothing."""
    return (
        (not unit and not any(c in printed for c in "一二两三四五六七八九"))
        or (unit == "年" and len(printed) == 4 and not any(c in printed for c in "十百千万亿"))
        or (len(printed) == 1 and unit in _TIMES_AND_PLACES)
        or printed[0] in "零〇○"
        or printed.startswith("一二")
        or (printed == "一" and is_count(unit))
        or (unit == "方" and not any(c in printed for c in "百千万亿"))
        or (unit == "元" and printed in _ARTICLE_LIKE and not _PRICE.search(text, max(0, m.start() - 4), m.start()))
        or (unit == "成" and len(printed) == 1 and text[m.end() : m.end() + 1] not in ("", *"以左多,。;、 "))
    )


def _numbers_a_meeting(text: str, start: int, end: int, unit: str) -> bool:
    """Whether a quantity is the number of a session (六届｜十一次｜、十二次全会)."""
    return unit == "次" and (text.endswith("届", 0, start) or _SESSION.match(text, end) is not None)


def _ranks(text: str) -> Iterator[Quantity]:
    """Ordinals that rank (居全国｜第1位, 跻身｜前5位), not those that number (第14届)."""
    last = -1
    for m in _RANK.finditer(text):
        before = _RANK_BEFORE.search(text, max(0, m.start() - 16), m.start())
        follows = text[m.end() : m.end() + 1]
        # 居第2、第3位: a list of ranks has its predicate before the first.
        listed = last >= 0 and m["how"] == "第" and text[last : m.start()] in _RANK_JOINTS
        if (before is None and not listed) or (not m["unit"] and follows not in ("", *",。;、:)!的和")):
            continue
        last = m.end()
        comparator: Comparator = "eq" if m["how"] == "第" else "le"
        yield Quantity(m.start(), m.start("n"), m.end(), float(numeral(m["n"])), None, "位", comparator, "rank")
