"""The publications that docstrings name under References, so that each is written down once."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"^[^\W\d_].*?\((?P<year>(?:18|19|20)\d\d)\)\. ")
_UNCHECKED = re.compile(r"not checked|from memory", re.IGNORECASE)
# A full stop ends the title unless it stands behind an initial or a short abbreviation (B., Th.).
_TITLE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])\. ")
_JOURNAL = re.compile(
    r"^(?P<journal>[^\d]+?) (?:(?P<series>[A-Z]) )?(?P<volume>\d+)\((?P<number>[\d/]+)\), (?P<pages>\d+-\d+)\.$"
)
_AUTHOR = re.compile(r"([^,&]+), ((?:[A-Z]\S*\.(?:[ -](?=[A-Z]))?)+)")


@dataclass(frozen=True)
class Source:
    """A publication.

    Attributes
    ----------
    text : str
        As the docstring has it.
    authors : tuple of str
        Each as ``Family, I.``.
    year, title, rest : str
        `rest` is where it appeared.
    checked : bool
        Whether it was compared with the publication.
    """

    text: str
    authors: tuple[str, ...]
    year: str
    title: str
    rest: str
    checked: bool

    @property
    def key(self) -> str:
        """A key for BibTeX: first family name and year, in ASCII."""
        family = self.authors[0].split(",")[0] if self.authors else "anonymous"
        plain = {"ä": "ae", "ö": "oe", "ü": "ue", "í": "i", "é": "e"}
        return "".join(c for c in (plain.get(c, c) for c in family.lower()) if c.isascii() and c.isalnum()) + self.year

    def bibtex(self) -> str:
        """The publication as a BibTeX entry."""
        journal = _JOURNAL.match(self.rest)
        fields = {"author": " and ".join(self.authors), "title": f"{{{self.title}}}", "year": self.year}
        if journal:
            name = journal["journal"] + (f" {journal['series']}" if journal["series"] else "")
            fields |= {"journal": name, "volume": journal["volume"], "number": journal["number"].replace("/", "--")}
            fields["pages"] = journal["pages"].replace("-", "--")
        else:
            fields["howpublished"] = self.rest.rstrip(".")
        if not self.checked:
            fields["annote"] = "given from memory; not checked against the publication"
        return bibtex("article" if journal else "misc", self.key, fields)


def bibtex(kind: str, key: str, fields: dict[str, str]) -> str:
    """A BibTeX entry; fields without a value are left out."""
    lines = [f"  {name} = {{{_protected(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _protected(text: str) -> str:
    """A value with its special characters escaped; one that is a group as a whole stays one."""
    grouped = text.startswith("{") and text.endswith("}")
    inner = text[1:-1] if grouped else text
    # Braces have to match throughout the file; none is worth keeping.
    safe = inner.replace("\\", " ").translate(dict.fromkeys(map(ord, "{}")))
    safe = re.sub(r"([%&#_$])", r"\\\1", safe).replace("~", r"\textasciitilde{}").replace("^", r"\textasciicircum{}")
    safe = " ".join(safe.split())
    return f"{{{safe}}}" if grouped else safe


def sources(files: Iterable[Path | str]) -> list[Source]:
    """The publications that the functions of these files name, by key; one that is named twice once."""
    found: dict[str, Source] = {}
    for file in files:
        text = Path(file).read_text(encoding="utf-8")
        if "References\n" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                for source in _named(ast.get_docstring(node) or ""):
                    found.setdefault(source.text, source)
    # Of two publications with one key, the first by text keeps it; in this field that has not happened.
    return list({s.key: s for s in sorted(found.values(), key=lambda s: s.text, reverse=True)}.values())[::-1]


def _named(docstring: str) -> Iterable[Source]:
    section = re.search(r"^References\n-+\n(.*?)(?=^\w[^\n]*\n-{3,}\n|\Z)", inspect.cleandoc(docstring), re.M | re.S)
    if not section:
        return
    checked = not _UNCHECKED.search(section[1])
    entries: list[str] = []
    for line in section[1].splitlines():
        if not line.strip():
            entries.append("")
        elif _ENTRY.match(line) or not entries or not entries[-1]:
            entries.append(line.strip())
        else:
            entries[-1] += f" {line.strip()}"
    for entry in entries:
        if head := _ENTRY.match(entry):
            said = entry[head.end() :]
            end = _TITLE_END.search(said)
            title, rest = (said[: end.start()], said[end.end() :]) if end else (said.rstrip("."), "")
            names = entry[: head.start("year") - 1].strip()
            authors = tuple(f"{family.strip()}, {initials.strip()}" for family, initials in _AUTHOR.findall(names))
            yield Source(entry, authors or (names,), head["year"], title, rest, checked)
