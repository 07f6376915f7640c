"""Tables as a Word document: three rules, caption above, notes below, and a fixed date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from emphasis.publish.paper.table import Language, PaperColumn, Table, cell_text
from emphasis.publish.paper.wording import WORDS
from emphasis.publish.paper.workbook import repack_zip
from emphasis.store.atomic import write_atomically

_FIXED = datetime(2000, 1, 1)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "SimSun"}


def write_document(tables: Iterable[Table], path: Path, language: Language, title: str) -> None:
    """Write tables into one document."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = "policy-emphasis"
    properties.title, properties.comments, properties.revision = title, "", 1
    properties.created = properties.modified = _FIXED
    style = document.styles["Normal"]
    style.font.size = Pt(10.5)
    _set_fonts(style)
    body = document.element.body
    document.add_paragraph(title).runs[0].bold = True
    for number, table in enumerate(tables, 1):
        caption = document.add_paragraph(
            _replace_forbidden(
                f"{WORDS['document.table'].in_language(language)} {number}  {table.title.in_language(language)}"
            )
        )
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(14)
        body.insert(-1, parse_xml(_table_xml(table, language)))
        notes = document.add_paragraph(_replace_forbidden(table.note_text(language)))
        for run in notes.runs:
            run.font.size = Pt(9)
    raw = path.with_name(f".{path.name}.raw")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        document.save(str(raw))
        write_atomically(path, lambda part: repack_zip(raw, part))
    finally:
        raw.unlink(missing_ok=True)


def _set_fonts(style: object) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script, font in _FONTS.items():
        fonts.set(qn(f"w:{script}"), font)


def _replace_forbidden(text: str) -> str:
    """Text with a replacement for each character that XML does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


# python-docx looks up each cell from the start, in time that grows with the square of the rows; the XML is simple enough.
def _table_xml(table: Table, language: Language) -> str:
    rows = [[cell_text(column.head, language) for column in table.columns]]
    rows += [[cell_text(cell, language) for cell in row] for row in table.rows]
    lines = [
        _row_xml(cells, table.columns, first=number == 0, last=number == len(rows) - 1)
        for number, cells in enumerate(rows)
    ]
    grid = "<w:gridCol/>" * len(table.columns)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row_xml(cells: Sequence[str], columns: Sequence[PaperColumn], *, first: bool, last: bool) -> str:
    properties = "<w:trPr><w:cantSplit/>{}</w:trPr>".format("<w:tblHeader/>" if first else "")
    borders = '<w:top w:val="single" w:sz="12"/><w:bottom w:val="single" w:sz="6"/>' if first else ""
    borders += '<w:bottom w:val="single" w:sz="12"/>' if last else ""
    return "<w:tr>{}{}</w:tr>".format(
        properties,
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/><w:tcBorders>{borders}</w:tcBorders></w:tcPr><w:p><w:pPr>'
            f'<w:spacing w:after="0"/><w:jc w:val="{"right" if column.kind == "number" else "left"}"/></w:pPr><w:r><w:rPr>'
            f'{"<w:b/>" if first else ""}<w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{escape(_replace_forbidden(cell))}</w:t>'
            "</w:r></w:p></w:tc>"
            for cell, column in zip(cells, columns, strict=True)
        ),
    )
