"""Characters per second of single stages on one core (`make bench`), on the bundled report read again and again.

Ingestion is timed from the file to sentences; segmentation from sentences to tokens, terms of the report included, with each
engine. What has to be loaded once (dictionary, lexicon) is loaded before.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from emphasis.ingest.batch import corpus_tables
from emphasis.ingest.report import ingest
from emphasis.segment.batch import segment_report
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon, load_words
from emphasis.segment.segmenter import Segmenter

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "seeds/changchun-2025.txt"
LEXICON = ROOT / "config/lexicon"
ROUNDS = 5


def rate(characters: int, times: int, stage: Callable[[], object]) -> float:
    """Characters per second: the median of some rounds of `times` runs each, after one run that is not counted."""
    stage()
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(times):
            stage()
        seconds.append(time.perf_counter() - start)
    return characters * times / statistics.median(seconds)


def main() -> None:
    report = ingest(REPORT, "r")
    characters = len(report.source.text)
    print(f"{'ingestion (characters/s)':45}{rate(characters, 100, lambda: ingest(REPORT, 'r')):,.0f}")
    sentences = pd.DataFrame(corpus_tables([report])["sentences"])
    lexicon = load_lexicon(LEXICON / "policy_terms.tsv", None)
    for engine, times in (("jieba", 5), ("rjieba", 20)):
        segmenter = Segmenter(make_engine(engine), lexicon.terms, load_words(LEXICON / "words.tsv"))

        def segment(segmenter: Segmenter = segmenter) -> object:
            return segment_report(sentences, segmenter, lexicon)

        print(f"{f'segmentation, {engine} (characters/s)':45}{rate(characters, times, segment):,.0f}")


if __name__ == "__main__":
    main()
