"""The years of regions, by hand."""

import pandas as pd

from emphasis.measures.year_series import region_years


def test_years_and_their_reports():
    rows = [
        ("a", "襄樊市", "420600", 2009), ("b", "襄阳市", "420600", 2011), ("c", "襄阳市", "420600", 2011),
        ("d", "全国", "", 2010), ("e", "全国", "", 2012), ("f", "吉林省", "220000", 2010), ("g", "", "", 2011),
        ("h", "襄阳市", "420600", pd.NA), ("i", "襄阳市", "420600", 2012),
    ]  # fmt: skip
    reports = pd.DataFrame(rows, columns=["report_id", "region", "adcode", "year"]).assign(
        region_level="", confidence="high"
    )
    nation, xiangyang = region_years(reports, list("abcdefgh"), least=2)
    assert [nation.region, nation.years.tolist(), nation.reports] == ["全国", [2010, 2012], [["d"], ["e"]]]
    # A region that was renamed is one; i is not asked for.
    assert xiangyang.reports == [["a"], ["b", "c"]]
    assert xiangyang.labels == {
        "region": "襄阳市", "adcode": "420600", "region_level": "", "n_years": 2, "first_report": 2009, "last_report": 2011,
    }  # fmt: skip
    places, years = xiangyang.rows({"c": 0, "b": 1, "a": 2})
    assert sorted(zip(places.tolist(), years.tolist(), strict=True)) == [(0, 1), (1, 1), (2, 0)]


def test_a_text_of_low_confidence_does_not_count_beside_a_better_one():
    """The page and the text of another kind are low; where there is nothing else, a low one is the year's."""
    rows = [
        ("page", 2021, "low"),
        ("report", 2021, "medium"),
        ("session", 2021, "high"),
        ("alone", 2022, "low"),
        ("other", 2022, "low"),
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "year", "confidence"])
    reports = reports.assign(region="甲区", adcode="440310", region_level="county")
    (region,) = region_years(reports, reports["report_id"].tolist(), least=2)
    assert region.reports == [["report", "session"], ["alone", "other"]]
    # The better one has no words: the page is all there is.
    (region,) = region_years(reports, ["page", "alone"], least=2)
    assert region.reports == [["page"], ["alone"]]
