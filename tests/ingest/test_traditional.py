"""A report in traditional characters is counted like the same report in simplified ones."""

import pandas as pd
from opencc import OpenCC

from emphasis.ingest.report import ingest
from emphasis.ingest.simplify import simplify_sentences
from support import ROOT


def sentences(file):
    report = ingest(file, file.stem)
    return pd.DataFrame([(s.start, s.end, s.text) for s in report.sentences], columns=["start", "end", "text"])


def test_sentences_are_those_of_the_simplified_report(tmp_path):
    file = ROOT / "seeds/changchun-2025.txt"
    traditional = tmp_path / file.name
    traditional.write_text(OpenCC("s2t").convert(file.read_text(encoding="utf-8")), encoding="utf-8")
    own, found = sentences(file), sentences(traditional)
    assert found["start"].tolist() == own["start"].tolist()
    assert sum(a != b for a, b in zip(found["text"], own["text"], strict=True)) > 200
    back = simplify_sentences(found, wanted=True)
    # A few characters have one traditional form and two simplified ones.
    pairs = [pair for a, b in zip(back["text"], own["text"], strict=True) for pair in zip(a, b, strict=True)]
    assert sum(a != b for a, b in pairs) <= len(pairs) / 1000
    assert simplify_sentences(found, wanted=False)["text"].tolist() == found["text"].tolist()


def test_an_empty_table_stays_empty():
    empty = sentences(ROOT / "seeds/changchun-2025.txt").iloc[:0]
    assert simplify_sentences(empty, wanted=True).empty
