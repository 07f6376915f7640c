"""Checks of a lexicon for terms that would make the tokens worse.

The tests run it on the project's lexicon; users can run it on their own terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from emphasis.segment.cue_words import CueWords
from emphasis.segment.engines import Engine
from emphasis.segment.lexicon import TERM_KINDS, Term

_FUNCTION_POS = frozenset("cdmpqruy")

_MAY_BE_ACTIONS = ("slogan", "programme", "event")
"""Kinds of terms that may consist of a verb and its object."""


class LintFinding(NamedTuple):
    """A term and what is wrong with it."""

    term: str
    code: str
    message: str


def lint(terms: Iterable[Term], engine: Engine, cue_words: CueWords) -> list[LintFinding]:
    """Everything that is wrong with the terms, sorted; `engine` is a fresh one, which knows the dictionary only."""
    rows, known = list(terms), (engine, cue_words)
    return sorted({*_malformed(rows), *_duplicates(rows), *_ordinary(rows, *known), *_actions(rows, *known)})


def _malformed(terms: list[Term]) -> Iterator[LintFinding]:
    for term in terms:
        if len(term.term) < 2:
            yield LintFinding(term.term, "one-character", "a single character is no term")
        if term.kind not in TERM_KINDS:
            yield LintFinding(term.term, "unknown-kind", f"{term.kind!r} is none of {', '.join(TERM_KINDS)}")
        if not term.source:
            yield LintFinding(term.term, "no-source", "say how the term is known")
        if term.first_year and term.source.startswith("national-") and f"-{term.first_year}" not in term.source:
            yield LintFinding(term.term, "year", f"first_year {term.first_year} contradicts source {term.source}")


def _duplicates(terms: list[Term]) -> Iterator[LintFinding]:
    for text, n in Counter(term.term for term in terms).items():
        if n > 1:
            yield LintFinding(text, "duplicate", "is in the lexicon twice")
    aliases: dict[str, str] = {}
    for term in terms:
        for alias in term.aliases:
            if aliases.setdefault(alias, term.term) != term.term:
                yield LintFinding(term.term, "alias", f"{alias} is also an alias of {aliases[alias]}")


def _actions(terms: list[Term], engine: Engine, cue_words: CueWords) -> Iterator[LintFinding]:
    """A verb and its object (推动经济, 加快建设). Formulas of two and three characters (稳增长) are slogans and allowed."""
    verbs = cue_words.policy_verbs - cue_words.verbs_in_names
    for term in terms:
        if term.kind in _MAY_BE_ACTIONS or not 4 <= len(term.term) <= 8 or engine.tag(term.term):
            continue
        words = engine.cut(term.term)
        if len(words) == 2 and words[0] in verbs and len(words[1]) > 1:
            yield LintFinding(term.term, "action", f"{words[0]} + {words[1]}: what is done, not a term")


def _ordinary(terms: list[Term], engine: Engine, cue_words: CueWords) -> Iterator[LintFinding]:
    """Function words and numerals, which would be counted as terms wherever they occur."""
    for term in terms:
        tag = engine.tag(term.term)
        if tag in _FUNCTION_POS and term.term not in cue_words.names_like_numerals:
            yield LintFinding(term.term, "ordinary", f"the dictionary knows it as a function word ({tag})")


def find_split_words(
    terms: Iterable[Term], engine: Engine, trained: Engine, words: Iterable[str]
) -> Iterator[LintFinding]:
    """Terms because of which one of the `words` of the dictionary is split.

    `engine` is fresh, `trained` another of the same name, which knows the terms.
    """
    texts = {term.term for term in terms}
    for word in words:
        before, after = engine.cut(word), trained.cut(word)
        guilty = [part for part in after if part in texts]
        if before == [word] and after != before and guilty:
            yield LintFinding(guilty[0], "cuts", f"cuts {word} into {'/'.join(after)}")
