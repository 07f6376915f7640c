"""The share of the core terms of real reports that stay whole; the reports were not used for the lexicon."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from emphasis.ingest.report import ingest
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, normalise
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_discovery import find_terms
from support import JUDGEMENTS

ONE_TOKEN, NOT_CUT = 0.74, 0.83


def test_core_terms_of_reports_stay_whole(
    shared: Path, lexicon: Lexicon, segmenter: Segmenter, cue_words: CueWords
) -> None:
    """A term is whole if half of its occurrences or more are one token, not cut if they are one or lie inside one."""
    with (JUDGEMENTS / "core_terms.tsv").open(encoding="utf-8", newline="") as file:
        listed = defaultdict(list)
        for row in csv.DictReader(file, delimiter="\t"):
            listed[row["report"]].append(normalise(row["term"]))
    assert all(len(terms) >= 60 for terms in listed.values())
    total = whole = uncut = 0
    for report, terms in listed.items():
        path = shared / "corpus" / report
        texts = [normalise(s.text) for s in ingest(path, path.stem).sentences]
        accepted, _ = find_terms(texts, lexicon, segmenter, cue_words)
        rows = segmenter.with_terms(accepted).table(texts).rows()
        spans = [{(token.start, token.end) for token in row} for row in rows]
        for term in terms:
            places = [(i, at, at + len(term)) for i, text in enumerate(texts) for at in occurrences(text, term)]
            total += bool(places)
            one = sum((start, end) in spans[i] for i, start, end in places)
            inside = sum(any(a <= start and end <= b for a, b in spans[i]) for i, start, end in places)
            whole += bool(places) and 2 * one >= len(places)
            uncut += bool(places) and 2 * inside >= len(places)
    assert total > 1000
    assert whole / total >= ONE_TOKEN
    assert uncut / total >= NOT_CUT


def occurrences(text: str, term: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(term, at)]
