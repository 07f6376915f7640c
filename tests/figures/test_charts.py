"""Charts show the values of the tables, are legible in print, and say so when there is nothing to show."""

import math

import pandas as pd
import pytest

from emphasis.figures.charts import PER_REPORT, report_figures, theme_labels
from emphasis.figures.look import COLUMN, PAGE, PLAN, REVIEW, Style, shade
from emphasis.figures.profile import profile_chart
from emphasis.figures.shown import shown_sections
from emphasis.figures.targets_chart import TargetRow, comparable_rows, targets_chart
from emphasis.figures.terms_chart import against_peers, against_sections, terms_chart
from emphasis.figures.themes_chart import review_and_plan, themes_chart
from emphasis.figures.topics_chart import TopicTables
from support.chart_text import faults, shapes, text_of

WIDE = {"standing", "areas"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_legible_in_print(language, tables, good_topics, themes, variables, style):
    figures = report_figures(style(language), tables, good_topics, themes, variables)
    assert tuple(figures) == PER_REPORT
    assert not {name: found for name, sheet in figures.items() if (found := faults(sheet))}
    for name, sheet in figures.items():
        assert len(sheet.drawing.texts) > 6, f"{name} shows next to nothing"
        assert sheet.width == (PAGE if name in WIDE else COLUMN)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty_tables_give_pictures_that_say_so(language, tables, themes, variables, style):
    empty = {name: table.head(0) for name, table in tables.items()} | {"reports": tables["reports"]}
    topics = TopicTables(empty["topic_sections"], empty["topic_diagnostics"], empty["topic_verdicts"], False)
    figures = report_figures(style(language), empty, topics, themes, variables)
    heading = {"zh": "未作图", "en": "Nothing is drawn"}[language]
    assert all(heading in text_of(sheet) for sheet in figures.values())
    assert not {name: found for name, sheet in figures.items() if (found := faults(sheet))}


def test_themes_have_one_order_in_all_charts(tables, good_topics, themes, variables, style):
    figures = report_figures(style("en"), tables, good_topics, themes, variables)
    labels = list(theme_labels(themes, "en").values())
    for name in ("profile", "themes", "standing"):
        assert [text for text in figures[name].drawing.texts if text in labels] == labels, name
    own = [themes[0].__class__(**{**vars(themes[0]), "name": name}) for name in ("zz_own", "aa_own")]
    assert list(theme_labels([*own, *themes], "en"))[-2:] == ["aa_own", "zz_own"]


def test_profile_has_the_lengths_and_shares_of_the_tables(tables, themes, style):
    labels = theme_labels(themes, "zh")
    sheet = profile_chart(style(), "题", tables["sections"], tables["theme_sections"], labels)
    shown = shown_sections(tables["sections"])
    rects = shapes(sheet, "rect")
    bars = [r["width"] for r in rects if r["fill"] in (REVIEW, PLAN)][2:]  # Two are in the legend.
    assert [bar / bars[0] for bar in bars] == pytest.approx(
        list(shown["n_tokens"] / shown["n_tokens"].iloc[0]), rel=1e-2
    )
    wide = tables["theme_sections"].pivot(index="section_id", columns="theme", values="share")
    shares = wide.loc[shown["section_id"], list(labels)].to_numpy()
    cells = [r["fill"] for r in rects if r.get("stroke") == "#ffffff"]
    assert cells == [shade(share / shares.max()) for share in shares.ravel()]
    assert f"{100 * shares.max():.3g}" in text_of(sheet)


def test_theme_points_are_the_values_of_the_default_definition(tables, themes, style):
    labels = theme_labels(themes, "zh")
    table = review_and_plan(tables["themes"], labels)
    own = tables["themes"].set_index(["definition", "part", "theme"])["value"]
    assert table.loc["culture", "plan"] == pytest.approx(100 * own["words", "plan", "culture"])
    sheet = themes_chart(style(), "题", tables["themes"], labels)
    points = [circle["cx"] for circle in shapes(sheet, "circle")][1:]
    review = table["review"].to_numpy()
    spans = [(x - points[0]) / (value - review[0]) for x, value in zip(points[1:], review[1:], strict=True)]
    assert spans == pytest.approx([spans[0]] * len(spans), rel=2e-2)


def test_a_report_with_one_part_has_one_point_and_says_so(tables, themes, style):
    own = tables["themes"].copy()
    own.loc[own["part"] == "review", "value"] = math.nan
    sheet = themes_chart(style("en"), "t", own, theme_labels(themes, "en"))
    assert "No review was recognised" in " ".join(sheet.drawing.texts)
    assert "plan" in sheet.drawing.texts and not shapes(sheet, "circle")


def test_terms_of_sections_are_those_that_lists_show_against_peers(tables):
    rows = tables["distinctive"]
    sections = sorted(rows.loc[rows["part"] == "section", "section_id"].unique())
    found = against_peers(rows, sections)
    assert found.key == "terms" and list(found.by_section) == [s for s in sections if s in found.by_section]
    for section, table in found.by_section.items():
        own = rows[
            (rows["section_id"] == section) & (rows["part"] == "section") & rows["rank"].notna() & (rows["ratio"] > 1)
        ]
        assert table["term"].tolist() == own.sort_values("rank")["term"].head(5).tolist()
        marks = own.set_index("term").loc[table["term"], "peers_with"]
        assert [mark == "most" for mark in table["mark"]] == (marks > 0.5).tolist()
        assert [mark == "none" for mark in table["mark"]] == (marks == 0).tolist()


def test_without_peers_terms_are_those_of_highest_tfidf_and_significant_ones_are_marked(tables, style):
    rows = [("s1", "甲甲", 3, 0.5), ("s1", "乙乙", 2, 0.9), ("s1", "丙丙", 1, 2.0), ("s2", "丁丁", 4, 0.1)]
    rows = [*rows, ("s1", "长春", 9, 3.0)]
    tfidf = pd.DataFrame(rows, columns=["section_id", "term", "n", "tfidf"]).assign(within="")
    tests = [("section", "s1", "甲甲", 1.0, 0.01), ("section", "s1", "乙乙", -2.0, 0.01), ("section", "s2", "丁丁", 1.0, 0.06),
             ("part", "s1", "乙乙", 1.0, 0.01), ("section", "s1", "长春", 3.0, 0.01)]  # fmt: skip
    keyness = pd.DataFrame(tests, columns=["comparison", "target", "term", "log_odds", "q_bh"])
    keyness["own_place"] = keyness["term"] == "长春"
    words = against_sections(tfidf, keyness, ["s1", "s2", "s3"])
    assert {s: t[["term", "mark"]].to_numpy().tolist() for s, t in words.by_section.items()} == {
        "s1": [["乙乙", "not_distinct"], ["甲甲", "distinct"]],
        "s2": [["丁丁", "not_distinct"]],
    }
    headings = [
        ("s1", "", 1, "一、", "工业", "plan", 9),
        ("s2", "", 1, "二、", "农业", "plan", 8),
        ("s3", "", 1, "三、", "无", "plan", 7),
    ]
    columns = ["section_id", "parent_id", "level", "number", "heading", "role", "n_tokens"]
    sheet = terms_chart(
        style(), "题", pd.DataFrame(headings, columns=columns), tables["distinctive"].head(0), tfidf, keyness
    )
    bars = [r["width"] for r in shapes(sheet, "rect")][2:]
    assert [bar / bars[0] for bar in bars] == pytest.approx([1, 0.5 / 0.9, 0.1 / 0.9], rel=2e-2)
    assert "三、无" not in text_of(sheet) and "TF-IDF" in text_of(sheet)
    assert not faults(sheet)


def pair(indicator, outturn, target, unit="%", kind="growth_rate", direction="增长", **more):
    row = {
        "indicator": indicator, "outturn_value": outturn, "outturn_unit": unit, "outturn_comparator": "eq", "target_unit": unit,
        "outturn_direction": direction, "target_value": target, "target_high": math.nan, "comparator": "eq", "kind": kind,
        "direction": direction, "comparable": True,
    }  # fmt: skip
    return row | more


def test_rows_of_targets_say_growth_bounds_and_how_outturns_are_stated(style):
    pairs = pd.DataFrame(
        [
            pair("地区生产总值", 4.8, 5.5, comparator="ge"),
            pair("粮食产量", 260, 260, "亿斤", "level", None, outturn_comparator="near_below", comparator="ge"),
            pair("投资", 5, 6, target_high=7, comparator="range"),
            pair("能耗", 3, 2, direction="下降", outturn_direction="增长"),
            pair("就业", 10, 9, "万人", "count", None, outturn_comparator="gt"),
            pair("公路", 4440, 1, "公里", "level", None, target_unit="万公里"),
            pair("不可比", 1, 2, comparable=False),
        ]
    )
    rows = comparable_rows(style(), pairs)
    assert [(row.indicator, row.outturn_text, row.target_text) for row in rows] == [
        ("地区生产总值增长", "4.8%", "≥ 5.5%"),
        ("粮食产量", "近260亿斤", "≥ 260亿斤"),
        ("投资增长", "5%", "6–7%"),
        ("能耗下降", "-3%", "2%"),
        ("就业", "> 10万人", "9万人"),
    ]
    assert comparable_rows(style("en"), pairs)[1].outturn_text == "nearly 260亿斤"


def test_dots_of_targets_are_at_the_ratio_of_target_and_outturn(style):
    values = [(4.0, 5.0), (5.0, 5.0), (10.0, 5.0), (1.0, 50.0), (-0.5, 2.0), (0.0, 0.0)]
    rows = [TargetRow(f"指标{i}", a, b, b, "eq", f"{a}%", f"{b}%") for i, (a, b) in enumerate(values)]
    assert [row.ratio for row in rows[:4]] == [1.25, 1.0, 0.5, 50.0] and math.isnan(rows[4].ratio)
    sheet = targets_chart(style(), "题", rows)
    up, same, down = (circle["cx"] for circle in shapes(sheet, "circle"))
    assert (up - same) / (same - down) == pytest.approx(math.log(1.25) / math.log(2), rel=1e-2)
    one = next(line for line in shapes(sheet, "line") if line["x1"] == line["x2"] and line["stroke-width"] == 0.7)
    assert one["x1"] == pytest.approx(same, abs=0.02)
    words = sheet.drawing.texts
    assert "50" in words, "beyond the scale"
    assert words.count("—") == 2 and "不计比值" in text_of(sheet)
    assert not faults(sheet)


def test_ticks_that_would_touch_are_left_out(style):
    for ratio in (1.2, 1.5, 1.9, 2.4, 3.9):
        sheet = targets_chart(style(), "题", [TargetRow("甲", 1.0, ratio, ratio, "eq", "1%", f"{ratio}%")])
        assert not faults(sheet)
        assert ("1.25" in sheet.drawing.texts) == (ratio < 1.6)


def test_bounds_have_arrows_and_ranges_lines(style):
    plain = TargetRow("甲", 4.0, 5.0, 5.0, "eq", "4%", "5%")
    bound = TargetRow("甲", 4.0, 5.0, 5.0, "le", "4%", "≤ 5%")
    span = TargetRow("甲", 4.0, 5.0, 6.0, "range", "4%", "5–6%")
    lines = [shapes(targets_chart(style(), "题", [row]), "line") for row in (plain, bound, span)]
    of_plan = [[line for line in found if line["stroke"] == PLAN] for found in lines]
    assert [len(found) for found in of_plan] == [0, 1, 1]
    assert of_plan[1][0]["x2"] < of_plan[1][0]["x1"] and of_plan[2][0]["x2"] > of_plan[2][0]["x1"]


def test_many_targets_are_cut_and_counted(style: Style):
    rows = [
        TargetRow(f"一个很长很长的指标名称第{i}号", 4.0, 5.0, 5.0, "ge", "4亿立方米", "≥ 5亿立方米") for i in range(60)
    ]
    sheet = targets_chart(style(), "题", rows)
    assert "另有 20 项未画" in text_of(sheet)
    assert not faults(sheet)


def test_charts_of_one_section_and_of_a_hundred(tables, themes, style):
    labels = theme_labels(themes, "zh")
    one = tables["sections"][tables["sections"]["section_id"].isin(["s2", "s2.1"])]
    many = pd.concat([one.tail(1).assign(section_id=f"s2.{i}", n_tokens=i) for i in range(1, 101)], ignore_index=True)
    for sections, rows in ((one, 1), (many, 32)):
        sheet = profile_chart(style(), "题", sections, tables["theme_sections"], labels)
        bars = [r for r in shapes(sheet, "rect") if r["fill"] == PLAN]
        assert len(bars) == rows + 1, "one more in the legend"
        assert ("另有 68 项未画" in text_of(sheet)) == (rows == 32)
        assert not faults(sheet)
