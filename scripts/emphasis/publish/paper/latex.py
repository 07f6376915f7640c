r"""Tables as LaTeX: booktabs, tabularx, any text escaped.

Needs ``\usepackage{booktabs,xltabular,caption}`` and a font with Chinese characters (ctex).
"""

from __future__ import annotations

import re

from emphasis.publish.paper.table import Language, Table, cell_text

# After a line break LaTeX reads [ as an option and * as a form of the command; braces make them text.
_SPECIAL = {sign: rf"\{sign}" for sign in "{}%_&#$"} | {sign: f"{{{sign}}}" for sign in "[]*"}
_SPECIAL |= {"≥": r"$\geq$", "≤": r"$\leq$", "≈": r"$\approx$", "→": r"$\rightarrow$", "–": "--"}
_NAMES = {"\\": "backslash", "~": "asciitilde", "^": "asciicircum", "<": "less", ">": "greater"}
_NAMES |= {"|": "bar", '"': "quotedbl", "`": "asciigrave"}
_SPECIAL |= {sign: rf"\text{name}{{}}" for sign, name in _NAMES.items()}
# Hyphens, apostrophes and commas in a row would be joined to dashes and quotation marks.
_ESCAPED = re.compile("|".join(map(re.escape, _SPECIAL)) + r"|([-',])\1+|[\x00-\x1f\x7f-\x9f]+")
PAGE_ROWS = 30
"""Longer tables run over pages."""

_NEGATIVE = re.compile(r"-[\d.]+")


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
    """A table float with caption, label, rules and notes; a long table that runs over pages instead if it has many rows."""
    wide = any(column.kind == "long" for column in table.columns)
    kinds = {"text": "l", "long": r">{\raggedright\arraybackslash}X", "number": "r"}
    layout = "".join(kinds[column.kind] for column in table.columns)
    caption = rf"\caption{{{escape(table.title.in_language(language))}}}\label{{tab:{table.label}}}"
    head = _row([_head(column.head.in_language(language), column.kind) for column in table.columns])
    body = [
        _row([_cell(cell_text(cell, language), column.kind) for cell, column in zip(row, table.columns, strict=True)])
        for row in table.rows
    ]
    notes = escape(table.note_text(language))
    note = rf"\parbox{{\linewidth}}{{\footnotesize {notes}}}"
    if wide and len(body) > PAGE_ROWS:
        lines = [r"{\small", rf"\begin{{xltabular}}{{\linewidth}}{{{layout}}}", rf"  {caption} \\"]
        lines += [r"  \toprule", f"  {head}", r"  \midrule", r"  \endhead", r"  \bottomrule", r"  \endfoot"]
        lines += [f"  {row}" for row in body]
        return "\n".join([*lines, r"\end{xltabular}", *([rf"\noindent{note}"] if notes else []), "}", ""])
    kind, width = ("tabularx", r"{\linewidth}") if wide else ("tabular", "")
    lines = [r"\begin{table}[htbp]", r"  \centering\small", f"  {caption}"]
    lines += [rf"  \begin{{{kind}}}{width}{{{layout}}}", r"    \toprule", f"    {head}", r"    \midrule"]
    lines += [f"    {row}" for row in body]
    lines += [r"    \bottomrule", rf"  \end{{{kind}}}"]
    lines += ["", r"  \smallskip", f"  {note}"] if notes else []
    return "\n".join([*lines, r"\end{table}", ""])


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(text: str, kind: str) -> str:
    if kind == "number" and _NEGATIVE.fullmatch(text):
        return f"$-${text[1:]}"
    return escape(text)


def _head(text: str, kind: str) -> str:
    if kind == "long":
        return escape(text)
    # Heads of number columns are longer than the numbers: they are broken before a bracket.
    broken = re.sub(r"\s(?=\()|(?=（)", "\n", text)
    lines = [escape(line) for line in broken.split("\n")]
    if len(lines) == 1:
        return lines[0]
    stacked = r" \\ ".join(lines)
    return rf"\shortstack[{'r' if kind == 'number' else 'l'}]{{{stacked}}}"
