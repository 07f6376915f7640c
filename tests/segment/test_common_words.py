"""Counts of common words against the text of real reports: nearly every occurrence counts, and where not, the reason is on record."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd

from emphasis.ingest.report import ingest
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon, load_words, normalise
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports
from emphasis.segment.vocabulary import Units, inner_borders
from support import ROOT, TESTS

LEXICON = ROOT / "config/lexicon"
COMMON, SHARE = 300, 0.97


def test_common_words_are_counted_wherever_they_occur(shared: Path) -> None:
    files = sorted(file for file in (shared / "reports").rglob("*") if file.is_file())
    lexicon, words = load_lexicon(LEXICON), load_words(LEXICON / "words.tsv")
    segmenter, units = Segmenter(make_engine("rjieba"), lexicon.terms, words), Units(lexicon, words)
    n: Counter[str] = Counter()
    texts: list[tuple[str, set[int]]] = []
    for file in files:
        sentences = [s.text for s in ingest(file, file.stem).sentences]
        (report,) = segment_reports(
            pd.DataFrame({"report_id": file.stem, "text": sentences}),
            segmenter,
            lexicon,
            load_cue_words(LEXICON / "cue_words.txt"),
        )
        for token, times in report.counts.items():
            n[token] += times
            for unit, held in units.of(token).items():
                n[unit.text] += times * held
        texts += [(normalise(text), borders(report.tokens.row(i), text)) for i, text in enumerate(sentences)]
    common = [w for w, _ in n.most_common() if len(w) > 1 and all("\u4e00" <= c <= "\u9fd5" for c in w)][:COMMON]
    true = Counter({word: sum(occurrences(word, *text) for text in texts) for word in common})
    with (TESTS / "judgements/common_words.tsv").open(encoding="utf-8", newline="") as file:
        known = {row["word"]: row["reason"] for row in csv.DictReader(file, delimiter="\t")}
    short = {word: (n[word], true[word]) for word in common if n[word] < SHARE * true[word]}
    assert not {word: count for word, count in short.items() if word not in known}, short
    assert all(n[word] <= true[word] for word in common)
    assert not set(known) - set(short), "these are counted now"
    assert len(known) <= 0.1 * COMMON


def borders(tokens: list, text: str) -> set[int]:  # type: ignore[type-arg]
    """Where words of the finest cut begin and end in the sentence without white space."""
    found: set[int] = set()
    at, flat = 0, normalise(text)
    for token in tokens:
        at = flat.index(token.token, at)
        found |= {at, *(at + inner for inner in inner_borders(token.token)), at + len(token.token)}
        at += len(token.token)
    return found


def occurrences(word: str, text: str, edges: set[int]) -> int:
    """Occurrences of a string but for chance hits, which run over a border of words and begin or end inside one."""
    found, at = 0, text.find(word)
    while at >= 0:
        end = at + len(word)
        whole = at in edges and end in edges
        inside_one = not any(edge in edges for edge in range(at + 1, end)) and not (at in edges and end in edges)
        found += whole or inside_one
        at = text.find(word, end)
    return found
