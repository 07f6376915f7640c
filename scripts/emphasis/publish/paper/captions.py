"""Suggested captions of tables and figures."""

from __future__ import annotations

from collections.abc import Sequence

from emphasis.publish.paper.model import Both, Language, Table
from emphasis.publish.paper.read import Row

_HEAD = Both(
    "# Suggested captions\n\nTables as in `tables.docx` and `tex/en/`; figures as in `../figures/`.",
    "# 图表题名建议\n\n表格与 `tables.zh.docx`、`tex/zh/` 一致；图片见 `../figures/`。",
)
_TABLES, _FIGURES = Both("## Tables", "## 表"), Both("## Figures", "## 图")

# File, and what its caption says of the report `{place}`.
_PICTURES = (
    (
        "clouds/whole",
        Both(
            "Most frequent keywords of the government work report of {place}. Character area is proportional to the count; bars "
            "give the counts.",
            "{place}政府工作报告全文高频关键词。字的面积与出现次数成正比，条形图为相应频次。",
        ),
    ),
    (
        "clouds/review",
        Both(
            "Most frequent keywords of the review in the government work report of {place}; colours compare its rates with "
            "those of the plan.",
            "{place}政府工作报告工作回顾部分高频关键词；颜色表示与工作安排部分的频率比较。",
        ),
    ),
    (
        "clouds/plan",
        Both(
            "Most frequent keywords of the plan in the government work report of {place}; colours compare its rates with those "
            "of the review.",
            "{place}政府工作报告工作安排部分高频关键词；颜色表示与工作回顾部分的频率比较。",
        ),
    ),
    (
        "clouds/section-*",
        Both(
            "Most frequent keywords of section * of the government work report of {place}; colours compare its rates with those "
            "of the rest of the report.",
            "{place}政府工作报告第*节高频关键词；颜色表示与报告其余部分的频率比较。",
        ),
    ),
    (
        "targets/targets",
        Both(
            "Last year's outturns beside this year's targets in the government work report of {place}; indicators of the same "
            "measure only.",
            "{place}政府工作报告上年完成情况与本年预期目标对照；仅列口径一致的指标。",
        ),
    ),
)


def place(report: Row) -> Both:
    """Region and year of a report, or its id where they are not known."""
    region, year = report["region"], report["year"]
    if not region or not year:
        return Both(report["report_id"], report["report_id"])
    name = "国务院" if report["region_level"] == "national" else region
    return Both(f"{name}, {year}", f"{name}{year}年")


def captions(tables: Sequence[Table], figures: Sequence[Row], language: Language) -> str:
    """Captions of the tables of a kit and of the figures of reports, as Markdown.

    Parameters
    ----------
    tables : sequence of Table
    figures : sequence of Row
        Of reports.csv: the reports that have figures.
    language : Language
    """
    joint = " " if language == "en" else ""
    lines = [_HEAD.say(language), "", _TABLES.say(language), ""]
    for number, table in enumerate(tables, 1):
        notes = joint.join(note.say(language) for note in table.notes)
        lines.append(f"{number}. `{table.label}`: {table.title.say(language)}. {notes}".rstrip())
    if figures:
        lines += ["", _FIGURES.say(language), ""]
    for report in figures:
        where = place(report).say(language)
        for file, caption in _PICTURES:
            lines.append(f"- `{report['report_id']}/{file}`: {caption.say(language).format(place=where)}")
    return "\n".join(lines) + "\n"
