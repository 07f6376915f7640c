"""Keyness by hand, against scipy and plain loops, and against chance."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import chi2_contingency, false_discovery_control

from emphasis.measures.counts import Paragraphs
from emphasis.measures.keyness import PRIOR, Comparison, KeynessSettings, effect_sizes, name_tests
from emphasis.measures.significance import benjamini_hochberg, permutation_p, smallest_permutation_p
from emphasis.measures.testing import MAX_Q, TEST_ACROSS, TEST_OF_SETTING
from emphasis.store.tables import check
from support import ROOT
from support.keyness import compare_texts

TESTING = KeynessSettings(min_n=1, draws=2000, seed=1)


def row(a, b, n1, n2):
    return pd.DataFrame(effect_sizes(np.array([a]), np.array([b]), n1, n2)).iloc[0]


def pool(counts, sizes, **columns):
    counts = np.asarray(counts)
    units = pd.DataFrame({"report_id": "r", "section_id": "s1", "role": "plan", "paragraph": range(1, len(counts) + 1)})
    vocabulary = np.array([f"词{i:03}" for i in range(counts.shape[1])], dtype=object)
    return Paragraphs(vocabulary, sparse.csr_array(counts.astype(float)), np.asarray(sizes), units.assign(**columns))


def test_effect_sizes_by_hand():
    # 10 in 100 tokens against 5 in 200: rates 1,000 and 250 per 10,000.
    found = row(10, 5, 100, 200)
    assert (found["per_10k_target"], found["per_10k_reference"]) == (1000, 250)
    assert found["log_ratio"] == pytest.approx(math.log2((10.5 / 101) / (5.5 / 201)))
    assert found["pct_diff"] == pytest.approx(300)
    # Expected under one rate of 15/300: 5 and 10.
    g2 = 2 * (10 * math.log(10 / 5) + 5 * math.log(5 / 10) + 90 * math.log(90 / 95) + 195 * math.log(195 / 190))
    assert found["g2"] == pytest.approx(g2)
    # Prior: 1,000 tokens, 50 of them the word.
    delta = math.log(60 / (1100 - 60)) - math.log(55 / (1200 - 55))
    assert found["log_odds_z"] == pytest.approx(delta / math.sqrt(1 / 60 + 1 / 55))


def test_a_word_on_one_side_only():
    found = row(3, 0, 100, 100)
    assert math.isnan(found["pct_diff"])
    assert found["log_ratio"] == pytest.approx(math.log2(7))
    assert np.isfinite(found[["g2", "log_odds_z"]].to_numpy(dtype=float)).all()
    assert row(0, 3, 100, 100)["pct_diff"] == -100


def test_equal_rates_are_no_difference():
    found = row(5, 5, 100, 100)
    assert found[["log_ratio", "pct_diff", "g2", "log_odds_z"]].abs().max() == pytest.approx(0, abs=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(61, 3000), st.integers(61, 3000))
def test_effect_sizes_against_scipy_and_a_plain_formula(a, b, n1, n2):
    if a + b == 0:
        return
    found = row(a, b, n1, n2)
    expected = chi2_contingency([[a, b], [n1 - a, n2 - b]], correction=False, lambda_="log-likelihood").statistic
    assert found["g2"] == pytest.approx(expected, abs=1e-8)
    w = PRIOR * (a + b) / (n1 + n2)
    delta = math.log((a + w) / (n1 + PRIOR - a - w)) - math.log((b + w) / (n2 + PRIOR - b - w))
    assert found["log_odds_z"] == pytest.approx(delta / math.sqrt(1 / (a + w) + 1 / (b + w)))


def brute_p(counts, sizes, k):
    """Two-sided p of the first k units against the rest: every choice, one after the other."""

    def statistic(chosen):
        inside = sum(sizes[i] for i in chosen)
        hits = sum(counts[i] for i in chosen)
        return abs(hits / inside - (sum(counts) - hits) / (sum(sizes) - inside))

    found = statistic(range(k)) - 1e-12
    every = [statistic(chosen) >= found for chosen in combinations(range(len(sizes)), k)]
    return sum(every) / len(every)


UNITS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 20)), min_size=3, max_size=8)


@given(UNITS, st.integers(1, 7))
def test_permutation_is_exact_when_all_choices_can_be_tried(units, k):
    k = min(k, len(units) - 1)
    counts = np.array([[a, b] for a, b, _ in units], dtype=float)
    sizes = np.array([8 + size for _, _, size in units])
    target = np.arange(len(units)) < k
    p = permutation_p(counts, sizes, target, draws=100, rng=np.random.default_rng(0))
    assert p.tolist() == pytest.approx([brute_p(counts[:, i].tolist(), sizes.tolist(), k) for i in range(2)])


def test_p_of_random_divisions_is_near_the_exact_one():
    rng = np.random.default_rng(3)
    counts = rng.poisson(0.8, (14, 40)).astype(float)
    sizes = rng.integers(20, 60, 14)
    target = np.arange(14) < 6
    exact = permutation_p(counts, sizes, target, draws=math.comb(14, 6), rng=rng)
    random = permutation_p(counts, sizes, target, draws=3000, rng=rng)
    # 20 hits leave an error of about 1 / sqrt(20) of p.
    assert (np.abs(random - exact) < 0.01 + exact).all()
    assert np.abs(random - exact).mean() < 0.1
    assert (random >= 1 / 3001).all()


def test_the_smallest_p_is_that_of_the_number_of_paragraphs():
    counts = np.array([[9.0], *([[0.0]] * 30)])
    target = np.arange(31) == 0
    p = permutation_p(counts, np.full(31, 50), target, draws=5000, rng=np.random.default_rng(0))
    assert p[0] == pytest.approx(1 / 31) == smallest_permutation_p(31, 1, 5000)


def test_no_reference_gives_no_p():
    counts = np.ones((3, 2))
    assert np.isnan(permutation_p(counts, np.ones(3), np.ones(3, bool), draws=9, rng=np.random.default_rng(0))).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_against_scipy(p):
    assert benjamini_hochberg(np.array(p)).tolist() == pytest.approx(false_discovery_control(p).tolist())


def test_q_of_the_example_of_benjamini_and_hochberg():
    """As the documentation of scipy prints it: the first four of fifteen are below 0.05."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    q = benjamini_hochberg(np.array(p))
    assert q[:5].tolist() == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])
    assert (q < 0.05).sum() == 4


def test_g2_and_difference_as_other_programs_test_them():
    """Wordless has G2 167.23 (Dunning 1993, p. 72) and %DIFF 1481.83 and 88.7 (Gabrielatos & Marchi)."""

    def one(a, b, n1, n2):
        return row(a, b, n1, n2)

    assert one(10, 0, 13, 31_764)["g2"] == pytest.approx(167.23, abs=0.005)
    assert one(20, 1, 29_954, 23_691)["pct_diff"] == pytest.approx(1481.83, abs=0.005)
    assert one(206_523, 178_174, 959_641, 1_562_358)["pct_diff"] == pytest.approx(88.7, abs=0.05)


def test_missing_p_do_not_count():
    q = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert q[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert np.isnan(q[1])


def test_one_paragraph_is_undecidable_and_says_so():
    text = pool(np.vstack([[20, 1, 1], np.ones((10, 3))]), np.full(11, 50))
    table, verdict = compare_texts(text, np.arange(11) == 0, Comparison("section", "r", "s1", "rest"), TESTING)
    assert verdict["verdict"] == "undecidable"
    assert len(table) == 3
    assert (table["q_bh"] > 0.05).all()


@pytest.mark.parametrize(("test", "name"), [("draws", "permutation"), ("closed", "closed form")])
def test_a_word_of_one_half_is_found_and_the_test_is_named(test, name):
    text = pool(np.column_stack([np.repeat([4, 0], 20), np.ones(40), np.tile([0, 2], 20)]), np.full(40, 30))
    table, verdict = compare_texts(
        text, np.arange(40) < 20, Comparison("part", "r", "plan", "review"), KeynessSettings(1, 2000, 1, test)
    )
    assert (verdict["verdict"], verdict["n_found"]) == ("found", 1)
    assert table.set_index("term").loc["词000", "q_bh"] < 0.01
    assert set(table["test"]) == {name}


def test_a_word_without_a_p_has_no_test(schemas):
    text = pool([[1, 2], [1, 2]], [9, 9])
    comparison = Comparison("part", "r", "plan", "review")
    table, _ = compare_texts(text, np.array([True, False]), comparison, KeynessSettings(1, 99, 1))
    table[["p", "q_bh"]] = np.nan
    table["test"] = name_tests(table["p"].to_numpy(), "permutation")
    assert check(table, schemas["keyness"])["test"].tolist() == ["", ""]


def test_settings_and_schemas_agree_on_the_names_of_tests(schemas):
    fields = {name: {f.name: f for f in schemas[name].fields} for name in ("keyness", "keyness_across")}
    assert fields["keyness"]["test"].constraints["enum"] == list(TEST_OF_SETTING.values())
    assert fields["keyness_across"]["test"].constraints["enum"] == [TEST_ACROSS]
    config = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    assert config["properties"]["keyness"]["properties"]["test"]["enum"] == list(TEST_OF_SETTING)


def test_the_schemas_name_the_q_of_the_library(schemas):
    assert all(f"q is below {MAX_Q}" in schemas[name].description for name in ("keyness", "keyness_across"))
    for name in ("keyness_comparisons", "keyness_across_comparisons"):
        assert sum(f"q below {MAX_Q}" in field.description for field in schemas[name].fields) == 2


def test_rare_words_are_left_out():
    text = pool([[1, 2], [0, 2]], [9, 9])
    table, _ = compare_texts(
        text, np.array([True, False]), Comparison("part", "r", "plan", "review"), KeynessSettings(3, 99, 1)
    )
    assert table["term"].tolist() == ["词001"]
