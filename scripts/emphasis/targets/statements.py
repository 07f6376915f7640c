"""From the figures of a sentence to statements: which figure says what about which indicator."""

from __future__ import annotations

import re
from typing import NamedTuple

from emphasis.targets.comparators import Figure
from emphasis.targets.coordination import Memory, heads_of
from emphasis.targets.model import Kind
from emphasis.targets.phrases import After, Before, final_verb, is_change, read_after, read_before
from emphasis.targets.quantities import STOPS, clause_begin, compose_figures, stops_in
from emphasis.targets.units import is_count, is_percent, is_time
from emphasis.targets.wordlists import words

_LASTING = re.compile(r"(?:已经?)?连续(?:保持)?了?$")
_SPANS = ("年", "个月", "个季度")
_TAKES_TIME = re.compile(
    r"(?:缩短|压缩|压减|减少|增加|延长|缩减|提前|达到|达|控制在|缩|降|超过|不超过|寿命|提高|平均|限|天数|[到至])[至到了为在]?$"
)
_DURATION_NAMES = ("过境", "生活圈")
_NICKNAME = re.compile(r"等|政策|措施|意见|举措|办法")
_DIGITS = frozenset("一二两三四五六七八九十")
_RHETORIC = frozenset("十百千万")
_FROM = re.compile(r"(?:由|从)[^,;。由从]{0,16}$")
_MULTIPLE_OF = re.compile(r"(?:是|为|相当于|达到|达|超过)[^,;]{1,20}的$")
_PART_OF = re.compile(r"(?:为|是|相当于)(?P<whole>[^,;、为是]{2,20}的)$")
_FULFILLED = re.compile(r"完成了?[^,;、]{2,12}的$")
_BASE_OF_COMPARISON = re.compile(r"(?:(?<![环同占对评])比(?!重|例|率|值)|小于|大于)[^,;比增减提降高低多少]{2,20}$")
_MAY_COMPARE = re.compile("比|小于|大于")
_LISTED = re.compile("分别|、|和")
_AGAINST = re.compile(r"(?:(?<![环同占对评比])较|(?<![环同占对评])比(?!重|例|率|值|较))[^,;比较]{2,14}$")
_STEP_NAME = re.compile(r"[百千万亿]*元?台阶")
_BASIS = re.compile(r"(?:根据|按照|依据)[^,;]{0,12}(?:对)?")
_PER_STEP = ("每增长", "每提高", "每增加", "每下降", "每新增")
_PLACED = r"(?:居|位居|位列|名列|列|排名|排|跃居|跃升至?|升至|上升到|保持)"
_RANK_WORDS = re.compile(
    rf"[均都稳]?{_PLACED}?在?(?:全国|全球|世界|全省|中部|西部|东部|亚洲|全市)(?:同类)?[^,;、]{{0,8}}$"
    r"|[均都稳]?(?:位居|位列|名列|居|排名|跃居|列)[^,;、]{0,10}$"
)
_IN_ROW = re.compile(r"(?:左右|以上)?(?:、|和|与|及|以及|,)?(?:左右)?")
_GROWS_AFTER = re.compile(r"的?(增长|增速|增幅|下降)")
_GROWTH = ("涨幅", "降幅", "增幅", "增速")
_NO_DIRECTION = frozenset(("控制在", "在", "为", "是", "有", "由", "从", "居", "列"))
_EXISTS = frozenset(("", "有", "将有", "共有"))
_PEOPLE = frozenset(("户", "人", "名", "人次", "户次"))
_SHORT_NOUNS = "县村镇乡市区省人"
_MAX_TEXT = 160


class Statement(NamedTuple):
    """A figure and what it is about; offsets into the folded sentence.

    `begin` and `end` span the statement: from its indicator, or from the clause if the indicator stands further back, to
    the end of the figure or of the noun after it. `share` tells that the figure is a part of a whole (占全国).
    """

    figure: Figure
    indicator: str
    verb: str
    direction: str
    begin: int
    end: int
    share: bool


class _Clause(NamedTuple):
    """A figure with the text before it (from `edge`) and the noun after it. `row`: how many figures its list adds."""

    figure: Figure
    left: str
    edge: int
    before: Before
    after: After
    row: int
    fresh: bool
    lasting: bool


class _Subject(NamedTuple):
    """What a figure is about, and the span of the text that says so."""

    indicator: str
    verb: str
    begin: int
    end: int


def read_statements(text: str) -> list[Statement]:
    """All quantitative statements of a sentence.

    Parameters
    ----------
    text : str
        A folded sentence.

    Examples
    --------
    >>> [(s.verb, s.indicator, s.figure.value) for s in read_statements("引进企业132家,网络零售额增长20.9%。")]
    [('', '引进企业', 132.0), ('', '网络零售额', 20.9)]
    """
    figures = compose_figures(text)
    if not figures:
        return []
    stops = stops_in(text)
    memory = Memory()
    found: list[Statement] = []
    for i in range(len(figures)):
        clause = _clause(text, stops, figures, i, memory)
        if clause is not None:
            found += _read(text, clause, memory)
    return found


def _clause(text: str, stops: list[int], figures: list[Figure], i: int, memory: Memory) -> _Clause | None:
    figure = figures[i]
    following = figures[i + 1].start if i + 1 < len(figures) else len(text)
    edge = clause_begin(text, stops, figure.start, memory.consumed)
    left = text[edge : figure.start]
    if figure.comparator == "from_to":
        left = _FROM.sub("", left)
    elif figure.form == "multiple":
        left = _AGAINST.sub("", _MULTIPLE_OF.sub("", left))
    elif is_percent(figure.unit) and left.endswith("的"):
        left = _FULFILLED.sub("完成", _PART_OF.sub(r"占\g<whole>", left))
    elif figure.form == "rank":
        left = _RANK_WORDS.sub("", left)
    if not _states(text, figure, left):
        return None
    lasting = figure.unit in _SPANS and figure.comparator != "from_to"
    before = read_before(_LASTING.sub("", left) if lasting else left)
    takes_noun = figure.form in ("number", "fraction") and figure.comparator != "from_to"
    after = read_after(_right(text, figure, following)) if takes_noun else After()
    row = _row(text, figure, figures[i + 1 :]) if _LISTED.search(left) else 0
    return _Clause(figure, left, edge, before, after, row, edge > memory.consumed or memory.consumed == 0, lasting)


def _right(text: str, figure: Figure, following: int) -> str:
    """The text after a figure, without the last item of a list if that belongs to the next figure."""
    right = text[figure.end : following]
    if following < len(text) and "、" in right and not any(c in right for c in STOPS):
        right = right[: right.rfind("、")]
    return right


def _row(text: str, figure: Figure, later: list[Figure]) -> int:
    """How many of the next figures continue a list that 分别 opened."""
    n, end = 0, figure.end
    for other in later:
        if not _IN_ROW.fullmatch(text[end : other.start].strip()):
            break
        n, end = n + 1, other.end
    return n


def _states(text: str, figure: Figure, left: str) -> bool:
    """Whether a figure states something: figures of time only where something lasts or takes that long."""
    unit, printed = figure.unit, text[figure.core : figure.end]
    if left.endswith(_PER_STEP) or (unit == "个" and _STEP_NAME.match(text, figure.end)):
        return False
    if _BASIS.fullmatch(left.strip()):
        return False
    measured = figure.form == "number" and not is_percent(unit)
    if measured and _MAY_COMPARE.search(left) and _BASE_OF_COMPARISON.search(left):
        return False
    if is_time(unit) and figure.comparator != "from_to":
        return _lasts(text, figure, left)
    if figure.form == "multiple" and printed[0] in _RHETORIC and text.startswith("的", figure.end):
        return False  # 百倍的努力
    # 三家企业 counts after a verb (引进三家企业); elsewhere it is a way of speaking. 稳增长26条等措施 is a name.
    spoken = printed[0] in _DIGITS and is_count(unit) and len(printed) - len(unit) == 1
    nickname = unit == "条" and figure.comparator == "eq" and _NICKNAME.match(text, figure.end) is not None
    return bool(final_verb(left)) if spoken or nickname else True


def _lasts(text: str, figure: Figure, left: str) -> bool:
    rest = text[figure.end :]
    if figure.unit in _SPANS:
        alone = rest[:1] not in (*STOPS, "每", "") and not re.match(
            r"[^,;。]{0,24}(?:\d|第(?!一方阵|一梯队)|翻番|两位数)", rest
        )
        return alone and _LASTING.search(left) is not None
    named = read_after(rest).indicator.startswith(_DURATION_NAMES)
    return not named and _TAKES_TIME.search(left) is not None


def _read(text: str, clause: _Clause, memory: Memory) -> list[Statement]:
    figure, before = clause.figure, clause.before
    subject = _subject(clause, memory)
    direction = _direction(text, clause, subject.verb)
    continues = not clause.fresh and not clause.left.strip(" 、和与及") and bool(memory.pending)
    if continues:
        direction = memory.direction
    if not subject.indicator and not memory.subject and figure.form != "rank":
        said = clause.after.predicate.strip("、。“”")[:20]
        said = "" if said.startswith("的") else said
        subject = subject._replace(indicator=said, end=figure.end + len(said))
    heads = heads_of(before, clause.row, clause.fresh, subject.indicator, memory)
    if not heads:
        return []
    end = max(subject.end, figure.end)
    _remember(memory, clause, subject, heads, direction, end)
    begin = max(subject.begin, end - _MAX_TEXT) if subject.begin < figure.start else figure.start
    share = before.base is not None
    return [Statement(figure, head, subject.verb, direction, begin, end, share) for head in heads]


def _remember(memory: Memory, clause: _Clause, subject: _Subject, heads: list[str], direction: str, end: int) -> None:
    memory.consumed = end
    memory.direction = direction
    memory.verb = subject.verb or (memory.verb if not clause.fresh else "")
    memory.recent = (*memory.recent[-5:], *heads)
    said_after = clause.lasting and not clause.before.indicator
    if clause.before.base is None and not said_after and not heads[-1].endswith(("增速", "增幅", "位次")):
        memory.subject = heads[-1]
    if clause.after.indicator and subject.verb:
        memory.noun, memory.noun_unit = clause.after.indicator, clause.figure.unit.lstrip("万亿")


def _subject(clause: _Clause, memory: Memory) -> _Subject:
    """Where the indicator stands: after the figure, before it, or with the figure before."""
    figure, before, after = clause.figure, clause.before, clause.after
    begin = clause.edge + before.offset
    if clause.lasting:
        said = (after.indicator + after.predicate).strip("、。")
        placed = before.indicator.endswith("中")
        return _Subject(
            said if placed or not before.indicator else before.indicator, "", clause.edge, figure.end + len(said)
        )
    if is_percent(figure.unit) and before.indicator and after.predicate.startswith("用于"):
        purpose = after.predicate.rstrip("。")
        return _Subject(f"{before.verb}{before.indicator}{purpose}比例", "", begin, figure.end + len(purpose))
    counted = _counted(clause, memory)
    if counted is not None:
        return counted
    if before.indicator and before.verb and len(before.indicator) <= 2:
        return _Subject(before.verb + before.indicator, "", begin - len(before.verb), figure.end)
    if not before.indicator and before.verb and not after.indicator and clause.left.strip(" 、").endswith(before.verb):
        # 3条通车运营: the noun was named with the figure before.
        # 搬迁26216户: people and households are what the verb happens to.
        known = memory.noun if memory.noun_unit == figure.unit.lstrip("万亿") else ""
        happens = figure.unit.lstrip("万亿") in _PEOPLE or not is_count(figure.unit)
        named = known or (before.verb if happens and not before.direction else "")
        return _Subject(named, before.verb if known else "", clause.edge, figure.end)
    changed = is_change(before.direction) and before.direction == before.verb and bool(memory.subject)
    return _Subject(before.indicator, "" if changed and not before.indicator else before.verb, begin, figure.end)


def _counted(clause: _Clause, memory: Memory) -> _Subject | None:
    """The noun after the figure as the indicator (打通50条｜断头路), unless the text before names it."""
    figure, before, after = clause.figure, clause.before, clause.after
    if len(after.indicator) < 2 and after.indicator not in (*_SHORT_NOUNS,):
        return None
    trailing = final_verb(clause.left)
    if before.direction not in _EXISTS and before.indicator and before.direction != trailing:
        return None
    if is_percent(figure.unit) and is_change(before.direction):
        return None
    counts = is_count(figure.unit) or figure.form == "fraction" or figure.unit in ("万", "亿", "万亿")
    if before.indicator and not trailing and not counts:
        return None
    verb = trailing or before.verb
    if not verb and not before.indicator and before.direction not in _EXISTS | {"为", "在", "是"}:
        verb = before.direction
    if not verb and clause.edge == memory.consumed:
        verb = memory.verb
    begin = clause.edge + (before.offset if before.indicator else 0)
    return _Subject(after.indicator, verb, begin, figure.end + after.end)


def _direction(text: str, clause: _Clause, verb: str) -> str:
    figure, before = clause.figure, clause.before
    if figure.comparator == "from_to":
        return figure.link.strip() or before.direction
    fixed = "连续" if clause.lasting else "增长" if figure.form == "digits" else ""
    if figure.form == "multiple" and "番" in text[figure.core : figure.end]:
        fixed = "翻番"
    if fixed:
        return fixed
    if before.direction in ("", "保持", "保持在", "实现"):
        grows = _GROWS_AFTER.match(text, figure.end)
        if grows is not None:
            return "下降" if grows[1] == "下降" else "增长"
    direction = before.direction
    if direction in _NO_DIRECTION or (verb and direction != verb):
        direction = ""
    if not direction and not verb and before.indicator.endswith(_GROWTH):
        return before.indicator[-2:]
    return direction or verb or (text[figure.start : figure.core].strip() if figure.comparator == "gt" else "")


_GROWTH_RATES = words("nouns", "growth_rates")
_LEVEL_RATES = words("nouns", "level_rates")
_GOAL = re.compile(r"(?:预期|控制)?目标(?:值)?$")


def kind_of(item: Statement) -> Kind:
    """The kind of a statement, from its unit, its predicate and the last word of its indicator."""
    figure, changes = item.figure, is_change(item.direction)
    kind: Kind
    if figure.form in ("rank", "multiple"):
        kind = "rank" if figure.form == "rank" else "multiple"
    elif is_time(figure.unit):
        kind = "duration" if item.direction == "连续" else "change" if changes else "level"
    elif figure.form == "fraction":
        kind = "growth_rate" if changes else "share"
    elif "百分点" in figure.unit or "基点" in figure.unit:
        kind = "change"
    elif is_percent(figure.unit):
        kind = _of_percent(item)
    elif changes and not item.verb:
        kind = "change"
    else:
        kind = "count" if is_count(figure.unit) or figure.unit in ("万", "亿") else "level"
    return kind


def _of_percent(item: Statement) -> Kind:
    if item.share:
        return "share"
    # 经济增长预期目标 is about 经济增长.
    indicator = _GOAL.sub("", item.indicator) if "目标" in item.indicator else item.indicator
    if indicator.endswith(_LEVEL_RATES) and not is_change(item.direction):
        return "level"
    return "growth_rate" if indicator.endswith(_GROWTH_RATES) or is_change(item.direction) else "share"
