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
from scipy.stats import false_discovery_control

from emphasis.measures.counting import Counting
from emphasis.measures.counts import Paragraphs, count_terms
from emphasis.measures.keyness import Comparison, KeynessSettings, keyness_tables, name_tests
from emphasis.measures.sentence_units import count_in_sentences
from emphasis.measures.significance import benjamini_hochberg, permutation_p
from emphasis.measures.testing import MAX_Q, TEST_ACROSS, TEST_OF_SETTING
from emphasis.store.tables import check
from support import ROOT
from support.keyness import compare_texts
from support.token_rows import vocabulary

TESTING = KeynessSettings(min_n=1, draws=2000, seed=1)
HELD = [("词00", "词", "零")]
"""A term and the words that it consists of."""


def pool(counts, sizes, **columns):
    counts = np.asarray(counts)
    units = pd.DataFrame({"report_id": "r", "section_id": "s1", "role": "plan", "paragraph": range(1, len(counts) + 1)})
    vocabulary = np.array([f"词{i:03}" for i in range(counts.shape[1])], dtype=object)
    return Paragraphs(vocabulary, sparse.csr_array(counts.astype(float)), np.asarray(sizes), units.assign(**columns))


def brute_p(counts, sizes, k):
    """Two-sided p of the first k units against the rest: every choice, one after the other."""

    def statistic(chosen):
        inside = sum(sizes[i] for i in chosen)
        hits = sum(counts[i] for i in chosen)
        rate = sum(counts) / sum(sizes)
        return abs(hits - rate * inside) / math.sqrt(inside * (sum(sizes) - inside))

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
    assert p[0] == pytest.approx(1 / 31)


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


def test_missing_p_do_not_count():
    q = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    assert q[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert np.isnan(q[1])


def test_one_paragraph_is_undecidable_and_says_so():
    text = pool(np.vstack([[20, 1, 1], np.ones((10, 3))]), np.full(11, 50))
    table, verdict = compare_texts(text, np.arange(11) == 0, Comparison("section", "r", "s1", "rest"), TESTING)
    assert (verdict["verdict"], verdict["n_keywords"], verdict["n_tested"]) == ("undecidable", 3, 0)
    assert verdict["p_smallest"] == pytest.approx(1 / 11)
    assert len(table) == 3
    assert table[["p", "q_bh", "test"]].isna().all(axis=None)


@pytest.mark.parametrize(("test", "name"), [("draws", "permutation"), ("closed", "closed form")])
def test_a_word_of_one_half_is_found_and_the_test_is_named(test, name):
    text = pool(np.column_stack([np.repeat([4, 0], 20), np.ones(40), np.tile([0, 2], 20)]), np.full(40, 30))
    table, verdict = compare_texts(
        text, np.arange(40) < 20, Comparison("part", "r", "plan", "review"), KeynessSettings(1, 2000, 1, test)
    )
    assert (verdict["verdict"], verdict["n_found"]) == ("found", 1)
    assert table.set_index("term").loc["词000", "q_bh"] < 0.01
    assert set(table["test"].dropna()) == {name}


def test_words_that_could_not_be_reported_are_not_tested():
    """A word in one paragraph out of forty, half of which are the target's, is on one side in half of all divisions."""
    text = pool(np.column_stack([np.repeat([4, 0], 20), np.eye(40, 1) * 9]), np.full(40, 30))
    for test in ("draws", "closed"):
        table, verdict = compare_texts(
            text, np.arange(40) < 20, Comparison("part", "r", "plan", "review"), KeynessSettings(1, 2000, 1, test)
        )
        assert (verdict["n_keywords"], verdict["n_tested"], verdict["p_needed"]) == (2, 1, 0.05)
        assert table.set_index("term")["q_bh"].notna().tolist() == [True, False]


def test_names_of_the_own_region_are_marked():
    text = pool([[1, 2], [1, 2]], [9, 9])
    table, _ = compare_texts(
        text,
        np.array([True, False]),
        Comparison("part", "r", "plan", "review"),
        TESTING,
        {"r": {"词001", "词1"}, "s": {"词000"}},
    )
    assert table["own_place"].tolist() == [False, True]


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
    assert config["properties"]["keyness"]["properties"]["test"]["enum"] == ["auto", *TEST_OF_SETTING]


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


def one_long_paragraph():
    """A report whose first section is one paragraph that has a word in each of its twelve sentences."""
    sections = ["s1"] * 12 + ["s2"] * 100
    sentences = [f"r:{i}" for i in range(112)]
    paragraph = [0] * 12 + [1 + i // 10 for i in range(100)]
    words = [["创新" if i < 12 else "农村", "发展", *(f"词{i}{j}" for j in range(8))] for i in range(112)]
    tokens = pd.DataFrame(
        [("r", section, name, word, "n", "word") for section, name, own in zip(sections, sentences, words, strict=True) for word in own],
        columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"],
    )  # fmt: skip
    texts = pd.DataFrame({"report_id": "r", "sentence_id": sentences, "paragraph": paragraph})
    outline = pd.DataFrame({"report_id": "r", "section_id": ["s1", "s2"], "parent_id": "", "level": 1, "role": "plan"})
    return tokens, texts, outline


@pytest.mark.parametrize("test", ["draws", "closed"])
def test_a_section_of_one_paragraph_is_compared_by_sentences(schemas, test):
    tokens, texts, outline = one_long_paragraph()
    counting, settings = Counting({"plan"}), KeynessSettings(3, 2000, 1, test)
    paragraphs = Paragraphs.of(count_terms(tokens, texts, outline, vocabulary(tokens, HELD), counting))
    asked = []

    def sentences(report_ids):
        asked.append(report_ids)
        return count_in_sentences(tokens, texts, outline, vocabulary(tokens, HELD), counting)

    table, verdicts = keyness_tables(paragraphs, outline, settings, sentences=sentences)
    table, verdicts = check(table, schemas["keyness"]), check(verdicts, schemas["keyness_comparisons"])
    assert asked == [["r"]]
    assert verdicts[["target", "unit", "units_target", "units_reference", "verdict"]].to_numpy().tolist() == [
        ["s1", "sentence", 12, 100, "found"], ["s2", "sentence", 100, 12, "found"],
    ]  # fmt: skip
    found = table[(table["target"] == "s1") & (table["q_bh"] < MAX_Q)]
    assert found[["term", "unit", "range_target"]].to_numpy().tolist() == [
        ["创新", "sentence", 12],
        ["农村", "sentence", 0],
    ]
    _, without = keyness_tables(paragraphs, outline, settings)
    assert set(without["verdict"]) == {"undecidable"} and set(without["unit"]) == {"paragraph"}


def test_sentences_of_several_reports_are_counted_together(schemas):
    tokens, texts, outline = one_long_paragraph()
    counting, settings = Counting({"plan"}), KeynessSettings(3, 500, 1, "draws")
    # The second report has words of its own, so that the places of the first one's words differ when both are counted.
    second = tokens.assign(token=tokens["token"].replace({"创新": "三农", "发展": "一体化"}))

    def named(table, report_id):
        own = table.assign(report_id=report_id)
        return own.assign(sentence_id=report_id + own["sentence_id"]) if "sentence_id" in own else own

    reports = {"r": [named(table, "r") for table in (tokens, texts, outline)]}
    reports["t"] = [named(table, "t") for table in (second, texts, outline)]
    asked = []

    def tables(report_ids):
        own_tokens, own_texts, own_outline = (
            pd.concat(some, ignore_index=True) for some in zip(*(reports[report_id] for report_id in report_ids), strict=True)
        )  # fmt: skip
        held = vocabulary(own_tokens, HELD)
        paragraphs = Paragraphs.of(count_terms(own_tokens, own_texts, own_outline, held, counting))

        def sentences(wanted):
            asked.append(wanted)
            return count_in_sentences(own_tokens, own_texts, own_outline, held, counting)

        found = keyness_tables(paragraphs, own_outline, settings, sentences=sentences)
        names = ("keyness", "keyness_comparisons")
        return [check(table, schemas[name]) for name, table in zip(names, found, strict=True)]

    together, alone = tables(["r", "t"]), [tables([report_id]) for report_id in ("r", "t")]
    assert asked == [["r", "t"], ["r"], ["t"]]
    for both, *own in zip(together, *alone, strict=True):
        pd.testing.assert_frame_equal(both, pd.concat(own, ignore_index=True))
    assert {"创新", "三农"} <= set(together[0]["term"])


def test_sentences_and_paragraphs_count_the_same_words():
    tokens, texts, outline = one_long_paragraph()
    one = Paragraphs.of(count_terms(tokens, texts, outline, vocabulary(tokens, HELD), Counting({"plan"})))
    other = count_in_sentences(tokens, texts, outline, vocabulary(tokens, HELD), Counting({"plan"}))
    assert one.vocabulary.tolist() == other.vocabulary.tolist()
    assert one.counts.sum(axis=0).tolist() == other.counts.sum(axis=0).tolist()
    assert one.sizes.sum() == other.sizes.sum()
