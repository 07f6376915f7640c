"""Words of clouds: which there are, what is left out, in which colours, and what the note says."""

import numpy as np
import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.figures.cloud_words import (
    FEWEST,
    LISTED,
    counted_words,
    peers_name,
    read_words,
    report_clouds,
)
from emphasis.figures.strings import cloud_heading
from emphasis.reference.folder import read_reference
from emphasis.reference.marks import MARKED_WORDS, marked_words
from support import ROOT

ROLES = ("review", "plan")
FIELDS = "产业 汽车 科技 教育 农业 养老 交通 住房 消费 能源".split()
CLOUD_WORDS = ROOT / "config/lexicon/cloud_words.tsv"


def rows(values, columns):
    return pd.DataFrame(values, columns=columns)


def frames(review, plan, distinctive=(), missing=()):
    """Tables of a report of a review with one subsection that is all of it, and an undivided plan; counts by term."""
    headings = [("s0", "", 0, "", "", "front", 50), ("s1", "", 1, "一、", "回顾", "review", 1_000),
                ("s1.1", "s1", 2, "（一）", "科技创新", "review", 1_000), ("s2", "", 1, "二、", "安排", "plan", 2_000)]  # fmt: skip
    columns = ["section_id", "parent_id", "level", "number", "heading", "role", "n_words"]
    whole = {term: review.get(term, 0) + plan.get(term, 0) for term in [*review, *plan]}
    frequency = [(s, t, n) for s, own in (("s1", review), ("s1.1", review), ("s2", plan)) for t, n in own.items()]
    parts = [(p, t, n) for p, own in (("whole", whole), ("review", review), ("plan", plan)) for t, n in own.items()]
    compared = "part section_id term mark ratio p new peers n_peers".split()
    return {
        "reports": rows(
            [("r", "长春市", "prefecture", 2025, "220100")], ["report_id", "region", "region_level", "year", "adcode"]
        ),
        "sections": rows(headings, columns).assign(report_id="r"),
        "frequency": rows(frequency, ["section_id", "term", "n"]).assign(within=pd.NA, kind="word"),
        "frequency_parts": rows(parts, ["part", "term", "n"]).assign(within=pd.NA),
        "distinctive": rows(list(distinctive), compared),
        "missing": rows(list(missing), ["part", "rank", "term", "peers_with", "n_peers"]),
    }


def clouds(tables, plain=(), language="en", most=40):
    return {cloud.name: cloud for cloud in report_clouds(tables, ROLES, plain, most, language)}


PLAN = {term: 12 - i for i, term in enumerate(FIELDS)}
PEERS = ("province 2025", 24)


def test_which_clouds_there_are_and_how_often_their_words_occur():
    found = clouds(frames({"科技": 3, "创新": 2}, PLAN))
    # Section 1 is divided, so its subsection has the cloud; section 2 is not.
    assert list(found) == ["whole", "review", "plan", "section-1.1", "section-2"]
    assert found["section-1.1"].title == "长春市2025年政府工作报告  （一）科技创新"
    assert [(w.word, w.n) for w in found["whole"].words[:3]] == [("科技", 13), ("产业", 12), ("汽车", 11)]
    assert "1,000 words" in found["section-1.1"].note and "3,000 words" in found["whole"].note
    assert found["plan"].weights == {term: float(n) for term, n in PLAN.items()}


def test_words_occur_twice_and_a_section_of_too_few_is_a_list_that_says_so():
    once = {f"词{i:02}": 1 for i in range(60)}
    found = clouds(frames({"科技": 3, "创新": 2, **once}, PLAN | {"罕见": 1}))
    assert "罕见" not in found["plan"].weights and not found["plan"].as_list
    section = found["section-1.1"]
    assert section.as_list and len(section.words) == LISTED
    assert [(w.word, w.n) for w in section.words[:3]] == [("科技", 3), ("创新", 2), ("词00", 1)]
    assert f"Only 2 words occur twice or more, too few for a cloud ({FEWEST})" in section.note
    # One word less is a list, one word more is a cloud.
    just = dict(list(PLAN.items())[:FEWEST])
    assert not clouds(frames({}, just))["plan"].as_list
    assert clouds(frames({}, dict(list(just.items())[1:])))["plan"].as_list


def test_of_words_that_occur_once_those_of_the_section_alone_come_first_and_terms_before_words():
    tables = frames({"科技": 3, "别处": 1, "甲词": 1, "乙语": 1}, {**PLAN, "别处": 9})
    tables["frequency"].loc[tables["frequency"]["term"] == "甲词", "kind"] = "term"
    assert [w.word for w in clouds(tables)["section-1.1"].words] == ["科技", "甲词", "乙语", "别处"]


def test_colours_tell_how_rare_a_count_is_among_peers():
    chances = [0.001, 0.0099, 0.01, 0.049, 0.05, 0.9]
    compared = [
        ("plan", "", term, "", 2.0, p, i == 0, *PEERS) for i, (term, p) in enumerate(zip(FIELDS, chances, strict=False))
    ]
    cloud = clouds(frames({}, PLAN, compared))["plan"]
    assert [word.distinct for word in cloud.words] == [2, 2, 1, 1, 0, 0, 0, 0, 0, 0]
    assert [word.new for word in cloud.words] == [True, *[False] * 9]
    assert cloud.compared and "24 reports of its kind (province 2025)" in cloud.note


def test_of_equally_frequent_words_the_more_distinctive_come_first():
    compared = [("plan", "", "汽车", "", 3.0, 0.2, False, *PEERS), ("plan", "", "农业", "", 1.5, 0.2, False, *PEERS)]
    equal = clouds(frames({}, dict.fromkeys(FIELDS, 4), compared))["plan"]
    assert [word.word for word in equal.words] == ["汽车", "农业", *sorted(set(FIELDS) - {"汽车", "农业"})]


def test_without_peers_there_are_no_colours_and_the_note_says_so():
    compared = [("plan", "", "汽车", "", 3.0, 0.001, False, *PEERS)]
    found = clouds(frames(dict.fromkeys(FIELDS, 2), PLAN, compared))
    assert found["plan"].compared and not found["review"].compared
    assert "there is one colour" in found["review"].note and not any(w.distinct for w in found["review"].words)


def test_plain_and_marked_words_are_left_out_everywhere_and_the_note_names_them():
    """长春 is marked as a place in the whole report: it is left out of the section, too, where it was not compared."""
    compared = [
        ("whole", "", "长春", "place", 9.0, 0.0001, False, *PEERS),
        ("whole", "", "汽车", "", 3.0, 0.001, False, *PEERS),
    ]
    plan = {"发展": 30, "长春": 20, **PLAN}
    found = clouds(frames({}, plan, compared), plain={"发展"})
    for name in ("whole", "plan", "section-2"):
        assert not {"发展", "长春"} & set(found[name].weights)
        assert "Left out are 2 words" in found[name].note and "发展 30, 长春 20" in found[name].note
    assert "Left out" not in clouds(frames({}, PLAN, compared[1:]))["plan"].note


def test_names_of_the_place_are_left_out_without_peers_too():
    found = clouds(frames({}, {"长春": 20, "幸福长春": 3, "吉林省": 4, "上海": 3, **PLAN}))
    assert "上海" in found["plan"].weights and not {"长春", "幸福长春", "吉林省"} & set(found["plan"].weights)


def test_a_word_that_a_longer_term_says_is_shown_once():
    tables = frames({}, {**PLAN, "营商环境": 6, "营商": 6, "环境": 7})
    for table in ("frequency", "frequency_parts"):
        own = tables[table]
        own["within"] = own["within"].astype(object)
        own.loc[own["term"] == "营商", "within"] = "营商环境"
    shown = clouds(tables)["plan"].weights
    assert "营商环境" in shown and "环境" in shown and "营商" not in shown
    assert len(clouds(tables, most=5)["plan"].words) == 5 or clouds(tables, most=5)["plan"].as_list


def test_missing_terms_are_those_of_the_part_in_their_order_without_plain_ones():
    missing = [("plan", 2.0, "银发经济", 29 / 31, 31), ("plan", 1.0, "人工智能", 1.0, 31), ("plan", np.nan, "协同", 1.0, 31),
               ("review", 1.0, "别处", 1.0, 31), ("plan", 3.0, "要素", 0.9, 31)]  # fmt: skip
    found = clouds(frames({"科技": 2}, PLAN, missing=missing), plain={"要素"})
    assert found["plan"].missing == [("人工智能", "31/31"), ("银发经济", "29/31")]
    assert found["review"].missing == [] and found["review"].as_list, "a list has no missing terms beside it"
    assert found["section-2"].missing == []


def test_a_report_without_keywords_has_no_cloud():
    assert clouds(frames({}, {})) == {}
    assert clouds(frames({}, {"发展": 3}), plain={"发展"}) == {}


def test_words_of_sections_and_parts_are_those_of_the_counted_parts():
    """Introduction 10, subsections 20 and 30 of which the last is closing words; closing words of 5; front matter."""
    values = [("s0", "", "front", 7), ("s1", "", "review", 60), ("s1.1", "s1", "review", 20), ("s1.2", "s1", "closing", 30),
              ("s2", "", "plan", 40), ("s2.1", "s2", "plan", 40), ("s2.1.1", "s2.1", "plan", 15), ("s3", "", "closing", 5)]  # fmt: skip
    sections = rows(values, ["section_id", "parent_id", "role", "n_words"])
    sizes = counted_words(sections, ROLES)
    assert {name: sizes[name] for name in ("whole", "review", "plan")} == {"whole": 70, "review": 30, "plan": 40}
    assert [sizes[name] for name in ("s1", "s1.1", "s1.2", "s2", "s2.1", "s2.1.1")] == [30, 20, 0, 40, 40, 15]
    assert counted_words(sections, (*ROLES, "closing"))["whole"] == 105


@pytest.mark.parametrize(
    ("described", "zh", "en"),
    [
        ("province 2025-2026", "2025—2026年省级", "province 2025–2026"),
        ("prefecture/province 2024", "2024年地级、省级", "prefecture, province 2024"),
        ("province", "省级", "province"),
    ],
)
def test_peers_are_named_in_the_language_of_the_picture(described, zh, en):
    assert (peers_name(described, "zh"), peers_name(described, "en")) == (zh, en)


def test_clouds_are_called_by_their_headings(tmp_path):
    table = [("r", "s1", "一、", "回顾"), ("r", "s2.10", "（十）", "安全"), ("q", "s2.10", "（十）", "别的")]
    path = tmp_path / "sections.csv"
    rows(table, ["report_id", "section_id", "number", "heading"]).to_csv(path, index=False, encoding="utf-8-sig")
    names = ["whole", "section-2.10", "section-9"]
    assert [cloud_heading(path, "r", name, "zh") for name in names] == ["全文", "（十）安全", "section-9"]
    assert cloud_heading(path, "q", "section-2.10", "en") == "（十）别的"


def test_the_words_that_clouds_leave_out_keep_to_no_subject_and_each_has_a_reason():
    """Each is in a third of the reports of the reference at least, and spread over their subjects."""
    words = read_words([CLOUD_WORDS])
    listed = [line.split("\t")[0] for line in CLOUD_WORDS.read_text(encoding="utf-8").splitlines() if "\t" in line]
    assert len(listed) == len(words) + 1, "no word twice, and a head"
    reference = read_reference(ROOT / "config/reference")
    places = reference.places(sorted(words))
    assert (places >= 0).all()
    assert (reference.concentration[places] < 0.55).all()
    report = reference.passages["report"].to_numpy()[reference.passage]
    wanted = np.isin(reference.term, places)
    having = (
        pd.DataFrame({"term": reference.term[wanted], "report": report[wanted]}).groupby("term")["report"].nunique()
    )
    assert having.min() >= len(reference.reports) / 3
    assert not words & {word for word, kind in marked_words().items() if kind == "reporting"}
    assert not words & {"产业", "改革", "创新", "科技", "农业", "教育", "汽车", "改造", "消费", "安全"}


def test_lists_of_words_add_up_and_a_line_without_a_reason_is_refused(tmp_path):
    both = read_words([CLOUD_WORDS, MARKED_WORDS])
    assert {"建设", "推进", "加快", "全市"} <= both and "新民" not in both
    broken = tmp_path / "words.tsv"
    broken.write_text("# why\nterm\treason\n发展\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"words.tsv, line 3: 发展: no reason"):
        read_words([broken])
