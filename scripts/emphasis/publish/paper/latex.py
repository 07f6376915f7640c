r"""Tables as LaTeX: booktabs, tabularx, any text escaped.

Needs ``\usepackage{booktabs,xltabular,caption}`` and a font with Chinese characters (ctex).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from emphasis.publish.paper.fit import Fit, fit
from emphasis.publish.paper.table import Language, PaperColumn, Table, cell_text

# After a line break LaTeX reads [ as an option and * as a form of the command; braces make them text.
_SPECIAL = {sign: rf"\{sign}" for sign in "{}%_&#$"} | {sign: f"{{{sign}}}" for sign in "[]*"}
_SPECIAL |= {"≥": r"$\geq$", "≤": r"$\leq$", "≈": r"$\approx$", "→": r"$\rightarrow$", "–": "--"}
_NAMES = {"\\": "backslash", "~": "asciitilde", "^": "asciicircum", "<": "less", ">": "greater"}
_NAMES |= {"|": "bar", '"': "quotedbl", "`": "asciigrave"}
_SPECIAL |= {sign: rf"\text{name}{{}}" for sign, name in _NAMES.items()}
# Hyphens, apostrophes and commas in a row would be joined to dashes and quotation marks.
_ESCAPED = re.compile("|".join(map(re.escape, _SPECIAL)) + r"|([-',])\1+|[\x00-\x1f\x7f-\x9f]+")
PAGE_LINES = 36
"""Longer tables run over pages."""

_SMALL = (r"\small", 36, 1.2)
_SMALLER = (r"\footnotesize\setlength{\tabcolsep}{4pt}", 40, 1.0)
_SMALLEST = (r"\scriptsize\setlength{\tabcolsep}{3pt}", 46, 0.9)
_SETTINGS = (
    (*_SMALL, False),
    (*_SMALLER, False),
    (*_SMALL, True),
    (*_SMALLER, True),
    (*_SMALLEST, False),
    (*_SMALLEST, True),
)
"""Sizes of type, with the em in the width of a page of A4 and between columns, and whether short text may be broken; the first in
which a table fits is taken."""

_MINUS = re.compile(r"(?<![\w.-])-(?=[\d.])")


def escape(text: str) -> str:
    r"""Text that LaTeX prints as it is; control characters become a space.

    Examples
    --------
    >>> print(escape("50% of A&B_{x}"))
    50\% of A\&B\_\{x\}
    """

    def escaped(match: re.Match[str]) -> str:
        found = match[0]
        if found in _SPECIAL:
            return _SPECIAL[found]
        return "".join(f"{{{sign}}}" for sign in found) if match[1] else " "

    return _ESCAPED.sub(escaped, text)


def latex_table(table: Table, language: Language) -> str:
    """A table float with caption, label, rules and notes; a long table that runs over pages instead if it has many lines."""
    size, found = _fitted(table, language)
    layout = "".join(_layout(table.columns, found))
    caption = rf"\caption{{{escape(table.title.in_language(language))}}}\label{{tab:{table.label}}}"
    head = _row([_head(lines, column.kind) for lines, column in zip(found.heads, table.columns, strict=True)])
    body = [
        _row([_cell(cell_text(cell, language), column.kind) for cell, column in zip(row, table.columns, strict=True)])
        for row in table.rows
    ]
    notes = escape(table.note_text(language))
    note = rf"\parbox{{\linewidth}}{{\footnotesize {notes}}}"
    wide = any(found.broken)
    if found.lines > PAGE_LINES:
        kind, begin = ("xltabular", r"{\linewidth}") if wide else ("longtable", "")
        lines = [rf"{{{size}", rf"\begin{{{kind}}}{begin}{{{layout}}}", rf"  {caption} \\"]
        # A label in the head of every page would be defined anew on each.
        lines += [r"  \toprule", f"  {head}", r"  \midrule", r"  \endfirsthead"]
        lines += [r"  \toprule", f"  {head}", r"  \midrule", r"  \endhead", r"  \bottomrule", r"  \endfoot"]
        lines += [f"  {row}" for row in body]
        return "\n".join([*lines, rf"\end{{{kind}}}", *([rf"\noindent{note}"] if notes else []), "}", ""])
    kind, begin = ("tabularx", r"{\linewidth}") if wide else ("tabular", "")
    lines = [r"\begin{table}[!htbp]", rf"  \centering{size}", f"  {caption}"]
    lines += [rf"  \begin{{{kind}}}{begin}{{{layout}}}", r"    \toprule", f"    {head}", r"    \midrule"]
    lines += [f"    {row}" for row in body]
    lines += [r"    \bottomrule", rf"  \end{{{kind}}}"]
    lines += ["", r"  \smallskip", f"  {note}"] if notes else []
    return "\n".join([*lines, r"\end{table}", ""])


def _fitted(table: Table, language: Language) -> tuple[str, Fit]:
    """The largest type in which a table fits, and its layout; for one that never fits the smallest."""
    layouts = [(size, fit(table, language, width, gap, break_short=short)) for size, width, gap, short in _SETTINGS]
    return next(((size, found) for size, found in layouts if found.fits), layouts[-1])


def _layout(columns: Sequence[PaperColumn], found: Fit) -> list[str]:
    """The columns: broken ones share the width that the others leave, in the proportion of their widths."""
    broken = [width for width, is_broken in zip(found.widths, found.broken, strict=True) if is_broken]
    total = sum(broken)
    layout = []
    for column, width, is_broken in zip(columns, found.widths, found.broken, strict=True):
        if is_broken:
            share = rf"\hsize={len(broken) * width / total:.3f}\hsize" if len(broken) > 1 else ""
            layout.append(rf">{{{share}\raggedright\arraybackslash}}X")
        else:
            layout.append("r" if column.kind == "number" else "l")
    return layout


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(text: str, kind: str) -> str:
    return _MINUS.sub("$-$", escape(text)) if kind == "number" else escape(text)


def _head(lines: Sequence[str], kind: str) -> str:
    if len(lines) == 1:
        return escape(lines[0])
    stacked = r" \\ ".join(map(escape, lines))
    return rf"\shortstack[{'r' if kind == 'number' else 'l'}]{{{stacked}}}"
