"""Charts of a report beside its peers: terms, standing, policy areas."""

import math
import re

import pandas as pd
import pytest

from emphasis.areas.scheme import read_scheme
from emphasis.figures.areas_chart import area_names, areas_chart, shown_areas
from emphasis.figures.charts import theme_labels
from emphasis.figures.distinctive_chart import MOST_MISSING, distinctive_chart, stressed_terms
from emphasis.figures.look import INK, NEUTRAL, PLAN, REVIEW, shade
from emphasis.figures.standing_chart import Names, grouped_measures, printed, standing_chart, strip_place, target_names
from support import ROOT
from support.chart_text import faults, shapes, text_of


def test_dots_are_the_terms_that_lists_show_and_missing_ones_are_named(tables, style):
    shown = stressed_terms(tables["distinctive"])
    own = tables["distinctive"]
    expected = own[(own["part"] == "whole") & own["rank"].notna() & (own["ratio"] > 1)].sort_values("rank")
    assert shown["term"].tolist() == expected["term"].head(90).tolist()
    sheet = distinctive_chart(style(), "题", own, tables["missing"])
    circles = shapes(sheet, "circle")
    assert len(circles) == len(shown)
    # A higher ratio is higher up, a higher rate further right; both on logarithmic scales.
    for column, axis, sign in (("ratio", "cy", -1), ("per_10k", "cx", 1)):
        logs = shown[column].map(math.log).tolist()
        places = [sign * circle[axis] for circle in circles]
        top, low = logs.index(max(logs)), logs.index(min(logs))
        slope = (places[top] - places[low]) / (logs[top] - logs[low])
        assert slope > 0
        assert places == pytest.approx([places[low] + slope * (value - logs[low]) for value in logs], abs=0.1)
    texts = sheet.drawing.texts
    assert set(shown["term"].head(10)) <= set(texts), "the first ten are named"
    missing = tables["missing"]
    first = missing[(missing["part"] == "whole") & missing["rank"].notna()].sort_values("rank").head(MOST_MISSING)
    listed = re.findall(r"(\S+) (\d+)%", "   ".join(text for text in texts if re.search(r"\d%", text)))
    assert listed == [(term, f"{100 * share:.0f}") for term, share in first[["term", "peers_with"]].to_numpy()]
    assert not faults(sheet)


def test_one_term_is_enough_for_a_scatter(tables, style):
    sheet = distinctive_chart(style("en"), "t", tables["distinctive"].query("rank == 1"), tables["missing"].head(0))
    assert len(shapes(sheet, "circle")) == 1 and not faults(sheet)


def names(themes, variables, areas=None, language="zh"):
    return Names(theme_labels(themes, language), areas or {}, *target_names(variables, language))


def test_measures_of_standing_are_grouped_and_named(tables, themes, variables):
    groups = grouped_measures(tables["standing"], names(themes, variables, {"1": "宏观经济"}))
    assert groups["theme"]["name"].tolist() == [
        label for name, label in theme_labels(themes, "zh").items() if name in set(groups["theme"]["measure"])
    ]
    assert set(groups["target"]["part"]) == {"plan"}
    assert "地区生产总值增长" in set(groups["target"]["name"])
    # Areas take the place of topics where they have peers.
    with_areas = pd.concat([tables["standing"].assign(kind="area", measure="1").head(1).assign(part="whole"),
                            tables["standing"][tables["standing"]["kind"] != "area"]])  # fmt: skip
    assert "topic" not in grouped_measures(with_areas, names(themes, variables, {"1": "宏观经济"}))


@pytest.mark.parametrize(
    ("value", "low", "high", "place"),
    [(2, 2, 4, 0.3), (4, 2, 4, 0.7), (3, 2, 4, 0.5), (5, 2, 4, 0.9), (1, 2, 4, 0.1), (2, 2, 2, 0.5), (3, 2, 2, 0.9), (1, 2, 2, 0.1)],
)  # fmt: skip
def test_the_range_of_peers_is_the_same_band_in_every_strip(value, low, high, place):
    assert strip_place(value, low, high) == pytest.approx(place)


@pytest.mark.parametrize(
    ("kind", "measure", "value", "unit", "words"),
    [("theme", "culture", 0.00257, "", "0.26% 0.26%"), ("topic", "教育", 0.1065, "", "10.7% 10.7%"),
     ("structure", "n_tokens", 3110.0, "", "3,110 3,110"), ("structure", "mattr", 0.8771, "", "0.877 0.877"),
     ("target", "gdp_growth", 5.5, "%", "5.5% 5.5%"), ("target", "new_jobs", 90000.0, "人", "9万人 90,000"),
     ("target", "grain", 1.3e7, "吨", "1300万吨 13 M"), ("target", "grain", 2.0e8, "吨", "2亿吨 200 M")],
)  # fmt: skip
def test_values_are_printed_in_their_units(kind, measure, value, unit, words, style):
    assert " ".join(printed(style(language), kind, measure, value, unit) for language in ("zh", "en")) == words


def test_a_report_beyond_its_peers_is_marked_and_one_within_is_not(tables, themes, variables, style):
    row = tables["standing"].query("kind == 'theme' and part == 'whole'").head(1)
    inside = row.assign(value=0.02, low=0.01, high=0.03, peer_low=0.01, peer_median=0.02, peer_high=0.03)
    for table, circles in ((inside, 2), (inside.assign(value=0.031), 1)):
        sheet = standing_chart(style(), "题", table, names(themes, variables))
        assert len([c for c in shapes(sheet, "circle") if c["fill"] == REVIEW]) == circles, "one is in the legend"
        assert len([p for p in shapes(sheet, "polygon") if p["fill"] == PLAN]) == 3 - circles
        assert not faults(sheet)


def test_areas_are_in_the_order_of_the_scheme(tables):
    names = area_names(tables["areas"], "en")
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    assert list(names) == [area for area in scheme.areas if area in names] and len(names) == len(scheme.areas)
    assert all(names[area] == scheme.names_en[area] for area in names)


def test_every_sentence_is_where_it_stands_in_the_row_of_its_area(tables, schemas, style):
    coded, areas = tables["sentence_areas"], tables["areas"]
    shown = shown_areas(areas, coded)
    assert shown["area"].tolist()[-1] == "0" and "15" not in set(shown["area"])
    shares = shown["share"].iloc[:-1]
    assert shares.is_monotonic_decreasing
    sheet = areas_chart(style(), "题", tables["sections"], coded, areas, tables["standing"].query("kind != 'area'"))
    rects = [
        r for r in shapes(sheet, "rect") if r["fill"] in (REVIEW, PLAN, NEUTRAL) and r["width"] != pytest.approx(5.67)
    ]
    assert len(rects) == len(coded)
    rows = sorted({r["y"] for r in rects})
    place = {area: rows[i] for i, area in enumerate(shown["area"])}
    assert [r["y"] for r in rects] == [place[area] for area in coded["area"]]
    first, last = rects[0], rects[-2]
    step = (last["x"] - first["x"]) / (coded["start"].iloc[-2] - coded["start"].iloc[0])
    assert [r["x"] for r in rects] == pytest.approx([first["x"] + step * start for start in coded["start"]], abs=0.1)
    dots = [c["cx"] for c in shapes(sheet, "circle") if c["fill"] == INK]
    top, low = 0, len(shown) - 2
    slope = (dots[top] - dots[low]) / (shown["share"][top] - shown["share"][low])
    assert dots == pytest.approx([dots[low] + slope * (s - shown["share"][low]) for s in shown["share"]], abs=0.1)
    assert not faults(sheet)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shares_of_areas_lie_on_the_range_of_peers_where_it_is_known(language, tables, style):
    coded, areas = tables["sentence_areas"], tables["areas"]
    whole = areas[areas["part"] == "whole"]
    row = tables["standing"].head(1)
    peers = pd.concat(
        [
            row.assign(kind="area", part="whole", measure=code, peer_low=0.01, peer_median=0.02, peer_high=0.05)
            for code in whole["area"]
        ]
    )
    sheet = areas_chart(style(language), "题", tables["sections"], coded, areas, peers)
    bands = [r for r in shapes(sheet, "rect") if r["fill"] == shade(0.2)]
    assert len(bands) == len(shown_areas(areas, coded))
    assert len({(r["x"], r["width"]) for r in bands}) == 1
    assert {"zh": "色带", "en": "Bands"}[language] in text_of(sheet)
    assert not faults(sheet)
