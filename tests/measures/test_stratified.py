"""Precision and recall from a stratified draw: by hand, and how often the intervals hold the true value."""

import numpy as np
import pytest

from emphasis.measures.stratified import Sample, precision_recall, share


def test_by_hand():
    """Of 100 hits 10 were drawn, of 900 others 30; the person gives the code to 9 and to 2.

    P = .9; missed are 900 x 2 / 30 = 60, found 90: recall .6.
    """
    sample = Sample(np.repeat([0, 1], [10, 30]), np.array([100, 900]))
    hit = np.repeat([True, False], [10, 30])
    coded = np.array([True] * 9 + [False] + [True] * 2 + [False] * 28)
    precision, recall = precision_recall(sample, hit, coded, 100)
    assert (precision.n, precision.value, recall.n) == (10, 0.9, 11)
    assert recall.value == pytest.approx(0.6)
    assert precision.low < 0.9 < precision.high <= 1
    assert 0 < recall.low < 0.6 < recall.high < 1


def test_weights_count():
    """Stratum 0: two of four units drawn, both of the kind, one has it; stratum 1: two of forty, both of the kind and have it."""
    sample = Sample(np.array([0, 0, 1, 1]), np.array([4, 40]))
    everything = np.ones(4, dtype=bool)
    found = share(sample, everything, np.array([True, False, True, True]))
    assert found.value == pytest.approx((2 * 1 + 20 * 2) / 44)


def test_a_population_that_was_drawn_whole_is_known():
    sample = Sample(np.zeros(5, dtype="int64"), np.array([5]))
    found = share(sample, np.ones(5, dtype=bool), np.array([True, True, True, False, False]))
    assert (found.low, found.value, found.high) == (0.6, 0.6, 0.6)


def test_few_units():
    sample = Sample(np.array([0, 0]), np.array([10]))
    none, one = (
        share(sample, np.zeros(2, dtype=bool), np.ones(2, dtype=bool)),
        share(sample, np.array([True, False]), np.ones(2, dtype=bool)),
    )
    assert none.n == 0 and np.isnan([none.value, none.low, none.high]).all()
    assert (one.n, one.value) == (1, 1) and np.isnan([one.low, one.high]).all()
    _, recall = precision_recall(sample, np.zeros(2, dtype=bool), np.zeros(2, dtype=bool), 0)
    assert recall.n == 0 and np.isnan(recall.value)
    # A code that the machine never gives is never found.
    assert precision_recall(sample, np.zeros(2, dtype=bool), np.array([True, False]), 0)[1].value == 0


def test_no_miss_in_the_draw_is_no_proof_that_there_is_none():
    sample = Sample(np.repeat([0, 1], 50), np.array([500, 9500]))
    hit = np.repeat([True, False], 50)
    precision, recall = precision_recall(sample, hit, hit, 500)
    assert precision.value == recall.value == 1
    assert precision.low < 0.97
    assert recall.low < 0.6


def drawn(random, stratum, size):
    """A draw as the kit makes it: half in equal parts, half in proportion."""
    sizes = np.bincount(stratum)
    n = np.minimum(sizes, np.rint(size / 2 * sizes / sizes.sum() + size / 2 / len(sizes)).astype(int))
    return np.concatenate([random.choice(np.flatnonzero(stratum == h), n[h], replace=False) for h in range(len(n))])


@pytest.mark.parametrize(
    ("strata", "size", "prevalence", "precision", "recall"),
    [(2, 300, 0.1, 0.85, 0.8), (2, 300, 0.05, 0.7, 0.95), (11, 600, 0.1, 0.9, 0.6)],
)
def test_intervals_hold_the_true_value(strata, size, prevalence, precision, recall):
    """Draws from a population of 20,000; with eleven strata the hits are spread over several, as with ten themes."""
    random = np.random.default_rng(strata + size)
    truth = random.random(20_000) < prevalence
    false = prevalence * recall * (1 - precision) / precision / (1 - prevalence)
    hit = random.random(20_000) < np.where(truth, recall, false)
    if strata == 2:
        stratum = (~hit).astype(int)
    else:
        other = np.where(random.random(20_000) < 0.4, strata - 1, random.integers(1, strata - 1, 20_000))
        stratum = np.where(hit & (random.random(20_000) < 0.6), 0, np.where(hit, np.minimum(other, strata - 2), other))
    true = (truth & hit).sum() / hit.sum(), (truth & hit).sum() / truth.sum()
    sizes, held, estimates = np.bincount(stratum), np.zeros(2), np.zeros(2)
    for _ in range(600):
        rows = drawn(random, stratum, size)
        found = precision_recall(Sample(stratum[rows], sizes), hit[rows], truth[rows], int(hit.sum()))
        held += [one.low <= value <= one.high for one, value in zip(found, true, strict=True)]
        estimates += [one.value for one in found]
    assert ((held / 600 >= 0.92) & (held / 600 <= 0.98)).all(), held / 600
    assert estimates / 600 == pytest.approx(np.array(true), abs=0.02)
