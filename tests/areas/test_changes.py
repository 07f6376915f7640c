"""Changes of shares by hand, and L-kurtosis beside that of SciPy."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from emphasis.areas.changes import (
    area_changes,
    change_shapes,
    diversity_changes,
    kurtosis,
    l_kurtosis,
)
from emphasis.areas.panel import panel_fields, panel_variables
from emphasis.store.tables import check

SHARES = pd.DataFrame(
    [
        ("new", "whole", "", "3", 0.30, 0.26, 0.35),
        ("old", "whole", "", "3", 0.20, 0.17, 0.24),
        ("new", "plan", "", "3", 0.40, np.nan, np.nan),
        ("new", "review", "", "3", 0.001, 0.0, 0.01),
        ("new", "section", "s1", "3", 0.9, np.nan, np.nan),
    ],
    columns=["report_id", "part", "section_id", "area", "share", "low", "high"],
)


def test_changes_by_hand(schemas):
    table = area_changes(SHARES, [("new", "old")]).set_index("comparison")
    year = table.loc["year before"]
    assert (year["part"], year["other_id"]) == ("whole", "old")
    assert year["change"] == pytest.approx(0.1) and year["percent"] == pytest.approx(50)
    assert year["low"] == pytest.approx(0.1 - np.hypot(0.04, 0.04))
    assert year["high"] == pytest.approx(0.1 + np.hypot(0.05, 0.03))
    plan = table.loc["plan against review"]
    assert (plan["part"], plan["other_id"]) == ("plan", "new") and plan["change"] == pytest.approx(0.399)
    assert np.isnan(plan["low"]) and np.isnan(plan["percent"]), "no percentage of a share below 0.005"
    assert len(check(table.reset_index().assign(region="某市", year=2025), schemas["area_changes"])) == 2


def test_one_report_has_no_change(schemas, scheme):
    table = area_changes(SHARES[SHARES["part"] == "whole"], [])
    assert table.empty
    reports = pd.DataFrame({"report_id": ["new"], "region": ["某市"], "year": [2025]})
    shapes = change_shapes(table, reports, scheme)
    assert check(shapes, schemas["area_punctuation"]).empty


@pytest.mark.parametrize("seed", range(3))
def test_l_kurtosis_is_that_of_scipy(seed):
    values = np.random.default_rng(seed).standard_t(3, 50)
    assert l_kurtosis(values) == pytest.approx(stats.lmoment(values, order=4, standardize=True))
    assert kurtosis(values) == pytest.approx(stats.kurtosis(values, fisher=False))


def test_of_normal_values():
    values = stats.norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert l_kurtosis(values) == pytest.approx(0.1226, abs=1e-3)
    assert kurtosis(values) == pytest.approx(3, abs=0.01)


def test_without_spread_there_is_no_shape():
    assert (
        np.isnan(kurtosis(np.ones(30))) and np.isnan(l_kurtosis(np.ones(30))) and np.isnan(l_kurtosis(np.arange(3.0)))
    )


def test_few_leaps_among_small_steps_are_punctuated(scheme, schemas):
    rng = np.random.default_rng(0)
    percent = np.r_[rng.normal(0, 5, 90), rng.normal(0, 150, 10)]
    changes = pd.DataFrame(
        {"report_id": "new", "comparison": "year before", "part": "whole", "area": ["3", "4"] * 50, "percent": percent}
    )
    reports = pd.DataFrame({"report_id": ["new"], "region": ["某市"]})
    shapes = check(change_shapes(changes, reports, scheme), schemas["area_punctuation"]).set_index(["unit", "name"])
    assert shapes["n"].to_dict() == {("all", ""): 100, ("area", "3"): 50, ("area", "4"): 50, ("region", "某市"): 100}
    assert shapes.loc[("all", ""), "l_kurtosis"] > 0.4
    few = change_shapes(changes[:10], reports, scheme)
    assert few["kurtosis"].isna().all() and few["median"].notna().all()


def test_diversity_against_the_year_before():
    table = pd.DataFrame({"report_id": ["new", "old"], "part": "whole", "entropy": [0.9, 0.8], "hhi": [0.08, 0.1]})
    found = diversity_changes(table, [("new", "old")]).set_index("report_id")
    assert found.loc["new", "entropy_change"] == pytest.approx(0.1) and found.loc["new", "hhi_change"] == pytest.approx(
        -0.02
    )
    assert np.isnan(found.loc["old", "entropy_change"])


def test_variables_of_the_panel(scheme):
    table = panel_variables(SHARES, scheme)
    assert table["report_id"].tolist() == ["new", "old"]
    assert table["area_3"].fillna(-1).tolist() == [0.4, -1] and table["area_15a"].isna().all()
    assert table["whole_area_3"].tolist() == [0.3, 0.2]
    assert [field.name for field in panel_fields(scheme)] == table.columns.tolist()[1:]
    assert all(len(field.description) <= 80 for field in panel_fields(scheme))
