"""What sets a text apart: by hand, words that only one report shows as terms, calibration, planted terms."""

import numpy as np
import pytest

from emphasis.measures.significance import benjamini_hochberg
from emphasis.measures.testability import reportable
from emphasis.reference.data import PeerCounts, peer_counts
from emphasis.reference.distinctive import (
    OwnTerms,
    Standard,
    Told,
    counts_among_peers,
    distinctive_terms,
    median_and_high,
    moments_among_peers,
)
from emphasis.reference.prediction import Moments, predict
from support.yardstick import made_up


def own_terms(reference, terms, parts=None):
    return OwnTerms(
        np.array(terms, dtype=object), np.full(len(terms), "n", dtype=object), reference.places(terms), parts or {}
    )


def smallest_p(totals, standard, size):
    """The p of terms if all occurrences in text and peers were the text's: no peer would have them."""
    nothing = Moments(np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))
    return predict(nothing, standard.trend, standard.peers.sizes, size).upper_p(totals)


def standard_of(reference):
    return Standard.of(peer_counts(reference, reference.reports["report_id"].tolist()))


def test_by_hand():
    reference = made_up([[4, 1, 0], [6, 0, 1], [5, 2, 0], [5, 0, 0], [4, 1, 1]], [1000] * 5, ["产业", "光电", "汽车"])
    own = own_terms(reference, ["产业", "光电", "汽车"])
    found = distinctive_terms([Told(np.array([4, 1, 9]), 1000, standard_of(reference), 10)], own)[0]
    # What is said once is not listed, what is said as usual neither.
    assert own.terms[found["place"]].tolist() == ["汽车"]
    assert found["expected"][0] == pytest.approx(2.5 / 5)
    assert found["ratio"][0] == pytest.approx(11 / 2.5)
    assert found["per_10k"][0] == 90 and found["peer_median"][0] == 0 and found["peers_with"][0] == pytest.approx(0.4)


def test_a_term_that_the_reference_has_not_is_bounded_by_its_rarest_word():
    reference = made_up([[9, 3], [8, 4], [9, 2], [7, 3], [9, 0]], [1000] * 5, ["品牌", "首店"])
    terms = ["天外来客", "首店品牌"]
    own = own_terms(reference, terms, {1: reference.places(["首店", "品牌"]).tolist()})
    found = distinctive_terms([Told(np.array([4, 4]), 1000, standard_of(reference), 10)], own)[0]
    assert dict(zip(own.terms[found["place"]], found["n_with"], strict=True)) == {"天外来客": 0, "首店品牌": 4}
    assert found["expected"].round(2).tolist() == [0.1, 2.5]


def test_more_occurrences_can_have_smaller_p():
    reference = made_up([[4, 1], [6, 0], [5, 2], [5, 0], [4, 1]], [1000] * 5, ["产业", "光电"])
    p = smallest_p(np.array([1.0, 2, 5, 12]), standard_of(reference), 1000)
    assert (np.diff(p) < 0).all() and p[0] > 0.01


def test_moments_of_some_terms_are_those_of_their_counts():
    """What peers have, what only words inside a term bound, and what nobody has."""
    reference = made_up([[9, 3, 1], [8, 4, 0], [9, 2, 0], [7, 3, 2], [9, 0, 1]], [1000] * 5, ["品牌", "首店", "汽车"])
    own = own_terms(reference, ["汽车", "天外来客", "首店品牌"], {2: reference.places(["首店", "品牌"]).tolist()})
    standard = standard_of(reference)
    column, found = moments_among_peers(own, np.arange(len(own.terms)), standard)
    counts, squares = counts_among_peers(own, np.arange(len(own.terms)), standard.peers)
    expected = Moments.of(counts, standard.peers.sizes, squares)
    assert counts.T.tolist() == [[1, 0, 0, 2, 1], [0] * 5, [3, 4, 2, 3, 0]]
    assert standard.peers.used[column[0]] == own.place[0] and column[1:].tolist() == [-1, -1]
    for name in ("total", "excess", "weight", "clumps"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


def test_q_is_that_of_all_terms_one_by_one(shipped):
    """Terms counted by their occurrences give the family that each of them gives by itself."""
    n, size, standard = left_out(shipped, "2025年四川省政府工作报告")
    own = OwnTerms(shipped.terms, np.full(len(n), "", dtype=object), np.arange(len(n)), {})
    table = distinctive_terms([Told(n, size, standard, 200)], own)[0]
    candidates = np.flatnonzero(n >= 2)
    _, moments = moments_among_peers(own, candidates, standard)
    p = predict(moments, standard.trend, standard.peers.sizes, size).upper_p(n[candidates].astype(float))
    others = standard.moments.total[~np.isin(standard.peers.used, candidates)]
    totals = np.concatenate([moments.total + n[candidates], others])
    tested = reportable(smallest_p(totals, standard, size))
    q = np.full(len(n), np.nan)
    q[candidates[tested[: len(p)]]] = benjamini_hochberg(p[tested[: len(p)]], tests=int(tested.sum()))
    np.testing.assert_array_equal(table["q_bh"], q[table["place"]])
    assert np.isfinite(table["q_bh"]).any()


@pytest.mark.parametrize("m", [1, 5, 6, 23, 24])
def test_quantiles_are_those_of_numpy(m):
    values = np.random.default_rng(m).gamma(0.5, 20, (m, 200)).round(1)
    median, high = median_and_high(values)
    np.testing.assert_array_equal(median, np.median(values, axis=0))
    np.testing.assert_array_equal(high, np.quantile(values, 0.95, axis=0))


@pytest.mark.simulation
def test_reports_made_of_their_peers_passages_stress_nothing(shipped):
    """Each of 200 draws takes passages of the provinces of 2025 until there are 8,000 words."""
    rng = np.random.default_rng(2)
    reports = shipped.reports
    chosen = reports[(reports["region_level"] == "province") & (reports["year"] == 2025)]
    standard = Standard.of(peer_counts(shipped, chosen["report_id"].tolist()))
    rows = np.flatnonzero(shipped.passages["report"].isin(chosen.index))
    counts, words = shipped.matrix[rows], shipped.passages["n_words"].to_numpy()[rows]
    own = OwnTerms(shipped.terms, np.full(len(shipped.terms), "", dtype=object), np.arange(len(shipped.terms)), {})
    found = 0
    for _ in range(200):
        order = rng.permutation(len(words))
        drawn = order[np.cumsum(words[order]) <= 8000]
        n = np.asarray(counts[drawn].sum(axis=0)).ravel().astype("int64")
        found += (distinctive_terms([Told(n, int(words[drawn].sum()), standard, 50)], own)[0]["q_bh"] < 0.05).any()
    assert found <= 10


def made_of_paragraphs(rng, subjects, subject_words, rates):
    """Occurrences in paragraphs, shape (P, V), and their words: a paragraph is on one subject, whose words it has more often."""
    sizes = rng.integers(20, 220, len(subjects))
    return rng.poisson(sizes[:, None] * np.where(subject_words[subjects], 8, 1) * rates), sizes


@pytest.mark.simulation
def test_reports_made_of_their_peers_paragraphs_stress_nothing():
    """24 peers of 80 paragraphs, whose rates of 1,500 words differ; 200 reports of 80 of their 1,920 paragraphs.

    Of the paragraphs of 23 provincial reports of 2025 200 such draws had no term at q < 0.05, whether of 6,000 words or of 9,000.
    """
    rng = np.random.default_rng(4)
    m, p, v, subjects = 24, 80, 1500, 20
    usual, subject_words = np.exp(rng.normal(-9.3, 1.4, v)), rng.random((subjects, v)) < 1 / subjects
    made = [
        made_of_paragraphs(rng, rng.integers(subjects, size=p), subject_words, usual * rng.gamma(2, 1 / 2, v))
        for _ in range(m)
    ]
    paragraphs, sizes = (np.concatenate(parts) for parts in zip(*made, strict=True))
    counts, words = paragraphs.reshape(m, p, v).sum(axis=1), sizes.reshape(m, p).sum(axis=1)
    names = np.array([f"词{i:04}" for i in range(v)], dtype=object)
    standard = Standard.of(
        PeerCounts(np.arange(v), counts, words.astype(float), (paragraphs**2).sum(axis=0).astype(float), names)
    )
    own = OwnTerms(names, np.full(v, "n", dtype=object), np.arange(v), {})
    found = 0
    for _ in range(200):
        drawn = rng.choice(m * p, p, replace=False)
        table = distinctive_terms([Told(paragraphs[drawn].sum(axis=0), int(sizes[drawn].sum()), standard, 50)], own)[0]
        found += (table["q_bh"] < 0.05).any()
    assert found <= 10


def left_out(shipped, report_id):
    """The counts of a province's report of 2025 and what the others have."""
    reports = shipped.reports
    chosen = reports[(reports["region_level"] == "province") & (reports["year"] == 2025)]["report_id"]
    own, others = peer_counts(shipped, [report_id]), peer_counts(shipped, [i for i in chosen if i != report_id])
    n = np.zeros(len(shipped.terms), dtype="int64")
    n[own.used] = own.counts[0]
    return n, int(own.sizes[0]), Standard.of(others)


@pytest.mark.simulation
def test_a_planted_term_is_found(shipped):
    """Twelve times in one report: any term that it has not. What most peers say as often is no find."""
    rng = np.random.default_rng(3)
    found = 0
    for report_id in ("2025年四川省政府工作报告", "2025年山西省政府工作报告"):
        n, size, standard = left_out(shipped, report_id)
        own = OwnTerms(shipped.terms, np.full(len(n), "", dtype=object), np.arange(len(n)), {})
        for term in rng.choice(np.flatnonzero(n == 0), 20, replace=False):
            planted = n.copy()
            planted[term] = 12
            table = distinctive_terms([Told(planted, size, standard, 200)], own)[0]
            at = np.flatnonzero(table["place"] == term)
            found += len(at) > 0 and table["q_bh"][at[0]] < 0.05 and at[0] < 10
    assert found >= 36
