"""Which reports are compared with which."""

import pandas as pd

from emphasis.measures.report_pairs import group_pairs, histories, related_pairs, year_pairs


def test_years_follow_each_other_without_a_gap_and_within_a_region():
    rows = [("a", "甲", "1", 2020), ("b", "甲", "1", 2021), ("c", "甲", "1", 2023), ("d", "乙", "2", 2024)]
    rows += [("e", "全国", "", 2023), ("f", "全国", "", 2024), ("g", "", "", 2024), ("h", "甲", "1", None)]
    reports = pd.DataFrame(rows, columns=["report_id", "region", "adcode", "year"])
    reports = reports.assign(confidence="high", n_chars=9_000, date="")
    assert year_pairs(reports) == [("b", "a"), ("f", "e")]


def test_a_page_without_a_speech_is_not_the_report_of_its_year():
    rows = [
        ("a", 2020, "high", 15_000),
        ("b", 2021, "low", 12),
        ("c", 2021, "medium", 15_000),
        ("d", 2022, "high", 15_000),
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "year", "confidence", "n_chars"])
    reports = reports.assign(region="坪山区", adcode="440310", date="")
    assert year_pairs(reports) == [("c", "a"), ("d", "c")]


def test_pairs_that_need_the_same_reports_are_in_one_group():
    rows = [("a", "county", "220104", 2025), ("b", "province", "220000", 2025), ("c", "county", "220104", 2024)]
    reports = pd.DataFrame([*rows, ("d", "", "", None)], columns=["report_id", "region_level", "adcode", "year"])
    pairs = [("superior", "a", "b"), ("year before", "a", "c"), ("superior", "c", "b"), ("neighbour", "b", "d")]
    assert group_pairs(pairs, reports) == [[pairs[2]], [pairs[0], pairs[1]], [pairs[3]]]


def test_which_reports_are_related():
    rows = [
        ("n", "national", "", 2025), ("p", "province", "220000", 2025), ("q", "province", "230000", 2025),
        ("c", "prefecture", "220100", 2025), ("d", "prefecture", "220200", 2025), ("x", "prefecture", "230100", 2025),
        ("k", "county", "220104", 2025), ("old", "province", "220000", 2024), ("none", "", "", 2025),
    ]  # fmt: skip
    reports = pd.DataFrame(rows, columns=["report_id", "region_level", "adcode", "year"]).assign(date="", region="")
    found = related_pairs(reports, [("p", "old")])
    later = [("superior later", name) for name in ("c", "p", "n")]
    assert {(r, b) for r, a, b in found if a == "c"} == {("superior", "old"), *later[1:], ("neighbour", "d")}
    assert {(r, b) for r, a, b in found if a == "k"} == {("superior", "old"), *later}
    assert {(r, b) for r, a, b in found if a == "p"} == {("year before", "old"), later[2], ("neighbour", "q")}
    assert not [f for f in found if "none" in f]


def test_only_a_text_that_was_there_before_can_be_borrowed_from():
    rows = [
        ("n24", "national", "", 2024, "2024-03-05"), ("n25", "national", "", 2025, "2025-03-05"),
        ("p24", "province", "220000", 2024, ""), ("p25", "province", "220000", 2025, "2025-01-14"),
        ("early", "county", "220104", 2025, "2025-01-02"), ("late", "county", "220105", 2025, "2025-02-10"),
        ("undated", "county", "220202", 2025, ""), ("vague", "county", "220203", 2025, "2025-04"),
    ]  # fmt: skip
    reports = pd.DataFrame(rows, columns=["report_id", "region_level", "adcode", "year", "date"]).assign(region="")
    found = [pair for pair in related_pairs(reports, []) if pair[0] != "neighbour"]
    of = {name: {(r, b) for r, a, b in found if a == name} for name in reports["report_id"]}
    without_date = {("superior", "p24"), ("superior later", "p25"), ("superior", "n24"), ("superior later", "n25")}
    assert of["early"] == of["undated"] == of["vague"] == without_date
    assert of["late"] == {("superior", "p25"), ("superior", "n24"), ("superior later", "n25")}
    assert of["p25"] == {("superior", "n24"), ("superior later", "n25")}
    assert of["p24"] == {("superior later", "n24")}
    assert of["n25"] == set()


def test_a_report_has_a_history():
    rows = [("a", "甲", "1", 2019), ("b", "甲", "1", 2021), ("c", "甲", "1", 2022), ("d", "甲", "1", 2022)]
    rows += [("e", "甲", "1", 2025), ("f", "乙", "2", 2020), ("g", "甲", "1", None)]
    reports = pd.DataFrame(rows, columns=["report_id", "region", "adcode", "year"])
    reports = reports.assign(confidence="high", n_chars=9_000, date="")
    (found,) = histories(reports, year_pairs(reports))
    assert found == ("1", 2022, "c", "b", ("a", "b"), ("e",))


def test_no_report_is_compared_with_itself_whatever_level_its_region_was_given():
    """北京市 as a prefecture, which its code says it is not."""
    rows = [("a", "prefecture", "110000", 2025, ""), ("b", "prefecture", "110000", 2024, "")]
    reports = pd.DataFrame(rows, columns=["report_id", "region_level", "adcode", "year", "date"]).assign(region="")
    assert related_pairs(reports, [("a", "b")]) == [("year before", "a", "b")]


def test_a_zone_looks_to_the_city_that_it_lies_in():
    rows = [
        ("z", "大鹏新区", "", "", 2021), ("u", "某某新区", "", "", 2021), ("city", "深圳市", "prefecture", "440300", 2020),
        ("province", "广东省", "province", "440000", 2020), ("n", "全国", "national", "", 2020),
        ("k", "坪山区", "county", "440310", 2021),
    ]  # fmt: skip
    reports = pd.DataFrame(rows, columns=["report_id", "region", "region_level", "adcode", "year"]).assign(date="")
    found = related_pairs(reports, [])
    assert {(r, b) for r, a, b in found if a == "z"} == {("superior", name) for name in ("city", "province", "n")}
    assert {(r, b) for r, a, b in found if a == "k"} == {("superior", name) for name in ("city", "province", "n")}
    assert not [pair for pair in found if "u" in pair]
