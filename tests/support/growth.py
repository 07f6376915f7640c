"""How the time of each stage grows with the length of a text."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from emphasis.areas.coder import read_coder
from emphasis.areas.scheme import read_scheme
from emphasis.areas.tables import area_tables
from emphasis.ingest.readers import source_of
from emphasis.ingest.records import BODY_ROLES
from emphasis.ingest.report import parse
from emphasis.ingest.tables import rebuild_reports, tabulate_reports
from emphasis.segment.cue_words import load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import load_lexicon, load_words
from emphasis.segment.place_names import places_of_reports
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import segment_reports, token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.targets.extract import extract
from emphasis.targets.indicators import load_indicators
from emphasis.targets.ledger import pair_rows, target_rows
from support import ROOT

FLOOR = 0.04
"""Seconds below which a time says nothing: what a stage does once for any text, and the clock, are of this size."""
MOST = 1.3
"""Times that a text of n characters may cost per character in one of 4 n."""
REPEATS = 6

Times = dict[str, float]


class Stages:
    """What is done with a text after it was read; `areas` codes its sentences too, which costs 0.1 s for any text."""

    def __init__(self) -> None:
        lexicon_folder = ROOT / "config/lexicon"
        self._lexicon, words = load_lexicon(lexicon_folder), load_words(lexicon_folder / "words.tsv")
        self._segmenter = Segmenter(make_engine("rjieba"), self._lexicon.terms, words)
        self._cue_words = load_cue_words(lexicon_folder / "cue_words.txt")
        self._units = Units(self._lexicon, words)
        self._indicators = load_indicators(ROOT / "config/indicators.tsv")
        areas: Path = ROOT / "config/areas"
        self._scheme = read_scheme(areas / "areas.tsv")
        self._coder = read_coder(areas, self._scheme.areas)
        self.times("稳中求进。" * 100, areas=True)  # what is loaded once

    def times(self, text: str, *, areas: bool = False) -> Times:
        """Seconds of processor time that each stage takes."""
        times: Times = {}

        def clock(stage: str, work: Callable[[], Any]) -> Any:
            start = time.thread_time()
            found = work()
            times[stage] = time.thread_time() - start
            return found

        # A collection would look through all objects of the test run, at some moment.
        gc.disable()
        try:
            self._run(text, clock, areas)
        finally:
            gc.enable()
        return times

    def _run(self, text: str, clock: Callable[[str, Callable[[], Any]], Any], areas: bool) -> None:
        source = clock("mend", lambda: source_of("report.txt", text, "utf-8", b""))
        report = clock("parse", lambda: parse(source, "report"))
        tables = clock("tabulate", lambda: tabulate_reports([report]))
        sentences, outline = tables["sentences"], tables["outline"]
        if outline.empty or sentences.empty:
            return
        clock("targets", lambda: self._targets(tables))
        places = places_of_reports(tables["reports"])
        cut = clock(
            "segment", lambda: segment_reports(sentences, self._segmenter, self._lexicon, self._cue_words, places)
        )
        tokens = clock("tokens", lambda: token_table(sentences, [one.tokens for one in cut]))
        if areas:
            vocabulary = clock("vocabulary", lambda: vocabulary_table(tokens["token"].unique(), self._units))
            inputs = {"sentences": sentences, "tokens": tokens, "outline": outline, "vocabulary": vocabulary}
            clock("areas", lambda: area_tables(inputs, self._coder, self._scheme, [], BODY_ROLES))

    def _targets(self, tables: Mapping[str, Any]) -> None:
        for report in rebuild_reports(tables["reports"], tables["outline"], tables["sentences"]):
            entries = {"report": extract(report, self._indicators)}
            target_rows(entries), pair_rows(entries)


def super_linear(stages: Stages, make: Callable[[int], str], n: int, *, areas: bool = False) -> dict[str, list[float]]:
    """The stages that take more than `MOST` times as long per character for 4 n characters as for n, with their times at n, 2 n, 4 n.

    Of each time the least of some repeats is taken, until all stages pass: another program on the machine only makes times longer.
    """
    least: dict[int, Times] = {size: {} for size in (n, 2 * n, 4 * n)}
    failing: dict[str, list[float]] = {}
    for _ in range(REPEATS):
        for size, known in least.items():
            for stage, seconds in stages.times(make(size), areas=areas).items():
                known[stage] = min(seconds, known.get(stage, seconds))
        times = {stage: [least[size].get(stage, 0.0) for size in least] for stage in least[4 * n]}
        failing = {stage: seconds for stage, seconds in times.items() if _grows(*seconds)}
        if not failing:
            return {}
    # A cost that comes once, between two sizes, is no growth: that goes on with the next.
    eight = [stages.times(make(8 * n), areas=areas) for _ in range(2)]
    further = {stage: min(times[stage] for times in eight) for stage in failing}
    return {stage: seconds for stage, seconds in failing.items() if further[stage] > (1 + MOST) / 2 * 2 * seconds[2]}


def _grows(one: float, two: float, four: float) -> bool:
    """Whether the time grows faster than the length from the first to the last, and from the second on: not in a single step."""
    return four > max(FLOOR, MOST * 4 * one) and four > (1 + MOST) / 2 * 2 * two
