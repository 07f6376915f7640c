"""What most peers have and a text has not."""

import numpy as np
import pytest

from emphasis.reference.data import peer_counts
from emphasis.reference.distinctive import Standard
from emphasis.reference.missing import Neighbours, missing_terms, plain_text
from support.yardstick import made_up

TERMS = ["一件事", "养老", "经济", "银发经济", "高效办成一件事"]
COUNTS = [[1, 4, 9, 1, 1], [2, 5, 8, 1, 2], [1, 4, 9, 1, 1], [1, 4, 9, 0, 1], [1, 6, 9, 1, 1]]


@pytest.fixture
def found():
    reference = made_up(COUNTS, [1000] * 5, TERMS)
    standard = Standard.of(peer_counts(reference, reference.reports["report_id"].tolist()))
    return lambda *text: missing_terms(plain_text(text), 1000, standard, reference)


def test_it_is_looked_for_as_a_string(found):
    """Whatever it was cut into, and whatever quotation marks and spaces are in it."""
    rows = found("发展银发 经济。", "高效办成“一件事”。")
    assert rows["term"] == ["养老"]
    assert rows["peers_with"].tolist() == [1]


def test_no_string_runs_across_sentences(found):
    assert "银发经济" in found("关爱银发", "经济平稳")["term"]


def test_words_of_missing_terms_are_named_with_them(found):
    rows = found("经济平稳")
    assert dict(zip(rows["term"], rows["within"], strict=True)) == {
        "养老": "",
        "一件事": "高效办成一件事",
        "高效办成一件事": "",
        "银发经济": "",
    }
    assert rows["n_with"].tolist() == [5, 5, 5, 4]
    assert (np.diff(rows["chance"][:3]) >= 0).all() and 0 < rows["chance"][0] < 0.2


def test_what_came_up_later_is_not_passed_over():
    """Neither the term nor the word inside it, which has no life of its own."""
    reference = made_up(COUNTS, [1000] * 5, TERMS)
    standard = Standard.of(peer_counts(reference, reference.reports["report_id"].tolist()))
    later = reference.places(["高效办成一件事"])
    assert missing_terms("经济平稳", 1000, standard, reference, None, later)["term"] == ["养老", "银发经济"]


def test_what_stands_in_the_same_passages_is_near():
    counts = [[5, 4, 0, 0], [3, 5, 0, 1], [4, 4, 0, 0], [0, 0, 6, 3], [0, 0, 5, 4], [0, 1, 4, 4]]
    reference = made_up(counts, [1000] * 6, ["养老", "托育", "芯片", "银发"])
    neighbours = Neighbours(reference)
    place = {term: i for i, term in enumerate(reference.terms)}

    def nearest(term, *said):
        (found,) = neighbours.nearest([place[term]], np.isin(reference.terms, said))
        return reference.terms[found] if found >= 0 else ""

    assert nearest("托育", "养老", "芯片") == "养老"
    assert nearest("托育", "芯片") == nearest("托育", "托育") == ""
    assert nearest("芯片", "银发", "养老") == "银发"
