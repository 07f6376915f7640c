"""Intervals over units: by hand, against another implementation, and how often they hold what is true."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import beta, norm, t

from emphasis.measures.counting import Counting
from emphasis.measures.counts import Counts
from emphasis.measures.frequency import frequency_corpus, frequency_parts, section_intervals
from emphasis.measures.intervals import UnitSums, cell_sums, pooled_effect, rate_intervals
from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.themes import DEFINITIONS, count_hits, theme_values
from emphasis.store.tables import check
from support.paragraphs import draw_counts, draw_lengths
from support.theme_rows import BODY as THEME_BODY
from support.theme_rows import corpus, theme
from support.token_rows import BODY, counts, sections, tokens


def one_group(x, sizes):
    """The sums of one group of units: x of shape (U, V)."""
    return cell_sums(sparse.csr_array(x), np.asarray(sizes), sparse.csr_array(np.ones((1, len(sizes)))))


def test_by_hand():
    """Five paragraphs of 20 words, of which a word is 4, 2, 0, 0 and 4."""
    sums, group = one_group(np.array([[4], [2], [0], [0], [4]]), [20] * 5)
    assert (sums.n, sums.size, sums.squares, sums.with_size, sums.size_squares, sums.units) == (
        10,
        100,
        36,
        200,
        2000,
        5,
    )
    # p = 0.1; the residuals are 2, 0, -2, -2, 2: V = 5 / 4 * 16 / 100^2 = 0.002, of independent words 0.1 * 0.9 / 100 = 0.0009.
    assert sums.variance == pytest.approx(0.002)
    assert pooled_effect(sums, group) == pytest.approx(20 / 9)
    # With a usual effect of 2 there are 100 * 0.1 / 2 = 5 effective occurrences: w = 5 / 13, d' = (5 * 20 / 9 + 8 * 2) / 13 = 2.085470.
    # Five units of one size are five effective ones: t has 4 degrees of freedom, 2.776445 at 97.5 %, the normal law 1.959964,
    # t^2 / z^2 = 2.006698. N' = 100 / 2.085470 / (1 + 0.620174 * 1.006698) = 29.520415: the parameters are 3.452041 and 27.068373.
    low, high = rate_intervals(sums, np.array([2.0]))
    assert low[0] == pytest.approx(beta.ppf(0.025, 3.452041, 27.068373), rel=1e-5)
    assert high[0] == pytest.approx(beta.ppf(0.975, 3.452041, 27.068373), rel=1e-5)
    assert (round(low[0], 3), round(high[0], 3)) == (0.029, 0.245)


def plain(x, sizes, every):
    """The bounds of one word from its counts; `every` are those of all words of the group."""
    u, total = int((sizes > 0).sum()), sizes.sum()
    k = total**2 / (sizes**2).sum()
    if u < 4 or k < 3:
        return None

    def variances(own):
        p = own.sum() / total
        of_units = u / (u - 1) * sum((c - p * s) ** 2 for c, s in zip(own, sizes, strict=True)) / total**2
        return of_units, p * (1 - p) / total

    pairs = [variances(own) for own in every]
    of_all = [sum(values) for values in zip(*pairs, strict=True)]
    usual = of_all[0] / of_all[1] if of_all[0] > 0 and of_all[1] > 0 else 1.0
    p, (mine, independent) = x.sum() / total, variances(x)
    d = mine / independent if independent > 0 else usual
    m = x.sum() / usual
    w = m / (m + 8)
    wider = (t.ppf(0.975, (k + u) / 2 - 1) / norm.ppf(0.975)) ** 2 - 1
    worth = total / (w * d + (1 - w) * usual) / (1 + w**0.5 * wider)
    law = beta(worth * p + 0.5, worth * (1 - p) + 0.5)
    return min(law.ppf(0.025), p), max(law.ppf(0.975), p)


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.lists(st.integers(0, 3), min_size=3, max_size=3)), min_size=1, max_size=12
    )
)
def test_against_a_plain_implementation(units):
    sizes = np.array([size + sum(own) for size, own in units])
    x = np.array([own for _, own in units])
    sums, group = one_group(x, sizes)
    low, high = rate_intervals(sums, pooled_effect(sums, group))
    listed = [column for column in x.T if column.sum()]
    for place, column in enumerate(listed):
        expected = plain(column, sizes, listed)
        if expected is None:
            assert np.isnan(low[place]) and np.isnan(high[place])
        else:
            assert (low[place], high[place]) == pytest.approx(expected, rel=1e-6, abs=1e-12)
            assert 0 <= low[place] <= column.sum() / sizes.sum() <= high[place] <= 1


def test_too_few_units_and_units_of_very_unequal_size_have_none():
    for sizes, given_ in (([50] * 3, False), ([50] * 4, True), ([50] * 4 + [0] * 5, True), ([500, 9, 9, 9, 9], False)):
        sums, _ = one_group(np.array([[1]] + [[0]] * (len(sizes) - 1)), sizes)
        assert np.isfinite(rate_intervals(sums, np.ones(1))[1]).all() == given_


def test_nothing_everything_and_no_text():
    nothing, everything, empty = ([0, 0], [400, 400], [0, 0])
    sums = UnitSums(
        *(
            np.array(v, dtype="float64")
            for v in ([0, 400, 0], [400, 400, 0], [0, 4e4, 0], [0, 4e4, 0], [4e4, 4e4, 0], [4, 4, 0])
        )
    )
    low, high = rate_intervals(sums, np.ones(3))
    assert low[0] == 0 and 0 < high[0] < 0.05, nothing
    assert 0.95 < low[1] < 1 and high[1] == 1, everything
    assert np.isnan(low[2]) and np.isnan(high[2]), empty


def test_more_paragraphs_and_evener_words_narrow_an_interval():
    def width(x):
        sums, _ = one_group(np.array(x)[:, None], [100] * len(x))
        low, high = rate_intervals(sums, np.array([1.5]))
        return high[0] - low[0]

    assert width([2, 2, 2, 2, 2, 2] * 4) < width([2, 2, 2, 2, 2, 2]) < width([0, 0, 6, 0, 0, 6])


def test_a_table_of_sections(schemas):
    text = tokens(*(("s1.1", "发展 经济 的") for _ in range(4)), ("s1.2", "发展 的"))
    table = check(
        section_intervals(Counts.of(counts(text, sections(), Counting(BODY, {"的"})))), schemas["frequency_intervals"]
    )
    rows = table.set_index(["section_id", "term"])
    assert rows.loc[("s1", "发展"), ["n", "n_words"]].tolist() == [5, 14]
    assert rows.loc[("s1", "发展"), "low"] < rows.loc[("s1", "发展"), "per_10k"] < rows.loc[("s1", "发展"), "high"]
    # The second section is one paragraph.
    assert rows.loc[("s1.2", "发展"), ["low", "high"]].isna().all()
    none = counts(tokens(), sections(), Counting(BODY))
    assert check(section_intervals(Counts.of(none)), schemas["frequency_intervals"]).empty


def test_an_interval_depends_on_its_report_alone():
    one = counts(
        tokens(*(("s1.1", words) for words in ("发展 经济", "发展", "改革 发展", "改革"))), sections(), Counting(BODY)
    )
    other = counts(tokens(*(("s1.1", "改革 改革 发展 的") for _ in range(6))), sections(), Counting(BODY)).assign(
        report_id="s"
    )
    both = pd.concat([one, other], ignore_index=True).astype({"report_id": "str", "term": "str"})
    alone, together = frequency_parts(Counts.of(one)), frequency_parts(Counts.of(both))
    own = together[together["report_id"] == "r"].reset_index(drop=True)
    for name in ("low", "high"):
        assert own[name].tolist() == alone[name].tolist()


RATES = np.array([1, 1, 2, 2, 3, 4, 5, 8, 12, 20, 30, 60]) / 10_000
FREQUENT = RATES >= 8 / 10_000


def coverage(table, true):
    """Which rows hold the true rate of their term."""
    return (table["low"] <= true + 1e-12) & (true <= table["high"] + 1e-12)


def counts_of(x, sizes):
    """Counts of reports of P paragraphs each: x of shape (R, P, V), sizes of shape (R, P)."""
    reports, paragraphs, v = x.shape
    rows = pd.MultiIndex.from_product([[f"r{i:03}" for i in range(reports)], ["s1"], ["plan"], range(paragraphs)])
    units = rows.to_frame(index=False, name=["report_id", "section_id", "role", "paragraph"])
    flat = x.reshape(-1, v)
    unit, term = np.nonzero(flat)
    n = flat[unit, term]
    strings = pa.array([f"词{i:02}" for i in range(v)])
    classes = (np.zeros(len(unit), dtype="int64"), pa.array(["n"]))
    return Counts(units, sizes.ravel(), strings, unit, term, n, n, n, classes, classes)


@pytest.mark.simulation
@pytest.mark.parametrize("paragraphs", [12, 30, 60])
def test_rates_in_a_report_are_held_in_95_of_100(paragraphs):
    rng = np.random.default_rng(paragraphs)
    sizes = draw_lengths(rng, 300, paragraphs)
    # Words of 30 in 10,000 have a design effect of 1 + 400 * 0.003 = 2.2, those of 60 one of 3.4, as in real reports.
    x = draw_counts(rng, sizes, RATES, 400.0)
    table = frequency_parts(counts_of(x, sizes))
    whole = table[table["part"] == "whole"]
    true = pd.Series(10_000 * RATES, [f"词{i:02}" for i in range(len(RATES))])[whole["term"].astype(str)].to_numpy()
    held = coverage(whole, true).groupby(whole["term"].astype(str)).sum().to_numpy()
    listed = whole.groupby(whole["term"].astype(str)).size().to_numpy()
    # A word that does not occur has no row; bounds that begin at 0 would hold its rate.
    held = (held + 300 - listed) / 300
    assert 0.92 <= held[FREQUENT].mean() <= 0.98
    assert 0.94 <= held[~FREQUENT].mean() <= 0.999
    assert held.min() > 0.88


@pytest.mark.simulation
@pytest.mark.parametrize("reports", [6, 12, 31])
def test_rates_in_a_corpus_are_held_in_95_of_100(reports):
    rng = np.random.default_rng(reports)
    held = []
    for _ in range(120):
        tokens_ = rng.integers(4_000, 14_000, reports)
        # Reports differ in how often they use a word by a gamma law, by half its rate for the median word.
        shape = np.array([1.5, 1.5, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8])
        x = rng.poisson(tokens_[:, None] * RATES * rng.gamma(shape, 1 / shape, (reports, len(RATES))))
        n = sparse.csr_array(x.astype("int32"))
        names = [f"r{i:02}" for i in range(reports)]
        vocabulary = np.array([f"词{i:02}" for i in range(len(RATES))], dtype=object)
        table = frequency_corpus(ReportTerms(names, vocabulary, n, *[n.data] * 3, *[tokens_] * 3))
        true = pd.Series(10_000 * RATES, vocabulary)[table["term"].astype(str)].to_numpy()
        held.append(coverage(table, true).groupby(table["term"].astype(str)).any().reindex(vocabulary, fill_value=True))
    found = np.mean(held, axis=0)
    assert 0.92 <= found[FREQUENT].mean() <= 0.98
    assert 0.94 <= found[~FREQUENT].mean() <= 0.999


@pytest.mark.simulation
def test_attention_to_themes_is_held_in_95_of_100():
    """Of 10,000 words 80 and 250 are of the two themes, in bursts: a design effect of 5 and of 12."""
    rng = np.random.default_rng(5)
    names, rates = ["甲", "乙"], np.array([80, 250]) / 10_000
    themes = [theme("治理", name="甲"), theme("发展", name="乙")]
    held = []
    for _ in range(60):
        sizes = np.minimum(draw_lengths(rng, 1, 30)[0], 150)
        share = rng.beta(rates * 20, (1 - rates) * 20, (30, 2))
        hits = rng.binomial(sizes[:, None], share)
        rows = [
            ("s1", " ".join(["治理"] * a + ["发展"] * b + ["的"] * max(s - a - b, 0)))
            for s, (a, b) in zip(sizes.tolist(), hits.tolist(), strict=True)
        ]
        table = theme_values(count_hits(*corpus(*rows), themes, THEME_BODY), ["r"], themes)
        own = table[(table["part"] == "whole") & (table["definition"] == "words")].set_index("theme").loc[names]
        held.append(((own["low"] <= rates) & (rates <= own["high"])).to_numpy())
    assert 0.92 <= np.mean(held) <= 0.985


def test_definitions_that_are_ratios_have_bounds_and_no_theme_changes_those_of_another(schemas):
    rows = [("s1", f"治理 {'发展 ' * n}的 的") for n in (1, 0, 2, 0, 3)]
    alone = [theme("治理", name="甲")]
    table = check(theme_values(count_hits(*corpus(*rows), alone, THEME_BODY), ["r"], alone), schemas["themes"])
    whole = table[table["part"] == "whole"].set_index("definition")
    assert set(whole.index[whole["low"].notna()]) == set(DEFINITIONS) - {"ln_hits"}
    inside = whole.dropna(subset=["low"])
    assert ((inside["low"] <= inside["value"]) & (inside["value"] <= inside["high"])).all()
    # The plan has no paragraph.
    assert table[table["part"] == "plan"][["low", "high"]].isna().all(axis=None)
    both = [*alone, theme("发展", name="乙")]
    again = theme_values(count_hits(*corpus(*rows), both, THEME_BODY), ["r"], both)
    key = ["part", "definition"]
    own, other = (
        found[found["theme"] == "甲"].set_index(key)[["value", "low", "high"]].sort_index() for found in (table, again)
    )
    pd.testing.assert_frame_equal(own, other, check_exact=False, rtol=0, atol=1e-6)
