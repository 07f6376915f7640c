"""The sums of words by report, as they come back from the files of several batches."""

import pandas as pd
import pytest

from emphasis.measures.report_terms import load_report_terms
from emphasis.store.tables import write

SUMS = ("n", "n_alone", "n_paragraphs", "squares", "with_size")
BATCHES = (
    {"b": {"经济": (3, 1, 2, 5, 60), "乙": (1, 1, 1, 1, 20)}, "d": {"甲": (2, 2, 1, 4, 40)}},
    {"a": {"经济": (60_000, 1, 1, 3_600_000_000, 18_000_000_000)}},
)


@pytest.fixture
def files(tmp_path, schemas):
    terms, sizes = [], []
    for number, batch in enumerate(BATCHES):
        rows = [(report, term, *sums) for report, own in batch.items() for term, sums in own.items()]
        terms.append(tmp_path / f"{number}/report_terms.parquet")
        write(pd.DataFrame(rows, columns=["report_id", "term", *SUMS]), terms[-1], schemas["report_terms"])
        sizes.append(tmp_path / f"{number}/report_sizes.parquet")
        about = pd.DataFrame({"report_id": list(batch), "n_words": 100, "n_paragraphs": 4, "squares": 2_500})
        write(about, sizes[-1], schemas["report_sizes"])
    return terms, sizes


def sums_of(found):
    """By report and term."""
    return {
        (name, found.vocabulary[word]): tuple(int(values[cell]) for values in columns)
        for columns in [(found.n.data, found.alone, found.n_paragraphs, found.squares, found.with_size)]
        for report, name in enumerate(found.names)
        for cell in range(found.cells(report).start, found.cells(report).stop)
        for word in [found.n.indices[cell]]
    }


def test_sums_come_back_however_large(files):
    """A word that a long text without paragraphs has 60,000 times has a square beyond 32 bits."""
    found = load_report_terms(*files)
    assert found.names == ["a", "b", "d"]
    assert sums_of(found) == {
        (report, term): sums for batch in BATCHES for report, own in batch.items() for term, sums in own.items()
    }


def test_nothing_is_read_of_reports_that_are_not_asked_for(files):
    found = load_report_terms(*files, reports=["d"])
    assert (found.names, found.vocabulary.tolist()) == (["d"], ["甲"])
    assert sums_of(found) == {("d", "甲"): (2, 2, 1, 4, 40)}
