"""The Word document, opened as a person's program would."""

from __future__ import annotations

import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn

from emphasis.publish.paper.fit import BREAK
from emphasis.publish.paper.table import LANGUAGES, Bilingual, PaperColumn, Table, cell_text
from emphasis.publish.paper.word import write_document
from support.hostile import hostile_table


def opened(tables, path, language="en"):
    write_document(tables, path, language, "Tables")
    return docx.Document(str(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_caption_and_note_is_there(tables, tmp_path, language):
    tables = [*tables.values(), hostile_table()]
    document = opened(tables, tmp_path / "tables.docx", language)
    assert len(document.tables) == len(tables)
    text = [paragraph.text for paragraph in document.paragraphs]
    for number, (table, found) in enumerate(zip(tables, document.tables, strict=True), 1):
        expected = [[cell_text(column.head, language) for column in table.columns]]
        expected += [[cell_text(cell, language) for cell in row] for row in table.rows]
        cells = [[c.text for c in row.cells] for row in found.rows]
        # Heads are broken into lines, between words or within Chinese.
        expected[0] = ["".join(head.replace(BREAK, "").split()) for head in expected[0]]
        cells[0] = ["".join(head.split()) for head in cells[0]]
        assert cells == expected, table.name
        start = "Table" if language == "en" else "表"
        assert f"{start} {number}  {table.title.in_language(language)}" in text
        assert (" " if language == "en" else "").join(note.in_language(language) for note in table.notes) in text


def test_tables_have_three_lines_a_repeated_head_and_numbers_to_the_right(tables, tmp_path):
    table = opened([tables["themes"]], tmp_path / "tables.docx").tables[0]
    head, *body = table.rows
    assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert not any(row._tr.findall(f".//{qn('w:tblHeader')}") for row in body)

    def borders(row):
        return {border.tag.rpartition("}")[2] for border in row._tr.iterfind(f".//{qn('w:tcBorders')}/*")}

    assert [borders(row) for row in table.rows] == [{"top", "bottom"}, *[set()] * (len(body) - 1), {"bottom"}]
    align = [cell.paragraphs[0].alignment.name for cell in body[0].cells]
    assert align == ["LEFT", *["RIGHT"] * 5]


def test_one_row_has_all_of_its_lines(tmp_path):
    table = Table("t", "", Bilingual("t", "t"), (PaperColumn(Bilingual("a", "a")),), ())
    assert len(opened([table], tmp_path / "tables.docx").tables[0].rows) == 1


def test_characters_that_xml_has_no_place_for_are_replaced(tmp_path):
    table = Table("t", "", Bilingual("t\x00", "t"), (PaperColumn(Bilingual("a", "a")),), (("x\x0by\ufffe",),))
    document = opened([table], tmp_path / "tables.docx")
    assert document.tables[0].cell(1, 0).text == "x\ufffdy\ufffd"


def test_no_date_but_fixed_ones(tables, tmp_path):
    one, other = tmp_path / "one.docx", tmp_path / "other.docx"
    for path in (one, other):
        write_document(tables.values(), path, "zh", "附表")
    assert one.read_bytes() == other.read_bytes()
    properties = docx.Document(str(one)).core_properties
    assert {properties.created.replace(tzinfo=None), properties.modified.replace(tzinfo=None)} == {datetime(2000, 1, 1)}
    assert properties.author == properties.last_modified_by == "policy-emphasis"
    with zipfile.ZipFile(one) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])
    assert {path.name for path in tmp_path.iterdir()} == {"one.docx", "other.docx"}


def test_columns_are_as_wide_as_their_cells_and_fit_the_page(tables, tmp_path):
    document = opened(tables.values(), tmp_path / "tables.docx", "zh")
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table, found in zip(tables.values(), document.tables, strict=True):
        widths = [cell.width for cell in found.rows[0].cells]
        assert sum(widths) <= room, table.name
        assert [column.width for column in found.columns] == widths
        # 9 points are 114,300 units: two characters and the padding.
        assert min(widths) >= 2 * 114_300
    frequency = next(t for t in document.tables if t.rows[0].cells[1].text == "关键词")
    keyword, n = (frequency.columns[i].width for i in (1, 2))
    assert keyword > n
