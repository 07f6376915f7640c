"""The tables that a paper prints of all reports together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median, stdev

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.table import Both, Cell, Table, figure, long, number, say, table, text
from emphasis.publish.paper.wording import word
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


TOPIC_WORDS = 8


def topic_tables(
    topics: Sequence[Row], shares: Sequence[Row], diagnostics: Sequence[Row], sections: Sequence[Row]
) -> list[Table]:
    """The topics of each model with their share of the parts of the report, and what the model can be believed for.

    Parameters
    ----------
    topics, shares, diagnostics : sequence of Row
        Of topics.csv, topic_sections.csv and topic_diagnostics.csv.
    sections : sequence of Row
        Of the report; empty for a model of several reports, whose topics are then listed without shares.
    """
    # A part is a heading of level 1 in the review or the plan; only their shares fit beside the words.
    parts = [row for row in sections if row["level"] == "1" and row["role"] in ("review", "plan")]
    models = sorted({row["model"] for row in topics})
    made = []
    for model in models:
        ours = [row for row in topics if row["model"] == model]
        share = {(r["section_id"], r["topic"]): r for r in shares if r["model"] == model}
        words: dict[int, list[str]] = {}
        for row in sorted(ours, key=lambda r: (int(r["topic"]), int(r["rank"]))):
            words.setdefault(int(row["topic"]), []).append(row["term"])
        columns = [figure("Topic", "主题"), long("Words", "主题词")]
        columns += [figure(f"{p['heading']} (%)", f"{p['heading']}（%）") for p in parts]
        lines = [
            (
                str(topic),
                "、".join(terms[:TOPIC_WORDS]),
                *(number(share.get((p["section_id"], str(topic)), {}).get("prevalence", ""), 1, 100) for p in parts),
            )
            for topic, terms in words.items()
        ]
        verdicts = [row for row in diagnostics if row["model"] == model]
        name = "topics" if model.startswith("self:") else f"topics-{model.replace(':', '-')}"
        title = Both("Topics", "主题模型结果")
        # Measures of a single report (coverage:<report_id>) would be as many as there are reports.
        verdicts = [row for row in verdicts if ":" not in row["measure"]]
        made.append(table(name, title, columns, lines, *(_believed(row) for row in verdicts if row["null_high"])))
        # What a model of all reports can be believed for stands among the tables of all reports.
        if model.startswith("self:") or not sections:
            made.append(_diagnostics(f"{name}-diagnostics", verdicts))
    return made


def _believed(row: Row) -> Both:
    measure, verdict = word(row["measure"]), word(row["verdict"])
    figures = tuple(number(row[name], 2) for name in ("value", "null_low", "null_high"))
    return Both(
        "{}: {} ({}; shuffled text {} to {}).".format(say(measure, "en"), say(verdict, "en"), *figures),
        "{}：{}（实测{}，打乱文本{}至{}）。".format(say(measure, "zh"), say(verdict, "zh"), *figures),
    )


def _diagnostics(name: str, verdicts: Sequence[Row]) -> Table:
    return table(
        name,
        Both("What the topics can be believed for", "主题模型的可信程度"),
        [
            text("Measure", "指标"),
            figure("Topics", "主题数"),
            figure("Value", "实测值"),
            figure("Shuffled text, 2.5 %", "打乱文本2.5%分位"),
            figure("Shuffled text, 97.5 %", "打乱文本97.5%分位"),
            long("Verdict", "结论"),
        ],
        [
            (
                word(row["measure"]),
                row["k"],
                number(row["value"], 3),
                number(row["null_low"], 3),
                number(row["null_high"], 3),
                word(row["verdict"]),
            )
            for row in verdicts
        ],
        Both(
            "Shuffled text: the same sentences with all words dealt out anew.",
            "打乱文本：保持各句长度，将全部词随机重新分配。",
        ),
    )
