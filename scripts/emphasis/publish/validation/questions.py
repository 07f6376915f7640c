"""What coders are asked of a sentence: whether it is about a theme, or which policy area it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from emphasis.areas.scheme import Scheme
from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme
from emphasis.store.written import written_rows

YES, NO = "1", "0"
"""Codes of a sentence that is, or is not, about a theme."""
AREA = "area"
"""The name of the one question about policy areas."""
ALL = "all"

_DEFINITIONS = ("theme", "definition_zh", "definition_en")


@dataclass(frozen=True)
class Question:
    """One column of codes.

    Attributes
    ----------
    name : str
        The theme's name, or ``area``.
    zh, en : str
        What heads the column.
    options : tuple of (str, str)
        Codes and what a coder chooses from, which begins with the code: ``7 生态环境 environment``.
    asked_zh, asked_en : str
        What counts, for the sheet of instructions.
    """

    name: str
    zh: str
    en: str
    options: tuple[tuple[str, str], ...]
    asked_zh: str = ""
    asked_en: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are allowed."""
        return tuple(code for code, _ in self.options)

    @property
    def measured(self) -> tuple[str, ...]:
        """The codes whose precision and recall are asked for: of a theme only yes."""
        return (YES,) if self.codes == (YES, NO) else self.codes

    @property
    def header(self) -> str:
        """The head of the column."""
        return f"{self.zh} {self.en}"


def theme_questions(themes: Sequence[Theme], which: str | Sequence[str], definitions: Path | None) -> list[Question]:
    """A question for each theme that was asked for, in the order of the names.

    Parameters
    ----------
    themes : sequence of Theme
        All that there are.
    which : str or sequence of str
        ``all``, or names.
    definitions : Path, optional
        Table with tabs: theme, definition_zh, definition_en. A theme without a line there is asked for by its label alone.

    Raises
    ------
    EmphasisError
        If a name is that of no theme.
    """
    chosen = _chosen(which, [theme.name for theme in themes], "theme")
    said = {row["theme"]: row for _, row in written_rows(definitions, _DEFINITIONS)} if definitions else {}
    options = ((YES, f"{YES} 是 yes"), (NO, f"{NO} 否 no"))
    found = []
    for theme in themes:
        if theme.name in chosen:
            row = said.get(theme.name, {})
            asked = row.get("definition_zh", theme.label), row.get("definition_en", theme.label_en)
            found.append(Question(theme.name, theme.label, theme.label_en, options, *asked))
    return found


def area_question(scheme: Scheme) -> Question:
    """The question which policy area a sentence belongs to."""
    options = tuple((code, f"{code} {scheme.names_zh[code]} {scheme.names_en[code]}") for code in scheme.areas)
    return Question(AREA, "政策领域", "policy area", options)


def chosen_areas(which: str | Sequence[str], scheme: Scheme) -> tuple[str, ...]:
    """The areas that are drawn from on purpose.

    Raises
    ------
    EmphasisError
        If one is no area of the scheme.
    """
    return tuple(_chosen(which, scheme.areas, "area"))


def _chosen(which: str | Sequence[str], known: Sequence[str], kind: str) -> list[str]:
    # On the command line one name may come without brackets, and a bare number is a number.
    names = [str(which)] if isinstance(which, str | int) else [str(name) for name in which]
    if names == [ALL]:
        return list(known)
    for name in names:
        if name not in known:
            raise EmphasisError(
                f"configuration: validate.which: there is no {kind} {name}; allowed: all, or some of {', '.join(known)}"
            )
    return [name for name in known if name in names]
