"""The quantities of a sentence: numbers with unit and comparator, without what only looks like one.

Two passes. `find_quantities` matches every number with a unit and drops what is none:

    实施“3212”工程,102国道开通,新建5G基站超过1.2万个,一个国家        → 超过1.2万个

`compose_quantities` then looks at several quantities together: two of them may be one change (由180天压缩至58天), one may be a
threshold in the name of what the next one counts (投资5000万元以上项目｜1381个), and a comparator at the end of a list may hold for
the whole list (分别增长5%和7%左右).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import zip_longest

from emphasis.targets.comparators import attach_comparators, follows_comparator
from emphasis.targets.entries import Comparator, Quantity
from emphasis.targets.phrases import YEAR_DIGITS, final_verb
from emphasis.targets.units import ARABIC, CHINESE, RATE, UNIT, is_count, is_percent, is_time, read_number, to_base
from emphasis.targets.wordlists import alternation, words
from emphasis.text import numeral

_SCALE = r"(?:[十百万亿]|千(?![瓦米克伏卡]))"
_SCALED = rf"[多余几]?{_SCALE}+(?:\d+(?:\.\d+)?{_SCALE}+)*[多余几]?(?:[万亿]+[多余]?)?"
_NUMBER = rf"{ARABIC}(?: {{0,3}}{_SCALED}|[多余](?!额|元化|样|年))?"
_NUMERAL = rf"[上数几]?{CHINESE}(?:[多余几][万亿]*)?"
"""A number as printed: 1,234.5, 1.2万, 3千多万; a numeral: 三千五百多万, 上百. `_TO` joins the ends of a range."""
_TO = r" ?(?:[-—–―~−]{1,2}|至|到) ?"
_PEOPLE = "城乡居民|群众|居民|农民|人口|学生|职工|老人|儿童"
"""What Chinese numerals count without a classifier (两千多万城乡居民)."""
_PARTS = {"百": "%", "千": "‰", "万": "‱", "十万": "/10万"}
_PERCENT_WORD = rf"(?P<pw>十万|[百千万])分之(?P<pc>{CHINESE}|{ARABIC})(?:{_TO}(?:百分之)?(?P<pc2>{CHINESE}|{ARABIC}))?"
# The names of the groups say which branch matched: n a number, u its unit, c a Chinese numeral, cu its unit, pw 百分之 ...
_MAY_BEGIN = re.compile(r"[\d一二三四五六七八九两〇零○十百千万亿上数几半双翻]")
"""What a quantity may begin with: the pattern has too many branches to be tried at every character."""
_QUANTITY = re.compile(
    rf"(?P<n1>{_NUMBER})(?:(?P<u1> ?(?:{UNIT}){RATE})?{_TO}(?P<n2>{_NUMBER})(?P<u2> ?(?:{UNIT}){RATE})?"
    rf"|(?P<u> {{0,3}}(?:{UNIT}){RATE}))?"
    rf"|{_PERCENT_WORD}"
    rf"|(?P<below>{CHINESE})分之(?P<above>{CHINESE})"
    rf"|(?P<half>一半|半数)(?!天|年|月|生)"
    rf"|翻了?(?P<fold>[一两二三四1234]?)番"
    rf"|(?P<two>[两二2双]位数)(?:(?:以上)?的?(?=增长|以上|增速)|(?=[,;。、]|$))"
    rf"|(?P<c1>{_NUMERAL})(?:(?:{UNIT})?{_TO}(?P<c2>{_NUMERAL}))?(?P<cu>(?:{UNIT}){RATE}|(?<=[万亿])(?={_PEOPLE}))"
)
_TOO_LONG = re.compile(r"\d{20,}(?:\.\d*)?[十百千万亿]*|[一二三四五六七八九两〇零○十百千万亿]{25,}")
"""No number of a report has as many digits: they are a code, or a fault of the file."""
_MINUS = re.compile(r"(?:负|(?<=[\u4e00-\u9fff:,;(])[-−–])$")
_GROWN = re.compile("(?:增长|增速|下降|上升|提高)[为达]?$")
_END = re.compile("[,;。]|$")
_SIMPLE_FRACTION = re.compile(r"/(\d+)(?![\d年月])")
_RATIO = re.compile(r" ?: ?1(?![\d.])")
_RANK = re.compile(
    r"(?P<how>第|前)(?P<n>\d+|[一二三四五六七八九十]{1,3})(?P<unit>位|名)?"
    r"(?![届次批季轮产期章条款大个台家方者十只部项产阶线步第世]|\d|[一二三四五六七八九])"
)
_RANK_BEFORE = re.compile(
    r"(?:居|列|排名|排位|排|跃升|升至|升到|上升|跻身|进入|保持|全国|全球|世界|亚洲|全省|中部|西部|东部|位次|由|从|至|到)"
    r"[^,;。、第前]{0,10}$"
)
_QUOTED = re.compile(r"[“‘\"「][^”’\"」]{1,14}[”’\"」]|《[^》]{1,60}》")
_TRAP_BEFORE = re.compile(r"(?:[A-Za-z][-‑]?|[第前每]|[.·#№/]|\d-)$")
_TRAP_AFTER = re.compile(r"[A-Za-z]|\+|级|·|国道|省道|县道|乡道|号|版|届|期|线|路")
_ROUND = frozenset("十百千万")
_NAME_AFTER = re.compile(r"(?!以上|以下|以内|大关|关口|左右)[A-Za-z\u4e00-\u9fff]")
_PRICE = re.compile(r"每.{1,3}$|[价费缴交补][^,;。]{0,2}$")
"""What precedes an amount of a few yuan (每斤｜三元); 二元结构 is no money."""
_TIMES_AND_PLACES = frozenset(("年", "天", "日", "岁", "小时", "位", "月", "度", "分"))
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
    return [f for f in found if not any(a < f.core < b for a, b in quoted)] if quoted else found


def _numbers(text: str) -> Iterator[Quantity]:
    for m in _matches(text):
        quantity = _from_match(text, m)
        if quantity is not None and not _TRAP_BEFORE.search(text, max(0, m.start() - 3), m.start()):
            yield attach_comparators(text, _with_sign(text, quantity))


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
    if m["above"] or m["half"]:
        whole = 2.0 if m["half"] else read_number(m["below"]).full
        if not whole:
            return None
        part = 0.5 if m["half"] else read_number(m["above"]).full / whole
        return Quantity(start, start, end, part, None, "", "eq", "fraction")
    if m["fold"] is not None:
        times = 2.0 ** (numeral(m["fold"]) if m["fold"] else 1)
        # 两个翻番 counts doublings that were named before; 产值的翻番 only speaks of one.
        named = text[max(0, start - 1) : start] in ("个", "的")
        return None if named else Quantity(start, start, end, times, None, "倍", "eq", "multiple")
    if m["two"]:
        return Quantity(start, start, end, 10.0, None, "%", "ge", "digits")
    return _chinese(text, m) if m["c1"] else _arabic(text, m)


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
    if not unit:
        share = _SIMPLE_FRACTION.match(text, end)
        if share and int(share[1]):
            value = read_number(m["n1"]).value / int(share[1])
            return Quantity(start, start, share.end(), value, None, "", "eq", "fraction")
        ratio = _RATIO.match(text, end)
        if ratio:
            return Quantity(start, start, ratio.end(), read_number(m["n1"]).value, None, ":1", "eq")
        bare = (
            m["n1"].isascii()
            and "." in m["n1"]
            and _END.match(text, end)
            and _GROWN.search(text, max(0, start - 4), start)
        )
        if bare:
            # 增长0.065: printed without %, and kept as it is printed.
            return Quantity(start, start, end, float(m["n1"].replace(" ", "")), None, "", "eq")
    quantity = _with_unit(start, end, m["n1"], None, unit)
    trapped = text.startswith("级", end) or (not unit and _TRAP_AFTER.match(text, end) is not None)
    dated = unit.startswith("年") and "." not in m["n1"] and 1000 <= quantity.value <= 2999
    if not quantity.unit or trapped or dated:
        return None
    if unit == "位" and text.endswith(("排名", "位次", "位列", "位居"), 0, start):
        return quantity._replace(form="rank")
    return quantity._replace(form="multiple") if unit == "倍" else quantity


def _chinese(text: str, m: re.Match[str]) -> Quantity | None:
    """The quantity of a Chinese numeral; None where it counts nothing."""
    printed, unit = m["c1"], m["cu"]
    if not _counts(text, m, printed, unit) or text.startswith("级", m.end()):
        return None
    quantity = _with_unit(m.start(), m.end(), printed, m["c2"], unit)
    return quantity._replace(form="multiple") if unit == "倍" else quantity


def _counts(text: str, m: re.Match[str], printed: str, unit: str) -> bool:
    """Whether a Chinese numeral counts something rather than being an article, a way of speaking or part of a name."""
    if unit == "年" and len(printed) == 1:
        return text.endswith("连续", 0, m.start())
    if _is_no_number(text, m, printed, unit):
        return False
    bounded = printed in _ROUND and text.startswith(("以上", "余", "多"), m.end())
    listed = printed == "十" and unit == "件"
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
    """亿万群众 counts nobody; a year, an hour or a place, 一个 and a zero count nothing."""
    return (
        (not unit and not any(c in printed for c in "一二两三四五六七八九"))
        or (unit == "年" and len(printed) == 4 and not any(c in printed for c in "十百千万亿"))
        or (len(printed) == 1 and unit in _TIMES_AND_PLACES)
        or printed[0] in "零〇○"
        or (printed == "一" and is_count(unit))
        or (unit == "元" and printed in _ARTICLE_LIKE and not _PRICE.search(text, max(0, m.start() - 4), m.start()))
        or (unit == "成" and len(printed) == 1 and text[m.end() : m.end() + 1] not in ("", *"以左多,。;、 "))
    )


def _ranks(text: str) -> Iterator[Quantity]:
    """Ordinals that rank (居全国｜第1位, 跻身｜前5位), not those that number (第14届)."""
    for m in _RANK.finditer(text):
        before = _RANK_BEFORE.search(text, max(0, m.start() - 16), m.start())
        follows = text[m.end() : m.end() + 1]
        if before is None or (not m["unit"] and follows not in ("", *",。;、:)!的和")):
            continue
        comparator: Comparator = "eq" if m["how"] == "第" else "le"
        yield Quantity(m.start(), m.start("n"), m.end(), float(numeral(m["n"])), None, "位", comparator, "rank")


STOPS = ",;:。!?\n"
"""What ends a clause in a folded sentence."""
_STOP = re.compile(f"[{STOPS}]")

_FROM = re.compile(r"(?:由|从)[^,;。]{0,16}$")
_YEAR = rf"(?:[\d{YEAR_DIGITS}]{{4}}年|去年|目前|现在|今年)"
_FROM_TO = re.compile(
    rf"^(?:左右|以上|以下)?[^,;。、\d]{{0,8}}?[到至为成达过]了?(?:{_YEAR}(?:底|末)?的?|[^,;。、\d]{{0,4}}的)?$"
)
"""What comes between the two ends of a change: a predicate (压缩｜至), perhaps a year (到｜2020年｜的)."""
_LINK = re.compile(rf"^(?:左右|以上|以下|的)+|(?<=[到至为成达过])了?{_YEAR}.*$")
_BOUNDS = frozenset(("range", "ge", "gt", "le", "lt"))
_NOUN_TAIL = re.compile(r"(?!用于|左右)[^,;:。、!?\s%的]|的(?:部分|村|乡镇|企业|家庭|农户)")
_THRESHOLD_NOUN = re.compile(alternation(words("nouns", "threshold_nouns")))
_MONEY_NOUN = re.compile(rf"的?[^,;。]{{0,8}}(?:{alternation(words('nouns', 'money_nouns'))})")
_NOT_NOUN = re.compile(r"[的,;。、]|居|占|位|增|同比|创|较|比|实现|其中|和|均|总")
_CAPACITY = re.compile(rf"的?[^,;。、]{{0,14}}?(?:{alternation(words('nouns', 'capacity_nouns'))})")
_CAPACITY_VERBS = ("新增", "建成", "投产", "核准")
_SCALES = frozenset("百千万亿")
_PROGRAMME = re.compile(r"[^,;。]{0,12}(?:行动|工程|计划)")
"""千亿斤粮食产能提升行动 is a name, so 千亿斤 is no quantity."""
_CLASS_SIZE = re.compile("的?超?大班额")
"""66人以上超大班额 says from which size on a class is too large."""
_REACHES = ("米", "公里", "千米")
_WITHIN_REACH = re.compile("[^,;。占达]{0,14}(?:覆盖率|服务半径|半径|范围内|生活圈)")
"""500米｜公交站点覆盖率 says how near a stop has to be."""
_POPULATION_SIZE = re.compile("人?口?人口?以[上下]的")
"""20万｜人口以上的县 says how large the counties are."""
_SIZES = ("纳米", "英寸")
_QUALIFYING = re.compile(r"[^,;。、]{0,9}[过超达上破]")
_WIDEST_LIST = 240
_WINDOW = 24
"""How many characters after a quantity decide whether it is part of a name."""


def compose_quantities(text: str) -> list[Quantity]:
    """The quantities of a folded sentence that state something, or may, with changes merged and thresholds left out.

    Examples
    --------
    >>> [(f.value, f.high) for f in compose_quantities("审批时限由180天压缩至58天,实施投资5000万元以上项目1381个")]
    [(180.0, 58.0), (1381.0, None)]
    """
    quantities = find_quantities(text)
    return _share_comparators(text, _without_thresholds(text, _merge_changes(text, quantities))) if quantities else []


def stop_positions(text: str) -> list[int]:
    """The positions of what may end a clause."""
    return [m.start() for m in _STOP.finditer(text)]


def clause_start(text: str, stops: list[int], position: int, floor: int) -> int:
    """Where the clause of a position begins, but not before `floor`; `stops` is what `stop_positions` found."""
    last = bisect_left(stops, position) - 1
    while last >= 0 and _is_separator(text, stops[last]):
        last -= 1
    return max(stops[last] + 1, floor) if last >= 0 else floor


def _is_separator(text: str, at: int) -> bool:
    """Whether a comma separates thousands (1,234)."""
    return at > 0 and text[at] == "," and text[at - 1].isdigit() and text[at + 1 : at + 4].isdigit()


def _merge_changes(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Join 由180天压缩至58天 into one quantity with the comparator ``from_to``."""
    merged: list[Quantity] = []
    rest = deque(quantities)
    while rest:
        quantity = rest.popleft()
        if rest and _is_change(text, quantity, rest[0]):
            follower = rest.popleft()
            merged.append(_join(quantity, follower, text[quantity.end : follower.start]))
        elif quantity.comparator == "range" and _FROM.search(text[max(0, quantity.start - 3) : quantity.start]):
            merged.append(quantity._replace(comparator="from_to"))
        else:
            merged.append(quantity)
    return merged


def _is_change(text: str, first: Quantity, last: Quantity) -> bool:
    """Whether two quantities are the ends of one change: in the same unit, after 由 or 从, with 到 or the like between them."""
    one, other = (to_base(1.0, f.unit)[1].partition("/")[0] for f in (first, last))
    opened = one in ("", other) and _FROM.search(text[max(0, first.start - 18) : first.start]) is not None
    return opened and _FROM_TO.match(text[first.end : last.start]) is not None


def _join(first: Quantity, last: Quantity, gap: str) -> Quantity:
    low = first.value
    if first.unit.partition("/")[0] not in ("", last.unit.partition("/")[0]):
        # 由4771公里增加到2.52万公里: both in the unit of the second.
        start, step = to_base(first.value, first.unit)[0], to_base(1.0, last.unit)[0]
        low = round(start / step, 6) if start is not None and step else first.value
    # 由每人每年320元提高到380元: what the first is divided by holds for both.
    rate = first.unit.partition("/")[2]
    unit = f"{last.unit}/{rate}" if rate and "/" not in last.unit else last.unit
    return Quantity(first.start, first.core, last.end, low, last.value, unit, "from_to", first.form, _LINK.sub("", gap))


def _without_thresholds(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Leave out quantities that are part of a name: 投资5000万元以上项目, 亿元以上产业项目, 690万千瓦火电项目."""
    kept: list[Quantity] = []
    for quantity, following in zip_longest(quantities, quantities[1:]):
        plain = quantity.form in ("number", "fraction") and bool(quantity.unit)
        if not plain or not _is_part_of_name(text, quantity, kept[-1] if kept else None, following):
            kept.append(quantity)
    return kept


def _is_part_of_name(text: str, quantity: Quantity, before: Quantity | None, following: Quantity | None) -> bool:
    """Whether a quantity with a unit only says which things are meant; `before` and `following` are its neighbours."""
    tail = text[quantity.end : quantity.end + _WINDOW]
    counted = before is not None and is_count(before.unit) and quantity.start - before.end < _WINDOW // 2
    if (quantity.comparator in _BOUNDS and _CLASS_SIZE.match(tail)) or _POPULATION_SIZE.match(tail):
        return True
    if counted and before is not None and not is_count(quantity.unit):
        # 220个｜亿元以上｜产业项目: it follows a count without a gap. 82个预增产值过｜10亿元｜的重大增长点: it qualifies what is counted.
        if before.end == quantity.start:
            return True
        gap = text[before.end : quantity.core]
        if quantity.unit.endswith("元") and _QUALIFYING.fullmatch(gap) and tail[:1] not in (*STOPS, "、", ""):
            return True
    if is_percent(quantity.unit) or _NOUN_TAIL.match(tail) is None:
        return False
    sized = (
        quantity.unit in _SIZES
        or (quantity.unit in _REACHES and _WITHIN_REACH.match(tail) is not None)
        or (not is_count(quantity.unit) and text.startswith("内", quantity.end))
    )
    fast = quantity.unit == "公里" and text.endswith("时速", 0, quantity.start)
    programme = text[quantity.core] in _SCALES and _PROGRAMME.match(tail) is not None
    adjacent = following is not None and not any(c in text[quantity.end : following.start] for c in STOPS)
    counts_next = following is not None and is_count(following.unit)
    bound = _is_threshold(text, quantity, tail, adjacent, counts_next)
    return sized or fast or programme or bound or _is_capacity(text, quantity, tail)


def _is_threshold(text: str, quantity: Quantity, tail: str, adjacent: bool, counts_next: bool) -> bool:
    """Whether a bound is part of the name of what follows (5000万元以上｜项目), and not the amount of it (1000亿元以上｜资金).

    `adjacent` tells that the next quantity is in the same clause, `counts_next` that it is a count.
    """
    if quantity.comparator not in _BOUNDS or is_count(quantity.unit):
        return False
    if _THRESHOLD_NOUN.match(tail) or (adjacent and counts_next):
        return True
    if _MONEY_NOUN.match(tail) or final_verb(text[max(0, quantity.start - 8) : quantity.start]):
        return False
    named = text[quantity.start : quantity.core].startswith(("超", "过", "破"))
    return adjacent or (named and _NOT_NOUN.match(tail) is None)


def _is_capacity(text: str, quantity: Quantity, tail: str) -> bool:
    """Whether a quantity is the capacity that a plant is named by (690万千瓦｜火电项目), and not one that was added."""
    measured = not is_count(quantity.unit) and not quantity.unit.endswith("元") and not is_time(quantity.unit)
    return measured and _CAPACITY.match(tail) is not None and not text[: quantity.start].endswith(_CAPACITY_VERBS)


def _share_comparators(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give 左右 or 以上 at the end of a list that 分别 opened to all its quantities (分别增长5%和7%左右)."""
    if "分别" not in text:
        return quantities
    shared = list(quantities)
    for i in range(len(shared) - 1, 0, -1):
        first, last = shared[i - 1], shared[i]
        opened = text.rfind("分别", max(0, first.start - _WIDEST_LIST), first.start)
        if opened < 0 or any(c in text[opened : first.start] for c in STOPS):
            continue
        joined = text[first.end : last.start] in ("、", "和", "与", "及")
        trailing = last.comparator in ("ge", "le", "approx") and text[last.end - 1] in "右上下内"
        if joined and trailing and first.comparator == "eq":
            shared[i - 1] = first._replace(comparator=last.comparator)
    return shared
