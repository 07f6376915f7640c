"""Charts show the values of the tables, are legible in print, and say so when there is nothing to show."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh

from emphasis.figures.across import matrix_chart, regions_chart, theme_panel, trends_chart
from emphasis.figures.charts import ACROSS, PER_REPORT, across_figures, report_figures, theme_labels
from emphasis.figures.profile import profile_chart
from emphasis.figures.strings import shown_sections
from emphasis.figures.style import DPI, SMALL
from emphasis.figures.targets_chart import TargetRow, targets_chart
from emphasis.figures.terms_chart import distinctive_terms, terms_chart
from emphasis.figures.themes_chart import review_and_plan, themes_chart
from emphasis.figures.topics_chart import TopicTables
from emphasis.store.tables import table_from_rows
from support.chart_text import shown_texts, text_of


def bars(figure):
    """Lengths of all bars, axes by axes."""
    return [[round(p.get_width(), 6) for p in axes.patches] for axes in figure.axes if axes.patches]


def faults(figure):
    """What is illegible: type that is too small, outside the picture, or over other type."""
    figure.canvas.draw()  # Only then do legends and labels of axes have a position.
    renderer = figure.canvas.get_renderer()
    whole = figure.bbox
    found, boxes = [], []
    for text in shown_texts(figure):
        box = text.get_window_extent(renderer)
        if text.get_fontsize() < SMALL:
            found.append(f"{text.get_text()!r} has {text.get_fontsize()} points")
        if box.x0 < whole.x0 or box.y0 < whole.y0 or box.x1 > whole.x1 or box.y1 > whole.y1:
            found.append(f"{text.get_text()!r} is outside")
        boxes.append((text.get_text(), box))
    # A line's box has room for ascenders and descenders that Chinese does not use: a fifth of a line may overlap.
    slack = SMALL / 72 * DPI / 5
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > 1 and down > slack:
            found.append(f"{one!r} over {other!r}")
    return found


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
    reports["year"] = reports["year"].astype("Int64")
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
    reuse = [
        (a, b, "neighbour", "all", 1000, 90, 80, 0.09 + i / 100, 0.08)
        for i, (a, b) in enumerate(itertools.permutations(ids[5:9], 2))
    ]
    similarity = [
        (a, b, "neighbour", 0.5 + i / 100, None, 0) for i, (a, b) in enumerate(itertools.permutations(ids[5:9], 2))
    ]
    return {
        "reports": reports, "themes": themes, "reuse": table_from_rows(reuse, schemas["reuse"]),
        "similarity": table_from_rows(similarity, schemas["similarity"]),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_legible_in_print(language, request, themes, styled):
    tables, counted, topics, several = map(request.getfixturevalue, ("tables", "counted", "good_topics", "several"))
    style, finish = styled
    figures = report_figures(style(language), tables, counted, topics, themes)
    assert tuple(figures) == PER_REPORT
    across = across_figures(style(language), several, themes)
    assert tuple(across) == ACROSS
    figures |= across
    finish(*figures.values())
    wrong = {name: found for name, figure in figures.items() if (found := faults(figure))}
    assert not wrong
    for name, figure in figures.items():
        assert len(shown_texts(figure)) > 6, f"{name} shows next to nothing"
        assert figure.get_figwidth() == pytest.approx(8.5 / 2.54)


def test_profile_has_the_lengths_and_shares_of_the_tables(tables, themes, styled):
    style, _ = styled
    labels = theme_labels(themes, "zh")
    figure = profile_chart(style(), "题", tables["sections"], tables["theme_sections"], labels, 3178)
    shown = shown_sections(tables["sections"])
    assert shown["n_tokens"].astype(float).tolist() in bars(figure)
    wide = tables["theme_sections"].pivot(index="section_id", columns="theme", values="share")
    expected = wide.loc[shown["section_id"], sorted(labels)].to_numpy()
    shaded = next(m for m in figure.findobj(QuadMesh) if m.get_array().size == expected.size).get_array()
    # Shades are parts of the largest share, which the key names.
    assert np.asarray(shaded).reshape(expected.shape) * expected.max() == pytest.approx(expected)
    assert f"{100 * expected.max():.3g}" in text_of(figure)
    assert "3,178" in text_of(figure)


def test_theme_points_are_the_values_of_the_default_definition(tables, themes, styled):
    style, _ = styled
    table = review_and_plan(tables["themes"])
    own = tables["themes"].set_index(["definition", "part", "theme"])["value"]
    assert table.loc["culture", "plan"] == pytest.approx(100 * own["words", "plan", "culture"])
    assert table["plan"].is_monotonic_decreasing
    figure = themes_chart(style(), "题", tables["themes"], theme_labels(themes, "zh"))
    points = {line.get_label(): list(line.get_xdata()) for line in figure.axes[0].lines}
    assert points["工作安排"] == pytest.approx(table["plan"].tolist())
    assert points["工作回顾"] == pytest.approx(table["review"].tolist())


def test_a_report_with_one_part_has_one_point_and_says_so(tables, themes, styled):
    style, _ = styled
    own = tables["themes"].copy()
    own.loc[own["part"] == "review", "value"] = math.nan
    figure = themes_chart(style("en"), "t", own, theme_labels(themes, "en"))
    assert "No review was recognised" in text_of(figure).replace("\n", "")
    assert "plan" in {line.get_label() for line in figure.axes[0].lines}
    assert "review" not in {line.get_label() for line in figure.axes[0].lines}


def test_terms_are_those_of_highest_tfidf_and_significant_ones_are_marked(styled):
    rows = [("s1", "甲甲", 3, 0.5), ("s1", "乙乙", 2, 0.9), ("s1", "丙丙", 1, 2.0), ("s2", "丁丁", 4, 0.1)]
    rows = [*rows, ("s1", "长春", 9, 3.0)]
    tfidf = pd.DataFrame(rows, columns=["section_id", "term", "n", "tfidf"]).assign(within="")
    tests = [("section", "s1", "甲甲", 1.0, 0.01), ("section", "s1", "乙乙", -2.0, 0.01), ("section", "s2", "丁丁", 1.0, 0.06),
             ("part", "s1", "乙乙", 1.0, 0.01), ("section", "s1", "长春", 3.0, 0.01)]  # fmt: skip
    keyness = pd.DataFrame(tests, columns=["comparison", "target", "term", "log_odds", "q_bh"])
    keyness["own_place"] = keyness["term"] == "长春"
    words = distinctive_terms(tfidf, keyness, ["s1", "s2", "s3"])
    assert {s: t[["term", "distinct"]].to_numpy().tolist() for s, t in words.items()} == {
        "s1": [["乙乙", False], ["甲甲", True]],
        "s2": [["丁丁", False]],
    }
    style, _ = styled
    headings = [
        ("s1", "", 1, "一、", "工业", "plan", 9),
        ("s2", "", 1, "二、", "农业", "plan", 8),
        ("s3", "", 1, "三、", "无", "plan", 7),
    ]
    sections = pd.DataFrame(
        headings, columns=["section_id", "parent_id", "level", "number", "heading", "role", "n_tokens"]
    )
    figure = terms_chart(style(), "题", sections, tfidf, keyness)
    assert bars(figure) == [[0.9, 0.5], [0.1]]
    assert "三、无" not in text_of(figure)


def test_target_bars_are_to_scale_within_a_row_and_negative_values_have_none(styled):
    style, _ = styled
    rows = [
        TargetRow("增长", 4.0, 5.0, "4%", "≥ 5%"),
        TargetRow("价格", -0.5, 2.0, "-0.5%", "≈ 2%"),
        TargetRow("零", 0.0, 0.0, "0个", "0个"),
    ]
    assert [row.lengths for row in rows] == [(0.8, 1.0), (0.0, 1.0), (0.0, 0.0)]
    figure = targets_chart(style(), "题", rows)
    assert [0.8, 0.0, 0.0, 1.0, 1.0, 0.0] in bars(figure)
    assert "负值不画条" in text_of(figure) and "-0.5%" in text_of(figure)


def test_panel_points_are_whole_reports_of_known_places(panel, themes, styled):
    style, _ = styled
    reports, values = panel
    table = theme_panel(reports, values)
    assert len(table) == 9 and "x" not in set(table["report_id"])
    assert table["region"].tolist()[:5] == ["全国"] * 3 + ["吉林省"] * 2
    labels = theme_labels(themes, "zh")
    figure = trends_chart(style(), "题", table, labels)
    culture = next(axes for axes in figure.axes if axes.lines)
    nation = culture.lines[1]
    assert nation.get_xdata().tolist() == [1990, 2024, 2025]
    own = values[(values["part"] == "whole") & (values["definition"] == "words") & (values["theme"] == "culture")]
    expected = 100 * own.set_index("report_id").loc[["r0", "r1", "r2"], "value"]
    assert nation.get_ydata().tolist() == pytest.approx(expected.tolist())
    latest = regions_chart(style(), "题", table, labels)
    assert "全国 2025" in text_of(latest) and "全国 2024" not in text_of(latest)
    value = 100 * own.set_index("report_id").loc["r2", "value"]
    assert f"{value:.1f}" in text_of(latest)


def test_without_two_years_of_a_region_there_is_no_trend(panel, themes, styled):
    style, _ = styled
    reports, values = panel
    table = theme_panel(reports[reports["year"] == 2025], values)
    assert len(table) == 6
    assert "No region has reports of two years" in text_of(
        trends_chart(style("en"), "t", table, theme_labels(themes, "en"))
    )


def test_matrix_cells_are_in_the_rows_and_columns_of_their_reports(styled):
    style, _ = styled
    pairs = pd.DataFrame([("a", "b", 0.2), ("b", "a", 0.1)], columns=["report_id", "other_id", "value"])
    figure = matrix_chart(
        style("en"), "reuse", pairs, {"a": "A 1", "b": "B 1", "c": "C 1"}, ["c", "a", "b"], percent=True
    )
    cells = next(m for m in figure.findobj(QuadMesh) if m.get_array().shape == (2, 2)).get_array()
    assert cells.tolist() == [[None, 1.0], [0.5, None]]
    assert "C 1" not in text_of(figure) and "Pairs: 2." in text_of(figure)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty_tables_give_pictures_that_say_so(language, tables, themes, schemas, styled):
    style, finish = styled
    empty = {name: table.head(0) for name, table in tables.items()} | {"reports": tables["reports"]}
    topics = TopicTables(empty["topic_sections"], empty["topic_diagnostics"], empty["topic_verdicts"], False)
    nothing = pd.DataFrame(columns=["sentence_id", "token", "keyword"]).astype({"keyword": bool})
    figures = report_figures(style(language), empty, nothing, topics, themes)
    none = {name: table_from_rows([], schemas[name]) for name in ("reuse", "similarity")}
    figures |= across_figures(style(language), {"reports": tables["reports"], "themes": empty["themes"]} | none, themes)
    finish(*figures.values())
    heading = {"zh": "未作图", "en": "Nothing is drawn"}[language]
    assert all(heading in text_of(figure) for figure in figures.values())
    assert not {name: found for name, figure in figures.items() if (found := faults(figure))}


def test_charts_of_one_section_and_of_a_hundred(tables, themes, styled):
    style, finish = styled
    labels = theme_labels(themes, "zh")
    one = tables["sections"][tables["sections"]["section_id"].isin(["s2", "s2.1"])]
    many = pd.concat([one.tail(1).assign(section_id=f"s2.{i}", n_tokens=i) for i in range(1, 101)], ignore_index=True)
    figures = [
        profile_chart(style(), "题", sections, tables["theme_sections"], labels, 100) for sections in (one, many)
    ]
    finish(*figures)
    for figure, rows in zip(figures, (1, 32), strict=True):
        assert max(len(lengths) for lengths in bars(figure)) == rows
        assert ("另有 68 项未画" in text_of(figure)) == (rows == 32)
        assert not faults(figure)
