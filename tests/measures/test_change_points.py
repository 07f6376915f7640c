"""Change points: planted ones, a case by hand, a plain computation, and what random series give."""

import shutil
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from emphasis.measures.change_points import Shares, best_split, change_points
from emphasis.run.step import Step
from emphasis.store.tables import check, write
from steps import change_points as step
from support import ROOT
from support.jobs import Named, job


def reports_of(years):
    names = [f"r{i:02}" for i in range(len(years))]
    table = pd.DataFrame({"report_id": names, "year": pd.array(list(years), dtype="Int64")})
    return table.assign(region="全国", adcode="", region_level="national", confidence="high")


def find(series, years, schemas, sizes=None, kind="area", draws=999):
    n = np.column_stack([np.asarray(own, dtype="float64") for own in series.values()])
    sizes = np.ones(len(n)) if sizes is None else np.asarray(sizes, dtype="float64")
    reports = reports_of(years)
    table = change_points([Shares(kind, list(series), reports["report_id"].tolist(), n, sizes)], reports, draws, 1)
    return check(table, schemas["change_points"]) if len(table) else table


def test_by_hand(schemas):
    """0 0 0 0 0 0 4 4 4 6, with a gap of years: split after six of them, into levels 0 and 4.5.

    The mean is 1.8 and the sum of squares 84 - 32.4 = 51.6, of which the levels explain 6 x 1.8^2 + 4 x 2.7^2 = 48.6.
    """
    years = [*range(2000, 2006), *range(2010, 2014)]
    row = find({"甲": [0, 0, 0, 0, 0, 0, 4, 4, 4, 6]}, years, schemas).iloc[0]
    assert row[["year", "year_before", "from_year", "to_year", "n_years", "order"]].tolist() == [
        2010,
        2005,
        2000,
        2013,
        10,
        1,
    ]
    assert row[["before", "after", "change"]].tolist() == [0, 4.5, 4.5]
    assert row["r2_step"] == pytest.approx(48.6 / 51.6, abs=1e-4)
    line = np.corrcoef(years, [0, 0, 0, 0, 0, 0, 4, 4, 4, 6])[0, 1] ** 2
    assert row["r2_line"] == pytest.approx(line, abs=1e-4)


def test_two_levels_that_return_are_two_change_points(schemas):
    rng = np.random.default_rng(2)
    series = {"甲": np.r_[np.full(12, 2.0), np.full(12, 6), np.full(12, 2)] + rng.normal(scale=0.3, size=36) + 1}
    table = find(series, range(1980, 2016), schemas)
    assert table["year"].tolist() == [1992, 2004]
    assert sorted(table["order"]) == [1, 2]
    # Levels are those between neighbouring change points.
    assert table["after"].iloc[0] == pytest.approx(series["甲"][12:24].mean(), abs=1e-6)
    assert table["before"].iloc[1] == table["after"].iloc[0]
    assert table["q_bh"].notna().tolist() == [order == 1 for order in table["order"]]


def test_p_is_the_share_of_all_orders():
    values = np.array([1.0, 2, 2, 3, 9, 4, 7])

    def r2(own):
        whole = ((own - own.mean()) ** 2).sum()
        return max(1 - sum(((s - s.mean()) ** 2).sum() for s in (own[:k], own[k:])) / whole for k in (3, 4))

    split = best_split(values, 0, 7, 20_000, [4])
    every = np.array([r2(np.array(own)) for own in permutations(values)])
    assert split.r2 == pytest.approx(r2(values))
    assert split.p == pytest.approx((every >= split.r2 - 1e-9).mean(), abs=0.012)


def test_a_drift_is_told_from_a_leap(schemas):
    row = find({"甲": np.arange(20)}, range(2000, 2020), schemas).iloc[0]
    assert row["r2_line"] == 1
    assert row["r2_step"] < 0.8
    leap = find({"甲": [1.0] * 10 + [3.0] * 10}, range(2000, 2020), schemas)
    assert leap[["year", "r2_step"]].to_numpy().tolist() == [[2010, 1]]
    assert leap["r2_line"].iloc[0] < 0.8


def test_reports_of_a_year_are_taken_together_and_short_series_left_out(schemas):
    years = [2000, 2000, *range(2001, 2010)]
    row = find({"词": [0, 2, 1, 1, 1, 1, 9, 9, 9, 9, 9]}, years, schemas, sizes=[1, 3, *[1] * 9], kind="term").iloc[0]
    assert row["before"] == pytest.approx((0.5 + 4) / 5)
    assert not len(find({"词": [0, 0, 0, 0, 9, 9, 9, 9, 9]}, range(2000, 2009), schemas))
    assert not len(find({"词": [0] * 12}, range(2000, 2012), schemas))


def test_what_else_is_followed_changes_no_p(schemas):
    series = {"甲": [1.0] * 10 + [3.0] * 10}
    alone = find(series, range(2000, 2020), schemas, draws=5_000)
    other = find({"乙": [1.0] * 20} | series, range(2000, 2020), schemas, draws=5_000)
    pd.testing.assert_frame_equal(alone, other)


@pytest.mark.simulation
@pytest.mark.parametrize("n", [10, 45])
def test_random_series_seldom_have_a_change_point(n, schemas):
    """Of 200 regions with eight series each, 5 % may have any; the chance of more than 21 is below 0.001."""
    rng = np.random.default_rng(n)
    found = sum(
        len(find({f"i{i}": own for i, own in enumerate(rng.gamma(2, size=(8, n)))}, range(1950, 1950 + n), schemas)) > 0
        for _ in range(200)
    )
    assert found <= 21


@pytest.mark.simulation
@pytest.mark.parametrize(("size", "least"), [(3, 0.94), (2, 0.78)])
def test_a_planted_change_is_found_within_a_year(size, least):
    rng = np.random.default_rng(7)
    level = np.repeat([0, size], 15)
    splits = [best_split(level + rng.normal(size=30), 0, 30, 199, [i]) for i in range(400)]
    assert np.mean([abs(split.at - 15) <= 1 for split in splits]) > least
    assert np.mean([split.p < 0.05 for split in splits]) > 0.98


REGIONS = {"甲县": "110101", "乙县": "110102", "丙县": "110103"}
LEVELS = {"甲县": 0.2, "乙县": 0.3, "丙县": 0.3}
"""The share of area 1 in the first six years; then it is 0.6."""


@pytest.fixture
def find_in_tables(tmp_path, schemas):
    """A function that runs the step on reports of twelve years of some regions, from their shares of area 1, and gives the file."""

    def run(levels, names=None):
        rows = [
            (region, f"{region}-{year}", year, level if year < 2006 else 0.6)
            for region, level in sorted(levels.items())
            for year in range(2000, 2012)
        ]
        table = pd.DataFrame(rows, columns=["place", "report_id", "year", "share"])
        table = table.assign(region=table["place"].replace(names or {}), adcode=table["place"].map(REGIONS))
        blank = {"file": "f", "sha256": "0" * 64, "encoding": "utf-8", "confidence": "high", "region_level": "county"}
        blank |= dict.fromkeys(("n_chars", "n_level1", "n_level2", "n_warnings"), 1)
        reports = table.assign(**blank).reindex(columns=schemas["reports"].columns)
        area = {"part": "whole", "area": "1", "n": 1, "share_characters": 0.1, "main": True}
        areas = table.assign(**area).reindex(columns=schemas["areas"].columns)
        theme = {"part": "whole", "theme": "t", "definition": "words", "numerator": 1, "denominator": 2}
        themes = table.assign(**theme).reindex(columns=schemas["themes"].columns)
        given = Named(schemas=[str(ROOT / f"workflow/schemas/tables/{n}.yaml") for n in (*MADE_FROM, "change_points")])
        for name, own in zip(MADE_FROM, (reports, areas, themes), strict=True):
            given[name] = str(tmp_path / f"corpus/{name}.csv")
            write(own, given[name], schemas[name])
        made = tmp_path / "tables/change_points.csv"
        made.unlink(missing_ok=True)
        settings = {"code": "1", "simplify": False, "terms": [], "draws": 999, "seed": 1}
        step.change_points(Step(job(given, Named(change_points=str(made)), **settings)))
        return made.read_bytes()

    run.kept = tmp_path / "steps/kept"
    return run


MADE_FROM = ("reports", "areas", "themes")


def from_scratch(find_in_tables, *args):
    shutil.rmtree(find_in_tables.kept)
    return find_in_tables(*args)


def test_regions_whose_reports_are_the_same_keep_their_rows(find_in_tables, monkeypatch):
    measured = []
    monkeypatch.setattr(step, "measures", lambda *args, known=step.measures: measured.append(args[1]) or known(*args))
    first = find_in_tables(LEVELS)
    assert first.decode().count(",2006,2005,") == len(LEVELS)
    other = LEVELS | {"乙县": 0.4}
    again = find_in_tables(other)
    assert {name.partition("-")[0] for name in measured[1]} == {"乙县"}
    assert again != first
    assert again == from_scratch(find_in_tables, other)


def test_a_region_that_takes_the_name_of_another_is_found_under_it(find_in_tables):
    find_in_tables(LEVELS)
    names = {"丙县": "甲县"}
    found = find_in_tables(LEVELS, names)
    assert "丙县," not in found.decode()
    assert found == from_scratch(find_in_tables, LEVELS, names)
