"""Where a report stands: by hand, and whether places of left-out reports are evenly spread."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from emphasis.reference.standing import Figures, standing

KEY = {"kind": "theme", "measure": "environment", "part": "whole"}


def figures(values):
    ids = [f"r{i}" for i in range(len(values))]
    return Figures(pd.DataFrame({"report_id": ids, "value": values, **KEY})), ids


def own(value):
    return pd.DataFrame([{**KEY, "value": value, "low": 0.1, "high": 0.9}])


def test_by_hand():
    among, ids = figures([0.1, 0.2, 0.2, 0.4])
    (row,) = standing(own(0.2), among, ids).to_dict("records")
    assert row["percentile"] == pytest.approx(100 * (1 + 2 / 2 + 1 / 2) / 5)
    assert (row["rank"], row["n_peers"], row["peer_median"]) == (2, 4, pytest.approx(0.2))
    assert (row["low"], row["high"]) == (0.1, 0.9)


def test_the_highest_is_first_and_the_lowest_last():
    among, ids = figures([0.1, 0.2, 0.3])
    assert [standing(own(v), among, ids)["rank"].item() for v in (0.5, 0.0)] == [1, 4]


def test_only_what_a_peer_has_too():
    among, ids = figures([0.1, 0.2])
    assert standing(own(0.1).assign(measure="other"), among, ids).empty
    assert standing(own(0.1), among, ["nobody"]).empty


def test_quantiles_are_those_of_numpy_where_some_peers_have_no_figure():
    values = np.random.default_rng(1).normal(size=(30, 24)).round(3)
    values[np.random.default_rng(2).random(values.shape) < np.linspace(0, 0.9, 30)[:, None]] = np.nan
    there = ~np.isnan(values)
    values, n = values[there.any(axis=1)], there.sum(axis=1)[there.any(axis=1)]
    ids = [f"r{i:02}" for i in range(24)]
    rows = [
        {**KEY, "measure": f"m{row}", "report_id": ids[i], "value": values[row, i]}
        for row, i in zip(*np.nonzero(~np.isnan(values)), strict=True)
    ]
    own_rows = pd.DataFrame([{**KEY, "measure": f"m{row}", "value": 0.0} for row in range(len(n))])
    found = standing(own_rows.assign(low=np.nan, high=np.nan), Figures(pd.DataFrame(rows)), ids)
    assert found["n_peers"].tolist() == n.tolist() and len(set(n.tolist())) > 10
    expected = np.nanquantile(values, (0.05, 0.5, 0.95), axis=1)
    np.testing.assert_array_equal(found[["peer_low", "peer_median", "peer_high"]].to_numpy().T, expected)


def test_places_of_left_out_reports_are_evenly_spread(shipped):
    """Provinces of 2025, each against the others, in the themes, topics and areas of the whole report."""
    reports = shipped.reports
    ids = reports.loc[(reports["region_level"] == "province") & (reports["year"] == 2025), "report_id"].tolist()
    among = Figures(shipped.measures)
    rows = shipped.measures[
        (shipped.measures["part"] == "whole") & shipped.measures["kind"].isin(["theme", "topic", "area"])
    ]
    rows = rows.assign(low=np.nan, high=np.nan)
    found = [standing(rows[rows["report_id"] == one], among, [i for i in ids if i != one]) for one in ids]
    percentiles = pd.concat(found)["percentile"] / 100
    assert len(percentiles) > 600
    # Places are multiples of 1 / 23: the statistic of even ones is up to half of that.
    assert stats.kstest(percentiles, "uniform").statistic < 1 / 23


def test_a_reference_without_figures_has_no_standing():
    """As one whose definitions are all others than those at hand."""
    none = Figures(pd.DataFrame(columns=["report_id", *KEY, "value"]))
    own = pd.DataFrame({**KEY, "value": [1.0], "low": np.nan, "high": np.nan})
    assert standing(own, none, ["a"]).empty
