"""What segmentation did to a text, for a reader to check.

Counts of the terms that were kept whole (terms.csv), a list of strings that may be terms (term_candidates.csv), and a page
that shows every token. Rows of tables are dictionaries in the order of the columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd

from emphasis.ingest.records import Report
from emphasis.segment.lexicon import Lexicon, Term, normalise
from emphasis.segment.occurrences import code_points, occurrences, pair_slots
from emphasis.segment.term_discovery import TermCandidate, find_shared_terms
from emphasis.segment.tokens import Token
from emphasis.store.codes import unsorted_codes
from emphasis.store.tables import report_slices
from emphasis.text import change_together

TERM_COLUMNS = ("term", "kind", "source", "n_substring", "n_token", "retained")
CANDIDATE_COLUMNS = ("term", "n", "evidence", "score", "in_lexicon")


class TermCounter:
    """Counts terms in any number of reports, one report at a time and in any order.

    A term of the lexicon is counted in every report, a report's own term only in the reports where it was discovered.

    Examples
    --------
    >>> counter = TermCounter([Term("新质生产力", "policy", "curated")])
    >>> counter.add(["发展新质生产力"], {"发展": 1, "新质生产力": 1})
    >>> next(counter.rows())["retained"]
    1.0
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.term: term for term in terms}
        self._lexicon = StringIndex(self._terms)
        self._lexicon_counts = self._lexicon.counts("")
        self._own: dict[str, Term] = {}
        self._substring: Counter[str] = Counter()
        self._token: Counter[str] = Counter()

    def add(self, texts: Iterable[str], tokens: Mapping[str, int], own: Iterable[Term] = ()) -> None:
        """Count one report: sentences as `lexicon.normalise` gives them, how often each token occurs, its own terms."""
        new = {term.term: term for term in own if term.term not in self._terms}
        text = "\n".join(texts)
        self._lexicon_counts += self._lexicon.counts(text)
        self._substring.update(string for _, string in occurrences(text, new))
        counted = (tokens.keys() & self._terms.keys()) | (tokens.keys() & new.keys())
        self._token.update({token: tokens[token] for token in counted})
        for term in new.values():
            self._keep(term)

    def add_counts(self, term: Term, n_substring: int, n_token: int) -> None:
        """Add counts of a term that were made elsewhere."""
        if term.term not in self._terms:
            self._keep(term)
        self._substring[term.term] += n_substring
        self._token[term.term] += n_token

    def _keep(self, term: Term) -> None:
        # Of several kinds of evidence the first in the alphabet is kept, so that the order of the reports does not matter.
        known = self._own.get(term.term)
        if known is None or term.source < known.source:
            self._own[term.term] = term

    def rows(self) -> Iterator[dict[str, str | int | float]]:
        """Rows of ``terms.csv``: every term that occurs, by falling `n_substring`.

        `n_substring` counts the term's text, also inside a longer term; `n_token` counts its tokens; `retained` is
        n_token / n_substring.
        """
        substring = self._lexicon.named(self._lexicon_counts) + self._substring
        for text, n in sorted(substring.items(), key=lambda pair: (-pair[1], pair[0])):
            term = self._terms.get(text) or self._own[text]
            whole = self._token[text]
            yield dict(zip(TERM_COLUMNS, (text, term.kind, term.source, n, whole, whole / n), strict=True))


_SLOTS = 1 << 18
_BITS = 21
"""The bits of a character's code point."""


class StringIndex:
    """A trie (tree of prefixes) of strings of two characters or more, which counts them in many texts.

    It is walked from all places of a text at once, one character further in each step; a place where no string continues
    drops out. With the strings 数字经济 and 经济, in 数字经济 two places remain after the first step (prefixes 数字 and 经济, the
    second of which ends a string), one after the second (数字经).

    A prefix is numbered among those of its length, a single character by its code. The key of a longer one is (number
    of the prefix without its last character, code of that character) in one integer: a step is one binary search for
    all places.
    """

    def __init__(self, strings: Collection[str]) -> None:
        self._strings = sorted(strings)
        self._begins = np.zeros(_SLOTS, dtype=bool)
        self._levels: list[_TrieLevel] = []
        number = {string: i for i, string in enumerate(self._strings)}
        shorter: dict[str, int] = {}
        for length in range(2, max(map(len, self._strings), default=0) + 1):
            # Prefixes are numbered in the order of their characters, so their keys are sorted.
            prefixes = sorted({string[:length] for string in self._strings if len(string) >= length})
            keys = [shorter.get(p[:-1], ord(p[0])) << _BITS | ord(p[-1]) for p in prefixes]
            self._levels.append(_TrieLevel(np.array(keys), np.array([number.get(p, -1) for p in prefixes])))
            shorter = {prefix: i for i, prefix in enumerate(prefixes)}
            if length == 2:
                self._begins[pair_slots(code_points("".join(prefixes)), _SLOTS)[::2]] = True

    def counts(self, text: str) -> np.ndarray:
        """Occurrences of each string in `text`, overlapping and nested ones included; int array of shape (strings,), see `named`."""
        codes = code_points(text)
        # Most places begin no string; a hash of two characters rules out nearly all of these at little cost.
        places = np.flatnonzero(self._begins[pair_slots(codes, _SLOTS)])
        codes = codes.astype("int64")
        states = codes[places]
        found = [np.zeros(0, dtype="int64")]
        for length, level in enumerate(self._levels, 2):
            places, states = places[places + length <= len(codes)], states[places + length <= len(codes)]
            keys = states << _BITS | codes[places + length - 1]
            at = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
            continues = level.keys[at] == keys
            places, states = places[continues], at[continues]
            ends = level.strings[states]
            found.append(ends[ends >= 0])
            if not len(places):
                break
        return np.bincount(np.concatenate(found), minlength=len(self._strings))

    def named(self, counts: np.ndarray) -> Counter[str]:
        """Sums of what `counts` gave, by string; those that do not occur are left out."""
        used = np.flatnonzero(counts)
        return Counter(dict(zip(map(self._strings.__getitem__, used.tolist()), counts[used].tolist(), strict=True)))


class _TrieLevel(NamedTuple):
    """The prefixes of one length."""

    keys: np.ndarray  # sorted: number of the prefix that is shorter by a character, and that character; see StringIndex
    strings: np.ndarray  # the number of the string that each prefix is; -1 for none


def candidate_rows(
    candidates: Iterable[TermCandidate], lexicon: Lexicon, shared: Mapping[str, int] | None = None
) -> Iterator[dict[str, str | int | float | bool]]:
    """Rows of ``term_candidates.csv`` for the candidates of all reports, one row for each string.

    The strings in `shared`, from `find_shared_terms`, get the evidence ``shared``.
    """
    count: Counter[str] = Counter()
    evidence: dict[str, set[str]] = {}
    score: dict[str, float] = {}
    for candidate in candidates:
        count[candidate.term] += candidate.n
        evidence.setdefault(candidate.term, set()).update(candidate.evidence)
        score[candidate.term] = max(score.get(candidate.term, 0.0), candidate.score)
    for term, n in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        kinds = evidence[term] | ({"shared"} if term in (shared or {}) else set())
        values = (term, n, "+".join(sorted(kinds)), score[term], term in lexicon)
        yield dict(zip(CANDIDATE_COLUMNS, values, strict=True))


_STYLE = """
body{font:16px/1.9 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:46em;margin:2em auto;
padding:0 1em;color:#222;background:#fff}
span{border-bottom:1px solid #bbb;margin:0 1px}.term{background:#fde8b0;border-color:#c98a00}
.number{background:#e3eefc}.latin{background:#e6f4e3}p{margin:.4em 0}summary{font-weight:bold;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}.term{background:#5a4500}.number{background:#1c3350}
.latin{background:#1f3d1b}}
"""


def html_page(reports: Iterable[tuple[Report, Sequence[Sequence[Token]]]], note: str = "") -> str:
    """A page (HTML that loads no other file) with the sentences of reports, each token underlined and coloured by kind.

    With each report come, for each of its sentences, the tokens, with offsets into the sentence's text. `note` is a
    line above the reports. All text is escaped.
    """
    articles = [_article(report, tokens) for report, tokens in reports]
    opened = " open" if len(articles) == 1 else ""
    body = "\n".join(f"<details{opened}><summary>{title}</summary>\n{text}\n</details>" for title, text in articles)
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>segmentation · 分词</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n<h1>segmentation · 分词</h1>\n<p>{escape(note)}</p>\n"
        '<p><span class="term">term 术语</span> <span class="word">word 词</span> <span class="number">number 数</span> '
        f'<span class="latin">latin 字母词</span></p>\n{body}\n</body>\n</html>\n'
    )


def _article(report: Report, tokens: Sequence[Sequence[Token]]) -> tuple[str, str]:
    """Title and paragraphs of a report."""
    rows = zip(report.sentences, tokens, strict=True)
    paragraphs = (
        "".join(_mark_tokens(sentence.text, row) for sentence, row in some)
        for _, some in groupby(rows, lambda pair: pair[0].paragraph)
    )
    title = " ".join(filter(None, (report.report_id, report.metadata.title)))
    return escape(title), "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _mark_tokens(text: str, tokens: Sequence[Token]) -> str:
    parts = []
    position = 0
    for token in tokens:
        parts.append(escape(text[position : token.start]))
        passage = escape(text[token.start : token.end])
        parts.append(f'<span class="{token.kind}" title="{escape(token.pos)}">{passage}</span>')
        position = token.end
    parts.append(escape(text[position:]))
    return "".join(parts)


_MOST_CANDIDATES = 10_000_000
"""Up to this number of different strings, the reports that share them are counted exactly."""


def count_reports(some: Mapping[str, pd.DataFrame], counter: TermCounter) -> set[str]:
    """Count the terms of some reports, and return their tokens.

    Parameters
    ----------
    some : mapping of str to DataFrame
        Of these reports `sentences` (report_id, text), `tokens` (report_id, token; strings as they are stored) and `found_terms`
        (report_id, term, pos, evidence, used), each report by report.
    counter : TermCounter
        To which the reports are added.
    """
    texts = some["sentences"]["text"].tolist()
    codes, types = unsorted_codes(some["tokens"]["token"])
    words = types.to_pylist()
    tokens, own = report_slices(some["tokens"]), _own_terms(some["found_terms"])
    nothing = slice(0, 0)
    for report_id, rows in report_slices(some["sentences"]).items():
        n = np.bincount(codes[tokens.get(report_id, nothing)], minlength=len(words))
        used = np.flatnonzero(n)
        counts = dict(zip(map(words.__getitem__, used.tolist()), n[used].tolist(), strict=True))
        counter.add(change_together(normalise, texts[rows]), counts, own[report_id])
    return set(words)


def _own_terms(found: pd.DataFrame) -> defaultdict[str, list[Term]]:
    """The terms by themselves of each report, with which it was cut."""
    own = defaultdict[str, list[Term]](list)
    columns = (found[name][found["used"]].tolist() for name in ("report_id", "term", "evidence", "pos"))
    for report_id, term, evidence, pos in zip(*columns, strict=True):
        own[report_id].append(Term(term, "report", evidence, pos=pos))
    return own


def term_counts(counter: TermCounter) -> pd.DataFrame:
    """The counts of a batch: term, kind, source, n_substring, n_token."""
    return pd.DataFrame(list(counter.rows()), columns=list(TERM_COLUMNS)).drop(columns="retained")


def sum_term_counts(counts: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """Make the table terms.csv from the counts of all batches."""
    total = TermCounter(lexicon.terms)
    for table in counts:
        columns = (table[name].tolist() for name in ("term", "kind", "source", "n_substring", "n_token"))
        for term, kind, source, n_substring, n_token in zip(*columns, strict=True):
            total.add_counts(Term(term, kind, source), n_substring, n_token)
    return pd.DataFrame(list(total.rows()), columns=list(TERM_COLUMNS))


def merge_candidates(found: Iterable[pd.DataFrame], lexicon: Lexicon) -> pd.DataFrame:
    """Make the table term_candidates.csv from the terms found in all batches."""
    candidates = [_candidates(own) for table in found for _, own in table[~table["used"]].groupby("report_id")]
    shared = dict(find_shared_terms(candidates, memory=_MOST_CANDIDATES))
    rows = candidate_rows((c for report in candidates for c in report), lexicon, shared)
    return pd.DataFrame(list(rows), columns=list(CANDIDATE_COLUMNS))


def _candidates(found: pd.DataFrame) -> list[TermCandidate]:
    columns = (found[name].tolist() for name in ("term", "n", "evidence", "score"))
    return [
        TermCandidate(term, n, tuple(evidence.split("+")), score, False)
        for term, n, evidence, score in zip(*columns, strict=True)
    ]
