"""Keyness between reports: by hand, against scipy and the permutation test, against chance; sums against plain loops."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import binom

from emphasis.ingest.report import ingest
from emphasis.ingest.tables import tabulate_reports
from emphasis.measures.counting import Counting
from emphasis.measures.counts import Paragraphs, count_terms
from emphasis.measures.keyness_across import KeynessAcross
from emphasis.measures.report_terms import load_report_terms, report_terms
from emphasis.measures.significance import (
    benjamini_hochberg,
    closed_form_p,
    design_effect,
    one_tailed_p,
    permutation_p,
)
from emphasis.measures.testability import one_division_p, reportable, smallest_closed_form_p
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, load_stopwords
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.tables import apply_types, check, write
from support import ROOT
from support.token_rows import BODY


def paragraphs(counts, sizes, owners):
    counts = np.asarray(counts, dtype=float)
    units = pd.DataFrame({"report_id": owners, "section_id": "s1", "role": "plan", "paragraph": range(len(counts))})
    vocabulary = np.array([f"词{i:03}" for i in range(counts.shape[1])], dtype=object)
    return Paragraphs(vocabulary, sparse.csr_array(counts), np.asarray(sizes), units)


def stored(parts, schemas, folder):
    """The paragraphs of batches as the workflow stores and reads them."""
    files = []
    for i, part in enumerate(parts):
        tables = report_terms(part)
        files.append([folder / f"{i}-{name}.parquet" for name in tables])
        for (name, table), file in zip(tables.items(), files[-1], strict=True):
            write(table, file, schemas[name])
    return load_report_terms(*zip(*files, strict=True))


def test_by_hand():
    # 3 of 4 occurrences in half of the tokens, no bursts: P(4 or 0 of 4) and half of P(3 or 1 of 4): 2/16 + 4/16.
    p = closed_form_p(np.array([3, 4, 2]), np.array([1, 0, 2]), (100, 100), (20, 20), np.zeros(3))
    assert p.tolist() == pytest.approx([6 / 16, 1 / 16, 1])
    # Sum of squares twice the occurrences: a design effect of 2, so 4 occurrences are worth 2, and p is half of P(2 or 0 of 2).
    p = closed_form_p(np.array([4]), np.array([0]), (100, 100), (10**6, 10**6), np.array([8.0]))
    assert p[0] == pytest.approx(1 / 4, rel=1e-5)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.01, 0.99))
def test_without_bursts_it_is_the_binomial_law(a, b, pi):
    if a + b == 0:
        return
    tokens = (round(1e6 * pi), 10**6 - round(1e6 * pi))
    p = closed_form_p(np.array([a]), np.array([b]), tokens, (50, 50), np.zeros(1))[0]
    counts = np.arange(a + b + 1)
    middle = (a + b) * tokens[0] / 10**6
    mirrored = np.ceil(2 * middle - a - 1e-7) if a < middle else np.floor(2 * middle - a + 1e-7)
    far = (counts >= max(a, mirrored)) | (counts <= min(a, mirrored))
    weight = np.where((counts == a) | (counts == mirrored), 0.5, 1.0)[far]
    expected = (weight * binom.pmf(counts[far], a + b, tokens[0] / 10**6)).sum()
    expected = 1 if abs(a - middle) <= 0.5 else max(expected, one_division_p((50, 50)))
    assert p == pytest.approx(min(1, expected), rel=1e-6, abs=1e-12)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.001, 0.999), st.floats(0, 400))
def test_one_tail_is_a_lower_bound_of_both(a, b, pi, squares):
    if a + b == 0:
        return
    own = round(1e6 * pi)
    law = (own, 10**6 - own), (50, 50), np.array([squares])
    side = one_tailed_p(np.array([a]), np.array([b]), *law)[0]
    assert side <= closed_form_p(np.array([a]), np.array([b]), *law)[0] * (1 + 1e-9)
    if squares <= a + b:
        pi = own / 10**6
        counts = np.arange(a + b + 1)
        far = counts >= a if a >= (a + b) * pi else counts <= a
        assert side == pytest.approx(binom.pmf(counts[far], a + b, pi).sum() / 2, rel=1e-6, abs=1e-12)


@given(st.integers(1, 40), st.floats(0.001, 0.999), st.floats(0, 400))
def test_no_p_is_below_the_smallest(n, pi, squares):
    own = round(1e6 * pi)
    sizes, units = (own, 10**6 - own), (50, 50)
    a = np.arange(n + 1)
    p = closed_form_p(a, n - a, sizes, units, np.full(n + 1, squares))
    effective = n / design_effect(np.array([n]), np.array([squares]), 100)
    smallest = smallest_closed_form_p(effective, sizes, units)[0]
    assert p.min() >= smallest * (1 - 1e-9)
    if n > 1 and own not in (0, 500_000):
        assert p.min() == pytest.approx(smallest)


def test_the_smallest_p_is_that_of_one_division():
    assert one_division_p((1, 30)) == pytest.approx(1 / 31)
    p = closed_form_p(np.array([90]), np.array([0]), (10, 10_000), (1, 30), np.zeros(1))
    assert p[0] == pytest.approx(1 / 31)


def test_closed_form_is_near_the_permutation_test_when_paragraphs_are_alike():
    rng = np.random.default_rng(5)
    counts = rng.poisson(rng.gamma(0.3, 1, (300, 60)))
    sizes = np.full(300, 60)
    target = np.arange(300) < 40
    permuted = permutation_p(counts.astype(float), sizes, target, draws=20_000, rng=rng)
    a, n = counts[target].sum(axis=0), counts.sum(axis=0)
    squares = ((counts - n / sizes.sum() * 60) ** 2).sum(axis=0)
    closed = closed_form_p(a, n - a, (40 * 60, 260 * 60), (40, 260), squares)
    # The p of the permutation test itself is known to a fifth (20 hits).
    ratio = np.log10(closed / permuted)
    assert np.abs(np.median(ratio)) < 0.1
    assert np.abs(ratio).max() < 0.6


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.lists(st.integers(0, 3), min_size=4, max_size=4), st.integers(12, 20)),
    min_size=1, max_size=12,
)  # fmt: skip


@given(ROWS)
def test_sums_of_reports_against_a_plain_loop_whatever_the_batches(schemas, tmp_path_factory, rows):
    owners, counts, sizes = zip(*rows, strict=True)
    whole = paragraphs(counts, sizes, owners)
    shares = [[row for row in rows if row[0] in own] for own in ("ac", "b")]
    parts = [paragraphs([c for _, c, _ in own], [s for *_, s in own], [o for o, *_ in own]) for own in shares if own]
    folder = tmp_path_factory.mktemp("t")
    one = stored([whole], schemas, folder)
    two = stored(parts, schemas, folder)
    assert one.names == two.names == sorted(set(owners))
    assert one.vocabulary.tolist() == two.vocabulary.tolist()
    assert (one.n != two.n).nnz == 0
    for name in ("n_paragraphs", "squares", "with_size", "tokens", "paragraphs", "size_squares"):
        assert getattr(one, name).tolist() == getattr(two, name).tolist()
    for i, report in enumerate(one.names):
        own = [(c, s) for o, c, s in rows if o == report]
        assert one.tokens[i] == sum(s for _, s in own)
        assert one.size_squares[i] == sum(s * s for _, s in own)
        cells = one.cells(i)
        found = zip(
            one.vocabulary[one.n.indices[cells]],
            one.n.data[cells],
            one.squares[cells],
            one.with_size[cells],
            strict=True,
        )
        expected = {
            (f"词{w:03}", sum(c[w] for c, _ in own), sum(c[w] ** 2 for c, _ in own), sum(c[w] * s for c, s in own))
            for w in range(4)
            if any(c[w] for c, _ in own)
        }
        assert set(found) == expected


@given(ROWS)
def test_tables_against_a_plain_loop(schemas, tmp_path_factory, rows):
    owners, counts, sizes = zip(*rows, strict=True)
    terms = stored([paragraphs(counts, sizes, owners)], schemas, tmp_path_factory.mktemp("t"))
    tables = list(KeynessAcross(terms, {"b": "a"}, 3).tables())
    table = check(pd.concat([t for t, _ in tables]), schemas["keyness_across"])
    verdicts = check(pd.concat([v for _, v in tables]), schemas["keyness_across_comparisons"])
    assert set(table["test"]) <= {"closed form", ""}
    names = sorted(set(owners))
    pairs = [("report", name, [n for n in names if n != name]) for name in names if len(names) > 1]
    pairs += [("year", "b", ["a"])] if {"a", "b"} <= set(names) else []
    assert len(verdicts) == len(pairs)
    for comparison, target, others in pairs:
        inside = [o == target for o in owners]
        pool = [o == target or o in others for o in owners]
        total = Counter({w: sum(c[w] for c, p in zip(counts, pool, strict=True) if p) for w in range(4)})
        frequent = [w for w in range(4) if total[w] >= 3]
        tokens = [sum(s for s, k in zip(sizes, keep, strict=True) if k) for keep in (inside, pool)]
        p, smallest = [], []
        for w in frequent:
            a = sum(c[w] for c, i in zip(counts, inside, strict=True) if i)
            rate = total[w] / tokens[1]
            squares = sum((c[w] - rate * s) ** 2 for c, s, k in zip(counts, sizes, pool, strict=True) if k)
            units = sum(inside), sum(pool) - sum(inside)
            both = np.array([a]), np.array([total[w] - a])
            share = tokens[0], tokens[1] - tokens[0]
            p.append(closed_form_p(*both, share, units, np.array([squares]))[0])
            effective = total[w] / design_effect(np.array([total[w]]), np.array([squares]), sum(units))
            smallest.append(smallest_closed_form_p(effective, share, units)[0])
        tested = reportable(np.array(smallest))
        p = np.where(tested, p, np.nan)
        q = dict(zip([f"词{w:03}" for w in frequent], benjamini_hochberg(p), strict=True))
        own = table[(table["comparison"] == comparison) & (table["report_id"] == target)].set_index("term")
        (said,) = verdicts[(verdicts["comparison"] == comparison) & (verdicts["report_id"] == target)].to_dict(
            "records"
        )
        assert (said["n_keywords"], said["n_tested"]) == (len(frequent), tested.sum())
        assert said["p_smallest"] == pytest.approx(min(smallest, default=1), abs=1e-9)
        assert set(own.index) <= set(q)
        assert all(own.loc[t, "q_bh"] == pytest.approx(q[t], abs=1e-6, nan_ok=True) for t in own.index)
        assert set(q) - set(own.index) <= {t for t in q if not q[t] < 0.05}
        if comparison == "year":
            assert set(own.index) == set(q)


def test_only_significant_words_are_listed_on_request(schemas, tmp_path):
    counts = [[5, 1], [6, 1], [5, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]
    terms = stored([paragraphs(counts, [20] * 8, list("aaabbbcc"))], schemas, tmp_path)
    ((table, verdicts),) = KeynessAcross(terms, {}, 3, only_found=True).tables()
    assert table["report_id"].tolist() == ["a"] and table["term"].tolist() == ["词000"]
    assert verdicts["verdict"].tolist()[0] == "found"


@given(st.integers(0, 2**32 - 1))
def test_significant_words_are_the_same_when_only_these_are_listed(schemas, tmp_path_factory, seed):
    rng = np.random.default_rng(seed)
    owners = np.sort(rng.choice(list("abcd"), 60))
    counts = rng.poisson(rng.gamma(0.3, 1, (60, 25)))
    for word in range(8):
        counts[owners == rng.choice(list("abcd")), word] += rng.poisson(2)
    terms = stored([paragraphs(counts, rng.integers(60, 90, 60), owners)], schemas, tmp_path_factory.mktemp("t"))
    before = {"b": "a", "c": "b", "d": "c"}
    ((every, verdicts),) = KeynessAcross(terms, before, 3).tables()
    ((found, same_verdicts),) = KeynessAcross(terms, before, 3, only_found=True).tables()
    key = ["report_id", "comparison", "term"]
    expected = every[every["q_bh"] < 0.05].sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(found.sort_values(key, ignore_index=True), expected, check_exact=True)
    pd.testing.assert_frame_equal(same_verdicts, verdicts, check_exact=True)


@pytest.mark.simulation
def test_between_random_halves_of_a_report_there_is_nothing_to_report(schemas, tmp_path):
    """Of 200 divisions of the bundled report's paragraphs into halves, at most 5 % may report any word."""
    parsed = tabulate_reports([ingest(ROOT / "seeds/changchun-2025.txt", "changchun-2025")])
    table = Segmenter(make_engine("rjieba"), []).table(parsed["sentences"]["text"].tolist())
    found = apply_types(token_table(parsed["sentences"], [table]), schemas["tokens"])
    held = vocabulary_table(found["token"].unique(), Units(Lexicon(())))
    counting = Counting(BODY, load_stopwords(ROOT / "config/lexicon/stopwords.txt"), 2)
    whole = Paragraphs.of(count_terms(found, parsed["sentences"], parsed["outline"], held, counting))
    rng = np.random.default_rng(20250108)
    reporting = 0
    for _ in range(200):
        half = rng.permutation(len(whole.sizes)) < len(whole.sizes) // 2
        units = whole.units.assign(report_id=np.where(half, "a", "b"))
        terms = stored([Paragraphs(whole.vocabulary, whole.counts, whole.sizes, units)], schemas, tmp_path)
        ((_, verdicts),) = KeynessAcross(terms, {"b": "a"}, 3).tables()
        reporting += verdicts.set_index("comparison").loc["year", "verdict"] == "found"
    assert reporting <= 10
