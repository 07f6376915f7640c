"""Terms that a report shows by itself, each with its evidence.

Seven in ten policy terms occur once in a report, so frequency alone does not find them; quotation marks, titles, rows
of names and the last parts of names do. What is certain enough enters the segmentation of the report; the rest becomes
a list of candidates for the user.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from typing import Protocol

from emphasis.ingest.model import Sentence
from emphasis.segment import evidence
from emphasis.segment.lexicon import Lexicon, Term, clean
from emphasis.segment.model import Token
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.vocabulary import HEADS, POLICY_VERBS, WEAK

EVIDENCE = ("quote", "title", "version", "name", "compound", "repeat", "list", "remark")
"""From the strongest to the weakest; a term found in several ways keeps the strongest."""

CERTAIN = frozenset({"quote", "title", "version", "name", "compound"})

_INNER = ("n", "vn", "b", "a", "j", "l", "x", "eng", "s")
_LAST = ("n", "vn", "j", "l", "x")


class HasSentences(Protocol):
    """What discovery reads of a report."""

    @property
    def sentences(self) -> tuple[Sentence, ...]: ...


@dataclass(frozen=True)
class Candidate:
    """A string that may be a term; a row of ``term_candidates.csv``.

    Attributes
    ----------
    term : str
    n : int
        Occurrences in the report.
    evidence : tuple of str
        From `EVIDENCE`, strongest first.
    score : float
        Mean pointwise mutual information of its parts in the report, in nats; 0 for a single token.
    in_lexicon : bool
    """

    term: str
    n: int
    evidence: tuple[str, ...]
    score: float
    in_lexicon: bool


@dataclass
class _Finds:
    """What has been seen of each string, while a report is read."""

    evidence: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pos: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, kind: str, pos: str = "n") -> None:
        self.evidence[text].add(kind)
        self.pos.setdefault(text, pos)


def find_terms(report: HasSentences, known: Lexicon, segmenter: Segmenter) -> tuple[list[Term], list[Candidate]]:
    """Terms of one report: those to segment it with, and those to show to the user.

    Parameters
    ----------
    report : Report
    known : Lexicon
    segmenter : Segmenter
        With the lexicon, without terms of a report.

    Returns
    -------
    accepted : list of Term
        Kind ``report``; `source` is the evidence. Sorted.
    rest : list of Candidate
        Sorted by falling number of occurrences, then by text.
    """
    texts = [clean(s.text) for s in report.sentences]
    tokens = segmenter.rows(texts)
    finds = _Finds()
    for text, row in zip(texts, tokens, strict=True):
        _mark(text, row, finds)
    statistics = _Ngrams(tokens)
    for text, pos, last in statistics.terms():
        finds.add(text, "compound" if last in HEADS else "repeat", pos)
    for text, row in zip(texts, tokens, strict=True):
        _mark_lists(text, row, finds, statistics, known)
    whole = statistics.single
    accepted, rest = [], []
    joined = "\n".join(texts)
    for text in sorted(finds.evidence):
        if text in known.by_text or whole[text]:
            continue
        kinds = tuple(kind for kind in EVIDENCE if kind in finds.evidence[text])
        if _is_certain(kinds):
            accepted.append(Term(text, "report", "+".join(kinds), None, (), finds.pos[text]))
        else:
            rest.append(Candidate(text, joined.count(text), kinds, statistics.association(text), False))
    return accepted, sorted(rest, key=lambda c: (-c.n, c.term))


def find_shared_terms(
    reports: Iterable[Iterable[Candidate]], at_least: int = 3, memory: int = 200_000
) -> list[tuple[str, int]]:
    """Candidates that several reports share, with the number of reports; reads one report at a time.

    Memory is bounded in the manner of lossy counting (Manku and Motwani 2002), without its bound on the error: when more than `memory` strings are held, those seen
    in one report only are forgotten, so a count can be too small, never too great.
    """
    seen: Counter[str] = Counter()
    for candidates in reports:
        seen.update({candidate.term for candidate in candidates})
        if len(seen) > memory:
            seen = Counter({term: n for term, n in seen.items() if n > 1})
    return sorted(((term, n) for term, n in seen.items() if n >= at_least), key=lambda pair: (-pair[1], pair[0]))


def _is_certain(kinds: tuple[str, ...]) -> bool:
    """Whether the evidence is enough to cut the report by: a mark of the author's own, or two weaker ones together."""
    return kinds[0] in CERTAIN or ("repeat" in kinds and "list" in kinds)


def _mark(text: str, tokens: list[Token], finds: _Finds) -> None:
    starts = {t.start: t for t in tokens}
    for term, at in evidence.quoted(text):
        first = starts.get(at)
        does = len(term) > 4 and first is not None and first.kind == "word" and _does(first, term)
        finds.add(term, "remark" if does else "quote", "l" if "、" in term else "n")
    for term in evidence.titled(text):
        finds.add(term, "title", "nz")
    for term in evidence.versions(text, tokens):
        finds.add(term, "version", "nz")
    for term, pos, _ in evidence.names(tokens):
        finds.add(term, "name", pos)


def _does(first: Token, term: str) -> bool:
    """Whether a quoted string says what is done (优化服务点位设置) and is not the name of a campaign."""
    if "+" in term or term.endswith(("年", "行动", "计划", "工程", "法")):
        return False
    return first.pos == "v" or first.token in POLICY_VERBS


def _mark_lists(text: str, tokens: list[Token], finds: _Finds, statistics: _Ngrams, known: Lexicon) -> None:
    """Members of a row that are two or three nouns long, when the row holds a known term."""
    for members in evidence.lists(text):
        rows = [[t for t in tokens if a <= t.start and t.end <= b] for a, b in members]
        if not any(len(row) == 1 and row[0].kind == "term" for row in rows):
            continue
        for (a, b), row in list(zip(members, rows, strict=True))[1:-1]:
            if 2 <= len(row) <= 3 and 4 <= b - a <= 8 and sum(len(t.token) for t in row) == b - a and _is_phrase(row):
                finds.add(text[a:b], "list", row[-1].pos)


def _is_phrase(row: list[Token]) -> bool:
    """Whether tokens make a noun phrase by their parts of speech."""
    return row[-1].pos.startswith(_LAST) and all(map(_is_inner, row))


def _is_inner(token: Token) -> bool:
    """Whether a token can stand in a noun phrase that is a term."""
    return (
        len(token.token) > 1
        and token.pos.startswith(_INNER)
        and token.kind != "number"
        and token.token not in WEAK
        and token.token not in POLICY_VERBS
    )


class _Ngrams:
    """Rows of two to four tokens in a report: how often, beside what, how much more often than by chance."""

    def __init__(self, rows: Iterable[list[Token]]) -> None:
        rows = list(rows)
        self.single = Counter([t.token for row in rows for t in row])
        self._count: Counter[str] = Counter()
        self._parts: dict[str, tuple[str, ...]] = {}
        self._pos: dict[str, str] = {}
        self._left: dict[str, set[str]] = defaultdict(set)
        self._right: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for first, last in _stretches(row):
                for at in range(first, last - 1):
                    for end in range(at + 2, min(at + 5, last + 1)):
                        if row[end - 1].pos.startswith(_LAST):
                            self._add(row, at, end)
        self._total = sum(self.single.values())

    def _add(self, row: list[Token], at: int, end: int) -> None:
        text = "".join([t.token for t in row[at:end]])
        if len(text) > 12:
            return
        self._count[text] += 1
        self._parts.setdefault(text, tuple(t.token for t in row[at:end]))
        self._pos.setdefault(text, row[end - 1].pos)
        before = row[at - 1] if at and row[at - 1].end == row[at].start else None
        after = row[end] if end < len(row) and row[end].start == row[end - 1].end else None
        # Punctuation is a different neighbour every time: a term may begin or end a clause.
        self._left[text].add(before.token if before else f"^{self._count[text]}")
        self._right[text].add(after.token if after else f"${self._count[text]}")

    def association(self, text: str) -> float:
        """Mean pointwise mutual information of a string's neighbouring parts, in nats."""
        parts = self._parts.get(text)
        if not parts:
            return 0.0
        expected = sum(log(self.single[part] / self._total) for part in parts)
        return round((log(self._count[text] / self._total) - expected) / (len(parts) - 1), 3)

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """Phrases seen at least twice, with varied neighbours on both sides, bound more than by chance."""
        good = {
            text: n
            for text, n in self._count.items()
            if n >= 2 and len(self._left[text]) >= 2 and len(self._right[text]) >= 2 and self.association(text) > 4.0
        }
        for text, n in sorted(good.items()):
            longer = [other for other in good if text != other and text in other and good[other] >= n]
            if not longer and not any(len(part) >= 4 for part in self._parts[text]):
                yield text, self._pos[text], self._parts[text][-1]


class _Inner(dict[tuple[str, str, str], bool]):
    """What `_is_inner` says of a token, asked once for each word, part of speech and kind."""

    def __missing__(self, token: tuple[str, str, str]) -> bool:
        self[token] = _is_inner(Token(*token, 0, 0))  # type: ignore[arg-type]
        return self[token]


_SEEN = _Inner()


def _stretches(row: list[Token]) -> Iterator[tuple[int, int]]:
    """Index ranges of tokens that can stand in a term, side by side without punctuation between them."""
    first = 0
    for at, token in enumerate(row):
        if not _SEEN[token.token, token.pos, token.kind]:
            if at - first > 1:
                yield first, at
            first = at + 1
        elif at > first and token.start != row[at - 1].end:
            if at - first > 1:
                yield first, at
            first = at
    if len(row) - first > 1:
        yield first, len(row)
