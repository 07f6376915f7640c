"""LaTeX that parses and says what the table says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker

from emphasis.publish.paper.latex import escape, latex_table
from emphasis.publish.paper.table import LANGUAGES, Bilingual, PaperColumn, Table, cell_text
from support.hostile import TEXTS, hostile_table


def parsed(text):
    """The nodes of LaTeX that is well formed; pylatexenc raises an error otherwise."""
    nodes, _, length = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    assert length == len(text)
    return nodes


# Of LaTeX's own commands for signs, those that pylatexenc does not know or prints as a sign that is only like it.
SIGNS = {"textless": "<", "textgreater": ">", "textbar": "|", "textasciigrave": "`", "textasciicircum": "^"}
SIGNS |= {"textquotedbl": '"', "textasciitilde": "~"}
KNOWN = get_default_latex_context_db()
KNOWN.add_context_category("signs", prepend=True, macros=[MacroTextSpec(name, sign) for name, sign in SIGNS.items()])


def printed(text):
    return LatexNodes2Text(latex_context=KNOWN).latex_to_text(text)


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_printed_as_it_stands(text):
    parsed(escape(text))
    assert printed(escape(text)).split() == text.split()


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_any_ascii_text_is_printed_as_it_stands(text):
    assert "".join(printed(escape(text)).split()) == "".join(text.split())


def test_no_special_character_is_left():
    left = re.sub(
        r"\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textquotedbl|textasciigrave)\{\}"
        r"|\\[%_&#${}]|\{[\[\]*',-]\}",
        "",
        escape("\\{}%_&#$~^<>|\"`[]*--'',,"),
    )
    assert left == "", left
    assert escape("a\x00b\tc\nd") == "a b c d"


def cells(source):
    """The cells of the body of a table: rows end in two backslashes, cells in an ampersand that is not escaped."""
    # A long table has its head twice.
    body = source.split(r"\midrule")[-1].split(r"\bottomrule" if r"\endfoot" not in source else "\x00")[0]
    body = body.replace(r"\endhead", "")
    body = re.sub(r"\\(bottomrule|endfoot)|\\end\{(?:xltabular|longtable)\}.*", "", body, flags=re.DOTALL)
    rows = [row for row in body.split(r" \\" + "\n") if row.strip()]
    return [[printed(cell).strip() for cell in re.split(r"(?<!\\)&", row)] for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_parse_and_hold_the_cells(tables, language):
    for table in [*tables.values(), hostile_table()]:
        source = latex_table(table, language)
        parsed(source)
        for row, found in zip(table.rows, cells(source), strict=True):
            expected = [" ".join(cell_text(cell, language).split()) for cell in row]
            assert [" ".join(cell.replace("−", "-").split()) for cell in found] == expected, table.name


def test_every_row_has_as_many_cells_as_the_head(tables):
    for table in tables.values():
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_long_table_runs_over_pages_and_a_short_one_floats():
    def made(n):
        return latex_table(
            Table("t", "", Bilingual("t", "t"), (PaperColumn(Bilingual("a", "a"), "long"),), (("x",),) * n), "en"
        )

    assert r"\begin{table}" in made(36) and "longtable" not in made(36)
    assert r"\begin{longtable}" in made(37) and r"\begin{table}" not in made(37)
    # One definition of the label: the head of later pages has no caption.
    first, later = made(37).split(r"\endfirsthead")
    assert r"\label" in first and r"\label" not in later and r"\caption" not in later


def test_labels_and_file_names_are_safe_and_told_apart():
    assert hostile_table().label == "a+5fb+25c+20长春/hostile"
    plain = Table("themes", "changchun-2025", Bilingual("", ""), (), ())
    assert plain.label == "changchun-2025/themes"
