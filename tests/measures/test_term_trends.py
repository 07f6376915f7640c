"""Rising and falling terms: histories that were planted, numbers by hand, and what shuffled years give."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import kendalltau

from emphasis.measures.report_terms import ReportTerms
from emphasis.measures.term_trends import term_trends
from emphasis.store.tables import check

NONE = np.zeros(0, dtype="int64")


def report_terms(counts, sizes):
    """The words of reports named r00, r01, ... from their counts, which are arrays by report."""
    vocabulary = sorted(counts)
    n = sparse.csr_array(np.column_stack([counts[word] for word in vocabulary]).astype("int32"))
    names = [f"r{i:02}" for i in range(len(sizes))]
    words = np.array(vocabulary, dtype=object)
    return ReportTerms(names, words, n, NONE, NONE, NONE, np.asarray(sizes), NONE, NONE)


def reports_of(years, region="吉林省", adcode="220000"):
    names = [f"r{i:02}" for i in range(len(years))]
    table = pd.DataFrame({"report_id": names, "year": pd.array(years, dtype="Int64")})
    return table.assign(region=region, adcode=adcode, region_level="province", confidence="high")


def follow(
    counts, years, schemas, sizes=None, min_n=1, in_text=lambda _, words: np.zeros(len(words), dtype=bool), **more
):
    terms = report_terms(counts, np.full(len(years), 10_000) if sizes is None else sizes)
    parts = list(term_trends(terms, reports_of(years), min_n, in_text, **more))
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return check(table, schemas["term_trends"]) if len(table) else table


YEARS = list(range(2010, 2022))
PLANTED = {
    "升": [1, 2, 4, 6, 7, 9, 11, 12, 14, 15, 17, 19],
    "降": [19, 17, 15, 14, 12, 11, 9, 7, 6, 4, 2, 1],
    "新": [0, 0, 0, 0, 0, 3, 4, 6, 8, 9, 11, 12],
    "亡": [12, 11, 9, 8, 6, 4, 3, 0, 0, 0, 0, 0],
    "峰": [0, 1, 2, 5, 9, 14, 20, 13, 8, 4, 2, 0],
    "平": [5, 7, 4, 6, 5, 8, 4, 6, 7, 5, 6, 5],
}


def test_planted_shapes_are_found(schemas):
    table = follow(PLANTED, YEARS, schemas).set_index("term")
    assert table["shape"].to_dict() == {
        "升": "rising", "降": "falling", "新": "new", "亡": "gone", "峰": "peak", "平": "level",
    }  # fmt: skip
    assert table.loc["峰", "peak_year"] == 2016
    assert table.loc["新", ["first_year", "last_year", "n_years_with", "n"]].tolist() == [2015, 2021, 7, 53]
    assert set(follow(PLANTED, YEARS, schemas, only_found=True)["term"]) == set(PLANTED) - {"平"}


GROWING = [10_000 + 700 * i for i in range(12)]


def test_what_each_report_says_as_often_does_not_move_with_the_length_of_reports(schemas):
    """Its rate falls in every year in which reports grow longer, and rises as they grow shorter."""
    once = {"定": [1] * 12, "频": [30, 31] * 6}
    for sizes in (GROWING, GROWING[::-1]):
        table = follow(once | PLANTED, YEARS, schemas, sizes=sizes).set_index("term")
        assert table.loc[["定", "频"], "shape"].tolist() == ["level", "level"]
        assert table.loc["定", ["tau_n", "p_n"]].tolist() == [0, 1]
        assert table.loc["定", "q_bh"] < 0.05
        assert table.loc[["升", "降", "新", "亡", "峰"], "shape"].tolist() == [
            "rising", "falling", "new", "gone", "peak",
        ]  # fmt: skip


def test_two_reports_of_a_year_do_not_say_it_more_often(schemas):
    """One in each report: the years from 2016 on have two reports of half the length, so that the rate doubles."""
    years = sorted([*YEARS, *YEARS[6:]])
    sizes = [10_000 - 100 * i for i in range(6)] + [5_000 - 50 * i for i in range(12)]
    table = follow({"定": [1] * 18}, years, schemas, sizes=sizes)
    assert table[["tau_n", "shape"]].to_numpy().tolist() == [[0, "level"]]


def test_short_reports_are_no_peak(schemas):
    sizes = [18_000, 16_000, 14_000, 10_000, 6_000, 2_000, 1_800, 4_000, 8_000, 14_000, 15_000, 17_000]
    table = follow({"定": [1] * 12}, YEARS, schemas, sizes=sizes)
    assert table["q_peak"].iloc[0] < 0.05
    assert table["shape"].tolist() == ["level"]


def test_a_term_whose_characters_stood_there_before_is_not_new(schemas):
    asked = []

    def in_text(report_ids, words):
        asked.append((list(report_ids), list(words)))
        return np.ones(len(words), dtype=bool)

    table = follow(PLANTED, YEARS, schemas, in_text=in_text).set_index("term")
    assert table.loc[["新", "亡"], "shape"].tolist() == ["rising", "falling"]
    assert asked == [(["r00", "r01", "r02", "r03"], ["新"]), (["r08", "r09", "r10", "r11"], ["亡"])]


def test_by_hand(schemas):
    """Six years with a gap; two reports of 2012 are taken together: 3 of 10,000 words.

    Rates 1 2 3 4 6 9 at 2010 2011 2012 2015 2016 2017: p = 2 / 6!; slopes are 1, 1, 3/5, 5/6, 8/7; 1, 1/2, 4/5, 7/6; 1/3, 3/4, 6/5; 2, 5/2; 3.
    """
    years = [2010, 2011, 2012, 2012, 2015, 2016, 2017]
    table = follow({"词": [1, 2, 1, 2, 4, 6, 9]}, years, schemas, sizes=[10_000, 10_000, 4_000, 6_000, *[10_000] * 3])
    row = table.iloc[0]
    slopes = [1, 1, 3 / 5, 5 / 6, 8 / 7, 1, 1 / 2, 4 / 5, 7 / 6, 1 / 3, 3 / 4, 6 / 5, 2, 5 / 2, 3]
    assert row[["n_years", "first_report", "last_report", "n"]].tolist() == [6, 2010, 2017, 25]
    assert row["slope"] == pytest.approx(np.median(slopes))
    assert row["p"] == pytest.approx(2 / 720, abs=1e-9)
    assert row[["tau", "q_bh", "p_smallest"]].tolist() == pytest.approx([1, 2 / 720, 2 / 720], abs=1e-9)
    assert row[["per_10k", "per_10k_early", "per_10k_late"]].tolist() == pytest.approx([25 / 6, 1.5, 7.5], abs=1e-4)
    assert row["shape"] == "rising"


def test_slope_and_tau_are_those_of_a_plain_computation(schemas):
    rng = np.random.default_rng(8)
    years = np.sort(rng.choice(range(1980, 2025), 20, replace=False))
    sizes = rng.integers(5_000, 15_000, 20)
    counts = {f"t{i:02}": rng.poisson(rng.uniform(1, 9), 20) + (np.arange(20) * i // 20) for i in range(20)}
    table = follow(counts, years, schemas, sizes=sizes).set_index("term")
    assert len(table) == 20
    for term, own in counts.items():
        rate = 10_000 * np.asarray(own) / sizes
        pairs = [(rate[j] - rate[i]) / (years[j] - years[i]) for i in range(20) for j in range(i + 1, 20)]
        assert table.loc[term, "slope"] == pytest.approx(np.median(pairs), abs=1e-5)
        assert table.loc[term, "tau"] == pytest.approx(kendalltau(years, rate).statistic, abs=1e-4)
        assert table.loc[term, "slope_low"] <= table.loc[term, "slope"] <= table.loc[term, "slope_high"]


def test_a_region_with_few_years_has_no_rows(schemas):
    assert not len(follow({"词": [1, 2, 3, 4, 5]}, range(2010, 2015), schemas))
    # Two reports of one year are one.
    assert not len(follow({"词": [1, 2, 3, 4, 5, 6]}, [2010, 2010, 2011, 2012, 2013, 2014], schemas))


def test_in_six_years_many_terms_are_found_that_move_together_and_none_alone(schemas):
    rising = {f"升{i:02}": [1, 2, 3, 5, 8, 13 + i] for i in range(4)}
    level = {f"平{i:02}": [5, 2, 7, 4, 6 + i, 3] for i in range(36)}
    together = follow(rising | level, range(2010, 2016), schemas)
    assert len(together) == 40
    assert set(together.loc[together["shape"] == "rising", "term"]) == set(rising)
    alone = follow({"升": rising["升00"]} | level, range(2010, 2016), schemas)
    assert (len(alone), set(alone["shape"])) == (37, {"level"})


def test_an_empty_report_does_not_count(schemas):
    counts = {"词": [1, 2, 3, 4, 5, 6, 0]}
    table = follow(counts, range(2010, 2017), schemas, sizes=[10_000] * 6 + [0])
    assert table[["n_years", "last_report"]].to_numpy().tolist() == [[6, 2015]]


@pytest.mark.simulation
@pytest.mark.parametrize("n_years", [10, 30])
def test_in_shuffled_years_few_regions_have_any_term(n_years, schemas):
    """Of 60 regions without trends, those with any term called new, rising, peak, falling or gone.

    Two tests at 0.05 each; where the terms are few or rare they find less.
    """
    rng = np.random.default_rng(n_years)
    found = 0
    for _ in range(60):
        sizes = rng.integers(5_000, 15_000, n_years)
        rates = rng.gamma(0.5, 4, size=60) / 10_000
        counts = {f"t{i:02}": rng.poisson(rate * sizes) for i, rate in enumerate(rates)}
        terms = report_terms(counts, sizes)
        nowhere = lambda _, words: np.zeros(len(words), dtype=bool)  # noqa: E731
        (table,) = term_trends(terms, reports_of(range(1990, 1990 + n_years)), 5, nowhere)
        found += (table["shape"] != "level").any()
    # The chance of more is below 0.001 if 0.1 is right.
    assert found <= 14
