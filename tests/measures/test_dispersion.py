"""Dispersion against the worked example of Gries (2008) as remembered, by hand, and against plain loops."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.counting import Counting
from emphasis.measures.dispersion import dispersion, spread
from emphasis.store.tables import check
from support.token_rows import BODY, counts, sections, tokens


def test_the_worked_example():
    """The letters of a text that is in use as an example (Gries 2020), with values that other programs print of it."""
    pieces = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
    printed = {
        "a": (15, 5, 0.18, 0.219512195121951, 0.785150453450451),
        "b": (10, 5, 0.02, 0.024390243902439, 0.968091043204922),
        "g": (2, 2, 0.6, 0.731707317073171, 0.387627564304206),
        "h": (2, 2, 0.58, 0.707317073170732, 0.386471489203566),
        "n": (2, 2, 0.62, 0.75609756097561, 0.386215590016284),
        "t": (4, 4, 0.18, 0.219512195121951, 0.748987986686943),
        "i": (1, 1, 0.82, 1.0, 0.0),
    }
    counts = np.array([[piece.count(letter) for piece in pieces] for letter in printed])
    table = pd.DataFrame(spread(counts, np.array([len(piece) for piece in pieces])))
    assert table.to_numpy() == pytest.approx(np.array(list(printed.values())), abs=1e-12)


def test_by_hand():
    # Two pieces of 4 and 6 tokens; 发展 once in the first and twice in the second: shares 1/3, 2/3 against 0.4, 0.6.
    text = tokens(("s1.1", "发展 的 的 的"), ("s2.1", "发展 发展 改革 的 的 的"))
    table = dispersion(counts(text, sections(), Counting(BODY, {"的"}))).set_index("term")
    assert table.loc["发展", ["n", "range"]].tolist() == [3, 2]
    assert table.loc["发展", "dp"] == pytest.approx(0.5 * (abs(1 / 3 - 0.4) + abs(2 / 3 - 0.6)))
    assert table.loc["发展", "dp_norm"] == pytest.approx(table.loc["发展", "dp"] / 0.6)
    # A word in the larger piece only: DP = 0.4, its largest value for that word; D of rates 0 and 1/6 is 0.
    assert table.loc["改革", "dp"] == pytest.approx(0.4)
    assert table.loc["改革", "juilland_d"] == pytest.approx(0.0)


def test_a_word_in_the_smallest_piece_only_has_dp_norm_one():
    table = pd.DataFrame(spread(np.array([[3, 0, 0]]), np.array([5, 10, 20])))
    assert table.loc[0, "dp_norm"] == pytest.approx(1.0)


def test_one_piece_has_nothing_to_spread_over(schemas):
    table = dispersion(counts(tokens(("s1.1", "发展 改革")), sections(), Counting(BODY)))
    assert table["dp"].tolist() == [0, 0]
    assert table[["dp_norm", "juilland_d"]].isna().all(axis=None)
    check(table, schemas["dispersion"])


def test_no_keywords_give_an_empty_table(schemas):
    assert check(dispersion(counts(tokens(), sections(), Counting(BODY))), schemas["dispersion"]).empty
    assert check(
        dispersion(counts(tokens(("s1.1", "5%/number")), sections(), Counting(BODY))), schemas["dispersion"]
    ).empty


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), min_size=2, max_size=8).filter(
        lambda p: any(n for _, n in p)
    )
)
def test_against_plain_loops(pieces):
    sizes, counts = [size + n for size, n in pieces], [n for _, n in pieces]
    row = pd.DataFrame(spread(np.array([counts]), np.array(sizes))).iloc[0]
    total, n = sum(sizes), sum(counts)
    dp = sum(abs(c / n - s / total) for c, s in zip(counts, sizes, strict=True)) / 2
    rates = [c / s for c, s in zip(counts, sizes, strict=True)]
    mean = sum(rates) / len(rates)
    deviation = math.sqrt(sum((r - mean) ** 2 for r in rates) / len(rates))
    assert row["dp"] == pytest.approx(dp, abs=1e-12)
    assert row["dp_norm"] == pytest.approx(dp / (1 - min(sizes) / total), abs=1e-12)
    assert row["juilland_d"] == pytest.approx(1 - deviation / mean / math.sqrt(len(rates) - 1), abs=1e-12)
    assert 0 <= row["dp"] <= row["dp_norm"] <= 1
