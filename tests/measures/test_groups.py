"""Groups of reports: what was planted is found, random groups find nothing beyond the stated rate, units are not inflated."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.measures.groups import (
    GroupSettings,
    Measure,
    compare_groups,
    count_measure,
    group_units,
    share_measure,
)
from emphasis.store.tables import check

SETTINGS = GroupSettings(min_n=3, draws=500, seed=1)


def reports_of(places, level="province"):
    ids = [f"r{i:03}" for i in range(len(places))]
    table = pd.DataFrame({"report_id": ids, "region": places, "adcode": "", "region_level": level})
    return table.assign(year=pd.array([pd.NA] * len(ids), dtype="Int64"))


def words(counts, sizes, kind="word"):
    """A measure of reports r000, r001, ... from an array of counts."""
    names = np.array([f"w{i:03}" for i in range(counts.shape[1])], dtype=object)
    ids = [f"r{i:03}" for i in range(len(counts))]
    return Measure(kind, names, np.full(len(names), "", dtype=object), ids, sparse.csr_array(counts), np.asarray(sizes))


def made_up(rng, units, vocabulary=60):
    """Counts that come in bursts: a word's rate differs from report to report."""
    sizes = rng.integers(3_000, 9_000, units)
    rates = rng.gamma(1.5, 1 / 1.5, (units, vocabulary)) * rng.uniform(2e-4, 4e-3, vocabulary)
    return rng.poisson(rates * sizes[:, None]), sizes


def halves(n, groups=("东", "西")):
    return {f"r{i:03}": groups[i % len(groups)] for i in range(n)}


def compare(measures, grouping, places=None, settings=SETTINGS, schemas=None):
    n = len(measures[0].report_ids)
    reports = reports_of(places or [f"地{i}" for i in range(n)])
    found, said = compare_groups({"区域": grouping}, reports, measures, settings)
    if schemas:
        found, said = check(found, schemas["groups"]), check(said, schemas["group_comparisons"])
    return found, said


@pytest.mark.parametrize("units", [20, 60])
def test_a_planted_word_is_found(units, schemas):
    counts, sizes = made_up(np.random.default_rng(4), units)
    counts[:, 7] = np.arange(units) % 3
    counts[::2, 7] += 5
    found, said = compare([words(counts, sizes)], halves(units), schemas=schemas)
    own = found[found["q_bh"] < 0.05]
    assert set(own["item"]) == {"w007"}
    assert dict(zip(own["group"], own["log_odds"] > 0, strict=True)) == {"东": True, "西": False}
    assert set(said["verdict"]) == {"some found"}
    assert set(said["test"]) == {"permutation" if units <= 40 else "closed form"}


def test_the_numbers_are_those_of_a_plain_count(schemas):
    counts = np.array([[9, 0], [8, 1], [7, 0], [9, 0], [1, 1], [0, 0], [1, 1], [2, 0]])
    sizes = [1000, 900, 1100, 1000, 1000, 1000, 800, 1200]
    grouping = {f"r{i:03}": "甲" if i < 4 else "乙" for i in range(8)}
    found, said = compare([words(counts, sizes)], grouping, schemas=schemas)
    row = found[(found["group"] == "甲") & (found["item"] == "w000")].iloc[0]
    assert (row["per_10k"], row["per_10k_rest"]) == (82.5, 10)
    assert (row["units_with"], row["units_with_rest"]) == (4, 3)
    # All 70 ways to choose four of eight, by the statistic of the docstring.
    size, n = np.array(sizes), counts[:, 0]

    def deviation(chosen):
        own = list(chosen)
        k = size[own].sum()
        return abs((n[own] - n.sum() * size[own] / size.sum()).sum()) / np.sqrt(k * (size.sum() - k))

    every = [deviation(chosen) for chosen in combinations(range(8), 4)]
    p = np.mean([d >= deviation(range(4)) - 1e-9 for d in every])
    assert row["p"] == pytest.approx(p)
    assert said[["n_units", "n_units_rest", "n_reports", "n_items"]].to_numpy().tolist() == [[4, 4, 4, 2]] * 2
    # The second word has too few places to be found: it is not in the family.
    assert set(said["n_tested"]) == {1}


@pytest.mark.parametrize(("units", "rounds"), [(14, 120), (60, 120)])
def test_random_groups_find_nothing_at_the_stated_rate(units, rounds):
    """Of random groupings at most 5 % find any word; of 120, 13 or more would happen once in a hundred times."""
    rng = np.random.default_rng(11)
    counts, sizes = made_up(rng, units, 30)
    measure = words(counts, sizes)
    found = 0
    for _ in range(rounds):
        names = rng.permutation([f"r{i:03}" for i in range(units)])
        grouping = dict.fromkeys(names[: units // 2], "甲") | {names[-1]: "丙"}
        grouping |= dict.fromkeys(names[units // 2 : -1], "乙")
        _, said = compare([measure], grouping, settings=GroupSettings(3, 200, 1))
        found += bool(said.loc[said["group"] == "甲", "n_found"].iloc[0])
    assert found < 13


def test_the_p_of_a_single_item_is_valid_by_either_test():
    for units in (16, 60):
        rng = np.random.default_rng(5)
        p = []
        for _ in range(150):
            counts, sizes = made_up(rng, units, 8)
            found, _ = compare([words(counts, sizes, "theme")], halves(units), settings=GroupSettings(3, 200, 1))
            p += found.loc[found["group"] == "东", "p"].dropna().tolist()
        assert np.mean(np.array(p) <= 0.05) < 0.07, units


def test_reports_of_one_region_are_one_unit_where_regions_were_grouped():
    """Twelve regions with five reports that are alike: as reports, words of single regions would set the groups apart."""
    rng = np.random.default_rng(2)
    places = [f"地{i // 5}" for i in range(60)]
    by_region = {f"r{i:03}": "东" if (i // 5) % 2 else "西" for i in range(60)}
    by_report = halves(60)
    reports = reports_of(places)
    assert group_units(by_region, reports)[0] == "region"
    assert group_units(by_report, reports)[0] == "report"
    counts, sizes = made_up(rng, 12)
    alike = np.repeat(counts, 5, axis=0), np.repeat(sizes, 5)
    _, said = compare([words(*alike)], by_region, places)
    assert said[["unit", "n_reports", "n_units", "n_found"]].to_numpy().tolist() == [["region", 30, 6, 0]] * 2


def test_reports_without_a_region_are_units_of_their_own():
    reports = reports_of(["", "", "甲省", "甲省"])
    unit, own = group_units({f"r{i:03}": "东" for i in range(4)}, reports)
    assert (unit, len(set(own.values()))) == ("region", 3)
    assert group_units({"unknown": "东"}, reports) == ("report", {})


def test_too_few_are_said_to_be_too_few(schemas):
    counts, sizes = made_up(np.random.default_rng(1), 8)
    grouping = {f"r{i:03}": "甲" if i < 3 else "乙" for i in range(8)} | {"r007": "丙", "none": "乙"}
    found, said = compare([words(counts, sizes)], grouping, schemas=schemas)
    assert not len(found)
    # Of the third group there is one report.
    assert said[["group", "n_units", "n_units_rest", "n_tested", "verdict"]].to_numpy().tolist() == [
        ["乙", 4, 4, 0, "undecidable"],
        ["甲", 3, 5, 0, "too few"],
    ]


def test_nobody_in_a_group(schemas):
    counts, sizes = made_up(np.random.default_rng(1), 8)
    found, said = compare([words(counts, sizes)], {"elsewhere": "甲"}, schemas=schemas)
    assert not len(found)
    assert not len(said)


def test_shares_and_counts_become_measures():
    shares = pd.DataFrame(
        {"report_id": ["a", "a", "b", "b", "c", "c"], "item": ["1", "2"] * 3, "label": ["农业", "宏观"] * 3}
    ).assign(share=[0.25, 0.75, 0.5, 0.5, None, None])
    measure = share_measure("area", shares)
    assert measure.n.toarray().tolist() == [[2500, 7500], [5000, 5000]]
    assert (measure.report_ids, measure.labels.tolist(), measure.sizes.tolist()) == (
        ["a", "b"],
        ["农业", "宏观"],
        [10000] * 2,
    )
    counts = pd.DataFrame({"report_id": ["b", "a"], "item": "t", "label": "", "n": [3.0, 4.0], "size": [10.0, 20.0]})
    measure = count_measure("theme", counts)
    assert (measure.n.toarray().tolist(), measure.sizes.tolist()) == ([[4], [3]], [20, 10])


def test_many_blocks_are_as_one(monkeypatch):
    counts, sizes = made_up(np.random.default_rng(3), 12)
    whole = compare([words(counts, sizes)], halves(12))
    monkeypatch.setattr("emphasis.measures.groups._CELLS", 12 * 7)
    for one, other in zip(whole, compare([words(counts, sizes)], halves(12)), strict=True):
        pd.testing.assert_frame_equal(
            one.drop(columns=["p", "q_bh"], errors="ignore"), other.drop(columns=["p", "q_bh"], errors="ignore")
        )
