"""Charts of several reports: years without a report are gaps, regions are sorted level by level, pairs need no empty cells."""

import itertools

import pandas as pd
import pytest

from emphasis.figures.across import legend_places, regions_chart, sorted_regions, theme_panel, trends_chart
from emphasis.figures.charts import ACROSS, across_figures, theme_labels
from emphasis.figures.look import COLUMN, FAINT, LINES, paler, shade
from emphasis.figures.pairs_chart import MOST_ROWS, pairs_chart
from emphasis.store.tables import table_from_rows
from support.chart_text import faults, shapes, text_of


@pytest.fixture(scope="module")
def panel(tables):
    """Six regions, two of them with years, and a report of an unknown place."""
    known = [("全国", "", "national", year) for year in (1990, 2024, 2025)]
    known += [("吉林省", "220000", "province", year) for year in (2024, 2025)]
    known += [(f"地区{i}市", f"2201{i:02}", "prefecture", 2025) for i in range(4)]
    rows = [(f"r{i}", region, code, level, year) for i, (region, code, level, year) in enumerate(known)]
    reports = pd.DataFrame(
        [*rows, ("x", "", "", "", None)], columns=["report_id", "region", "adcode", "region_level", "year"]
    )
    reports = reports.assign(confidence="high", n_chars=9_000, date="").astype({"year": "Int64"})
    own = tables["themes"]
    many = [
        own.assign(report_id=report_id, value=own["value"] * (1 + i / 7))
        for i, report_id in enumerate(reports["report_id"])
    ]
    return reports, pd.concat(many, ignore_index=True)


@pytest.fixture(scope="module")
def several(panel, schemas):
    reports, themes = panel
    ids = reports["report_id"].tolist()
    relations = itertools.cycle(["neighbour", "year before", "superior", "superior later"])
    pairs = list(itertools.permutations(ids[5:9], 2))
    reuse = [(a, b, next(relations), "all", 1000, 90, 80, 0.09 + i / 100, 0.08) for i, (a, b) in enumerate(pairs)]
    similarity = [(a, b, next(relations), 0.5 + i / 100, None, 0) for i, (a, b) in enumerate(pairs)]
    return {
        "reports": reports, "themes": themes, "reuse": table_from_rows(reuse, schemas["reuse"]),
        "similarity": table_from_rows(similarity, schemas["similarity"]),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_legible_in_print(language, several, themes, style):
    figures = across_figures(style(language), several, themes)
    assert tuple(figures) == ACROSS
    assert not {name: found for name, sheet in figures.items() if (found := faults(sheet))}
    assert all(sheet.width == COLUMN and len(sheet.drawing.texts) > 6 for sheet in figures.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty_tables_give_pictures_that_say_so(language, tables, themes, schemas, style):
    none = {name: table_from_rows([], schemas[name]) for name in ("reuse", "similarity")}
    own = {"reports": tables["reports"], "themes": tables["themes"].head(0)} | none
    figures = across_figures(style(language), own, themes)
    assert all(
        {"zh": "未作图", "en": "Nothing is drawn"}[language] in text_of(s) and not faults(s) for s in figures.values()
    )


def test_panel_points_are_whole_reports_of_known_places(panel):
    reports, values = panel
    table = theme_panel(reports, values)
    assert len(table) == 9 and "x" not in set(table["report_id"])
    assert table["region"].tolist()[:5] == ["全国"] * 3 + ["吉林省"] * 2
    own = values[(values["part"] == "whole") & (values["definition"] == "words") & (values["theme"] == "culture")]
    expected = 100 * own.set_index("report_id").loc[table["report_id"], "value"]
    assert table["culture"].tolist() == pytest.approx(expected.tolist())


def test_years_without_a_report_are_gaps_and_zeros_are_drawn(style):
    years = [2019, 2020, 2021, 2023, 2024]
    rows = [
        ("p", "甲省", 1, year, f"a{year}", value) for year, value in zip(years, [0.0, 2.0, 0.0, 1.0, 0.0], strict=True)
    ]
    rows += [("q", "乙省", 1, 2020, "b1", 1.0)]
    panel = pd.DataFrame(rows, columns=["place", "region", "level", "year", "report_id", "theme"])
    sheet = trends_chart(style(), "题", panel, {"theme": "主题"})
    first, second = shapes(sheet, "polyline")
    a, b = ([tuple(map(float, p.split(","))) for p in line["points"].split()] for line in (first, second))
    assert (len(a), len(b)) == (3, 2)
    bottom = max(y for _, y in a)
    assert [y == bottom for _, y in [*a, *b]] == [True, False, True, False, True]
    circles = shapes(sheet, "circle")
    assert len([c for c in circles if c["fill"] == LINES[0]]) == 5
    assert len([c for c in circles if c["fill"] == paler(FAINT, 0.5)]) == 1, "a year alone of a region without a line"
    assert "留空" in text_of(sheet)


def test_of_several_reports_the_page_without_a_speech_is_no_point(panel):
    reports, values = panel
    again = reports[reports["report_id"] == "r4"].assign(report_id="a", confidence="low", n_chars=12)
    own = values[values["report_id"] == "r4"].assign(report_id="a")
    table = theme_panel(pd.concat([again, reports]), pd.concat([own, values]))
    assert "r4" in table["report_id"].tolist() and "a" not in table["report_id"].tolist()


def test_without_two_years_of_a_region_there_is_no_trend(panel, themes, style):
    reports, values = panel
    table = theme_panel(reports[reports["year"] == 2025], values)
    assert len(table) == 6
    assert "No region has reports of two years" in text_of(
        trends_chart(style("en"), "t", table, theme_labels(themes, "en"))
    )


def test_legends_break_into_lines_that_fit(style):
    places = legend_places(style(), [("#000000", "很长的地区名称")] * 9)
    assert places[0] == (0.1, 0) and places[-1][1] > 0
    wide = 0.28 + style().width("很长的地区名称", 6.0)
    assert all(left + wide <= COLUMN for left, _ in places)


def test_regions_are_sorted_level_by_level_by_the_theme_that_differs_most(style):
    rows = [("a", "甲省", 1, 2025, 1.0, 2.0), ("b", "乙省", 1, 2025, 3.0, 2.1), ("c", "丙省", 1, 2025, 2.0, 2.2),
            ("n", "全国", 0, 2025, 9.0, 9.0), ("c", "丙省", 1, 2024, 7.0, 7.0)]  # fmt: skip
    panel = pd.DataFrame(rows, columns=["place", "region", "level", "year", "one", "two"]).assign(report_id="r")
    panel = panel.sort_values(["level", "place", "year"], ignore_index=True)
    table, theme = sorted_regions(panel, ["one", "two"])
    assert theme == "one" and table["region"].tolist() == ["全国", "乙省", "丙省", "甲省"]
    sheet = regions_chart(style(), "题", panel, {"one": "主题一", "two": "主题二"})
    texts = sheet.drawing.texts
    rows = [text for text in texts if "202" in text]
    assert rows == ["全国 2025", "乙省 2025", "丙省 2025", "甲省 2025"]
    assert [t for t in texts if t in ("全国", "省级")] == ["全国", "省级"], texts
    cells = [r["fill"] for r in shapes(sheet, "rect") if "stroke" in r]
    assert cells[:2] == ["#ffffff"] * 2, "one region is not shaded"
    assert cells[2:] == [shade(v) for v in (1, 0.5, 0)] + [shade((v - 2.0) / (2.2 - 2.0)) for v in (2.1, 2.2, 2.0)]


def test_pairs_are_marks_in_the_rows_of_their_reports(style):
    pairs = [("a", "b", "year before", 0.2), ("b", "a", "superior", 0.1), ("b", "c", "neighbour", 0.05)]
    table = pd.DataFrame(pairs, columns=["report_id", "other_id", "relation", "value"])
    names = {"a": "A 1", "b": "B 1", "c": "C 1"}
    sheet = pairs_chart(style("en"), "reuse", table, names, ["c", "a", "b"], percent=True)
    texts = sheet.drawing.texts
    # Rows with the name of the nearest report; c was compared with none itself.
    assert [text for text in texts if text in names.values()] == ["A 1", "B 1", "B 1", "A 1"]
    circle, square = shapes(sheet, "circle")[-1], [r for r in shapes(sheet, "rect") if "stroke" in r][-1]
    start = min(line["x1"] for line in shapes(sheet, "line") if line["stroke-width"] == 0.3)
    assert (square["x"] + square["width"] / 2 - start) / (circle["cx"] - start) == pytest.approx(0.5, abs=0.02)
    assert "Pairs: 3." in " ".join(texts)


def test_of_many_reports_the_first_are_shown(style):
    ids = [f"r{i:03}" for i in range(MOST_ROWS + 12)]
    table = pd.DataFrame({"report_id": ids, "other_id": ids[::-1], "relation": "neighbour", "value": 0.5})
    sheet = pairs_chart(style(), "similarity", table, {i: f"某地 {i}" for i in ids}, ids, percent=False)
    assert "另有 12 项未画" in text_of(sheet)
    assert not faults(sheet)
