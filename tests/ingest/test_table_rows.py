"""Tables of indicators in the text of a report give no headings, however their rows and cells were copied."""

from __future__ import annotations

import pytest

from emphasis.ingest.paragraphs import split_paragraphs
from emphasis.ingest.records import Source
from emphasis.ingest.report import parse
from emphasis.ingest.table_rows import rows_of_tables
from support.outline_cases import FAREWELL, OPENING, fill

ROWS = [
    ("指标名称", "单位", "目标", "完成"),
    ("地区生产总值", "亿元", "7左右", "5.2"),
    ("一般公共预算收入", "亿元", "3", "4.2"),
    ("规模以上工业增加值", "%", "7", "6.1"),
    ("社会消费品零售总额", "%", "8", "-1.2"),
    ("城镇登记失业率", "%", "4以内", "3.1"),
]
LAYOUTS = {
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "spaces": "\n".join("  ".join(row) for row in ROWS),
    "wide spaces": "\n".join("　".join(row) for row in ROWS),
    "single spaces": "\n".join(" ".join(row) for row in ROWS),
    "bars": "\n".join(f"| {' | '.join(row)} |" for row in ROWS),
    "cells": "\n".join("\n".join(row) for row in ROWS),
    "a caption": "表1　2024年主要指标完成情况\n" + "\n".join("\t".join(row) for row in ROWS),
}
SPEECH = OPENING + fill(
    "一、2024年工作回顾\n@\n主要指标完成情况如下：\nTABLE\n（一）工业稳步增长\n@\n（二）农业再获丰收\n@\n"
    "二、2025年工作安排\n@\n（一）扩大有效需求\n@\n（二）推进科技创新\n@\n"
) + f"{FAREWELL}\n"  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_row_of_a_table_is_a_heading(layout: str) -> None:
    report = parse(Source("a.txt", "", "utf-8", SPEECH.replace("TABLE", LAYOUTS[layout])), "a")
    assert [s.heading for s in report.sections if s.level] == [
        "2024年工作回顾", "工业稳步增长", "农业再获丰收", "2025年工作安排", "扩大有效需求", "推进科技创新"
    ]  # fmt: skip
    assert [s.level for s in report.sections if s.level] == [1, 2, 2, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "2024年  工作  回顾\n一  年  来\n全市上下坚持稳中求进。",  # spaced out
        "第一部分　2024年工作回顾\n第二部分　2025年工作安排\n",
        "生产总值\t%\t5.2\n全市上下坚持稳中求进，各项工作扎实推进。",  # a row alone
        "工业稳步增长\n农业再获丰收\n民生持续改善\n城乡协调发展\n生态环境优化\n改革开放深化\n社会和谐稳定\n法治全面推进\n文化更加繁荣",
    ],
)
def test_titles_are_no_tables(text: str) -> None:
    paragraphs = split_paragraphs(text)
    assert not rows_of_tables(text, paragraphs, 0, len(paragraphs))


def test_a_heading_next_to_the_cells_of_a_table_is_none() -> None:
    text = f"主要指标\n{LAYOUTS['cells']}\n民生持续改善\n全市上下坚持稳中求进。"
    paragraphs = split_paragraphs(text)
    found = rows_of_tables(text, paragraphs, 0, len(paragraphs))
    assert sorted(found) == list(range(1, 1 + 4 * len(ROWS)))
