"""Terms that a report shows by itself, each with its evidence.

Seven in ten policy terms occur once in a report, so frequency alone does not find them; quotation marks, titles, rows
of names and the last parts of names do. What is certain enough enters the segmentation of the report; the rest becomes
a list of candidates for the user.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from emphasis.segment import term_evidence
from emphasis.segment.lexicon import Lexicon, Term
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_evidence import HEADS, POLICY_VERBS, Ngrams, is_inner, is_last
from emphasis.segment.tokens import Entry, Lines, Token

EVIDENCE = ("quote", "title", "version", "name", "compound", "repeat", "list", "remark")
"""From the strongest to the weakest; a term found in several ways keeps the strongest."""

CERTAIN = frozenset({"quote", "title", "version", "name", "compound"})


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


def find_terms(texts: Sequence[str], known: Lexicon, segmenter: Segmenter) -> tuple[list[Term], list[Candidate]]:
    """Terms of one report: those to segment it with, and those to show to the user.

    Parameters
    ----------
    texts : sequence of str
        Its sentences, as `lexicon.clean` gives them.
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
    tokens = segmenter.table(texts)
    lines, finds = Lines(texts, tokens), _Finds()
    for i in lines.numbers(_marks(lines)):
        _mark(texts[i], tokens.row(i), finds)
    statistics = Ngrams(lines)
    for text, pos, last in statistics.terms():
        finds.add(text, "compound" if last in HEADS else "repeat", pos)
    for i in lines.numbers(_listed_terms(lines)):
        _mark_lists(texts[i], tokens.row(i), finds)
    whole = statistics.single
    accepted, rest = [], []
    for text in sorted(finds.evidence):
        if text in known.by_text or whole[text]:
            continue
        kinds = tuple(kind for kind in EVIDENCE if kind in finds.evidence[text])
        if _is_certain(kinds):
            accepted.append(Term(text, "report", "+".join(kinds), None, (), finds.pos[text]))
        else:
            rest.append(Candidate(text, lines.text.count(text), kinds, statistics.association(text), False))
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


def _marks(lines: Lines) -> list[int]:
    """Places of what makes a line worth reading: marks of the author's own and last parts of names."""
    signs = [sign.start() for sign in term_evidence.MARK.finditer(lines.text)]
    last_parts = lines.starts[lines.tokens.trait(term_evidence.is_last_part) > 0]
    return [*signs, *last_parts.tolist()]


def _listed_terms(lines: Lines) -> list[int]:
    """Places of known terms that may be members of a row A、B、C."""
    known = lines.tokens.trait(_is_term) > 0
    spans = zip(lines.starts[known].tolist(), lines.ends[known].tolist(), strict=True)
    return [a for a, b in spans if lines.text.startswith("、", b) or lines.text.endswith("、", 0, a)]


def _is_term(entry: Entry) -> bool:
    return entry.kind == "term"


def _mark(text: str, tokens: list[Token], finds: _Finds) -> None:
    for term, at in term_evidence.quoted(text):
        first = next((t for t in tokens if t.start == at), None)
        does = len(term) > 4 and first is not None and first.kind == "word" and _does(first, term)
        finds.add(term, "remark" if does else "quote", "l" if "、" in term else "n")
    for term in term_evidence.titled(text):
        finds.add(term, "title", "nz")
    for term in term_evidence.versions(text, tokens):
        finds.add(term, "version", "nz")
    for term, pos, _ in term_evidence.names(tokens):
        finds.add(term, "name", pos)


def _does(first: Token, term: str) -> bool:
    """Whether a quoted string says what is done (优化服务点位设置) and is not the name of a campaign."""
    if "+" in term or term.endswith(("年", "行动", "计划", "工程", "法")):
        return False
    return first.pos == "v" or first.token in POLICY_VERBS


def _mark_lists(text: str, tokens: list[Token], finds: _Finds) -> None:
    """Members of a row that are two or three nouns long, when the row holds a known term."""
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    for members in term_evidence.lists(text):
        rows = [tokens[bisect_left(starts, a) : bisect_right(ends, b)] for a, b in members]
        if not any(len(row) == 1 and row[0].kind == "term" for row in rows):
            continue
        for (a, b), row in list(zip(members, rows, strict=True))[1:-1]:
            if 2 <= len(row) <= 3 and 4 <= b - a <= 8 and sum(len(t.token) for t in row) == b - a and _is_phrase(row):
                finds.add(text[a:b], "list", row[-1].pos)


def _is_phrase(row: list[Token]) -> bool:
    """Whether tokens make a noun phrase by their parts of speech."""
    entries = [Entry(t.token, t.pos, t.kind) for t in row]
    return is_last(entries[-1]) and all(map(is_inner, entries))
