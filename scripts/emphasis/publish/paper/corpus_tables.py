"""The tables that a paper prints of all reports together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median, stdev

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.table import (
    Bilingual,
    Cell,
    Table,
    cell_text,
    format_number,
    long_text_column,
    make_table,
    number_column,
    text_column,
)
from emphasis.publish.paper.wording import translate
from emphasis.store.results import Row

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
    made = [_reports_table(reports, most), _summary_table(shares, themes), _years_table(shares, years, themes)]
    return [one for one in made if one.rows]


def _reports_table(reports: Sequence[Row], most: int) -> Table:
    left_out = len(reports) - most
    more = Bilingual(
        f"The first {most} of {len(reports)} reports; all are in corpus/reports.csv.",
        f"仅列前{most}份，全部{len(reports)}份见corpus/reports.csv。",
    )
    trust = Bilingual(
        "Outline: how far the division into sections can be trusted.",
        "“结构可信度”指章节识别结果的可信程度。",
    )
    return make_table(
        "reports",
        Bilingual("Reports", "政府工作报告一览"),
        [
            text_column("Region", "地区"),
            text_column("Level", "层级"),
            number_column("Year", "年份"),
            number_column("Characters", "字数"),
            number_column("Sections", "小节数"),
            text_column("Outline", "结构可信度"),
        ],
        [
            (
                row["region"] or row["report_id"],
                translate(row["region_level"]),
                row["year"],
                row["n_chars"],
                str(int(row["n_level1"]) + int(row["n_level2"])),
                translate(row["confidence"]),
            )
            for row in reports[:most]
        ],
        trust,
        *([more] if left_out > 0 else []),
    )


def _summary_table(shares: Mapping[str, Mapping[str, float]], themes: Sequence[Theme]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        values = list(shares.get(theme.name, {}).values())
        if values:
            spread = stdev(values) if len(values) > 1 else ""
            statistics = (fmean(values), spread, min(values), median(values), max(values))
            name = Bilingual(theme.label_en, theme.label)
            rows.append((name, str(len(values)), *(format_number(_round(value), 2, 100) for value in statistics)))
    return make_table(
        "theme-summary",
        Bilingual("Attention to themes over all reports", "各主题政府注意力的描述性统计"),
        [
            text_column("Theme", "主题"),
            number_column("Reports", "报告数"),
            number_column("Mean (%)", "均值（%）"),
            number_column("SD", "标准差"),
            number_column("Minimum", "最小值"),
            number_column("Median", "中位数"),
            number_column("Maximum", "最大值"),
        ],
        rows,
        Bilingual("Share of words of each whole report, in per cent.", "按全文词数占比计算，单位为百分比。"),
    )


def _years_table(shares: Mapping[str, Mapping[str, float]], years: Mapping[str, str], themes: Sequence[Theme]) -> Table:
    shown = sorted({year for year in years.values() if year})[-LATEST_YEARS:]
    rows: list[tuple[Cell, ...]] = []
    for theme in themes if len(shown) > 1 else []:
        by_year = defaultdict(list)
        for report_id, value in shares.get(theme.name, {}).items():
            by_year[years.get(report_id, "")].append(value)
        means = (format_number(_round(fmean(by_year[year])) if by_year[year] else "", 2, 100) for year in shown)
        rows.append((Bilingual(theme.label_en, theme.label), *means))
    return make_table(
        "theme-years",
        Bilingual("Attention to themes by year", "各年度主题注意力均值"),
        [long_text_column("Theme", "主题"), *(number_column(year, year) for year in shown)],
        rows,
        Bilingual(
            "Means over the reports at hand, in per cent of words; regions differ from year to year when reports are missing.",
            "为当年样本报告的均值，单位为百分比；若有报告缺失，各年所含地区并不相同。",
        ),
    )


def _round(value: float | str) -> float | str:
    # The last bits of a mean may differ between processors; the digits printed may not.
    return value if isinstance(value, str) else round(value, 9)


TOPIC_WORDS = 8


def topic_tables(
    topics: Sequence[Row], shares: Sequence[Row], diagnostics: Sequence[Row], sections: Sequence[Row]
) -> list[Table]:
    """The topics of each model with their shares of the parts of the report, and the diagnostics of the model.

    Parameters
    ----------
    topics, shares, diagnostics : sequence of Row
        Of topics.csv, topic_sections.csv and topic_diagnostics.csv.
    sections : sequence of Row
        Of the report; empty for a model of several reports, whose topics are then listed without shares.
    """
    # A part is a heading of level 1 in the review or the plan; only their shares fit next to the words.
    parts = [row for row in sections if row["level"] == "1" and row["role"] in ("review", "plan")]
    models = sorted({row["model"] for row in topics})
    made = []
    for model in models:
        ours = [row for row in topics if row["model"] == model]
        share = {(r["section_id"], r["topic"]): r for r in shares if r["model"] == model}
        words: dict[int, list[str]] = {}
        for row in sorted(ours, key=lambda r: (int(r["topic"]), int(r["rank"]))):
            words.setdefault(int(row["topic"]), []).append(row["term"])
        columns = [number_column("Topic", "主题"), long_text_column("Words", "主题词")]
        columns += [number_column(f"{p['heading']} (%)", f"{p['heading']}（%）") for p in parts]
        lines = [
            (
                str(topic),
                "、".join(terms[:TOPIC_WORDS]),
                *(
                    format_number(share.get((p["section_id"], str(topic)), {}).get("prevalence", ""), 1, 100)
                    for p in parts
                ),
            )
            for topic, terms in words.items()
        ]
        verdicts = [row for row in diagnostics if row["model"] == model]
        name = "topics" if model.startswith("self:") else f"topics-{model.replace(':', '-')}"
        title = Bilingual("Topics", "主题模型结果")
        # Measures of a single report (coverage:<report_id>) would be as many as there are reports.
        verdicts = [row for row in verdicts if ":" not in row["measure"]]
        made.append(
            make_table(name, title, columns, lines, *(_verdict_note(row) for row in verdicts if row["null_high"]))
        )
        # The diagnostics of a model of all reports are among the tables of all reports.
        if model.startswith("self:") or not sections:
            made.append(_diagnostics_table(f"{name}-diagnostics", verdicts))
    return made


def _verdict_note(row: Row) -> Bilingual:
    measure, verdict = translate(row["measure"]), translate(row["verdict"])
    values = tuple(format_number(row[name], 2) for name in ("value", "null_low", "null_high"))
    return Bilingual(
        "{}: {} ({}; shuffled text {} to {}).".format(cell_text(measure, "en"), cell_text(verdict, "en"), *values),
        "{}：{}（实测{}，打乱文本{}至{}）。".format(cell_text(measure, "zh"), cell_text(verdict, "zh"), *values),
    )


def _diagnostics_table(name: str, verdicts: Sequence[Row]) -> Table:
    return make_table(
        name,
        Bilingual("What the topics can be believed for", "主题模型的可信程度"),
        [
            text_column("Measure", "指标"),
            number_column("Topics", "主题数"),
            number_column("Value", "实测值"),
            number_column("Shuffled text, 2.5 %", "打乱文本2.5%分位"),
            number_column("Shuffled text, 97.5 %", "打乱文本97.5%分位"),
            long_text_column("Verdict", "结论"),
        ],
        [
            (
                translate(row["measure"]),
                row["k"],
                format_number(row["value"], 3),
                format_number(row["null_low"], 3),
                format_number(row["null_high"], 3),
                translate(row["verdict"]),
            )
            for row in verdicts
        ],
        Bilingual(
            "Shuffled text: the same sentences with all words dealt out anew.",
            "打乱文本：保持各句长度，将全部词随机重新分配。",
        ),
    )
