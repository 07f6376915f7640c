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
from docx.shared import Mm, Pt, Twips

from emphasis.publish.paper.fit import fit
from emphasis.publish.paper.kit_words import WORDS
from emphasis.publish.paper.table import Language, PaperColumn, Table, cell_text
from emphasis.publish.paper.workbook import repack_zip
from emphasis.store.atomic import write_atomically

_PAGE = (Mm(210), Mm(297), Mm(25))
"""Width, height and margins of A4."""
_TWIPS = 180
"""Of an em of the type that cells are set in."""
_PADDING = 2.0
"""Left and right of the text of a cell, in em, and what heads in bold type need beyond their estimated width."""
_KEPT_ROWS = 30
"""Rows that are kept on one page."""
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
    section = document.sections[0]
    section.page_width, section.page_height, margin = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    width = (section.page_width - 2 * margin) // Twips(1)
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
        body.insert(-1, parse_xml(_table_xml(table, language, width)))
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
def _table_xml(table: Table, language: Language, width: int) -> str:
    found = fit(table, language, width / _TWIPS, _PADDING)
    wanted = [_TWIPS * (column + _PADDING) for column in found.widths]
    shrunk = min(1.0, width / sum(wanted))
    widths = [int(shrunk * column) for column in wanted]
    rows: list[list[tuple[str, ...]]] = [list(found.heads)]
    for row in table.rows:
        rows.append([(cell_text(cell, language),) for cell in row])
    lines = [
        _row_xml(
            cells,
            table.columns,
            widths,
            first=number == 0,
            last=number == len(rows) - 1,
            kept=len(rows) <= _KEPT_ROWS and number < len(rows) - 1,
        )
        for number, cells in enumerate(rows)
    ]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )


def _row_xml(
    cells: Sequence[Sequence[str]],
    columns: Sequence[PaperColumn],
    widths: Sequence[int],
    *,
    first: bool,
    last: bool,
    kept: bool,
) -> str:
    """A row; of each cell its lines. A row that is kept stands on a page with the next."""
    properties = "<w:trPr><w:cantSplit/>{}</w:trPr>".format("<w:tblHeader/>" if first else "")
    borders = '<w:top w:val="single" w:sz="12"/><w:bottom w:val="single" w:sz="6"/>' if first else ""
    borders += '<w:bottom w:val="single" w:sz="12"/>' if last else ""
    return "<w:tr>{}{}</w:tr>".format(
        properties,
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{borders}</w:tcBorders>'
            f'<w:vAlign w:val="{"bottom" if first else "top"}"/></w:tcPr><w:p><w:pPr>{"<w:keepNext/>" if kept else ""}<w:spacing w:after="0"/>'
            f'<w:jc w:val="{"right" if column.kind == "number" else "left"}"/></w:pPr><w:r><w:rPr>'
            f'{"<w:b/>" if first else ""}<w:sz w:val="18"/></w:rPr>{"<w:br/>".join(map(_text_xml, lines))}</w:r></w:p></w:tc>'
            for lines, column, width in zip(cells, columns, widths, strict=True)
        ),
    )


def _text_xml(line: str) -> str:
    return f'<w:t xml:space="preserve">{escape(_replace_forbidden(line))}</w:t>'
