"""Discovery of a report's own terms, each with its evidence.

Seven in ten policy terms occur only once in a report, so frequency alone does not find them; quotation marks, titles,
enumerations and the last words of proper names do. Terms that are certain enough are used to segment the report; the others
become a list of candidates for the user.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from emphasis.segment import term_evidence
from emphasis.segment.compounds import closed_compounds, unknown_words
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_evidence import NounPhrases
from emphasis.segment.tokens import Lines, Token, TokenTable, TokenType

EVIDENCE = ("quote", "title", "version", "name", "compound", "closed", "recurring", "repeat", "list", "remark")
"""From the strongest to the weakest; a term found in several ways keeps the strongest."""

CERTAIN = frozenset({"quote", "title", "version", "name", "compound", "closed", "recurring"})


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
    # Only lines that can have evidence are read, and of these only the tokens that decide: this is what takes the time.
    endings = np.flatnonzero(tokens.feature(cue_words.ends_name))
    signs = [sign.start() for sign in term_evidence.MARK.finditer(lines.text)]
    for i in lines.lines_at([*signs, *lines.starts[endings].tolist()]):
        _add_marked(i, texts[i], tokens, cue_words, evidence)
        for at in endings[slice(*np.searchsorted(endings, [tokens.rows_of(i).start, tokens.rows_of(i).stop]))].tolist():
            _add_name(i, at, tokens, cue_words, evidence)
    phrases = NounPhrases(lines, cue_words)
    for text, pos, has_form in phrases.terms():
        evidence.add(text, "compound" if has_form else "repeat", pos)
    for text, pos in closed_compounds(lines, cue_words):
        evidence.add(text, "closed", pos)
    for text in unknown_words(lines, cue_words):
        evidence.add(text, "recurring", "nz")
    for i in lines.lines_at(_enumerated_offsets(lines)):
        _add_enumerated(i, texts[i], tokens, cue_words, evidence)
    accepted: list[Term] = []
    shown: dict[str, tuple[str, ...]] = {}
    for text in sorted(evidence.kinds):
        if text in lexicon or phrases.token_counts[text]:
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


def _enumerated_offsets(lines: Lines) -> list[int]:
    """Offsets of known terms that may be members of an enumeration A、B、C."""
    known = lines.tokens.feature(_is_term) > 0
    starts, ends = lines.starts[known], lines.ends[known]
    # A line break before and after, so that every term has a character on both sides.
    comma = np.frombuffer(f"\n{lines.text}\n".encode("utf-32-le", "surrogatepass"), dtype="<u4") == ord("、")
    found: list[int] = starts[comma[starts] | comma[ends + 1]].tolist()
    return found


def _is_term(token_type: TokenType) -> bool:
    return token_type.kind == "term"


def _add_marked(line: int, text: str, tokens: TokenTable, cue_words: CueWords, evidence: _Evidence) -> None:
    """Add what a sentence, the text of a line, marks as a term."""
    rows = tokens.rows_of(line)
    for term, at in term_evidence.quoted_terms(text):
        first = _token_at(at, tokens, rows) if len(term) > 4 else None
        action = first is not None and first.kind == "word" and _is_action(first, term, cue_words)
        evidence.add(term, "remark" if action else "quote", "l" if "、" in term else "n")
    for term in term_evidence.document_titles(text):
        evidence.add(term, "title", "nz")
    if "版" in text:
        for term in term_evidence.versioned_names(text, tokens.row(line)):
            evidence.add(term, "version", "nz")


def _token_at(start: int, tokens: TokenTable, rows: slice) -> Token | None:
    """The token that begins at an offset of the line whose tokens are in these rows."""
    row = rows.start + int(np.searchsorted(tokens.start[rows], start))
    found = tokens.tokens(slice(row, min(row + 1, rows.stop)))
    return found[0] if found and found[0].start == start else None


def _add_name(line: int, at: int, tokens: TokenTable, cue_words: CueWords, evidence: _Evidence) -> None:
    """Add the proper name that ends with the token in a row, if it is one."""
    rows = tokens.rows_of(line)
    first = max(rows.start, at - term_evidence.BEFORE_NAME)
    near = tokens.tokens(slice(first, min(rows.stop, at + term_evidence.AFTER_NAME + 1)))
    if name := term_evidence.proper_name_at(near, at - first, cue_words):
        evidence.add(name[0], "name", name[1])


def _is_action(first: Token, term: str, cue_words: CueWords) -> bool:
    """Whether a quoted string says what is done (优化服务点位设置) and is not the name of a campaign (提振消费专项行动)."""
    if "+" in term or term.endswith(("年", "行动", "计划", "工程", "法")):
        return False
    return first.pos == "v" or first.token in cue_words.policy_verbs


def _add_enumerated(line: int, text: str, tokens: TokenTable, cue_words: CueWords, evidence: _Evidence) -> None:
    """Add members of an enumeration that are two or three nouns long, if another member is a known term.

    The neighbours of a term are likely terms, too: next to 数字经济 in 发展冰雪经济、数字经济、海洋装备产业、银发经济 it is 海洋装备产业.
    The first and the last member are left out, because one cannot see where they begin and end.
    """
    rows = tokens.rows_of(line)
    starts, ends, numbers = (column[rows].tolist() for column in (tokens.start, tokens.end, tokens.type))
    types = tokens.vocabulary.types
    for spans in term_evidence.enumerations(text):
        members = [numbers[bisect_left(starts, a) : bisect_right(ends, b)] for a, b in spans]
        if not any(len(member) == 1 and _is_term(types[member[0]]) for member in members):
            continue
        for (a, b), member in [*zip(spans, members, strict=True)][1:-1]:
            if 2 <= len(member) <= 3 and 4 <= b - a <= 8:
                words = [types[number] for number in member]
                if sum(len(word.token) for word in words) == b - a and _is_noun_phrase(words, cue_words):
                    evidence.add(text[a:b], "list", words[-1].pos)


def _is_noun_phrase(types: list[TokenType], cue_words: CueWords) -> bool:
    """Whether tokens of these types form a noun phrase, by their parts of speech."""
    return cue_words.ends_phrase(types[-1]) and all(map(cue_words.fits_phrase, types))
