"""Paragraphs of PDF files from the places of their lines."""

from __future__ import annotations

from emphasis.ingest.readers import pdf
from emphasis.ingest.report import ingest
from support import samples

EM = 12
STOCK = "全市上下坚持稳中求进工作总基调扎实推进各项工作经济运行总体平稳稳中有进主要指标好于预期社会大局和谐稳定"


def words(length, turn=0):
    """So many characters of prose without a mark."""
    turned = STOCK[turn % len(STOCK) :] + STOCK
    return (turned * (1 + length // len(STOCK)))[:length]


def set_lines(paragraphs, width, *, x=60, y=780, indent=2, pitch=18):
    """Paragraphs as lines of `width` characters with their places, the first of each indented."""
    pieces = []
    for paragraph in paragraphs:
        rest, room = paragraph, width - indent
        while rest:
            pieces.append((rest[:room], x + EM * (width - room), y - pitch * len(pieces), EM))
            rest, room = rest[room:], width
    return pieces


def lines_of(*pages, **options):
    return pdf.read(samples.placed_pdf(pages, **options)).text.split("\n")


PARAGRAPHS = [
    f"一、{words(8)}",
    f"{words(70)}。",
    f"（一）{words(12)}。{words(90, 7)}。",
    # Its first line ends with a full stop at the margin, its second begins without an indent.
    f"{words(35, 3)}。{words(20, 9)}。",
    f"{words(38, 5)}",
    f"（二）{words(60, 11)}。",
]


def test_an_indent_or_a_short_line_before_begins_a_paragraph():
    assert lines_of(set_lines(PARAGRAPHS, 38)) == PARAGRAPHS


def test_paragraphs_without_indents_end_with_a_short_line():
    paragraphs = [f"{words(50, n)}。" for n in range(6)]
    assert lines_of(set_lines(paragraphs, 38, indent=0)) == paragraphs


def test_a_gap_parts_paragraphs_whose_lines_are_full():
    paragraphs = [f"{words(75, n)}。" for n in range(6)]
    pieces = [
        (text, x, y - 12 * (n // 2), size) for n, (text, x, y, size) in enumerate(set_lines(paragraphs, 38, indent=0))
    ]
    assert lines_of(pieces) == paragraphs


def test_a_paragraph_goes_on_over_the_page_and_what_stands_at_the_edges_is_left_out():
    paragraphs = [f"{words(36 + 38 * 5 + 9, n)}。" for n in range(8)]
    placed = set_lines(paragraphs, 38, y=0, pitch=0)
    pages = [
        [("长春市政府工作报告", 240, 800, 10)]
        + [(text, x, 760 - 18 * n, size) for n, (text, x, _, size) in enumerate(placed[start : start + 10])]
        + [(f"— {1 + start // 10} —", 280, 40, 10)]
        for start in range(0, len(placed), 10)
    ]
    assert lines_of(*pages) == paragraphs


def test_the_order_in_which_a_program_prints_does_not_matter():
    pieces = set_lines(PARAGRAPHS, 38)
    assert lines_of(pieces[::-1]) == PARAGRAPHS


def test_columns_are_read_one_after_the_other_below_a_title():
    left, right = [f"{words(40, n)}。" for n in range(4)], [f"{words(43, n)}。" for n in range(4, 8)]
    title = [("政府工作报告", 230, 800, 20)]
    columns = [*set_lines(left, 18, y=760), *set_lines(right, 18, x=300, y=760)]
    assert lines_of(title + columns) == ["政府工作报告", *left, *right]


def test_a_table_of_two_columns_of_short_entries_is_read_row_by_row():
    cells = [(text, x, 780 - 18 * n, EM) for n in range(10) for text, x in ((f"指标{n}", 60), (f"{n}%", 300))]
    assert lines_of(cells) == [f"指标{n} {n}%" for n in range(10)]


def test_characters_that_are_spaced_out_are_joined_and_names_are_not():
    title = [(c, 200 + 30 * n, 780, 20) for n, c in enumerate("政府工作报告")]
    inside = [("长 春 市 2025 年 工 作 安 排", 60, 740, EM), ("市长　王 伟", 60, 700, EM)]
    body = set_lines([f"{words(60)}。"], 38, y=660)
    assert lines_of(title + inside + body)[:3] == ["政府工作报告", "长春市2025年工作安排", "市长　王 伟"]


def test_a_title_set_over_two_lines_is_one():
    title = [(words(24), 90, 790, 18), (words(8), 234, 760, 18)]
    body = set_lines([f"{words(75, n)}。" for n in range(4)], 38, y=700, x=74)
    assert lines_of(title + body)[0] == words(24) + words(8)


def test_text_printed_twice_for_bold_type_and_watermarks_are_no_text_of_their_own():
    pieces = set_lines(PARAGRAPHS, 38)
    bold = [(text, x + 0.3, y, size) for text, x, y, size in pieces[:1]]
    slant = f"q 0.7 0.7 -0.7 0.7 200 300 cm BT /F1 40 Tf 0 0 Td <{'稳中'.encode('utf-16-be').hex()}> Tj ET Q"
    assert lines_of(pieces + bold, drawings={0: slant}) == PARAGRAPHS


def test_pages_that_are_pictures_are_named_and_lower_the_grade(tmp_path):
    pages = [set_lines(samples.REPORT.split("\n"), 38), [("2", 290, 40, 10)], [], [("4", 290, 40, 10)]]
    drawings = {1: "q 500 0 0 700 40 60 cm /Im Do Q", 2: "q 500 0 0 700 40 60 cm /Im Do Q"}
    path = tmp_path / "report.pdf"
    path.write_bytes(samples.placed_pdf(pages, drawings=drawings))
    report = ingest(path, "report")
    named = [w.message for w in report.warnings if w.code == "page-without-text"]
    # The fourth page is blank but for its number.
    assert named == ["Page 2 of 4 has no text: it is a picture.", "Page 3 of 4 has no text: it is a picture."]
    assert report.confidence != "high"
