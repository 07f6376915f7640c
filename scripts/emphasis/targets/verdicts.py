"""Whether a target was met: which side of its figure counts, and how far 左右 reaches."""

from __future__ import annotations

from emphasis.targets.entries import Bound, Comparator, LedgerEntry, Verdict, falls
from emphasis.targets.indicators import Better
from emphasis.targets.wordlists import words

_MARGIN = 0.05
"""How far short of its figure, in parts of it, an approximate target may stay and be near."""
_APPROXIMATE = ("approx", "near_below")
_CEILINGS = words("nouns", "ceilings")


def bound(target: LedgerEntry, better: Better) -> Bound:
    """Whether a target is met from its figure upwards (``floor``) or downwards (``ceiling``); empty without a figure.

    `better` is what the table of indicators says of its canonical name.

    - 以内, 不超过, 控制在, 低于 make a ceiling, 以上, 不低于, 超过 a floor, whatever the indicator;
    - otherwise a fall is stated as a positive number (能耗下降3%左右) and is a floor, and what is brought from one figure to
      another (由180天压缩至58天) is a ceiling where the second is the lower one;
    - otherwise indicators of which less is better (失业率, PM2.5) and consumer prices have ceilings: 涨幅3%左右 is met by 0.2%. Names that
      the table of indicators does not have are known by their last words (亿元GDP生产安全事故死亡率);
    - everything else has floors.
    """
    if target.value is None:
        return ""
    if target.comparator in ("le", "lt"):
        return "ceiling"
    if target.comparator in ("ge", "gt", "approx_above"):
        return "floor"
    if target.comparator == "from_to":
        return "ceiling" if (target.base_high or 0.0) < (target.base_value or 0.0) else "floor"
    if falls(target.kind, target.direction):
        return "floor"
    less = better in ("down", "band") if target.canonical else target.indicator.endswith(_CEILINGS)
    return "ceiling" if less else "floor"


def aim(target: LedgerEntry, side: Bound) -> float | None:
    """The figure that counts, in the base unit: of a range the end on the side of the bound, of a change where it ends."""
    if target.comparator == "range" and side == "ceiling" and target.base_high is not None:
        return target.base_high
    return target.final


def verdict(target: LedgerEntry, reached: float, comparator: Comparator, side: Bound) -> Verdict:
    """``met``, ``near`` or ``missed``; `reached` is the outturn in the base unit of the target, `comparator` the outturn's.

    A floor is met by an outturn at or above the target's figure, a ceiling by one at or below. 超过 and 低于 are no
    stricter than 以上 and 以内, as figures are rounded; but an outturn that says itself that it stays on the wrong side of the
    figure (近5000亿元 for 5000亿元) does not meet it. A target with 左右, 约 or 近 that is not met is near when what is lacking is
    no more than a twentieth of its figure: 4.8% and 4.75% are near 5%左右, 4.7% is not, and 5.0%左右 is the same target as
    5%左右. The twentieth is a convention of this project; the table has the difference for any other.
    """
    wanted = aim(target, side)
    if wanted is None:
        return "not comparable"
    lacking = wanted - reached if side == "floor" else reached - wanted
    wrong_side = ("lt", "near_below") if side == "floor" else ("gt", "approx_above")
    # Rounded as binary fractions are: 5 - 4.75 is no more than a twentieth of 5.
    if round(lacking, 6) < 0 or (round(lacking, 6) == 0 and comparator not in wrong_side):
        return "met"
    near = target.comparator in _APPROXIMATE and round(lacking - _MARGIN * abs(wanted), 6) <= 0
    return "near" if near else "missed"
