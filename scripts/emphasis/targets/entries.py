"""What the package passes on: quantities of a text, entries of the ledger, and what follows from them.

A `Quantity` is a number with its unit and comparator in a sentence (5%以上). With its indicator, period, horizon and place it
is a `LedgerEntry`, a row of ``targets.csv``. An outturn and a target of one indicator form a `Pair` inside a report, an
`Attainment` over two years; two targets form a `Gap` between levels of government.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

_OfQuantities = Literal["eq", "ge", "gt", "le", "lt", "approx", "approx_above", "near_below", "range", "from_to"]
_WithoutQuantity = Literal["gt_relational", "lt_relational", "sync_relational", "qualitative", "qualifier"]
Comparator = Literal[_OfQuantities, _WithoutQuantity]
"""How a quantity binds: ``ge`` 以上 不低于, ``gt`` 超过 突破 高于, ``le`` 以内 不超过 控制在, ``lt`` 不到 低于, ``approx`` 左右 约,
``approx_above`` 余 多, ``near_below`` 近 接近, ``range`` 5%—6%, ``from_to`` 由180天压缩至58天. Without a quantity:
``gt_relational`` and ``lt_relational`` (高于经济增速), ``sync_relational`` (与经济增长同步), ``qualitative`` (稳中提质)
and ``qualifier`` (努力争取更好结果: a rider on the target before it).
"""

Kind = Literal["growth_rate", "level", "count", "share", "rank", "change", "multiple", "duration"]
"""What a quantity measures: ``growth_rate`` is a change in per cent, ``change`` one in the indicator's own unit or in
percentage points, ``multiple`` a ratio to an earlier value (倍, 翻番), ``share`` a part of a whole, ``duration`` 连续44年.
"""

Period = Literal["outturn", "target"]
Horizon = Literal["year", "multi-year"]
Hardness = Literal["hard", "soft", ""]
Bound = Literal["floor", "ceiling", ""]
"""Whether a target is met from its figure upwards or downwards; empty if it has none."""
Verdict = Literal["met", "near", "missed", "not comparable", "not reported"]

Form = Literal["number", "rank", "multiple", "fraction", "digits"]
"""How a quantity is printed: a number with a unit (5%), 第1位, 翻番 or 1.5倍, 1/4, 两位数."""


class Quantity(NamedTuple):
    """A number with its unit and comparators in a folded sentence."""

    start: int  # start and end span the comparators too (超过, 以上)
    core: int  # where the number itself begins
    end: int
    value: float  # in `unit`
    high: float | None  # upper end of a range; where a change ends for from_to
    unit: str  # as printed, half-width, with 万 and 亿: 万个
    comparator: Comparator
    form: Form = "number"
    link: str = ""  # the predicate between the two numbers of a from_to (压缩至)


class LedgerEntry(NamedTuple):
    """One statement of a report, with or without a quantity; a row of ``targets.csv``."""

    section_id: str
    sentence: int  # index into Report.sentences
    start: (
        int  # into Source.text: of the quantity with its comparators (5.5%以上), of the clause if there is no quantity
    )
    end: int
    period: Period  # what the report says happened, or what it sets out to do
    horizon: Horizon  # about one year, or about a plan period, an average or a sum over years
    headline: bool  # in the passage that lists the year's main targets (预期目标)
    indicator: str  # what the quantity is about, without the verb
    canonical: str  # its name in the table of indicators; empty if it is not there
    direction: str  # the predicate as printed: 增长, 下降, 达到, 压缩至, 高于全国
    comparator: Comparator
    value: float | None  # as printed, in `unit`; None if there is no quantity
    value_high: float | None  # upper end of a range; where a change ends for from_to
    unit: str  # as printed, half-width: %, 亿元, 元/人·年
    kind: Kind
    verb: str  # of which the indicator is the object (新建, 引进); empty if the indicator is the subject
    hardness: Hardness  # of a target; see emphasis.targets.relations.hardness
    text: str  # the statement as printed, from the indicator to the end of the quantity
    base_value: float | None  # base_value and base_high are in `base_unit`, with 万 and 亿 multiplied out
    base_high: float | None
    base_unit: str

    @property
    def final(self) -> float | None:
        """The value the statement arrives at, in `base_unit`: the end of a ``from_to``, else the (lower) value."""
        return self.base_high if self.comparator == "from_to" else self.base_value


@dataclass(frozen=True)
class Pair:
    """An outturn and a target of one indicator; a row of ``target_pairs.csv``."""

    report_id: str
    indicator: str  # as the target names it
    outturn: LedgerEntry
    target: LedgerEntry
    comparable: bool  # whether the two measure the same thing in the same way
    reason: str  # "same measure", or what differs


@dataclass(frozen=True)
class Attainment:
    """Last year's target against this year's reported outturn of the same region."""

    indicator: str
    target: LedgerEntry  # from the report of year t
    outturn: LedgerEntry | None  # from the report of year t + 1; None if it does not report the indicator
    bound: Bound
    difference: float | None  # outturn minus target, in its base unit; None if they do not measure the same thing
    verdict: Verdict  # by the rules of emphasis.targets.verdicts


@dataclass(frozen=True)
class Gap:
    """A region's own target against that of the level above it (层层加码)."""

    indicator: str
    own: LedgerEntry | None  # own, superior: None where that report states no target, which is absent, not missing
    superior: LedgerEntry | None
    difference: float | None  # own minus superior, in the base unit; None unless both have a value of the same measure
    note: str  # "stated by both", "absent in own", "absent in superior" or "not comparable"


FALLS = ("下降", "降低", "减少", "压减", "下跌", "回落", "下滑", "缩减", "削减")
"""Predicates that state a fall as a positive number."""


def falls(kind: str, direction: str) -> bool:
    """Whether a growth rate or a change is a fall, stated as a positive number (下降0.6%)."""
    return kind in ("growth_rate", "change") and isinstance(direction, str) and direction.startswith(FALLS)


def name_of_change(indicator: str, kind: str, direction: str) -> str:
    """The indicator with its predicate where the figure says how much it changes.

    Examples
    --------
    >>> name_of_change("地区生产总值", "growth_rate", "增长"), name_of_change("粮食产量", "level", "达到")
    ('地区生产总值增长', '粮食产量')
    """
    changes = kind in ("growth_rate", "change") and isinstance(direction, str)
    return indicator + direction if changes and not indicator.endswith(direction) else indicator
