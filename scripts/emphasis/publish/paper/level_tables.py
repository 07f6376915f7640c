"""Tables over several reports, level by level: shares of the genre differ between levels of government, and a mean over a set of
reports that changes from year to year would move with the set. Of several texts of one region and year one counts, as in the panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean, median, stdev

from emphasis.measures.best_report import preference
from emphasis.publish.paper.kit_words import WORDS, make_table, words
from emphasis.publish.paper.table import Bilingual, Cell, PaperColumn, Table, format_number
from emphasis.store.results import Row

LEVELS = ("national", "province", "prefecture", "county")
LATEST_YEARS = 8
LEAST_REPORTS = 5
"""Reports from which on a mean and a deviation are given."""
_NAMED = 6
"""Regions that a note names; of more it gives the number."""

Shares = Mapping[str, Mapping[str, float]]
"""By what is measured and report_id."""


def level_tables(kind: str, reports: Sequence[Row], shares: Shares, names: Mapping[str, Bilingual]) -> list[Table]:
    """For each level with five reports or more, what their shares are like; and by year, of the regions that have every year.

    Parameters
    ----------
    kind : str
        ``theme`` or ``area``: what the shares are of.
    reports : sequence of Row
        Of reports.csv.
    shares : mapping
    names : mapping of str to Bilingual
        Of what is measured, in the order of the rows.
    """
    made = []
    for level in LEVELS:
        of_level = [report for report in reports if report["region_level"] == level and report["region"]]
        own = _one_a_year(of_level)
        left_out = len(of_level) - len(own)
        made += [_summary(kind, level, own, shares, names, left_out)] if len(own) >= LEAST_REPORTS else []
        made += [one for one in [_years(kind, level, own, shares, names)] if one]
    return made


def _place(report: Row) -> str:
    """A region by its code, since several counties have one name; the nation and zones by their name."""
    return report["adcode"] or report["region"]


def _one_a_year(reports: Sequence[Row]) -> list[Row]:
    """Of the reports of a region and year the one that stands for it: the others may be pages or texts of another kind."""
    best: dict[tuple[str, str], Row] = {}
    for report in reports:
        # Without a year nothing says that two are of the same one.
        key = (_place(report), report["year"] or report["report_id"])
        best[key] = min(best.get(key, report), report, key=_preference)
    return list(best.values())


def _preference(report: Row) -> tuple[int, bool, bool, str, str]:
    return preference(report["confidence"], int(report["n_chars"] or 0), report["date"], report["report_id"])


def _summary(
    kind: str, level: str, reports: Sequence[Row], shares: Shares, names: Mapping[str, Bilingual], left_out: int
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key, name in names.items():
        values = [shares[key][report["report_id"]] for report in reports if report["report_id"] in shares.get(key, {})]
        if len(values) >= LEAST_REPORTS:
            statistics = (fmean(values), stdev(values), min(values), median(values), max(values))
            rows.append((name, str(len(values)), *(format_number(_round(value), 2, 100) for value in statistics)))
    years = sorted({report["year"] for report in reports if report["year"]})
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else "–"
    regions = len({_place(report) for report in reports})
    notes = [words("level-summary.note", n=len(reports), regions=regions, years=span)]
    notes += [words("level-summary.left-out", n=left_out)] if left_out else []
    return make_table(
        "level-summary",
        rows,
        WORDS[f"level.unit.{kind}"],
        *notes,
        name=f"{kind}-summary-{level}",
        title=words("level-summary.title", what=WORDS[f"level.{kind}"], level=WORDS[f"level.named.{level}"]),
    )


def _years(
    kind: str, level: str, reports: Sequence[Row], shares: Shares, names: Mapping[str, Bilingual]
) -> Table | None:
    of_region: dict[str, dict[str, str]] = defaultdict(dict)
    called: dict[str, str] = {}
    for report in sorted(reports, key=lambda one: one["year"]):
        if report["year"]:
            of_region[_place(report)][report["year"]] = report["report_id"]
            called[_place(report)] = report["region"]
    years, regions = balanced({region: frozenset(own) for region, own in of_region.items()})
    if len(years) < 2:
        return None
    rows: list[tuple[Cell, ...]] = []
    for key, name in names.items():
        found = shares.get(key, {})
        ids = [[of_region[region][year] for region in regions] for year in years]
        if all(report_id in found for of_year in ids for report_id in of_year):
            means = (fmean(found[report_id] for report_id in of_year) for of_year in ids)
            rows.append((name, *(format_number(_round(mean), 2, 100) for mean in means)))
    if not rows:
        return None
    if len(regions) == 1:
        about = [words("level-years.one", region="国务院" if level == "national" else called[regions[0]])]
    else:
        note = "level-years.named" if len(regions) <= _NAMED else "level-years.counted"
        about = [
            WORDS["level-years.mean"],
            words(note, regions="、".join(called[one] for one in regions), n=len(regions), of=len(of_region)),
        ]
    return make_table(
        "level-years",
        rows,
        WORDS[f"level.unit.{kind}"],
        *about,
        name=f"{kind}-years-{level}",
        title=words("level-years.title", what=WORDS[f"level.{kind}"], level=WORDS[f"level.named.{level}"]),
        more_columns=[PaperColumn(Bilingual(year, year), "number") for year in years],
    )


def balanced(years_of: Mapping[str, frozenset[str]]) -> tuple[list[str], list[str]]:
    """The years and regions of a table without gaps: every region has a report of every year.

    Of the sets of years that some region has, the latest eight of them, the one with the most reports is taken; of several the one
    with more regions, then the later one.

    Parameters
    ----------
    years_of : mapping of str to frozenset of str
        The years of each region.

    Returns
    -------
    years, regions : list of str
        Both sorted; empty where no region has two years.

    Examples
    --------
    >>> balanced({"A": frozenset({"2023", "2024", "2025"}), "B": frozenset({"2024", "2025"}), "C": frozenset({"2025"})})
    (['2024', '2025'], ['A', 'B'])
    """
    candidates = {frozenset(sorted(years)[-LATEST_YEARS:]) for years in years_of.values()}
    candidates |= {one & other for one in candidates for other in candidates}
    best: tuple[tuple[int, int, list[str]], list[str]] = ((0, 0, []), [])
    for years in candidates:
        if len(years) > 1:
            regions = sorted(region for region, own in years_of.items() if years <= own)
            best = max(best, ((len(years) * len(regions), len(regions), sorted(years)), regions))
    return best[0][2], best[1]


def _round(value: float) -> float:
    # The last bits of a mean may differ between processors; the digits printed may not.
    return round(value, 9)
