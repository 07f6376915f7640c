"""Findings from tables made by hand: which terms and areas are named, and how sure the sentences say they are."""

from __future__ import annotations

import re

import pytest

from emphasis.publish.findings import find, plain, say
from emphasis.publish.site.page import load_words
from support import ROOT

WORDS = load_words(ROOT / "scripts/emphasis/publish/site/assets/words.yaml")
AREAS = {
    "1": "macroeconomy",
    "4": "agriculture",
    "7": "environment",
    "15": "business",
    "15a": "industry",
    "23": "culture",
}


def peer(year=2025, level="province", *, compared=True):
    return {"report_id": "r", "peer_year": year, "peer_region_level": level, "rule": "level", "compared": compared}


def stressed(term, rank, q=None, part="whole", **more):
    row = {"report_id": "r", "part": part, "rank": rank, "term": term, "n": 5, "expected": 1.0, "peers_with": 0.5}
    return row | {"ratio": 2.0, "q_bh": q, "new": False, "n_peers": 20} | more


def missing(term, rank, chance=0.3, peers_with=1.0):
    row = {"report_id": "r", "part": "whole", "rank": rank, "term": term, "peers_with": peers_with, "chance": chance}
    return row | {"nearest": "", "n_peers": 20}


def moved(area, review, plan, low=-1.0, high=1.0):
    row = {"report_id": "r", "comparison": "plan against review", "area": area, "share_other": review, "share": plan}
    return row | {"change": round(plan - review, 6), "low": low, "high": high}


def said(language="en", **tables):
    found = find("r", tables, ["15"])
    return found, {
        kind: {name: plain(text) for name, text in texts.items()}
        for kind, texts in say(found, WORDS[language], AREAS).items()
    }


def test_terms_are_named_in_the_order_of_the_table_and_only_listed_ones():
    rows = [stressed("丙", 3), stressed("甲", 1), stressed("地名", None), stressed("乙", 2), stressed("丁", 4)]
    rows += [stressed("别处", 1, part="section"), stressed("别人", 1) | {"report_id": "other"}]
    found, texts = said(distinctive=rows)
    assert [row["term"] for row in found["stressed"]["terms"]] == ["甲", "乙", "丙", "丁"]
    assert found["stressed"]["n_listed"] == 4
    assert texts["stressed"]["title"] == "It speaks of 甲, 乙 and 丙 more than its peers do"


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        ([0.5, 0.06], "No single term is beyond chance after correction for every term tested (smallest q = 0.06;"),
        ([0.5, 0.049, 0.01], "Beyond chance after correction for every term tested (q below 0.05): 2 of these 3 terms"),
        ([0.05], "No single term"),
        ([None, None], "Each occurs too seldom for a test"),
        ([0.00001], "Beyond chance after correction for every term tested (q below 0.05): 1 of these 1 terms"),
    ],
)
def test_a_note_says_how_sure_it_is(q, wanted):
    _, texts = said(distinctive=[stressed(f"词{i}", i + 1, value) for i, value in enumerate(q)])
    assert texts["stressed"]["note"].startswith(wanted)


def test_a_term_that_only_the_plan_makes_sure_of_is_said():
    rows = [stressed("车型", 1, 0.06), stressed("车型", 1, 0.0004, part="plan"), stressed("其他", 2, 0.2, part="plan")]
    found, texts = said(distinctive=rows)
    assert found["stressed"]["elsewhere"] == [{"part": "plan", "term": "车型", "q": 0.0004}]
    assert texts["stressed"]["note"].endswith(" In the plan alone, 车型 is beyond chance (q < 0.001).")
    sure = [stressed("车型", 1, 0.01), stressed("车型", 1, 0.01, part="plan")]
    assert find("r", {"distinctive": sure})["stressed"]["elsewhere"] == []


def test_missing_policies_go_before_missing_words():
    rows = [
        missing("世界", 1, 0.1),
        missing("人工智能", 2, 0.304),
        missing("研究", 3),
        missing("银发经济", 4, 0.62, 0.9),
    ]
    found, texts = said(missing=rows)
    assert [row["term"] for row in found["missing"]["terms"]] == ["人工智能", "银发经济", "世界", "研究"]
    assert texts["missing"]["title"] == "It never says 人工智能, 银发经济 or 世界, which at least 18 of 20 peers do"
    assert "in 10–62 of 100 cases, so one absence says little" in texts["missing"]["note"]


def test_what_a_long_report_lacks_is_not_excused_by_its_length():
    _, texts = said(missing=[missing("人工智能", 1, 0.01), missing("银发经济", 2, 0.01)])
    assert texts["missing"]["title"] == "It never says 人工智能 or 银发经济, which all 20 peers do"
    assert "in 1 of 100 cases." in texts["missing"]["note"]


def test_areas_are_named_by_the_size_of_their_change_and_sums_and_no_area_are_left_out():
    rows = [moved("15", 0.1, 0.5), moved("0", 0.5, 0.1), moved("15a", 0.1, 0.15), moved("23", 0.03, 0.11)]
    rows += [moved("4", 0.09, 0.05), moved("7", 0.03, 0.035), moved("1", 0.04, 0.04)]
    found, texts = said(area_changes=rows)
    assert [row["area"] for row in found["moved"]["areas"]] == ["23", "15a", "4", "7", "1"]
    assert texts["moved"]["title"] == "The plan turns to “culture” and “industry”, and from “agriculture”"
    assert "“culture”: +8.0 points, from −100.0 to +100.0" in texts["moved"]["note"]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([moved("23", 0.1, 0.2)], "The plan turns to “culture”"),
        ([moved("23", 0.2, 0.1)], "The plan says less of “culture”"),
        ([moved("23", 0.1, 0.105)], "Plan and review speak of the same areas in the same measure"),
    ],
)
def test_one_side_or_none_may_stand_out(rows, title):
    assert said(area_changes=rows)[1]["moved"]["title"] == title


def test_changes_whose_interval_leaves_zero_out_are_counted():
    rows = [moved("23", 0.1, 0.3, 0.05, 0.35), moved("4", 0.3, 0.1, -0.35, -0.05), moved("7", 0.1, 0.1, -0.1, 0.1)]
    found, texts = said(area_changes=rows)
    assert [row["sure"] for row in found["moved"]["areas"]] == [True, True, False]
    assert texts["moved"]["note"].startswith("Beyond chance: 2 of 3 areas, where")
    short = [moved("23", 0.1, 0.3, None, None)]
    assert "too short for intervals" in said(area_changes=short)[1]["moved"]["note"]


def test_words_that_differ_are_said_with_the_areas():
    test = {"report_id": "r", "comparison": "part", "verdict": "found", "n_tested": 36, "n_found": 1}
    word = {"report_id": "r", "comparison": "part", "term": "强化", "q_bh": 0.02, "log_ratio": 2.5}
    rows = {"area_changes": [moved("23", 0.1, 0.2)], "keyness_comparisons": [test]}
    assert said(**rows, keyness=[word])[1]["moved"]["note"].endswith(" Beyond chance, of 36 words tested: 强化.")
    many = rows | {"keyness_comparisons": [test | {"n_found": 11}]}
    assert said(**many, keyness=[word])[1]["moved"]["note"].endswith(
        " Beyond chance, of 36 words tested: 11, the surest of them 强化."
    )
    assert said(**rows, keyness=[word | {"q_bh": 0.5}])[1]["moved"]["note"].endswith(
        "None of the 36 words tested differs beyond chance."
    )


def test_peers_that_are_few_or_none_are_told_apart():
    assert find("r", {})["peers"]["state"] == "none"
    few = find("r", {"peers": [peer(2024, compared=False), peer(2025, compared=False)]})
    assert (few["peers"]["state"], few["peers"]["n"], few["peers"]["years"]) == ("few", 2, [2024, 2025])
    assert few["stressed"] is few["missing"] is few["moved"] is None
    assert say(few, WORDS["en"], AREAS) == {}
    full = find("r", {"peers": [peer(), peer(level="prefecture")]})["peers"]
    assert (full["state"], full["levels"]) == ("compared", ["prefecture", "province"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_brace_and_no_english_is_left(language):
    _, texts = said(
        language,
        distinctive=[stressed("车型", 1, 0.06), stressed("车型", 1, 0.01, part="plan")],
        missing=[missing("人工智能", 1), missing("银发经济", 2)],
        area_changes=[moved("23", 0.1, 0.2), moved("4", 0.2, 0.1)],
    )
    for text in (text for both in texts.values() for text in both.values()):
        assert not re.search(r"[{}]|None|nan", text)
        if language == "zh":
            assert not set(re.findall(r"[A-Za-z]+", text)) - {"q", "culture", "agriculture"}


def test_pieces_lead_to_what_they_name():
    found = find("r", {"distinctive": [stressed("车型", 1, 0.5)], "area_changes": [moved("23", 0.2, 0.1)]})
    texts = say(found, WORDS["en"], AREAS)
    assert texts["stressed"]["title"][1] == {"text": "车型", "term": "车型", "part": "whole"}
    assert texts["moved"]["title"][1] == {"text": "“culture”", "area": "23", "part": "review"}
