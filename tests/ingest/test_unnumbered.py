"""Chapters and sections of reports whose headings have no numbers."""

from __future__ import annotations

import pytest

from emphasis.ingest.records import Source
from emphasis.ingest.report import parse
from emphasis.ingest.unnumbered import nest_sections
from support.outline_cases import FAREWELL, OPENING, PROSE

REVIEW = "去年完成投资12亿元，产值增长5.5%，位居全市第二，新建学校8所，民生持续改善。"
PLAN = "今年要加快项目建设，确保产值增长6%左右，新建学校9所，着力改善民生，推进科技创新。"


def levels_of(*parts: tuple[str, str]) -> list[tuple[int, str, str]]:
    body = "".join(f"{heading}\n{text}{PROSE}\n" for heading, text in parts)
    report = parse(Source("a.txt", "", "utf-8", f"{OPENING}{body}{FAREWELL}\n"), "a")
    return [(s.level, s.heading, s.role) for s in report.sections if s.level]


@pytest.mark.parametrize(
    ("past", "future"),
    [
        ("2024年工作回顾", "2025年工作安排"),
        ("不负重托、砥砺奋进，2024年交出合格答卷", "接续奋斗、勇毅前行，2025年续写崭新篇章"),
        ("2024年：承压前行", "2025年：实干争先"),
        ("过去一年的工作", "今年的主要任务"),
    ],
)
def test_sections_are_below_chapters_that_name_a_time(past: str, future: str) -> None:
    found = levels_of(
        (past, REVIEW), ("综合实力迈上新台阶", REVIEW), ("群众生活得到新改善", REVIEW),
        (future, PLAN), ("以更大力度稳增长", PLAN), ("以更深情怀惠民生", PLAN), ("以更严要求强自身", PLAN),
    )  # fmt: skip
    assert [level for level, *_ in found] == [1, 2, 2, 1, 2, 2, 2]
    assert [role for *_, role in found] == ["review"] * 3 + ["plan"] * 4


def test_sections_of_sections_stay_below_them() -> None:
    keys = ["2024年回顾", "工业向好", "(一)煤", "(二)铁", "农业丰收", "2025年安排", "扩大需求", "推进创新"]
    assert nest_sections(keys, [1, 1, 2, 2, 1, 1, 1, 1]) == [1, 2, 3, 3, 2, 1, 2, 2]


@pytest.mark.parametrize(
    "keys",
    [
        ["工业", "农业", "财政", "外交"],
        ["2024年工作回顾", "2025年工作安排", "加强政府建设"],
        ["三年来的斗争", "加快经济建设", "繁荣科学教育", "加强政权建设", "国际形势"],  # a single one of a time
        ["工业", "2024年工作回顾", "农业", "财政", "2025年工作安排", "文教", "卫生"],  # the first is no chapter
    ],
)
def test_chapters_of_subjects_stay_side_by_side(keys: list[str]) -> None:
    assert nest_sections(keys, [1] * len(keys)) == [1] * len(keys)
