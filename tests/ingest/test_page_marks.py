"""Page numbers and running heads in texts copied from printed pages are dropped, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from emphasis.ingest.readers.page_marks import drop_page_marks
from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest
from emphasis.text import visible
from support.outline_cases import FAREWELL, OPENING

STOCK = "全市上下坚持稳中求进工作总基调，扎实推进各项工作，地区生产总值增长5.6%，主要指标好于预期，社会大局和谐稳定。"
SPEECH = [
    "政府工作报告",
    *OPENING.splitlines(),
    *(
        line
        for part in ("一、2024年工作回顾", "二、2025年工作安排")
        for line in (
            part,
            *(f"（{n}）做好{n}项。{STOCK[turn:]}{STOCK * 4}" for turn, n in enumerate("一二三四五六", 3)),
        )
    ),
    *FAREWELL.splitlines(),
]
WIDTH, PER_PAGE = 30, 16


def pages(mark: str, *, blank: bool = False) -> str:
    """The speech on pages, each with a mark below it."""
    lines = [
        line[at : at + WIDTH]
        for paragraph in SPEECH
        for line in [f"　　{paragraph}"]
        for at in range(0, len(line), WIDTH)
    ]
    found: list[str] = []
    for number, at in enumerate(range(0, len(lines), PER_PAGE), 1):
        below = mark.format(number).split("|")
        found += [*lines[at : at + PER_PAGE], *([""] * blank), *below, *([""] * blank)]
    return "\n".join(found) + "\n"


def outline(folder: Path, text: str) -> tuple[Report, list[tuple[int, str, str]]]:
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    report = ingest(file, "report")
    return report, [(s.level, s.heading, s.role) for s in report.sections]


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize(
    "mark",
    ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 12 页", "{}/12", "·{}·", "Page {} of 12", "{}|政府工作报告汇编"],
)
def test_marks_of_pages_do_not_cut_paragraphs(tmp_path: Path, mark: str, blank: bool) -> None:
    plain, expected = outline(tmp_path, "\n".join(SPEECH))
    report, found = outline(tmp_path, pages(mark, blank=blank))
    assert found == expected
    assert visible(report.source.text) == visible(plain.source.text)
    (note,) = [w for w in report.warnings if w.code == "page-marks"]
    assert note.message.startswith(("8 ", "16 "))
    assert [visible(s.text) for s in report.sentences] == [visible(s.text) for s in plain.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(SPEECH),
        # Numbers of a list, each on a line of its own, as a page of the web is copied.
        "\n".join(f"{n}\n名词：指{STOCK[:40]}" for n in range(1, 40)),
        # Figures of a table.
        "\n".join(f"指标\n{n}\n{n + 1}" for n in range(1, 40)),
        # Two pages only.
        f"{STOCK * 9}\n1\n{STOCK * 9}\n2\n{STOCK}",
        # Numbers that do not rise as those of pages do.
        "\n".join(f"{STOCK * 9}\n{n}" for n in (12, 7, 90, 31)),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert drop_page_marks(text) == (text, ())


def test_a_page_that_ends_a_paragraph_keeps_the_gap_behind_it() -> None:
    text = "".join(f"{STOCK * 6}\n\n— {n} —\n\n" for n in (1, 2, 3))
    assert drop_page_marks(text)[0].split() == [STOCK * 6] * 3
    assert "\n\n" in drop_page_marks(text)[0]


def test_numbers_of_a_glossary_are_not_taken_for_those_of_the_pages() -> None:
    glossary = "\n".join(f"{n}\n名词：指{STOCK}" for n in range(1, 30))
    text = "\n".join(f"{STOCK * 9}\n— {n} —" for n in range(1, 9)) + f"\n{glossary}"
    assert drop_page_marks(text)[0].endswith(glossary)
