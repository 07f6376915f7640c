"""Coordination: several indicators that share a measure, a predicate or a list of quantities.

    光电信息、医药健康产业产值｜分别｜增长7.1%、12.5%      each conjunct has a quantity of its own: 光电信息产业产值 7.1%, ...
    光电信息、医药健康产业产值｜均｜增长10%以上            all conjuncts have the same
    接待游客1.7亿人次,旅游总花费3000亿元,分别增长15.6%、24.4%   the conjuncts are those of the clauses before
    国内生产总值67.7万亿元,增长6.9%                      the subject is left out and is that of the clause before

`split_coordination` divides a noun phrase into its conjuncts, `Antecedents` remembers what the clauses before named, and
`resolve_indicators` decides which indicators a quantity is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from emphasis.targets.phrases import LeftContext, is_change, read_left_context
from emphasis.targets.wordlists import WordSet, words

_BARE_MEASURES = frozenset(words("nouns", "bare_measures"))
_PEOPLE = ("人员", "人数", "职工")
_YIELDS = frozenset(
    ("产量", "总产", "总产量", "单产", "亩产", "面积", "播种面积", "种植面积", "存栏", "出栏", "存栏量", "出栏量")
)
_YIELD = re.compile(
    r"(?P<crop>(?!播种|种植|栽培).{2,}?)(?:播种|种植|栽培)?(?:面积|总产量?|产量|单产|亩产|(?:年末|期末|全年)?(?:存栏|出栏)量?)"
)
"""Area and yield of a crop, stock and sale of an animal."""
_ENDS_OF_MEASURES = tuple("产销供需进出存收支")
_ENDS_OF_NAMES, _NAME = frozenset("率额"), 3
_ADDED = frozenset(words("clause", "increases"))
_RELATIVE = frozenset(("增速", "年均增速", "增长率", "年均增长率", "增幅", "占比", "比重", "比例"))
"""Measures of another measure: 游客人次、总花费增速 are two growth rates, 游客人次增速 and 总花费增速."""
_OWN_RATES = ("率", "比重", "占比", "比例")
"""Ends of what is a rate itself: 幼儿园覆盖率、公办占比 are a rate and a share."""
_PAIRED = ("城镇", "农村", "城市", "乡村", "城区", "农区", "牧区", "公办", "民办")
"""Modifiers that share all that follows the second of them (城镇、农村｜常住居民人均可支配收入)."""
_SECTORS = re.compile(
    r"(?P<before>[^一二三]*?)(?P<named>三次|第?一(?:、|和|与)?第?二(?:、|和|与)?第?三)(?P<rest>次?产业?[^一二三]*)"
)
"""The three sectors of the economy, which are named in this order (一、二、三产｜增加值)."""
_OPPOSITES = {"进口": "出口", "出口": "进口"}
_PER_UNIT = re.compile(
    r"(?:万元|单位)[^、和与及]{2,8}?(?=[水能电地]耗|能耗|能源消[耗费]|用水|二氧化碳|碳排放|建设用地)"
)
"""What a unit of output is taken of, named once for several measures (万元GDP｜能耗、水耗)."""
_INTENSITIES = ("水耗", "电耗", "能耗", "地耗", "能源消", "用水", "二氧化碳", "碳排放", "建设用地")
_QUALIFYING_MEASURE = re.compile(r"(?:年?平均|年均|综合|人口(?=$)|(?:播种|种植|栽培|养殖)|(?:保险)?参保)$")
"""What before a shared measure belongs to it (PM10、PM2.5｜平均浓度, 小麦、玉米｜种植面积)."""
_EARNED = re.compile(r"(?:主营业务|营业|销售)$")
"""What before a shared amount says what is earned (集成电路、生命健康产业｜主营业务收入)."""
_QUOTED = re.compile(r"“[^“”]+”")
_COMMA = r"、(?![^“]*”)|(?<=”)(?=“)"
"""What separates conjuncts: 、 outside quotation marks, or nothing between two of them (“命案”｜“两抢”警情)."""
_AND = re.compile(rf"{_COMMA}|和|与|及|以及")
_MEASURES = WordSet(words("nouns", "measures"))
_CONTRACTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("产销量", ("产量", "销量")),
    ("产销", ("产量", "销量")),
    ("产值、增加值", ("产值", "增加值")),
    ("城乡居民", ("城镇居民", "农村居民")),
    ("城乡", ("城市", "农村")),
    ("进出口", ("出口", "进口")),
    ("存贷款", ("存款", "贷款")),
    ("牛羊", ("牛", "羊")),
    ("起数和死亡人数", ("起数", "死亡人数")),
    ("环比、同比", ("环比", "同比")),
)
"""Contractions of two indicators, and these in the order in which their quantities follow (产销量分别为20万辆、19万辆)."""


def split_coordination(phrase: str, n: int) -> list[str]:
    """The `n` conjuncts of a noun phrase; the phrase itself `n` times if it does not divide.

    A measure that only the last of them has is given to all (光电信息、医药健康产业产值).

    Examples
    --------
    >>> split_coordination("光电信息、医药健康产业产值", 2)
    ['光电信息产业产值', '医药健康产业产值']
    >>> split_coordination("新能源汽车产销量", 2)
    ['新能源汽车产量', '新能源汽车销量']
    """
    if n == len("一二三") and (sectors := _SECTORS.fullmatch(phrase)) is not None:
        before, named, rest = sectors.groups()
        ordinal = "第" if "第" in named or named == "三次" else ""
        return [f"{before}{ordinal}{number}{rest}" for number in "一二三"]
    parts = _parts(phrase, n)
    if len(parts) != n and len(nearly := _parts(phrase, n - 1)) == n - 1 > 1:
        # 生产总值、城乡居民收入分别增长8%、9%和10%: one of the conjuncts is two.
        both = [i for i, part in enumerate(nearly) if any(word in part for word, _ in _CONTRACTIONS)]
        if len(both) == 1:
            at = both[0]
            parts = [*nearly[:at], *split_coordination(nearly[at], 2), *nearly[at + 1 :]]
    if len(parts) != n:
        for word, halves in _CONTRACTIONS:
            if n == 2 and word in phrase:
                return [phrase.replace(word, half, 1) for half in halves]
        return [phrase] * n
    return _share_measure(parts)


def coordinated_indicators(phrase: str) -> list[str]:
    """The conjuncts of a phrase of which 均 or 都 says the same; the phrase alone if it has none, or ends its list with 等."""
    if re.search(r"等(?!级|候)", phrase):
        return [phrase]
    parts = [p for p in re.split(r"、|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", phrase) if p]
    if len(parts) < 2 or any(len(p) < 2 for p in parts):
        return [phrase]
    return list(dict.fromkeys(_share_measure(parts)))


def _parts(phrase: str, n: int) -> list[str]:
    """The phrase divided into `n` parts: at 、 and one final conjunction, at 、 alone, or at all; undivided if none gives `n`."""
    for pattern in (rf"{_COMMA}|(?:和|与|及|以及)(?=[^、]*$)", _COMMA, _AND.pattern):
        parts = [p for p in re.split(pattern, phrase) if p]
        if len(parts) == n:
            return parts
    return [phrase]


def _measure(phrase: str) -> str:
    """The measure that ends a phrase; empty if the phrase is nothing else."""
    return _MEASURES.longest_suffix(phrase[1:])


def _share_measure(parts: list[str]) -> list[str]:
    """Give the measure of the last part to those before that have none: 原煤、原油产量 → 原煤产量, 原油产量."""
    if shared := _after_the_like(parts):
        return [p + shared for p in parts[:-1]] + [parts[-1]]
    per = _PER_UNIT.match(parts[0])
    if per is not None:
        parts = [parts[0], *(per.group() + p if p.startswith(_INTENSITIES) else p for p in parts[1:])]
    if parts[0].startswith("接待") and not parts[-1].startswith("接待"):
        # 接待游客、旅游收入: how many came is a measure of its own.
        return parts
    tail = _measure(parts[-1])
    if tail in _RELATIVE:
        return [p if p.endswith((tail, *_OWN_RATES)) else p + tail for p in parts]
    if len(tail) == 1:
        return parts if any(p.endswith(tail) for p in parts[:-1]) else _share_last_character(parts, tail)
    if not tail or any(len(_measure(p)) > 1 or p in _MEASURES for p in parts[:-1]):
        return parts
    # 光电信息、医药健康产业｜产值: 产业 is shared too, and 排放 in 化学需氧量、二氧化硫排放｜总量.
    if (earned := _EARNED.search(parts[-1][1 : -len(tail)])) is not None:
        tail = earned.group() + tail
    stem = parts[-1][: -len(tail)]
    chain = next((word for word in ("全产业链", "产业链", "产业", "排放") if stem.endswith(word)), "")
    if chain and not parts[0].endswith(("产业", "业", "产业链")):
        tail = chain + tail
    # PM10、PM2.5｜平均浓度: so is what says how it is measured.
    how = _QUALIFYING_MEASURE.search(parts[-1][1 : -len(tail)])
    if how is not None and not any(how.group() in p for p in parts[:-1]):
        tail = how.group() + tail
    insured = tail.removeprefix("保险")
    return [p + (insured if p.endswith("保险") else tail) for p in parts[:-1]] + [parts[-1]]


def _after_the_like(parts: list[str]) -> str:
    """What follows in the last part what the others are like, and so is shared by all; empty if nothing does.

    城镇、农村｜常住居民收入; “乌—昌—石”“奎—独—乌”｜区域重污染天数比例; and of two, after the word that ends the first or its opposite:
    社会投资、政府投资｜工程建设项目审批时间 and 货物进口、出口｜通关时间 are two times, although 投资 and 进口 are measures, too.
    """
    modifier = next((m for m in _PAIRED if parts[-1].startswith(m)), "")
    if modifier and all(p in _PAIRED for p in parts[:-1]):
        return parts[-1][len(modifier) :]
    if all(map(_QUOTED.fullmatch, parts[:-1])) and (quoted := _QUOTED.match(parts[-1])) is not None:
        return parts[-1][quoted.end() :]
    last = _measure(parts[0])
    for word in (last, _OPPOSITES.get(last)) if len(parts) == 2 and len(last) > 1 else ():
        rest = parts[1].partition(word)[2] if word else ""
        if len(_MEASURES.longest_suffix(rest)) > 1:
            return rest
    return ""


def _share_last_character(parts: list[str], tail: str) -> list[str]:
    """Give the last character to all parts, where it is clear that they share it."""
    if all(len(p) == len(parts[-1]) - 1 for p in parts[:-1]):
        # 产、销量 and 出生、死亡率.
        return [p + tail for p in parts[:-1]] + [parts[-1]]
    if len(parts) == 2 and len(parts[1]) == 2 and parts[0].endswith(_ENDS_OF_MEASURES):
        # 汽车产、销量: the first names what both are about.
        return [parts[0] + tail, parts[0][:-1] + parts[1]]
    own = any(len(_measure(p)) > 1 or p in _MEASURES for p in parts[:-1])
    if tail in _ENDS_OF_NAMES and len(parts[-1]) > _NAME and not own:
        # 住宿业、餐饮业｜营业额: a rate or an amount has a name of three characters.
        return [p + parts[-1][-_NAME:] for p in parts[:-1]] + [parts[-1]]
    # Too little is shared to divide short parts, so each quantity is about the whole; longer parts are divided.
    return ["、".join(parts)] * len(parts) if all(len(p) <= 4 for p in parts[:-1]) else parts


@dataclass
class Antecedents:
    """What earlier clauses of the sentence named, for those that leave it out."""

    subject: str = ""  # the indicator that was named last: what 增长6.9% is about where nothing else is named
    recent: tuple[str, ...] = ()  # the last indicators, for a 分别 or 均 that refers to them
    pending: tuple[str, ...] = ()  # indicators that 分别 has named and whose quantities are still to come
    listed: int = 0  # how many quantities the last list had, if each had an indicator of its own
    direction: str = ""  # direction and verb: of the last quantity
    verb: str = ""
    noun: str = ""  # what was last counted after its quantity, in noun_unit (5｜条｜高速公路, … 3条｜通车)
    noun_unit: str = ""
    said: bool = False  # whether the subject is no name, but what was said of the things counted
    unit: str = ""  # of the last quantity, without its scale
    share: str = ""  # the share that the last statement was about (增加值占GDP比重)
    consumed: int = 0  # where the last statement ends: what precedes is not read again


def resolve_indicators(
    before: LeftContext, list_rest: int, fresh: bool, indicator: str, antecedents: Antecedents
) -> list[str]:
    """The indicators that a quantity is about: one, several with 均, or the next of those that 分别 named.

    `list_rest` is how many more quantities follow in its list; `fresh` tells that a clause begins between this quantity
    and the one before; `indicator` is what was found next to the quantity, empty if it is elsewhere. Updates
    `Antecedents.pending`.
    """
    # 原煤、原油产量达到6640.8万吨、1253.6万吨: as many conjuncts as quantities are a list even without 分别.
    named = (
        list_rest
        and before.direction
        and indicator.count("、") + indicator.count("和") == list_rest
        and len(set(split_coordination(indicator, list_rest + 1))) > list_rest
    )
    # 城乡居民收入32150元、12480元: two kinds of residents, two quantities.
    named = named or (list_rest == 1 and "城乡居民" in indicator and not indicator.endswith("比"))
    # 接待游客412万人次,旅游收入21.8亿元,增长16.7%和23.5%: one rate for each of them.
    paired = fresh and not indicator and is_change(before.direction) and list_rest and not antecedents.pending
    paired = paired and len(set(antecedents.recent[-list_rest - 1 :])) == list_rest + 1
    # 农民和市民收入分别达到2253元和6280元,年均增长4.7%和5.7%: as many again, of the same.
    again = not indicator and list_rest + 1 == antecedents.listed
    if list_rest and (named or again or paired or "分别" in before.adverbs or "分别" in indicator):
        antecedents.listed = list_rest + 1
        first, *others = _respective(before, list_rest, fresh, indicator, antecedents)
        antecedents.pending = tuple(others)
        return [first] if first else []
    if antecedents.pending and not indicator and not fresh:
        indicator, *others = antecedents.pending
        antecedents.pending = tuple(others)
        return [indicator] if indicator else []
    antecedents.pending = ()
    antecedents.listed = 0
    if not indicator and "均" in before.adverbs and len(set(antecedents.recent[-2:])) == 2:
        # 接待游客2300万人次,旅游收入260亿元,均增长15%以上: said of both that were named.
        return [_name_share(name, before) for name in antecedents.recent[-2:]]
    if not indicator:
        indicator = antecedents.subject
    elif indicator in _BARE_MEASURES and antecedents.subject and not antecedents.subject.endswith(indicator):
        indicator = _measured(_owner(indicator, antecedents), indicator)
    elif indicator.removeprefix("平均") in _YIELDS and (grown := _YIELD.fullmatch(antecedents.subject)) is not None:
        # 粮食播种面积72万亩,产量17.5万吨: the crop is named once.
        indicator = grown["crop"] + indicator
    elif indicator.startswith("用于") and indicator.endswith(("比重", "比例", "占比")):
        indicator = antecedents.subject + indicator
    if not indicator:
        return []
    if indicator.startswith("对") and indicator.endswith("贡献率") and antecedents.subject not in ("", indicator):
        indicator = antecedents.subject + indicator
    if before.indicator and any(a in before.adverbs for a in ("均", "都", "各")):
        return coordinated_indicators(_name_share(indicator, before))
    return [_name_share(indicator, before)]


def _measured(owner: str, measure: str) -> str:
    """The measure of what was named before, which may end with the same word (铁路运营里程, 总里程: 铁路运营总里程)."""
    part = measure.removeprefix("总")
    same = part != measure and len(part) > 1 and owner.endswith(part)
    return owner[: -len(part)].removesuffix("总") + measure if same else owner + measure


def _owner(measure: str, antecedents: Antecedents) -> str:
    """What has a measure that stands alone: people have no output (企业8600个,从业人员11万人,｜总产值)."""
    owners = (name for name in reversed(antecedents.recent) if not name.endswith(_PEOPLE))
    produced = measure.endswith("值") and antecedents.subject.endswith(_PEOPLE)
    return next(owners, "") if produced else antecedents.subject


def _respective(
    before: LeftContext, list_rest: int, fresh: bool, indicator: str, antecedents: Antecedents
) -> list[str]:
    """The conjuncts that have a quantity each with 分别: those of the clause, or those of the clauses before."""
    n = 1 + list_rest
    if "分别" in indicator:
        # 交通、水利分别完成投资2500亿元、800亿元: the conjuncts precede 分别, what they share follows it.
        conjuncts, _, rest = indicator.partition("分别")
        shared = read_left_context(rest).indicator or rest
        return [name + shared for name in split_coordination(conjuncts, n)]
    pool = list(antecedents.recent[-n:])
    if indicator in _BARE_MEASURES and len(set(pool)) == n:
        # 进出口45亿美元,其中出口22亿美元,增幅分别为41%和36%.
        return [name + indicator for name in pool]
    if indicator:
        divided = split_coordination(_name_share(indicator, before), n)
        # 总量、增速分别居全国第四、第二位: measures of what was named before.
        bare = bool(antecedents.subject) and all(name in _BARE_MEASURES for name in divided)
        return [_measured(antecedents.subject, name) for name in divided] if bare else divided
    adds = before.direction in _ADDED or not is_change(before.direction)
    if not fresh and antecedents.subject and adds:
        # 收入超千亿元、百亿元的企业｜分别达22家和221家: both count what is named right before.
        return [_name_share(antecedents.subject, before)] * n
    if "、" in antecedents.subject and len(set(divided := split_coordination(antecedents.subject, n))) == n:
        # 财政收入、居民收入翻番,分别达到2亿元和3600元: one clause named them all.
        return [_name_share(name, before) for name in divided]
    if len(pool) < n:
        pool = split_coordination(antecedents.subject, n) if antecedents.subject else [""] * n
    return [_name_share(name, before) for name in pool]


def _name_share(indicator: str, before: LeftContext) -> str:
    """The indicator of a share with the whole that it is a part of: 新能源汽车产量占全国比重."""
    if before.base is None or not indicator:
        return indicator
    return f"{indicator}占{before.base}比重" if before.base else f"{indicator}占比"
