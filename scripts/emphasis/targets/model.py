"""What the package passes on: quantities of a text, entries of the ledger, and what follows from them.

A `Quantity` is a number with its unit and comparator in a sentence (5%以上). With its indicator, period, horizon and place it
is a `LedgerEntry`, a row of ``targets.csv``. An outturn and a target of one indicator form a `Pair` inside a report, an
`Attainment` over two years; two targets form a `Gap` between levels of government.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Comparator = Literal[
    "eq",
    "ge",
    "gt",
    "le",
    "lt",
    "approx",
    "approx_above",
    "near_below",
    "range",
    "from_to",
    "gt_relational",
    "lt_relational",
    "sync_relational",
    "qualitative",
    "qualifier",
]
"""How a quantity binds.

``ge`` 以上 不低于, ``gt`` 超过 突破 高于, ``le`` 以内 不超过 控制在, ``lt`` 不到 低于, ``approx`` 左右 约,
``approx_above`` 余 多, ``near_below`` 近 接近, ``range`` 5%—6%, ``from_to`` 由180天压缩至58天. Without a quantity:
``gt_relational`` and ``lt_relational`` (高于经济增速), ``sync_relational`` (与经济增长同步), ``qualitative`` (稳中提质)
and ``qualifier`` (努力争取更好结果: a rider on the target before it).
"""

Kind = Literal["growth_rate", "level", "count", "share", "rank", "change", "multiple", "duration"]
"""What a quantity measures.

``growth_rate`` is a change in per cent, ``change`` one in the indicator's own unit or in percentage points, ``multiple`` a
ratio to an earlier value (倍, 翻番), ``share`` a part of a whole, ``duration`` 连续44年.
"""

Period = Literal["outturn", "target"]
Horizon = Literal["year", "multi-year"]
Hardness = Literal["hard", "soft", ""]
Verdict = Literal["met", "near", "missed", "not comparable", "not reported"]


Form = Literal["number", "rank", "multiple", "fraction", "digits"]
"""How a quantity is printed: a number with a unit (5%), 第1位, 翻番 or 1.5倍, 1/4, 两位数."""


class Quantity(NamedTuple):
    """A number with its unit and comparators in a folded sentence.

    Attributes
    ----------
    start, end : int
        Span with the comparators (超过, 以上).
    core : int
        Where the number itself begins.
    value : float
        In `unit`.
    high : float or None
        Upper end of a range; where a change ends for ``from_to``.
    unit : str
        As printed, half-width, with 万 and 亿: ``万个``.
    comparator : Comparator
    form : Form
    link : str
        The predicate between the two numbers of a ``from_to`` (压缩至).
    """

    start: int
    core: int
    end: int
    value: float
    high: float | None
    unit: str
    comparator: Comparator
    form: Form = "number"
    link: str = ""


class LedgerEntry(NamedTuple):
    """One statement of a report, with or without a quantity; a row of ``targets.csv``.

    Attributes
    ----------
    section_id : str
    sentence : int
        Index into ``Report.sentences``.
    start, end : int
        Offsets of the quantity with its comparators (``5.5%以上``) into ``Source.text``; of the clause if there is no quantity.
    period : {"outturn", "target"}
        What the report says happened, or what it sets out to do.
    horizon : {"year", "multi-year"}
        Whether the quantity is about one year, or about a plan period, an average or a sum over years.
    headline : bool
        Whether it is in the passage that lists the year's main targets (预期目标).
    indicator : str
        What the quantity is about, without the verb.
    canonical : str
        Its name in the table of indicators; empty if it is not there.
    direction : str
        The predicate as printed: 增长, 下降, 达到, 压缩至, 高于全国.
    comparator : Comparator
    value : float or None
        As printed, in `unit`. None if there is no quantity.
    value_high : float or None
        Upper end of a range; where a change ends for ``from_to``.
    unit : str
        As printed, half-width: ``%``, ``亿元``, ``元/人·年``.
    kind : Kind
    verb : str
        Verb of which the indicator is the object (新建, 引进); empty if the indicator is the subject.
    hardness : {"hard", "soft", ""}
        Of a target; see `emphasis.targets.relations.hardness`.
    text : str
        The statement as printed, from the indicator to the end of the quantity.
    base_value, base_high : float or None
        The value in `base_unit`, with 万 and 亿 multiplied out.
    base_unit : str
    """

    section_id: str
    sentence: int
    start: int
    end: int
    period: Period
    horizon: Horizon
    headline: bool
    indicator: str
    canonical: str
    direction: str
    comparator: Comparator
    value: float | None
    value_high: float | None
    unit: str
    kind: Kind
    verb: str
    hardness: Hardness
    text: str
    base_value: float | None
    base_high: float | None
    base_unit: str

    @property
    def final(self) -> float | None:
        """The value the statement arrives at, in `base_unit`: the end of a ``from_to``, else the (lower) value."""
        return self.base_high if self.comparator == "from_to" else self.base_value


@dataclass(frozen=True)
class Pair:
    """An outturn and a target of one indicator; a row of ``target_pairs.csv``.

    Attributes
    ----------
    report_id : str
    indicator : str
        As the target names it.
    outturn, target : LedgerEntry
    comparable : bool
        Whether the two measure the same thing in the same way.
    reason : str
        ``same measure``, or what differs.
    """

    report_id: str
    indicator: str
    outturn: LedgerEntry
    target: LedgerEntry
    comparable: bool
    reason: str


@dataclass(frozen=True)
class Attainment:
    """Last year's target against this year's reported outturn of the same region.

    Attributes
    ----------
    indicator : str
    target : LedgerEntry
        From the report of year t.
    outturn : LedgerEntry or None
        From the report of year t + 1; None if it does not report the indicator.
    difference : float or None
        Outturn minus target, in the target's base unit; None if they do not measure the same thing.
    verdict : {"met", "near", "missed", "not comparable", "not reported"}
        ``near``: short of the target, but equal to it when rounded to the digits that it prints (4.8 for 5%左右).
    """

    indicator: str
    target: LedgerEntry
    outturn: LedgerEntry | None
    difference: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Gap:
    """A region's own target against that of the level above it (层层加码).

    Attributes
    ----------
    indicator : str
    own, superior : LedgerEntry or None
        None where that report states no target for it: the target is absent, not missing.
    difference : float or None
        Own minus superior, in the base unit; None unless both have a value of the same measure.
    note : str
        ``stated by both``, ``absent in own``, ``absent in superior``, ``not comparable``.
    """

    indicator: str
    own: LedgerEntry | None
    superior: LedgerEntry | None
    difference: float | None
    note: str
