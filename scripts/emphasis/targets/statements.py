"""Statements: which quantity of a sentence says what about which indicator.

A sentence is read from left to right, one quantity after the other, and what one names is remembered for those that follow
(`Antecedents`). In 接待游客1.7亿人次,旅游总花费突破3000亿元,分别增长15.6%、24.4% the left contexts of the four quantities are 接待游客,
旅游总花费, 分别增长 and 、. For each quantity:

1. `_read_clause` reads the text before it, from the last stop or the last statement on, and the noun after it. A number that
   states nothing is left out here (以百倍的努力, 240小时过境免签).
2. `_find_subject` chooses the noun after the quantity (打通50条｜断头路), the one before it (网络零售额｜增长20.9%), or neither.
3. `resolve_indicators` completes it from the clauses before (…,增长6.9%) and divides coordinated indicators, so that 15.6% is about
   接待游客 and 24.4% about 旅游总花费.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from emphasis.targets.assertions import is_run, is_statement, without_run
from emphasis.targets.composition import STOPS, clause_start, compose_quantities, stop_positions
from emphasis.targets.coordination import Antecedents, resolve_indicators
from emphasis.targets.entries import Quantity
from emphasis.targets.noun_after import RightContext, read_right_context, with_shared_noun, without_aspect
from emphasis.targets.omissions import (
    continues_share,
    contribution,
    is_contribution,
    measure_of_clause,
    named_alone,
)
from emphasis.targets.own_words import without_own_words
from emphasis.targets.phrases import (
    LeftContext,
    begins_with_verb,
    final_verb,
    is_change,
    read_left_context,
)
from emphasis.targets.units import is_count, is_percent
from emphasis.targets.wordlists import WordSet, words

_DEFINED = frozenset(("为", "是", "定为", "确定为", "设定为", "约为", "安排为"))
"""Predicates whose subject may be a clause of its own."""
_AT_RATE = re.compile(r"的(?:平均)?(?:幅度|比例|速度)(?P<verb>[\u4e00-\u9fff]{2})(?P<noun>[^,;。、]{2,14})")
_RESPECTIVELY = re.compile(r"(?:\d{4}年|[去今上]年|也|将|预计|已){0,3}分别")
_ANOTHER = re.compile("[、和与及](?:全[国省市区县州]|全球|世界)(?:平均水平|平均)?")
_JOINTS = ("和", "与", "及", "以及")
_JOINED = re.compile("、|和|与|及")
_MEASURES = WordSet(words("nouns", "measures"))
_IMPROVEMENTS = words("clause", "improvements")
_LISTED = re.compile("分别|、|和")
_LIST_JOINT = re.compile(r"(?:左右|以上)?(?:、|和|与|及|以及|,)?(?:左右)?")
_GROWS_AFTER = re.compile(
    r"的?(?P<how>增长|增速|增幅|下降)(?!(?:了|约|近|超|超过|率)?\d)"
    r"|的[^,;。、\d]{2,12}?(?P<what>增长|增速|下降)(?:(?:预期|速度|区间|调控|的){0,4}目标|(?:速度|区间)?(?=[,;。、]|$))"
)
"""What after a percentage says that something grows by it (5%左右的｜增长, 8%的｜国内生产总值增长目标), unlike 2.8亿元｜增长6%."""
_GROWTH_MEASURES = ("涨幅", "降幅", "增幅", "增速")
_NO_DIRECTION = frozenset(("控制在", "在", "为", "是", "有", "由", "从", "居", "列", "至"))
_EXISTENTIAL = frozenset(("", "有", "将有", "共有", "至"))
_PARTS = frozenset(("%", "‰", "成"))
_PEOPLE = frozenset(("户", "人", "名", "人次", "户次"))
_PERSONS = frozenset(("人", "名", "位"))
_SHORT_NOUNS = "县村镇乡市区省人"
_MAX_TEXT = 160
WIDEST_CLAUSE = 240
"""How far back from a quantity its clause is read: no report has one that long, but a faulty file may."""
_LONGEST_LIST = 40


class Statement(NamedTuple):
    """A quantity and what it is about; offsets into the folded sentence.

    `begin` and `end` span the statement: from its indicator, or from the clause if the indicator is further back, to the end
    of the quantity or of the noun after it. `share` tells that the quantity is a part of a whole (占全国), `part` that it is
    a part of what the indicator names, and so says nothing of how large that is (八成以上｜财政支出).
    """

    quantity: Quantity
    indicator: str
    verb: str
    direction: str
    begin: int
    end: int
    share: bool
    part: bool = False


class _Clause(NamedTuple):
    """A quantity with the text before it and the noun after it.

    `left` begins at `edge`. `list_rest` is how many more quantities follow in its list (15.6%、24.4%: one). `fresh` tells that a
    stop separates the quantity from the one before, `run` that it says for how long something has been so (连续4年).
    """

    quantity: Quantity
    left: str
    edge: int
    before: LeftContext
    after: RightContext
    list_rest: int
    fresh: bool
    run: bool


class _Subject(NamedTuple):
    """What a quantity is about, and the span of the text that says so."""

    indicator: str
    verb: str
    begin: int
    end: int


def read_statements(text: str) -> list[Statement]:
    """All quantitative statements of a folded sentence.

    Examples
    --------
    >>> [(s.verb, s.indicator, s.quantity.value) for s in read_statements("引进企业132家,网络零售额增长20.9%。")]
    [('', '引进企业', 132.0), ('', '网络零售额', 20.9)]
    """
    quantities = compose_quantities(text)
    stops = stop_positions(text) if quantities else []
    antecedents = Antecedents()
    found: list[Statement] = []
    for i in range(len(quantities)):
        if (clause := _read_clause(text, stops, quantities, i, antecedents)) is not None:
            found += _to_statements(text, clause, antecedents)
    return found


def _read_clause(
    text: str, stops: list[int], quantities: list[Quantity], i: int, antecedents: Antecedents
) -> _Clause | None:
    following = quantities[i + 1].start if i + 1 < len(quantities) else len(text)
    quantity, left, edge = _left_of(text, stops, quantities[i], antecedents)
    if not is_statement(text, quantity, left):
        return None
    run = is_run(quantity, left)
    before = read_left_context(without_run(left) if run else left)
    takes_noun = quantity.form in ("number", "fraction") and quantity.comparator != "from_to"
    after = read_right_context(_right(text, quantity, following)) if takes_noun else RightContext()
    if (
        (rate := _AT_RATE.match(text, quantity.end)) is not None
        and left.endswith(("按", "以"))
        and is_change(rate["verb"])
    ):
        # 按不低于5%的幅度｜压减｜一般性支出: what is done at this rate follows.
        before, after = LeftContext(rate["noun"], len(left), direction=rate["verb"]), RightContext()
    if after.indicator.endswith("级"):
        behind = quantity.end + after.end
        after = with_shared_noun(after, text[behind : behind + WIDEST_CLAUSE])
    fresh = edge > antecedents.consumed or antecedents.consumed == 0
    if contributed := contribution(left, quantity, antecedents.subject):
        before = before._replace(indicator=contributed, offset=0, verb="")
    elif "百分点" in quantity.unit and antecedents.recent and _ANOTHER.fullmatch(left):
        # 增速高于全国2.2个、｜全省｜0.9个百分点: the same beside another.
        before = before._replace(indicator=antecedents.recent[-1], offset=0)
    elif (
        fresh
        and (before.direction or quantity.comparator == "from_to")
        and not before.indicator
        and text[edge - 1 : edge] == ","
    ):
        opened = clause_start(text, stops, edge - 1, antecedents.consumed)
        before = before._replace(indicator=measure_of_clause(text[opened : edge - 1]))
    rates = is_percent(quantity.unit) and is_change(before.direction) and not before.indicator
    alike = i + 1 < len(quantities) and quantities[i + 1].unit == quantity.unit
    listed = antecedents.listed or (alike and (rates or "城乡居民" in left)) or _LISTED.search(left)
    list_rest = _list_rest(text, quantity, quantities, i + 1) if listed else 0
    return _Clause(quantity, left, edge, before, after, list_rest, fresh, run)


def _left_of(text: str, stops: list[int], quantity: Quantity, antecedents: Antecedents) -> tuple[Quantity, str, int]:
    """The text before a quantity, from its clause's start or the last statement on, without what belongs to the quantity.

    Returns the quantity too, since the text may bound it (不低于｜财政支出的30%).
    """
    edge = clause_start(text, stops, quantity.start, max(antecedents.consumed, quantity.start - WIDEST_CLAUSE))
    left = text[edge : quantity.start]
    if left in _DEFINED and edge > max(1, antecedents.consumed) and text[edge - 1] == ",":
        # 经济增长速度的调控目标,｜定为8%: the clause before is the subject.
        edge = clause_start(text, stops, edge - 1, antecedents.consumed)
        left = text[edge : quantity.start].replace(",", " ")
    elif edge > max(1, antecedents.consumed) and (named := named_alone(text, stops, left, edge, antecedents.consumed)):
        edge, left = edge - 1 - len(named), named if left.startswith(("由", "从")) else f"{named} {left}"
    elif _RESPECTIVELY.match(left) and edge > max(1, antecedents.consumed) and text[edge - 1] == ",":
        # 城镇居民收入和农村居民收入,｜分别增长7%和8%: so are the indicators that it lists.
        opened = clause_start(text, stops, edge - 1, antecedents.consumed)
        named = text[opened : edge - 1]
        if _JOINED.search(named) and len(_MEASURES.longest_suffix(named)) > 1:
            edge, left = opened, f"{named} {left}"
    _, announced, rest = left.rpartition("”——")
    if announced and rest:
        # 实现“三个翻番”——｜生产总值: what precedes the dash announces it.
        edge, left = edge + len(left) - len(rest), rest
    quantity, left = without_own_words(quantity, left, bool(antecedents.share))
    return quantity, left, edge


def _right(text: str, quantity: Quantity, following: int) -> str:
    """The text after a quantity, without the last item of a list if that belongs to the next quantity."""
    right = text[quantity.end : following]
    if following < len(text) and "、" in right and not any(c in right for c in STOPS):
        right = right[: right.rfind("、")]
    return right


def _list_rest(text: str, quantity: Quantity, quantities: list[Quantity], following: int) -> int:
    """How many of the quantities that follow continue the list that this one opens (15.6%｜、24.4%、7%: two)."""
    n, end = 0, quantity.end
    for other in quantities[following : following + _LONGEST_LIST]:
        if not _LIST_JOINT.fullmatch(text[end : other.start].strip()):
            break
        n, end = n + 1, other.end
    return n


def _to_statements(text: str, clause: _Clause, antecedents: Antecedents) -> list[Statement]:
    """The statements of a clause: one for each indicator that the quantity is about."""
    quantity, before = clause.quantity, clause.before
    subject = _find_subject(clause, antecedents)
    direction = _direction(text, clause, subject.verb)
    if not clause.fresh and not clause.left.strip(" 、和与及") and antecedents.pending:
        direction = antecedents.direction
    others = clause.fresh and not clause.left.strip(" ,") and _counts_other(quantity, antecedents)
    if not subject.indicator and (not antecedents.subject or others) and quantity.form != "rank":
        # 95%实现了…: nothing is named at all, so the predicate says what it is about; so of people after firms (企业45家,2人当选院士).
        named = clause.after.indicator if len(clause.after.indicator) < 2 else ""
        said = (named + clause.after.predicate).strip("、。“”")[:20]
        said = "" if said.startswith("的") or said in _JOINTS else said
        subject = subject._replace(indicator=said, end=quantity.end + len(said))
        antecedents.said = bool(said)
    elif subject.indicator:
        antecedents.said = False
    resumed = "" if subject.indicator or clause.list_rest else antecedents.share
    resumed = resumed if continues_share(quantity, before) else ""
    if resumed:
        subject = subject._replace(indicator=resumed)
    indicators = resolve_indicators(before, clause.list_rest, clause.fresh, subject.indicator, antecedents)
    if not indicators:
        if clause.after.predicate.strip("、") in _JOINTS:
            # Of 分别增长9.4%和14.5% nobody knows of what; the second is not said of the first.
            antecedents.consumed = quantity.end
        return []
    end = max(subject.end, quantity.end)
    owner = antecedents.subject
    _remember(antecedents, clause, subject, indicators, direction, end)
    if resumed:
        antecedents.subject, antecedents.share = owner, resumed
    begin = max(subject.begin, end - _MAX_TEXT) if subject.begin < quantity.start else quantity.start
    share, part = before.base is not None, not is_change(direction) and _is_part(clause, subject)
    return [Statement(quantity, name, subject.verb, direction, begin, end, share, part) for name in indicators]


def _is_part(clause: _Clause, subject: _Subject) -> bool:
    """Whether a percentage or a fraction is a part of what the subject names (60%的｜农户, 财政收入的｜60%来自企业)."""
    quantity, before, after = clause.quantity, clause.before, clause.after
    if quantity.form not in ("number", "fraction") or not (quantity.unit in _PARTS or quantity.form == "fraction"):
        return False
    of_next = bool(after.indicator) and subject.indicator == after.indicator and subject.end > quantity.end
    of_last = clause.left.rstrip().endswith("的") and before.base is None and subject.indicator == before.indicator
    return of_next or (of_last and bool(before.indicator))


def _counts_other(quantity: Quantity, antecedents: Antecedents) -> bool:
    """Whether people are counted after what are none, or after others of whom only something was said: nobody was named."""
    unit = quantity.unit.lstrip("百千万亿")
    return unit in _PERSONS and is_count(antecedents.unit) and (antecedents.unit not in _PERSONS or antecedents.said)


def _remember(
    antecedents: Antecedents, clause: _Clause, subject: _Subject, indicators: list[str], direction: str, end: int
) -> None:
    antecedents.consumed = end
    antecedents.unit = clause.quantity.unit.lstrip("百千万亿")
    antecedents.direction = direction
    antecedents.verb = subject.verb or (antecedents.verb if not clause.fresh else "")
    antecedents.recent = (*antecedents.recent[-5:], *indicators)
    antecedents.share = indicators[-1] if clause.before.base is not None else ""
    owns = len(subject.indicator) > 1 and subject.indicator not in _MEASURES
    if clause.before.base is not None and owns and not clause.list_rest:
        antecedents.subject = subject.indicator
    said_after = (clause.run and not clause.before.indicator) or is_contribution(indicators[-1])
    if clause.before.base is None and not said_after and not indicators[-1].endswith(("增速", "增幅", "位次")):
        antecedents.subject = indicators[-1]
    if clause.after.indicator and subject.verb:
        antecedents.noun, antecedents.noun_unit = clause.after.indicator, clause.quantity.unit.lstrip("万亿")


def _find_subject(clause: _Clause, antecedents: Antecedents) -> _Subject:
    """Where the indicator is: after the quantity, before it, or with the quantity before (then it is empty here)."""
    quantity, before, after = clause.quantity, clause.before, clause.after
    begin = clause.edge + before.offset
    if clause.run:
        said = (after.indicator + after.predicate).strip("、。")
        indicator = said if before.indicator.endswith("中") else before.indicator or said
        return _Subject(indicator, "", clause.edge, quantity.end + len(said))
    spent = before.indicator or ("" if before.direction else antecedents.subject)
    if is_percent(quantity.unit) and spent and after.predicate.startswith("用于"):
        # 新增财力｜80%以上｜用于民生领域: the share is one of purpose, also of what was named before (支出500亿元,｜74%｜用于民生).
        purpose = after.predicate.rstrip("。")
        return _Subject(f"{before.verb}{spent}{purpose}比例", "", begin, quantity.end + len(purpose))
    counted = _noun_after(clause, antecedents)
    if counted is not None:
        return counted
    if before.indicator and before.verb and len(before.indicator) <= 2:
        return _Subject(_deed(before.verb) + before.indicator, "", begin - len(before.verb), quantity.end)
    if not before.indicator and before.verb and not after.indicator and clause.left.strip(" 、").endswith(before.verb):
        # 3条通车运营: the noun was named with the quantity before. 搬迁26216户: people and households have no other noun, so the verb
        # is the indicator.
        known = antecedents.noun if antecedents.noun_unit == quantity.unit.lstrip("万亿") else ""
        happens = quantity.unit.lstrip("万亿") in _PEOPLE or not is_count(quantity.unit)
        named = known or (_deed(before.verb) if happens and not before.direction else "")
        return _Subject(named, before.verb if known else "", clause.edge, quantity.end)
    changed = is_change(before.direction) and before.direction == before.verb and bool(antecedents.subject)
    verb = "" if changed and not before.indicator else before.verb or _shared_verb(clause, antecedents)
    return _Subject(before.indicator, verb, begin, quantity.end)


def _deed(verbs: str) -> str:
    """What is done, without the verb that only says that it is (完成｜造林种草)."""
    light = next((v for v in ("完成", "实施", "开展", "推进", "实现") if verbs.startswith(v)), "")
    return verbs[len(light) :] or verbs


def _shared_verb(clause: _Clause, antecedents: Antecedents) -> str:
    """The verb of the list that a noun continues (新增道路86公里、｜绿地210公顷); empty if the noun may stand for itself.

    Only a verb of adding is shared: elsewhere the noun may be a stock, a measure or an act of its own.
    """
    before, quantity = clause.before, clause.quantity
    continues = clause.left.startswith("、") and not clause.fresh and before.indicator and not before.direction
    if not continues or not antecedents.verb.startswith(("新", "净增", "增设")):
        return ""
    own = begins_with_verb(before.indicator) or before.indicator.endswith(("总数", "总量")) or before.base is not None
    own = own or len(_MEASURES.longest_suffix(before.indicator)) > 1
    other = quantity.form != "number" or is_percent(quantity.unit) or quantity.unit.endswith(("元", "亩"))
    return "" if own or other else antecedents.verb


def _noun_after(clause: _Clause, antecedents: Antecedents) -> _Subject | None:
    """The noun after the quantity as the indicator (打通50条｜断头路); None where the text before names it."""
    quantity, before, after = clause.quantity, clause.before, clause.after
    if len(after.indicator) < 2 and after.indicator not in (*_SHORT_NOUNS,):
        return None
    trailing = final_verb(clause.left)
    if before.indicator and after.indicator == "任务" and clause.quantity.unit in ("万", "亿"):
        return None
    if before.direction not in _EXISTENTIAL and before.indicator and before.direction != trailing:
        return None
    if is_percent(quantity.unit) and is_change(before.direction):
        return None
    counts = is_count(quantity.unit) or quantity.form == "fraction" or quantity.unit in ("万", "亿", "万亿")
    # 完成2100万千瓦火电机组、｜2812万吨｜钢铁产能…改造: what precedes is the item before, named by its size.
    sized = before.indicator[:1].isdecimal() and clause.left.endswith("、")
    if before.indicator and not trailing and not counts and not sized:
        return None
    verb = trailing or before.verb
    if not verb and not before.indicator and before.direction not in _EXISTENTIAL | {"为", "在", "是"}:
        verb = before.direction
    if not verb and clause.edge == antecedents.consumed:
        verb = antecedents.verb
    begin = clause.edge + (before.offset if before.indicator else 0)
    if clause.left.endswith("在") and after.indicator.endswith("中"):
        after = after._replace(indicator=after.indicator[:-1])
    if counts and quantity.unit != "条":
        after = without_aspect(after, verb.endswith(_IMPROVEMENTS))
    return _Subject(after.indicator, verb, begin, quantity.end + after.end)


def _direction(text: str, clause: _Clause, verb: str) -> str:
    """The predicate of a statement: as printed before the quantity or, where it is said otherwise, after it (5%的增长)."""
    quantity, before = clause.quantity, clause.before
    if quantity.comparator == "from_to":
        return quantity.link.strip() or before.direction
    fixed = "连续" if clause.run else "增长" if quantity.form == "digits" else ""
    if quantity.form == "multiple" and "番" in text[quantity.core : quantity.end]:
        fixed = "翻番"
    if fixed:
        return fixed
    if before.direction in ("", "保持", "保持在", "实现") or (verb and not before.indicator):
        grows = _GROWS_AFTER.match(text, quantity.end)
        if grows is not None:
            return "下降" if "下降" in (grows["how"], grows["what"]) else "增长"
    direction = before.direction
    if direction in _NO_DIRECTION or (verb and direction != verb):
        direction = ""
    if not direction and not verb and before.indicator.endswith(_GROWTH_MEASURES):
        return before.indicator[-2:]
    if before.cumulative and not is_percent(quantity.unit) and not is_change(direction) and "累计" not in direction:
        # 累计｜建成公园80座: a sum so far is no sum of the year.
        return f"累计{direction or verb}"
    return direction or verb or (text[quantity.start : quantity.core].strip() if quantity.comparator == "gt" else "")
