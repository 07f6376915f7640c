"""The tables that a paper prints of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from emphasis.measures.dictionaries import Theme
from emphasis.measures.testing import CLOSED_FORM, MAX_Q, PERMUTATION
from emphasis.publish.paper.corpus_tables import topic_tables
from emphasis.publish.paper.table import (
    MISSING,
    Bilingual,
    Cell,
    Table,
    format_number,
    format_probability,
    long_text_column,
    make_table,
    number_column,
    strip_zeros,
    text_column,
)
from emphasis.publish.paper.wording import region_and_year, target_in_words, translate
from emphasis.sections import section_order
from emphasis.store.results import Row

REPORT_TABLES = (
    *("sections", "themes", "structure", "frequency_parts", "dispersion", "tfidf", "keyness", "keyness_comparisons"),
    *("target_pairs", "topic_sections"),
)
"""Results of a single report that its tables are made from; those of topic models come in addition."""
TOPIC_TABLES = ("topics", "topic_diagnostics")

SECTION_WORDS = 6

Rows = Mapping[str, Sequence[Row]]
"""The rows of one report by table."""


def report_tables(report: Row, rows: Rows, themes: Sequence[Theme], most: int) -> list[Table]:
    """Every table that the report has rows for.

    Parameters
    ----------
    report : Row
        Of reports.csv.
    rows : mapping of str to sequence of Row
        Those of this report in REPORT_TABLES and TOPIC_TABLES.
    themes : sequence of Theme
    most : int
        Rows of the tables that list the first of many.
    """
    made = [
        _structure(rows),
        _frequency(rows, most),
        _tfidf(rows),
        _keyness(rows, most),
        _themes(rows, themes),
        _targets(rows),
        *topic_tables(rows["topics"], rows["topic_sections"], rows["topic_diagnostics"], rows["sections"]),
    ]
    where = region_and_year(report)
    return [
        replace(
            one,
            report_id=report["report_id"],
            title=Bilingual(f"{one.title.en}: {where.en}", f"{where.zh}政府工作报告：{one.title.zh}"),
        )
        for one in made
        if one.rows
    ]


def _structure(rows: Rows) -> Table:
    roles = {"review": 0, "problems": 1, "plan": 2, "closing": 3}
    measured = [row for row in rows["structure"] if row["unit"] in ("report", "role")]
    measured.sort(key=lambda row: (row["unit"] != "report", roles.get(row["name"], len(roles)), row["name"]))
    columns = [
        text_column("Part", "部分"),
        number_column("Share of text (%)", "篇幅占比（%）"),
        number_column("Words", "词数"),
        number_column("Sentences", "句数"),
        number_column("Mean sentence (characters)", "平均句长（字）"),
        number_column("MATTR", "MATTR"),
        number_column("Four-character phrases (%)", "四字格占比（%）"),
    ]
    return make_table(
        "structure",
        Bilingual("Structure and style", "结构与文体"),
        columns,
        [
            (
                translate(row["name"]),
                format_number(row["share"], 1, 100),
                row["n_tokens"],
                row["n_sentences"],
                format_number(row["sentence_mean"], 1),
                format_number(row["mattr"], 3),
                format_number(row["four_character_share"], 1, 100),
            )
            for row in measured
        ],
        Bilingual(
            "MATTR: moving-average type-token ratio over windows of 100 words; not given below 100 words.",
            "MATTR为移动平均类符形符比，窗口为100词；不足100词者不计。",
        ),
    )


def _frequency(rows: Rows, most: int) -> Table:
    spread = {row["term"]: row for row in rows["dispersion"]}
    # The file lists the most frequent first.
    first = [row for row in rows["frequency_parts"] if row["part"] == "whole"][:most]
    columns = [
        number_column("Rank", "位次"),
        text_column("Keyword", "关键词"),
        number_column("n", "频次"),
        number_column("per 10,000", "每万词"),
        number_column("95 % interval", "95%置信区间"),
        number_column("Sections", "所在小节数"),
        number_column("DPnorm", "DPnorm"),
    ]
    return make_table(
        "frequency",
        Bilingual("Most frequent keywords", "高频关键词"),
        columns,
        [
            (
                row["rank"],
                row["term"],
                row["n"],
                format_number(row["per_10k"], 1),
                f"{format_number(row['low'], 1)}–{format_number(row['high'], 1)}",
                spread.get(row["term"], {}).get("range", MISSING),
                format_number(spread.get(row["term"], {}).get("dp_norm", ""), 2),
            )
            for row in first
        ],
        Bilingual(
            "Rates are per 10,000 words of the counted text, stop words and numbers included; intervals assume Poisson counts. "
            "DPnorm: 0 for a word spread like the text, 1 for a word in one place.",
            "每万词频次以计入统计的全部词（含停用词与数字）为分母；区间按泊松分布计算。"
            "DPnorm为0表示均匀分布于全文，为1表示集中于一处。",
        ),
    )


def _tfidf(rows: Rows) -> Table:
    headings = {row["section_id"]: row["heading"] for row in rows["sections"]}
    words: dict[str, list[str]] = {}
    for row in rows["tfidf"]:
        if row["rank"] and len(words.setdefault(row["section_id"], [])) < SECTION_WORDS:
            words[row["section_id"]].append(row["term"])
    named = [section for section in sorted(words, key=section_order) if headings.get(section)]
    return make_table(
        "tfidf",
        Bilingual("Words that set each section apart (TF-IDF)", "各小节特征词（TF-IDF）"),
        [text_column("Section", "小节"), long_text_column("Heading", "标题"), long_text_column("Words", "特征词")],
        [(section, headings[section], "、".join(words[section])) for section in named],
        Bilingual(
            "Each section is compared with the other sections of the report; the first words by TF-IDF.",
            "各小节与报告其余小节相比较，按TF-IDF由高到低列出。",
        ),
    )


_FOUND_BY = {
    PERMUTATION: Bilingual("permutation of paragraphs", "段落置换检验"),
    CLOSED_FORM: Bilingual(
        "closed form of a test with paragraphs as units (design effects)",
        "以段落为单位、考虑设计效应的解析形式检验",
    ),
}
"""How the p of each value of the column `test` is found."""


def _keyness(rows: Rows, most: int) -> Table:
    ours = [row for row in rows["keyness"] if row["comparison"] == "part"]
    ours.sort(key=lambda row: (-abs(float(row["log_ratio"])), float(row["q_bh"] or 1), row["term"]))
    half = max(1, most // 2)
    chosen = [row for row in ours if float(row["log_ratio"]) > 0][:half]
    chosen += [row for row in ours if float(row["log_ratio"]) < 0][:half]
    verdict = next((row for row in rows["keyness_comparisons"] if row["comparison"] == "part"), None)
    tests = [_FOUND_BY[test] for test in sorted({row["test"] for row in chosen} - {""})]
    notes = [
        Bilingual(
            "Log ratio: binary logarithm of the ratio of the rates, above zero for words that the plan uses more. p: "
            f"{', '.join(test.en for test in tests)}; q: Benjamini-Hochberg over all words tested.",
            "对数比为两部分每万词频次之比以2为底的对数，大于零表示工作安排部分使用更多。"
            f"p值由{'、'.join(test.zh for test in tests)}得到，q值为对全部受检词作Benjamini–Hochberg校正的结果。",
        )
    ]
    if verdict:
        notes.append(_survivors(verdict))
    columns = [
        text_column("Keyword", "关键词"),
        number_column("n (plan)", "频次（安排）"),
        number_column("n (review)", "频次（回顾）"),
        number_column("per 10,000 (plan)", "每万词（安排）"),
        number_column("per 10,000 (review)", "每万词（回顾）"),
        number_column("Log ratio", "对数比"),
        number_column("p", "p"),
        number_column("q", "q"),
    ]
    return make_table(
        "keyness",
        Bilingual("Plan against review: keywords by effect size", "工作安排与工作回顾的用词差异（按效应量）"),
        columns,
        [
            (
                row["term"],
                row["n_target"],
                row["n_reference"],
                format_number(row["per_10k_target"], 1),
                format_number(row["per_10k_reference"], 1),
                format_number(row["log_ratio"], 2),
                format_probability(row["p"]),
                format_probability(row["q_bh"]),
            )
            for row in chosen
        ],
        *notes,
    )


def _survivors(verdict: Row) -> Bilingual:
    """What the test of a comparison leaves, in a sentence."""
    found, tested = verdict["n_found"], verdict["n_tested"]
    if verdict["verdict"] == "found":
        return Bilingual(
            f"Of {tested} words tested, {found} have q below {MAX_Q}.",
            f"受检词共{tested}个，其中{found}个q值小于{MAX_Q}。",
        )
    if verdict["verdict"] == "undecidable":
        return Bilingual(
            f"Not one of the {tested} words tested could reach q below {MAX_Q}: the paragraphs are too few. The differences listed "
            "are a description, not evidence.",
            f"段落过少，{tested}个受检词均不可能达到q<{MAX_Q}；表中差异仅供描述，不能作为证据。",
        )
    return Bilingual(
        f"None of the {tested} words tested has q below {MAX_Q}: the differences listed are not beyond what the fall of paragraphs "
        "would give by chance.",
        f"{tested}个受检词校正后均无q值小于{MAX_Q}者：表中差异未超出段落随机分布所能产生的范围。",
    )


def _themes(rows: Rows, themes: Sequence[Theme]) -> Table:
    value = {(row["theme"], row["part"]): row["value"] for row in rows["themes"] if row["definition"] == "words"}
    lines: list[tuple[Cell, ...]] = []
    for theme in themes:
        if (theme.name, "whole") not in value:
            continue
        review, plan = value[theme.name, "review"], value[theme.name, "plan"]
        moved = str(round(float(plan) - float(review), 6)) if review and plan else ""
        mark = "*" * (theme.status == "compiled")
        lines.append(
            (
                Bilingual(theme.label_en + mark, theme.label + mark),
                str(len(theme.words)),
                format_number(value[theme.name, "whole"], 2, 100),
                format_number(review, 2, 100),
                format_number(plan, 2, 100),
                format_number(moved, 2, 100),
            )
        )
    notes = [
        Bilingual(
            "Share of words: words that hits of the theme's dictionary consist of, in per cent of all words of the part.",
            "占比为主题词典命中的词占该部分全部词数的百分比。",
        )
    ]
    if any(theme.status == "compiled" for theme in themes):
        notes.append(
            Bilingual(
                "* Dictionary compiled for this software, not validated against human coding.",
                "* 该词典为本软件自编，未经人工编码验证。",
            )
        )
    columns = [
        text_column("Theme", "主题"),
        number_column("Dictionary (words)", "词典词数"),
        number_column("Whole (%)", "全文（%）"),
        number_column("Review (%)", "回顾（%）"),
        number_column("Plan (%)", "安排（%）"),
        number_column("Plan - review (points)", "安排减回顾（百分点）"),
    ]
    return make_table("themes", Bilingual("Attention to themes", "各主题的政府注意力"), columns, lines, *notes)


def _targets(rows: Rows) -> Table:
    columns = [
        long_text_column("Indicator", "指标"),
        number_column("Outturn", "上年完成"),
        number_column("Target", "本年目标"),
        long_text_column("Comparable", "可比性"),
    ]
    return make_table(
        "targets",
        Bilingual("Outturn and target", "上年完成与本年目标"),
        columns,
        [
            (
                row["indicator"],
                strip_zeros(row["outturn_value"]) + row["outturn_unit"],
                target_in_words(row["comparator"], row["target_value"], row["target_high"], row["target_unit"]),
                translate(row["reason"]),
            )
            for row in rows["target_pairs"]
        ],
        Bilingual(
            "Figures as the report prints them. Only rows marked `same measure' can be compared.",
            "数值均照报告原文；仅“口径一致”者可以比较。",
        ),
    )
