"""Text that means something to LaTeX, to spreadsheets or to XML."""

from emphasis.publish.paper.table import Bilingual, PaperColumn, Table

TEXTS = (
    r"50% of A&B_{x} #1 $y$ ~z ^w \input{/etc/passwd} <b> |",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "http://example.org/x",
    "[optional] behind a line break",
    "* starred",
    "--- dashes -- and - ``quotes'' \"",
    "]]> & <w:t>",
    "中文，全角“引号”与%号",
    "internal:A1",
    "%s %d {0}",
)


def hostile_table() -> Table:
    """A table that has them in every place."""
    columns = (
        PaperColumn(Bilingual("Text & more", "文本_1")),
        PaperColumn(Bilingual("Long {x}", "长文本"), "long"),
        PaperColumn(Bilingual("n", "n"), "number"),
    )
    rows = tuple((text, text, text) for text in TEXTS)
    return Table(
        "hostile", "a_b%c 长春", Bilingual(TEXTS[0], TEXTS[0]), columns, rows, (Bilingual(TEXTS[0], TEXTS[0]),)
    )
