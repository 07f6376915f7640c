"""The tables that a paper prints of all reports together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median, stdev

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.build import figure, long, table, text
from emphasis.publish.paper.model import Both, Cell, Table, number
from emphasis.publish.paper.read import Row
from emphasis.publish.paper.wording import word

LATEST_YEARS = 8


def corpus_tables(reports: Sequence[Row], attention: Iterable[Row], themes: Sequence[Theme], most: int) -> list[Table]:
    """Tables over all reports; none for a single one.

    Parameters
    ----------
    reports : sequence of Row
        Of reports.csv.
    attention : iterable of Row
        Of themes.csv, of all reports.
    themes : sequence of Theme
    most : int
        Reports that are listed.
    """
    if len(reports) < 2:
        return []
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for row in attention:
        if row["definition"] == "words" and row["part"] == "whole" and row["value"]:
            shares[row["theme"]][row["report_id"]] = float(row["value"])
    years = {row["report_id"]: row["year"] for row in reports}
    made = [_reports(reports, most), _summary(shares, themes), _years(shares, years, themes)]
    return [one for one in made if one.rows]


def _reports(reports: Sequence[Row], most: int) -> Table:
    left_out = len(reports) - most
    more = Both(
        f"The first {most} of {len(reports)} reports; all are in corpus/reports.csv.",
        f"仅列前{most}份，全部{len(reports)}份见corpus/reports.csv。",
    )
    trust = Both(
        "Outline: how far the division into sections can be trusted.",
        "“结构可信度”指章节识别结果的可信程度。",
    )
    return table(
        "reports",
        Both("Reports", "政府工作报告一览"),
        [
            text("Region", "地区"),
            text("Level", "层级"),
            figure("Year", "年份"),
            figure("Characters", "字数"),
            figure("Sections", "小节数"),
            text("Outline", "结构可信度"),
        ],
        [
            (
                row["region"] or row["report_id"],
                word(row["region_level"]),
                row["year"],
                row["n_chars"],
                str(int(row["n_level1"]) + int(row["n_level2"])),
                word(row["confidence"]),
            )
            for row in reports[:most]
        ],
        trust,
        *([more] if left_out > 0 else []),
    )


def _summary(shares: Mapping[str, Mapping[str, float]], themes: Sequence[Theme]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        values = list(shares.get(theme.name, {}).values())
        if values:
            spread = stdev(values) if len(values) > 1 else ""
            figures = (fmean(values), spread, min(values), median(values), max(values))
            name = Both(theme.label_en, theme.label)
            rows.append((name, str(len(values)), *(number(_rounded(value), 2, 100) for value in figures)))
    return table(
        "theme-summary",
        Both("Attention to themes over all reports", "各主题政府注意力的描述性统计"),
        [
            text("Theme", "主题"),
            figure("Reports", "报告数"),
            figure("Mean (%)", "均值（%）"),
            figure("SD", "标准差"),
            figure("Minimum", "最小值"),
            figure("Median", "中位数"),
            figure("Maximum", "最大值"),
        ],
        rows,
        Both("Share of words of each whole report, in per cent.", "按全文词数占比计算，单位为百分比。"),
    )


def _years(shares: Mapping[str, Mapping[str, float]], years: Mapping[str, str], themes: Sequence[Theme]) -> Table:
    shown = sorted({year for year in years.values() if year})[-LATEST_YEARS:]
    rows: list[tuple[Cell, ...]] = []
    for theme in themes if len(shown) > 1 else []:
        by_year = defaultdict(list)
        for report_id, value in shares.get(theme.name, {}).items():
            by_year[years.get(report_id, "")].append(value)
        means = (number(_rounded(fmean(by_year[year])) if by_year[year] else "", 2, 100) for year in shown)
        rows.append((Both(theme.label_en, theme.label), *means))
    return table(
        "theme-years",
        Both("Attention to themes by year", "各年度主题注意力均值"),
        [long("Theme", "主题"), *(figure(year, year) for year in shown)],
        rows,
        Both(
            "Means over the reports at hand, in per cent of words; regions differ from year to year when reports are missing.",
            "为当年样本报告的均值，单位为百分比；若有报告缺失，各年所含地区并不相同。",
        ),
    )


def _rounded(value: float | str) -> float | str:
    # The last bits of a mean may differ between processors; the digits printed may not.
    return value if isinstance(value, str) else round(value, 9)
