from __future__ import annotations

import pytest

from emphasis.segment.cue_words import CueWords, load_cue_words
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, load_lexicon, load_words
from emphasis.segment.segmenter import Segmenter
from support import ROOT

FOLDER = ROOT / "config/lexicon"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(FOLDER)


@pytest.fixture(scope="session")
def cue_words() -> CueWords:
    return load_cue_words(FOLDER / "cue_words.txt")


@pytest.fixture(scope="session")
def segmenters(lexicon: Lexicon) -> dict[str, Segmenter]:
    words = load_words(FOLDER / "words.tsv")
    return {name: Segmenter(make_engine(name), lexicon.terms, words) for name in ("jieba", "rjieba")}


@pytest.fixture(scope="session")
def segmenter(segmenters: dict[str, Segmenter]) -> Segmenter:
    return segmenters["rjieba"]
