"""What is wrong with a lexicon: entries that would make the tokens worse.

Run in the tests on the lexicon of the project, and by a user on their own terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from emphasis.segment.engines import Engine
from emphasis.segment.lexicon import TERM_KINDS, Term
from emphasis.segment.term_evidence import NUMBERED_NAMES, POLICY_VERBS, VERBS_IN_NAMES

_FUNCTION_POS = frozenset("cdmpqruy")

_SLOGANS_THAT_DO = ("slogan", "programme", "event")


class Finding(NamedTuple):
    """One entry and what is wrong with it."""

    term: str
    code: str
    message: str


def lint(terms: Iterable[Term], engine: Engine) -> list[Finding]:
    """Everything wrong with the terms, sorted.

    Parameters
    ----------
    terms : iterable of Term
    engine : Engine
        A fresh one: the dictionary decides what an ordinary word is.
    """
    rows = list(terms)
    return sorted({*_entries(rows), *_duplicates(rows), *_ordinary(rows, engine), *_actions(rows, engine)})


def _entries(terms: list[Term]) -> Iterator[Finding]:
    for term in terms:
        if len(term.term) < 2:
            yield Finding(term.term, "one-character", "a single character is no term")
        if term.kind not in TERM_KINDS:
            yield Finding(term.term, "unknown-kind", f"{term.kind!r} is none of {', '.join(TERM_KINDS)}")
        if not term.source:
            yield Finding(term.term, "no-source", "say how the term is known")
        if term.first_year and term.source.startswith("national-") and f"-{term.first_year}" not in term.source:
            yield Finding(term.term, "year", f"first_year {term.first_year} contradicts source {term.source}")


def _duplicates(terms: list[Term]) -> Iterator[Finding]:
    seen: set[str] = set()
    for term in terms:
        if term.term in seen:
            yield Finding(term.term, "duplicate", "stands in the lexicon twice")
        seen.add(term.term)
    aliases: dict[str, str] = {}
    for term in terms:
        for alias in term.aliases:
            if aliases.setdefault(alias, term.term) != term.term:
                yield Finding(term.term, "alias", f"{alias} is also an alias of {aliases[alias]}")


def _actions(terms: list[Term], engine: Engine) -> Iterator[Finding]:
    """Verb and object: 推动经济, 加快建设. Formulas of two and three characters (稳增长) are slogans and stay."""
    for term in terms:
        if term.kind in _SLOGANS_THAT_DO or not 4 <= len(term.term) <= 8 or engine.tag(term.term):
            continue
        words = engine.cut(term.term)
        if len(words) == 2 and words[0] in POLICY_VERBS - VERBS_IN_NAMES and len(words[1]) > 1:
            yield Finding(term.term, "action", f"{words[0]} + {words[1]}: what is done, not a term")


def _ordinary(terms: list[Term], engine: Engine) -> Iterator[Finding]:
    """Function words and numerals: they would be counted as terms wherever they stand."""
    for term in terms:
        tag = engine.tag(term.term)
        if tag in _FUNCTION_POS and term.term not in NUMBERED_NAMES:
            yield Finding(term.term, "ordinary", f"the dictionary knows it as a function word ({tag})")


def cut_words(terms: Iterable[Term], engine: Engine, learned: Engine, words: Iterable[str]) -> Iterator[Finding]:
    """Dictionary words that the terms cut: entries that overlap ordinary words wrongly.

    Parameters
    ----------
    terms : iterable of Term
    engine : Engine
        Fresh.
    learned : Engine
        The same engine, focused on the terms.
    words : iterable of str
        Words of the dictionary to try.
    """
    texts = {term.term for term in terms}
    for word in words:
        before, after = engine.cut(word), learned.cut(word)
        guilty = [part for part in after if part in texts]
        if before == [word] and after != before and guilty:
            yield Finding(guilty[0], "cuts", f"cuts {word} into {'/'.join(after)}")
