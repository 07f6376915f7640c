"""Discovery of a report's own terms, each with its evidence.

Seven in ten policy terms occur only once in a report, so frequency alone does not find them; quotation marks, titles,
enumerations and the last words of proper names do. Terms that are certain enough are used to segment the report; the others
become a list of candidates for the user.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from emphasis.segment import term_evidence
from emphasis.segment.compounds import closed_compounds, unknown_words
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.segment.occurrences import code_points
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_evidence import NounPhrases
from emphasis.segment.tokens import Lines, TokenTable, TokenType

EVIDENCE = ("quote", "title", "version", "name", "compound", "closed", "recurring", "repeat", "list", "remark")
"""From the strongest to the weakest; a term found in several ways keeps the strongest."""

CERTAIN = frozenset({"quote", "title", "version", "name", "compound", "closed", "recurring"})


_Found = tuple[int, str, str, str]
"""A line, a string in it, the kind of evidence and the part of speech."""
_VERSION_SIGN = re.compile("版")
_SEARCHED_ALONE = 400
"""Strings that are searched for one by one; a report has a few dozen."""


@dataclass(frozen=True)
class TermCandidate:
    """A string of a report that may be a term."""

    term: str
    n: int  # occurrences in the report
    evidence: tuple[str, ...]  # from EVIDENCE, strongest first
    score: (
        float  # mean pointwise mutual information of its tokens, in nats; 0 for one token; see NounPhrases.association
    )
    in_lexicon: bool


@dataclass
class _Evidence:
    """The kinds of evidence found so far for each string of a report, and its part of speech."""

    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pos: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, kind: str, pos: str = "n") -> None:
        self.kinds[text].add(kind)
        self.pos.setdefault(text, pos)


def find_terms(
    texts: Sequence[str],
    lexicon: Lexicon,
    segmenter: Segmenter,
    cue_words: CueWords,
    tokens: TokenTable | None = None,
) -> tuple[list[Term], list[TermCandidate]]:
    """Find the terms of one report: those to segment it with, and those to show to the user.

    `texts` are its sentences, as `lexicon.normalise` gives them; `segmenter` has the terms of the lexicon and none of a
    report. `tokens` are those of the texts, where they are known already.

    Returns
    -------
    accepted : list of Term
        Kind ``report``; `source` is the evidence. Sorted.
    candidates : list of TermCandidate
        Sorted by falling number of occurrences, then by text.
    """
    tokens = segmenter.table(texts) if tokens is None else tokens
    lines, evidence = Lines(texts, tokens), _Evidence()
    for _, text, kind, pos in sorted([*_marked(lines, cue_words), *_named(lines, cue_words)], key=itemgetter(0)):
        evidence.add(text, kind, pos)
    phrases = NounPhrases(lines, cue_words)
    for text, pos, has_form in phrases.terms():
        evidence.add(text, "compound" if has_form else "repeat", pos)
    for text, pos in closed_compounds(lines, cue_words):
        evidence.add(text, "closed", pos)
    for text in unknown_words(lines, cue_words):
        evidence.add(text, "recurring", "nz")
    for text, pos in _enumerated(lines, cue_words):
        evidence.add(text, "list", pos)
    accepted: list[Term] = []
    shown: dict[str, tuple[str, ...]] = {}
    for text in sorted(evidence.kinds):
        if text in lexicon or tokens.count(text):
            continue
        kinds = tuple(kind for kind in EVIDENCE if kind in evidence.kinds[text])
        if _is_certain(kinds):
            accepted.append(Term(text, "report", "+".join(kinds), None, (), evidence.pos[text]))
        else:
            shown[text] = kinds
    counts = count_strings(lines.text, shown)
    candidates = [TermCandidate(s, counts[s], kinds, phrases.association(s), False) for s, kinds in shown.items()]
    return accepted, sorted(candidates, key=lambda c: (-c.n, c.term))


def count_strings(text: str, strings: Collection[str]) -> dict[str, int]:
    """How often each string occurs in a text, without overlaps, as `str.count` has it.

    Examples
    --------
    >>> count_strings("新质新质新质生产力", ["新质新质", "生产力"])
    {'新质新质': 1, '生产力': 1}
    """
    # Each string has its own search; many are looked up together, by length, since there are few lengths.
    if len(strings) <= _SEARCHED_ALONE:
        return {string: text.count(string) for string in strings}
    counts = dict.fromkeys(strings, 0)
    free = dict.fromkeys(strings, 0)
    for length in {len(string) for string in strings}:
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if start >= free.get(part, len(text)):
                counts[part] += 1
                free[part] = start + length
    return counts


def find_shared_terms(
    reports: Iterable[Iterable[TermCandidate]], at_least: int = 3, memory: int = 200_000
) -> list[tuple[str, int]]:
    """Find candidates that several reports share, and count these reports; reads one report at a time.

    Memory is bounded in the manner of lossy counting (Manku and Motwani 2002), without its bound on the error: when more
    than `memory` strings are held, those seen in one report only are forgotten, so a count can be too small, never too large.
    """
    seen: Counter[str] = Counter()
    for candidates in reports:
        seen.update({candidate.term for candidate in candidates})
        if len(seen) > memory:
            seen = Counter({term: n for term, n in seen.items() if n > 1})
    return sorted(((term, n) for term, n in seen.items() if n >= at_least), key=lambda pair: (-pair[1], pair[0]))


def _is_certain(kinds: tuple[str, ...]) -> bool:
    """Whether the evidence suffices to segment the report by: one kind that is certain, or two weaker ones together."""
    return kinds[0] in CERTAIN or ("repeat" in kinds and "list" in kinds)


def _is_term(token_type: TokenType) -> bool:
    return token_type.kind == "term"


def _marked(lines: Lines, cue_words: CueWords) -> Iterator[_Found]:
    """What the text marks as terms, line by line for each kind of mark."""
    quoted = [*term_evidence.quoted_terms(lines.text)]
    offsets = [at for _, at in quoted]
    for (term, _), line, first in zip(quoted, lines.line_of(offsets).tolist(), lines.types_at(offsets), strict=True):
        action = first is not None and len(term) > 4 and first.kind == "word" and _is_action(first, term, cue_words)
        yield line, term, "remark" if action else "quote", "l" if "、" in term else "n"
    titles = [*term_evidence.document_titles(lines.text)]
    for (term, _), line in zip(titles, lines.line_of([at for _, at in titles]).tolist(), strict=True):
        yield line, term, "title", "nz"
    signs = [sign.start() for sign in _VERSION_SIGN.finditer(lines.text)]
    for line in np.unique(lines.line_of(signs)).tolist():
        for term in term_evidence.versioned_names(lines.texts[line], lines.tokens.row(line)):
            yield line, term, "version", "nz"


def _named(lines: Lines, cue_words: CueWords) -> Iterator[_Found]:
    """The proper names."""
    tokens = lines.tokens
    # Before the last word of a name, with nothing between, is another that fits.
    fits = np.append(False, lines.adjacent & tokens.feature(cue_words.fits_name).astype(bool)[:-1])
    endings = np.flatnonzero(fits & tokens.feature(cue_words.ends_name).astype(bool))
    for at, line in zip(endings.tolist(), tokens.text[endings].tolist(), strict=True):
        rows = tokens.rows_of(line)
        first = max(rows.start, at - term_evidence.BEFORE_NAME)
        near = tokens.tokens(slice(first, min(rows.stop, at + term_evidence.AFTER_NAME + 1)))
        if name := term_evidence.proper_name_at(near, at - first, cue_words):
            yield line, name[0], "name", name[1]


def _is_action(first: TokenType, term: str, cue_words: CueWords) -> bool:
    """Whether a quoted string says what is done (优化服务点位设置) and is not the name of a campaign (提振消费专项行动)."""
    if "+" in term or term.endswith(("年", "行动", "计划", "工程", "法")):
        return False
    return first.pos == "v" or first.token in cue_words.policy_verbs


def _enumerated(lines: Lines, cue_words: CueWords) -> Iterator[tuple[str, str]]:
    """Members of an enumeration that are two or three nouns long, if another member is a known term.

    The neighbours of a term are likely terms, too: next to 数字经济 in 发展冰雪经济、数字经济、海洋装备产业、银发经济 it is 海洋装备产业.
    The first and the last member are left out, because one cannot see where they begin and end.
    """
    tokens = lines.tokens
    starts, ends, enumeration = term_evidence.enumerations(lines.text)
    if not len(starts):
        return
    is_known = np.append(tokens.feature(_is_term) > 0, False)
    # The tokens of each member, and its line.
    firsts, stops = np.searchsorted(lines.starts, starts), np.searchsorted(lines.ends, ends, side="right")
    sizes, line = stops - firsts, lines.line_of(starts)
    known = (sizes == 1) & is_known[firsts] & _with_enumerated(lines, is_known[:-1])[line]
    beside = enumeration[1:] == enumeration[:-1]
    found = np.append(False, beside) & np.append(beside, False) & (np.bincount(enumeration, known)[enumeration] > 0)
    found &= (sizes >= 2) & (sizes <= 3) & (ends - starts >= 4) & (ends - starts <= 8)
    firsts, stops, starts, ends = firsts[found], stops[found], starts[found], ends[found]
    # The tokens have to be all that the member has, and nouns.
    lengths = np.append(0, np.cumsum(lines.ends - lines.starts))
    fits = np.append(0, np.cumsum(tokens.feature(cue_words.fits_phrase)))
    nouns = (fits[stops] - fits[firsts] == stops - firsts) & (tokens.feature(cue_words.ends_phrase)[stops - 1] > 0)
    for at in np.flatnonzero(nouns & (lengths[stops] - lengths[firsts] == ends - starts)).tolist():
        yield lines.text[starts[at] : ends[at]], tokens.vocabulary.types[int(tokens.type[stops[at] - 1])].pos


def _with_enumerated(lines: Lines, known: np.ndarray) -> np.ndarray:
    """Which lines have a known term right before or after 、, that may be a member of an enumeration; bool array of shape (lines,)."""
    starts, ends = lines.starts[known], lines.ends[known]
    # A line break before and after, so that every term has a character on both sides.
    comma = code_points(f"\n{lines.text}\n") == ord("、")
    found = np.zeros(len(lines.texts), dtype=bool)
    found[lines.line_of(starts[comma[starts] | comma[ends + 1]])] = True
    return found
