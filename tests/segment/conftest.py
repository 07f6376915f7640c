from __future__ import annotations

import pytest

from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, load_words, open_lexicon
from emphasis.segment.segmenter import Segmenter
from support import ROOT

FOLDER = ROOT / "config/lexicon"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return open_lexicon(FOLDER)


@pytest.fixture(scope="session")
def segmenters(lexicon: Lexicon) -> dict[str, Segmenter]:
    words = load_words(FOLDER / "words.tsv")
    return {name: Segmenter(make_engine(name), lexicon.terms, words) for name in ("jieba", "rjieba")}


@pytest.fixture(scope="session")
def segmenter(segmenters: dict[str, Segmenter]) -> Segmenter:
    return segmenters["rjieba"]
