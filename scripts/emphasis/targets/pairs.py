"""Targets compared: with outturns inside a report, with outturns of the next year, with targets of the level above.

Reports rarely name an indicator twice in the same words (建成高标准农田238.9万亩, 新建高标准农田200万亩; 市级中试基地28个, 30个中试基地), so
a target is paired with the outturn whose name is most similar, and the reason why two are not comparable is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from emphasis.targets.entries import Attainment, Gap, LedgerEntry, Pair, falls
from emphasis.targets.indicators import Indicators, plain_name
from emphasis.targets.verdicts import aim, bound, verdict
from emphasis.targets.wordlists import WordSet, words

_THRESHOLD = re.compile(r"[\d.]*[百千]?[万亿]?元(?:以上|级)?|超[百千]?[万亿]元")
_MEASURE_WORDS = re.compile(r"(?:人数|数量|总数|总量|规模|比例|比率|比重|增速|增幅|涨幅|户数)+$")
_QUOTED_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{4})“[^”]*”$")
_GENERIC = frozenset(words("nouns", "generic"))
"""Names too general to be paired unless the verb is the same."""
_VERBS = WordSet(words("clause", "actions"))
_SIMILAR = 0.65
"""Names less similar than this name different indicators."""
_SAME = 0.95
"""Names less similar than this define the indicator differently (义务教育学位, 义务教育公办学位)."""
_NUMBERED = ("count", "level")
_INCREASES = frozenset(words("clause", "increases"))
_ADDITIONS = frozenset(words("clause", "additions"))
_MAKING = frozenset(words("clause", "making"))
_IMPROVEMENTS = WordSet(words("clause", "improvements"))
_BEGINNINGS = frozenset(words("clause", "beginnings"))
_ENDINGS = frozenset(words("clause", "endings"))
_REACHED = re.compile(r"(?:突破|达到?|超过|[至到]|共有|拥有|已有)$")
"""Predicates of how many there are in all."""
_ARRIVED = re.compile(r"(?:达|[至到])$")
"""Those of them that cannot be said of the number of a year, as 超过 can."""
_SO_FAR = "累计"
"""How the predicate of a sum begins: over more than a year, where the statement is of a year."""
_PER_UNIT = re.compile(r"每(?=[\d十百千万亿人户村]|平方|公里)|[人户亩地]均|[十百千万]人(?!次|以)")
"""What makes a ratio of a number (每千名老年人｜养老床位)."""


def pairs(report_id: str, entries: Sequence[LedgerEntry]) -> list[Pair]:
    """Each target of a report with the outturn of the same indicator, comparable or not, in the order of the targets.

    Two statements are comparable when indicator, measure (growth rate, level, change, share, ...), unit and horizon agree.
    Otherwise `Pair.reason` says what differs; a pair whose definitions are only similar is listed as such. Ranks are not
    paired: they are no figures that a target is set in.

    Parameters
    ----------
    entries : sequence of LedgerEntry
        Of one report, as `emphasis.targets.extract.extract` gives them.
    """
    stated = (e for e in entries if e.period == "target" and e.comparator != "qualifier" and e.kind != "rank")
    targets = [e for e in stated if e.value is not None or e.canonical]
    outturns = _Outturns(entries, targets)
    found: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    for target in targets:
        key = (_key(target), target.kind)
        if key in seen:
            continue
        if (best := _best(target, outturns.similar_to(target))) is not None:
            seen.add(key)
            outturn, reason = best
            found.append(Pair(report_id, target.indicator, outturn, target, reason == "same measure", reason))
    return found


class _Outturns:
    """The outturns of a report, indexed by the bigrams that their names share with those of some targets.

    Names whose similarity is above zero have a bigram in common (高标准农田, 新建高标准农田: 高标, 标准, ...) or are equal, so only
    such outturns have to be compared with a target.
    """

    def __init__(self, entries: Iterable[LedgerEntry], targets: Iterable[LedgerEntry]) -> None:
        self._all = [e for e in entries if e.period == "outturn" and e.value is not None and e.kind != "rank"]
        self._by_bigram: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        wanted = frozenset().union(*(_bigrams(_stem(target.indicator)) for target in targets))
        for position, outturn in enumerate(self._all):
            for bigram in _bigrams(_stem(outturn.indicator)) & wanted:
                self._by_bigram[bigram].append(position)
            self._by_name[_key(outturn)].append(position)

    def similar_to(self, target: LedgerEntry) -> list[LedgerEntry]:
        """Those whose similarity to the target may be above zero, in the order of the text."""
        found = set(self._by_name.get(_key(target), ()))
        for bigram in _bigrams(_stem(target.indicator)):
            found.update(self._by_bigram.get(bigram, ()))
        return [self._all[position] for position in sorted(found)]


def _best(target: LedgerEntry, outturns: Iterable[LedgerEntry]) -> tuple[LedgerEntry, str] | None:
    """The outturn to pair with a target, and the reason.

    A comparable one if any, then the most similar, then one of the same horizon, measure and verb, then the first.
    """
    ranked = []
    for position, outturn in enumerate(outturns):
        similarity = _similarity(target, outturn)
        if similarity >= _SIMILAR:
            reason = _reason(target, outturn, similarity)
            same_verb = bool(target.verb) and target.verb == outturn.verb
            alike = (target.horizon == outturn.horizon, target.kind == outturn.kind, same_verb)
            ranked.append((reason == "same measure", similarity, *alike, -position, outturn, reason))
    if not ranked:
        return None
    *_, outturn, reason = max(ranked, key=lambda r: r[:6])
    return outturn, reason


def _reason(target: LedgerEntry, outturn: LedgerEntry, similarity: float) -> str:
    """``same measure``, or the first thing that differs."""
    other_kind = target.kind != outturn.kind and not (target.kind in _NUMBERED and outturn.kind in _NUMBERED)
    # 开工项目 and 竣工项目 are different projects; 建成 and 新建高标准农田 the same fields.
    reached, wanted = _counted_both(outturn, target)
    acts = not target.canonical and target.indicator.endswith("项目")
    acts = acts and target.verb.removeprefix("新") != outturn.verb.removeprefix("新")
    checks = (
        (target.value is None, "target without a figure"),
        (_THRESHOLD.findall(target.indicator) != _THRESHOLD.findall(outturn.indicator), "different threshold"),
        (target.horizon != outturn.horizon and not _is_level_now(outturn, target, wanted), "different horizon"),
        (similarity < _SAME, "different definition"),
        (other_kind, f"different measure: {outturn.kind} and {target.kind}"),
        ({reached, wanted} == {"increase", "stock"}, f"different measure: {reached} and {wanted}"),
        (target.base_unit != outturn.base_unit, f"different unit: {outturn.unit} and {target.unit}"),
        (acts or _is_other_action(outturn, target, reached, wanted), "different action"),
    )
    return next((reason for differs, reason in checks if differs), "same measure")


def _counted_both(outturn: LedgerEntry, target: LedgerEntry) -> tuple[str, str]:
    """What `_counted` says of both; where it says so of one alone, the other is judged beside it.

    到190个 is a stock, so that 建成20个 are some of them, and 培育1000家 where there are 4162; 建成85家 before 达到150家 may be all.
    """
    reached, wanted = _counted(outturn), _counted(target)
    if reached == "stock" and not wanted and outturn.base_value and target.base_value and not target.canonical:
        less = target.base_value < (outturn.final or 0.0) and target.comparator not in ("le", "lt", "from_to")
        made = target.verb in _MAKING
        far_less = target.kind == "count" and not target.verb and 2 * target.base_value < (outturn.final or 0.0)
        if less and (made or (far_less and _ARRIVED.search(outturn.direction))):
            wanted = "increase"
    return reached, wanted


def _is_level_now(outturn: LedgerEntry, target: LedgerEntry, wanted: str) -> bool:
    """Whether the outturn is where years have led (由2110公里增至3055公里), and the target where the next year is to lead."""
    return outturn.comparator == "from_to" and target.horizon == "year" and wanted == "stock"


def _is_other_action(outturn: LedgerEntry, target: LedgerEntry, reached: str, wanted: str) -> bool:
    """Whether what is done is another thing: finishing and beginning, or improving some of what there is and having it.

    Where 28 there are and 30 are improved, these are all that there will be.
    """
    if outturn.kind not in _NUMBERED or target.kind not in _NUMBERED:
        return False
    both = (outturn.verb, target.verb)
    began = [verb in _BEGINNINGS for verb in both]
    ended = [verb in _ENDINGS for verb in both]
    if (began[0] and ended[1]) or (began[1] and ended[0]):
        return True
    improved = [bool(verb) and _IMPROVEMENTS.longest_prefix(verb) == verb for verb in both]
    done, due = outturn.final or outturn.base_value or 0.0, target.final or target.base_value or 0.0
    return (improved[0] and wanted == "stock" and done < due) or (improved[1] and reached == "stock" and due < done)


def _counted(entry: LedgerEntry) -> str:
    """Whether a number is of what is added (新增100家) or of all there are (达到600家); empty where no word says so.

    A sum so far (累计建成100公里) is of all there are, unless the statement is itself of several years.
    """
    if entry.kind not in _NUMBERED:
        return ""
    name = entry.indicator + entry.canonical
    if entry.direction in _INCREASES or entry.verb in _INCREASES or "新增" in name or "净增" in name:
        return "increase"
    if name.endswith("就业"):  # 转移就业达到5万人 are those of the year, with or without 新增
        return ""
    if entry.direction.startswith(_SO_FAR) and (entry.horizon == "year" or entry.direction.endswith("达到")):
        return "stock"
    if entry.verb in _ADDITIONS:
        return "increase"
    return "stock" if _REACHED.search(entry.direction) else ""


def _key(entry: LedgerEntry) -> str:
    return entry.canonical or _stem(entry.indicator)


@lru_cache(maxsize=16_384)
def _stem(indicator: str) -> str:
    """A name without what reports add or leave out: region, quoted addition, examples before 等, the measure (…数量, …规模)."""
    plain = plain_name(_QUOTED_TAIL.sub("", indicator) or indicator)
    if "等" in plain and len(plain.split("等", 1)[1]) >= 3:
        plain = plain.split("等", 1)[1].removeprefix("各类")
    return _MEASURE_WORDS.sub("", plain) or plain


def _similarity(a: LedgerEntry, b: LedgerEntry) -> float:
    """How similar two indicators are, between 0 and 1.

    1 for the same; 0.96 where one only adds a qualifier before the other (市级｜中试基地), 0.9 where it only goes on after it or
    where the table of indicators has the other alone; else the share of common bigrams (Dice).
    """
    if a.canonical and b.canonical:
        return 1.0 if a.canonical == b.canonical else 0.0
    one, other = _stem(a.indicator), _stem(b.indicator)
    if min(len(one), len(other)) < 2 or one in _GENERIC or other in _GENERIC:
        return 1.0 if one == other and a.verb == b.verb and a.verb else 0.0
    if one == other or _without_verbs(one) == _without_verbs(other) or a.verb + one == other or b.verb + other == one:
        return 1.0
    short, long = sorted((one, other), key=len)
    if bool(_PER_UNIT.match(one)) != bool(_PER_UNIT.match(other)):
        # 每千名老年人｜养老床位 is a ratio of them.
        return min(0.9, _dice(one, other))
    if len(short) >= 4 and long.endswith(short):
        # 市级｜中试基地 are those of the city; 跨境电商｜进出口总额 is a part of what the table of indicators has.
        return 0.9 if bool(a.canonical) != bool(b.canonical) else 0.96
    return 0.9 if len(short) >= 4 and long.startswith(short) else _dice(one, other)


@lru_cache(maxsize=16_384)
def _without_verbs(name: str) -> str:
    """A name without the verb it begins with, if at least three characters remain (新建｜农村公路)."""
    return name[len(_VERBS.longest_prefix(name[:-3])) :]


def _dice(one: str, other: str) -> float:
    """The Dice coefficient of the bigrams of two names: twice the common ones over the sum of both numbers."""
    first, second = _bigrams(one), _bigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(maxsize=16_384)
def _bigrams(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters in a name."""
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


def headline_target(entries: Iterable[LedgerEntry], canonical: str) -> LedgerEntry | None:
    """The year's target for a canonical indicator; None if the report states none (the target is absent, not missing).

    A target in the passage that lists them takes precedence over one elsewhere, and a value over words.
    """
    named = [e for e in entries if e.canonical == canonical and e.period == "target" and e.comparator != "qualifier"]
    named = [e for e in named if e.horizon == "year" and e.kind in ("growth_rate", "level", "share", "count", "change")]
    ranked = sorted(named, key=lambda e: (not e.headline, e.value is None, e.kind != "growth_rate", e.start))
    return ranked[0] if ranked else None


def is_main_target(entry: LedgerEntry) -> bool:
    """Whether this is a target of the passage that lists them, and not a rider on one."""
    stated = entry.period == "target" and entry.headline and entry.kind != "rank"
    return stated and entry.horizon == "year" and entry.comparator != "qualifier"


def attainment(before: Sequence[LedgerEntry], after: Sequence[LedgerEntry], indicators: Indicators) -> list[Attainment]:
    """The headline targets of one year's report against what the next year's report says was reached.

    `bound` and `verdict` of each are by the rules of `emphasis.targets.verdicts`: a target is a floor or a ceiling, and is met
    by an outturn at its figure or on the right side of it.

    Only an outturn of the same measure stands beside a target: a growth rate beside a growth rate, for a year. Where the next
    report gives the indicator in another measure alone (进出口总额达8.3万亿元), the verdict is ``not comparable``, without an outturn.

    Parameters
    ----------
    before, after : sequence of LedgerEntry
        Of the same region's reports of year t and t + 1.
    indicators : Indicators
        For the direction that counts as better.
    """
    targets = [target for target in before if is_main_target(target)]
    outturns = _Outturns(after, targets)
    rows = []
    for target in targets:
        side = bound(target, indicators.better.get(target.canonical, ""))
        best = _best(target, outturns.similar_to(target))
        wanted, reached = aim(target, side), best[0].final if best is not None else None
        if best is None:
            rows.append(Attainment(target.indicator, target, None, side, None, "not reported"))
        elif best[1] != "same measure" or wanted is None or reached is None:
            beside = best[0] if best[1] == "target without a figure" and _measures_growth(target, best[0]) else None
            rows.append(Attainment(target.indicator, target, beside, side, None, "not comparable"))
        else:
            outturn_falls, target_falls = (falls(e.kind, e.direction) for e in (best[0], target))
            reached *= -1 if outturn_falls != target_falls else 1
            difference = round(reached - wanted, 6)
            found = verdict(target, reached, best[0].comparator, side)
            rows.append(Attainment(target.indicator, target, best[0], side, difference, found))
    return rows


def _measures_growth(target: LedgerEntry, outturn: LedgerEntry) -> bool:
    """Whether a target in words (与经济增长同步) and an outturn are both about growth in one year."""
    same = target.kind == outturn.kind == "growth_rate" and target.canonical == outturn.canonical != ""
    return same and target.horizon == outturn.horizon


def gaps(own: Sequence[LedgerEntry], superior: Sequence[LedgerEntry]) -> list[Gap]:
    """A region's headline targets minus those of the level above, for every canonical indicator that either states.

    Parameters
    ----------
    own, superior : sequence of LedgerEntry
        Of the reports of the same year.
    """
    names = sorted({e.canonical for e in (*own, *superior) if e.canonical and e.headline})
    rows = []
    for name in names:
        mine, theirs = headline_target(own, name), headline_target(superior, name)
        difference, note = None, "not comparable"
        if mine is None or theirs is None:
            note = "absent in own" if mine is None else "absent in superior"
        elif mine.kind == theirs.kind and (mine.kind == "growth_rate" or mine.base_unit == "%"):
            low, high = mine.base_value, theirs.base_value
            difference = None if low is None or high is None else round(low - high, 6)
            note = "not comparable" if difference is None else "stated by both"
        rows.append(Gap(name, mine, theirs, difference, note))
    return rows
