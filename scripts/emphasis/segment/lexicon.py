"""The lexicon: policy terms with their sources, ordinary words that the dictionary lacks, stop words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from emphasis.errors import EmphasisError
from emphasis.store.written import split_cells, written_lines
from emphasis.text import fold, squeeze, visible

TERM_KINDS = ("policy", "slogan", "programme", "organisation", "place", "sector", "indicator", "event")
LEXICON_COLUMNS = ("term", "kind", "source", "first_year", "aliases", "pos")
WORD_COLUMNS = ("word", "pos", "weight", "reason")

USER = "user"
"""The source of a term that a user added without saying where it is from."""

_NO_TABS = re.compile(rf"[,;，；]|\s{{2,}}|\s(?=(?:kind|{'|'.join(TERM_KINDS)})\b)")
_BETWEEN_WORDS = re.compile(r'[\s,;，；、"“”]+')
_IN_WORDS = {",": "commas", "，": "commas", ";": "semicolons", "；": "semicolons"}
"""What people write between columns instead of tabs, and what it is called; else it is spaces."""

_DEFAULT_POS = {"place": "ns", "organisation": "nt", "slogan": "l"}


@dataclass(frozen=True)
class Term:
    """A string that is counted as one unit."""

    term: str  # half-width and without spaces, as `normalise` makes it
    kind: str  # one of TERM_KINDS; "report" for a term taken from the report itself
    source: str  # national-2024, GB/T 2260, unattested; for a term of the report its evidence: quote, repeat+list
    first_year: int | None = None  # of the earliest national report that has it, of those this lexicon was made from
    aliases: tuple[str, ...] = ()  # other names of the same thing, counted separately unless `merge_aliases` is set
    pos: str = "n"


class OrdinaryWord(NamedTuple):
    """An ordinary word that the engines' dictionary lacks or weights wrongly.

    `weight` is the frequency that the dictionary should give; 0 leaves it to the engine, -1 removes the word.
    """

    word: str
    pos: str
    weight: int


@dataclass(frozen=True)
class Lexicon:
    """Terms, of which no two have the same text."""

    terms: tuple[Term, ...]

    @cached_property
    def by_text(self) -> dict[str, Term]:
        """Each term under its own text and, where no term has it, under each alias."""
        found = {alias: term for term in reversed(self.terms) for alias in term.aliases}
        return found | {term.term: term for term in self.terms}

    @cached_property
    def canonical(self) -> dict[str, str]:
        """The term for each alias."""
        return {alias: term.term for term in reversed(self.terms) for alias in term.aliases}

    def __contains__(self, text: object) -> bool:
        return text in self.by_text


LEXICON_FILES = ("policy_terms", "unattested_terms", "user_terms")
"""The files of a lexicon, by name; the last is optional."""


def normalise(text: str) -> str:
    """The form in which terms and texts are compared: half-width, without white space.

    Examples
    --------
    >>> normalise("ＡＩ 大模型")
    'AI大模型'
    """
    return visible(fold(text))


def load_terms(path: Path, user: Path | None = None) -> Lexicon:
    """Read a file of terms and, if it exists, the user's own, whose terms replace those of the same text.

    The user's file has the same columns; all but `term` may be empty or left out.

    Raises
    ------
    EmphasisError
        With file and line: a missing term, an unknown kind, a malformed year, the wrong number of fields, a duplicate.
    """
    terms = {term.term: term for term in _read_terms(path, strict=True)}
    if user is not None and user.exists():
        terms |= {term.term: term for term in _read_terms(user, strict=False)}
    return Lexicon(tuple(terms.values()))


def load_lexicon(folder: Path) -> Lexicon:
    """Read the lexicon in a folder: policy_terms.tsv, unattested_terms.tsv and, if it exists, user_terms.tsv; see `read_lexicon`."""
    return read_lexicon(*(folder / f"{name}.tsv" for name in LEXICON_FILES))


def read_lexicon(attested: Path, unattested: Path, user: Path | None = None) -> Lexicon:
    """Read the files of a lexicon.

    Attested terms were found in a report or an official list; the others belong to the genre, but were found in none. If
    several files have a term, the user's takes precedence, then the attested one.
    """
    first, others = load_terms(attested, user), load_terms(unattested)
    return Lexicon((*first.terms, *(term for term in others.terms if term.term not in first.by_text)))


def lexicon_among(files: Callable[[str], Iterable[Path]]) -> Lexicon:
    """The lexicon among the inputs of a step. Its files need not be in one folder: a user's own take the place of single ones.

    Parameters
    ----------
    files : function
        The input files of a name, as `emphasis.run.step.Step.files` gives them.
    """
    return read_lexicon(*(file for name in LEXICON_FILES for file in files(name)))


def load_words(path: Path) -> tuple[OrdinaryWord, ...]:
    """Read the ordinary words: columns word, pos, weight, reason; EmphasisError with the line that cannot be read."""
    words = []
    for number, fields in _rows(path, WORD_COLUMNS, strict=True):
        weight = fields["weight"] or "0"
        if not fields["word"] or not (weight.isdecimal() or weight == "-1"):
            raise EmphasisError(
                f"{path}, line {number}: a row is word, part of speech, weight (a whole number, or -1 to remove it) "
                f"and reason; found {fields['word']!r} with weight {weight!r}"
            )
        words.append(OrdinaryWord(normalise(fields["word"]), fields["pos"] or "n", int(weight)))
    return tuple(words)


def _read_terms(path: Path, *, strict: bool) -> list[Term]:
    terms: dict[str, Term] = {}
    for number, fields in _rows(path, LEXICON_COLUMNS, strict=strict):
        where = f"{path}, line {number}"
        text = normalise(fields["term"])
        kind = fields["kind"] or ("policy" if not strict else "")
        year = fields["first_year"]
        if len(text) < 2:
            raise EmphasisError(f"{where}: a term has at least two characters, found {fields['term']!r}")
        if kind not in TERM_KINDS:
            raise EmphasisError(f"{where}: {kind!r} is not a kind; use one of {', '.join(TERM_KINDS)}")
        if year and not (year.isdecimal() and len(year) == 4):
            raise EmphasisError(f"{where}: first_year {year!r} is not a year; write four digits or nothing")
        if strict and not fields["source"]:
            raise EmphasisError(f"{where}: {text} has no source; say how the term is known")
        if text in terms:
            raise EmphasisError(f"{where}: {text} is in this file already; delete one of the two lines")
        aliases = tuple(normalise(alias) for alias in fields["aliases"].split("|") if alias.strip())
        pos = fields["pos"] or _DEFAULT_POS.get(kind, "n")
        terms[text] = Term(text, kind, fields["source"] or USER, int(year) if year else None, aliases, pos)
    return list(terms.values())


def _rows(path: Path, columns: Sequence[str], *, strict: bool) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows of a tab-separated file, with line numbers; comments, empty lines and the header are left out."""
    for number, line in written_lines(path):
        if "\t" not in line and (between := _NO_TABS.search(line.strip())):
            raise EmphasisError(
                f"{path}, line {number}: has {_IN_WORDS.get(between[0], 'spaces')} and no tabs; the columns are separated by tabs: "
                f"save the table as text with tabs between its columns ({', '.join(columns)})"
            )
        fields = split_cells(line, f"{path}, line {number}")
        if fields[0] == columns[0]:
            if fields != list(columns[: len(fields)]):
                raise EmphasisError(f"{path}, line {number}: the columns are {', '.join(columns)}, in this order")
            continue
        if strict:
            # Of empty ones at the end, those that the line has.
            fields += [""] * (min(line.count("\t") + 1, len(columns)) - len(fields))
        if len(fields) > len(columns) or (strict and len(fields) < len(columns)):
            wanted = f"{len(columns)} separated by tabs: {', '.join(columns)}"
            raise EmphasisError(f"{path}, line {number}: {len(fields)} fields, expected {wanted}")
        yield number, dict.fromkeys(columns, "") | dict(zip(columns, fields, strict=False))


def load_stopwords(path: Path | str) -> frozenset[str]:
    """Read a stop list: words separated by white space or commas, # begins a comment; EmphasisError if it cannot be read.

    Quotation marks around a word, as R writes them, are no part of it.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "keywords.stopwords names a text file in UTF-8"
        raise EmphasisError(f"{path}: cannot be read ({error}); {remedy}") from error
    listed = "\n".join(line.partition("#")[0] for line in text.split("\n"))
    return frozenset(squeeze(fold(word))[0] for word in _BETWEEN_WORDS.split(listed)) - {""}
