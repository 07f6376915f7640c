"""Tables over several reports: by level, and by year only of regions that have every year."""

from __future__ import annotations

from emphasis.publish.paper.corpus_tables import corpus_tables
from emphasis.publish.paper.level_tables import balanced, level_tables
from emphasis.publish.paper.table import Bilingual
from emphasis.store.results import read_rows
from support.kit import file_of

NAMES = {"culture": Bilingual("Culture", "文体")}


def report(name, region, year, level="province", **more):
    row = {"report_id": name, "region": region, "year": year, "region_level": level}
    return row | {"adcode": "", "confidence": "high", "n_chars": "9000", "date": ""} | more


def made_of(reports, values):
    shares = {"culture": dict(zip([r["report_id"] for r in reports], values, strict=True))}
    return {t.name: t for t in level_tables("theme", reports, shares, NAMES)}


def test_means_by_year_are_of_the_same_regions():
    """A third region joins in the second year with a high share: a mean of all would jump from 1.5 to 4."""
    reports = [report("a1", "甲", "2024"), report("a2", "甲", "2025"), report("b1", "乙", "2024")]
    reports += [report("b2", "乙", "2025"), report("c2", "丙", "2025")]
    made = made_of(reports, [0.01, 0.02, 0.02, 0.03, 0.07])
    assert made["theme-years-province"].rows == ((Bilingual("Culture", "文体"), "1.50", "2.50"),)
    assert [column.head.en for column in made["theme-years-province"].columns[1:]] == ["2024", "2025"]
    note = made["theme-years-province"].notes[-1]
    assert "those of 3" in note.en and "乙、甲" in note.en and "丙" not in note.en
    assert made["theme-summary-province"].rows == (
        (Bilingual("Culture", "文体"), "5", "3.00", "2.35", "1.00", "2.00", "7.00"),
    )


def test_levels_are_never_put_together():
    reports = [
        report("a", "甲", "2024"),
        report("b", "甲市", "2025", "prefecture"),
        report("n", "全国", "2023", "national"),
    ]
    assert made_of(reports, [0.01, 0.02, 0.03]) == {}
    more = [*reports, report("m", "全国", "2025", "national")]
    made = made_of(more, [0.01, 0.02, 0.03, 0.05])
    assert list(made) == ["theme-years-national"]
    assert made["theme-years-national"].rows == ((Bilingual("Culture", "文体"), "3.00", "5.00"),)
    assert made["theme-years-national"].notes[-1] == Bilingual("Reports of 国务院.", "国务院历年报告。")


def test_reports_without_level_region_or_year_and_several_of_a_year():
    odd = [report("a", "", "2024"), report("b", "甲", ""), report("c", "甲", "2024", ""), report("d", "甲", "2024")]
    assert made_of(odd, [1, 2, 3, 4]) == {}
    twice = [report("a", "甲", "2024"), report("b", "甲", "2024"), report("c", "甲", "2025")]
    assert made_of(twice, [0.01, 0.9, 0.03])["theme-years-province"].rows[0][1:] == ("1.00", "3.00")
    # Where a region has no figure, the row is left out rather than the region.
    shares = {"culture": {"a": 0.1}}
    assert level_tables("theme", twice[1:], shares, NAMES) == []


def test_a_page_and_a_text_of_another_kind_do_not_count_beside_the_report_of_the_year():
    """They come first by name; the page has 16 characters, the other is all about government."""
    years = [str(year) for year in range(2020, 2025)]
    reports = [report(f"b{year}", "甲", year) for year in years]
    page = report("a1", "甲", "2021", confidence="low", n_chars="16")
    other = report("a2", "甲", "2022", confidence="low")
    made = made_of([page, other, *reports], [0.5, 0.9, *[0.02] * 5])
    assert made["theme-summary-province"].rows[0][1:] == ("5", "2.00", "0.00", "2.00", "2.00", "2.00")
    assert "Reports: 5; regions: 1;" in made["theme-summary-province"].notes[-2].en
    assert made["theme-summary-province"].notes[-1].en.endswith("others left out: 2.")
    assert made["theme-years-province"].rows[0][1:] == ("2.00",) * 5


def test_counties_of_one_name_are_two():
    one, two = {"adcode": "320106"}, {"adcode": "350102"}
    reports = [report(f"n{year}", "鼓楼区", year, "county", **one) for year in ("2023", "2024", "2025")]
    reports += [report(f"f{year}", "鼓楼区", year, "county", **two) for year in ("2023", "2024", "2025")]
    made = made_of(reports, [0.01, 0.02, 0.03, 0.03, 0.04, 0.05])
    assert made["theme-years-county"].rows[0][1:] == ("2.00", "3.00", "4.00")
    assert "regions: 2;" in made["theme-summary-county"].notes[-1].en


def test_the_largest_set_without_gaps():
    assert balanced({}) == balanced({"甲": frozenset({"2024"})}) == ([], [])
    years = {str(year) for year in range(2010, 2026)}
    assert balanced({"甲": frozenset(years)})[0] == [str(year) for year in range(2018, 2026)]
    # Two regions share three years of which neither has only these.
    both = {"甲": frozenset({"2021", "2022", "2023", "2024"}), "乙": frozenset({"2022", "2023", "2024", "2025"})}
    assert balanced(both) == (["2022", "2023", "2024"], ["乙", "甲"])
    # As many reports: the later years.
    assert balanced({"甲": frozenset({"2020", "2021"}), "乙": frozenset({"2023", "2024"})}) == (
        ["2023", "2024"],
        ["乙"],
    )


def test_over_several_reports(themes):
    (row,) = read_rows(file_of("reports"))
    reports = [row | {"report_id": name, "year": str(2023 + n)} for n, name in enumerate("abc")]
    attention = [
        {"report_id": name, "part": part, "theme": "culture", "definition": definition, "value": value}
        for name, value in zip("abc", ("0.01", "0.02", "0.06"), strict=True)
        for part in ("whole", "plan")
        for definition in ("words", "sentences")
    ]
    area = {"area_en": "health", "area_zh": "卫生", "part": "whole", "area": "3", "share": "0.25"}
    areas = [area | {"report_id": name} for name in "abc"] + [area | {"report_id": "a", "part": "plan", "share": "1"}]
    made = {t.name: t for t in corpus_tables(reports, attention, areas, themes, 2)}
    assert set(made) == {"reports", "theme-years-prefecture", "area-years-prefecture"}
    culture = next(Bilingual(theme.label_en, theme.label) for theme in themes if theme.name == "culture")
    assert made["theme-years-prefecture"].rows == ((culture, "1.00", "2.00", "6.00"),)
    assert made["area-years-prefecture"].rows == ((Bilingual("Health", "卫生"), "25.00", "25.00", "25.00"),)
    assert len(made["reports"].rows) == 2 and "first 2 of 3" in made["reports"].notes[-1].en
    assert corpus_tables(reports[:1], attention, areas, themes, 2) == []
