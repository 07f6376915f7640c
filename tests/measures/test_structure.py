"""Structure and style by hand and against plain loops."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures import structure as measures
from emphasis.measures.commitment import CommitmentWords, commitment
from emphasis.measures.counting import Counting
from emphasis.measures.structure import structure, tasks
from emphasis.store.tables import check
from support.token_rows import BODY, sections, tokens


def test_by_hand(schemas):
    texts = [("s1.1", "真抓实干、攻坚克难。"), ("s1.1", "增长 ５%。"), ("s2.1", "推进高质量发展。")]
    sentences = pd.DataFrame(
        [("r", f"r:{i}", s, i, 0, 0, t) for i, (s, t) in enumerate(texts, 1)],
        columns=["report_id", "sentence_id", "section_id", "paragraph", "start", "end", "text"],
    )
    words = tokens(("s1.1", "真抓实干 攻坚克难"), ("s1.1", "增长 5%/number"), ("s2.1", "推进 高质量 发展"))
    table = check(structure(words, sentences, sections(), Counting(BODY)), schemas["structure"])
    found = table.set_index(["unit", "name"])
    # Characters: 10, 5 and 8.
    assert found.loc[("role", "review"), "share"] == pytest.approx(15 / 23)
    assert found.loc[("section", "s2"), "share"] == pytest.approx(8 / 23)
    assert found.loc[("report", "whole"), ["share", "n_tokens", "n_sentences"]].tolist() == [1, 7, 3]
    assert found.loc[("report", "whole"), "sentence_mean"] == pytest.approx(23 / 3, abs=5e-3)
    assert found.loc[("section", "s1.1"), "sentence_median"] == 7.5
    # Han characters: 8 in two stretches of four, 2, and 7 in one stretch.
    assert found.loc[("report", "whole"), "four_character_share"] == pytest.approx(8 / 17, abs=5e-5)
    assert found.loc[("section", "s2.1"), "four_character_share"] == 0
    assert found["mattr"].isna().all()
    assert found["mtld"].isna().all()


SIGNS = ["真", "抓实", "一\u9fff", "A", "5", "_", "、", " ", "\u3000", "\u200b", "\n", "𠀀", "①"]


@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=12), min_size=1, max_size=4))
def test_characters_against_regular_expressions(texts):
    texts = ["".join(text) for text in texts]
    sentences = pd.DataFrame({"report_id": "r", "section_id": "s2.1", "text": texts})
    table = structure(tokens(), sentences, sections(), Counting(BODY)).set_index("unit")
    sizes = [len(re.sub("[\\s\u200b]", "", text)) for text in texts]
    assert table.loc["report", "sentence_mean"] == pytest.approx(sum(sizes) / len(texts))
    han = sum(len(re.findall("[\u4e00-\u9fff]", text)) for text in texts)
    stretches = [stretch for text in texts for stretch in re.findall(r"[^\W_]+", text)]
    four = 4 * sum(bool(re.fullmatch("[\u4e00-\u9fff]{4}", stretch)) for stretch in stretches)
    assert table.loc["report", "four_character_share"] == pytest.approx(four / han if han else math.nan, nan_ok=True)


def test_nothing_counted_gives_an_empty_table(schemas):
    sentences = pd.DataFrame([("r", "r:1", "s0", "首页")], columns=["report_id", "sentence_id", "section_id", "text"])
    assert check(structure(tokens(("s0", "首页")), sentences, sections(), Counting(BODY)), schemas["structure"]).empty


def mattr(words, window=measures.WINDOW):
    return measures.mattr(measures.previous_places(pd.factorize(np.array(words, dtype=object))[0]), window)


def mtld(words):
    return measures.mtld(measures.previous_places(pd.factorize(np.array(words, dtype=object))[0]))


def test_mattr_by_hand():
    # Windows of three of a b a c: a b a, b a c.
    assert mattr(list("abac"), 3) == pytest.approx((2 / 3 + 3 / 3) / 2)
    assert math.isnan(mattr(list("ab"), 3))


@given(st.lists(st.integers(0, 6), min_size=5, max_size=60))
def test_mattr_against_a_plain_loop(words):
    windows = [words[i : i + 5] for i in range(len(words) - 4)]
    assert mattr(words, 5) == pytest.approx(sum(len(set(w)) / 5 for w in windows) / len(windows))


def test_mtld_of_a_text_of_one_word():
    # a a: 1/2 <= 0.72, so each factor is two words long.
    assert mtld(["a"] * 100) == pytest.approx(2)


def test_mtld_and_mattr_of_a_sentence_said_twenty_times():
    """Wordless has 100 / 14 and 0.05 for it: a factor is complete after every seventh word."""
    words = ["this", "is", "a", "sentence", "."] * 20
    assert mtld(words) == pytest.approx(100 / 14)
    assert mattr(words) == pytest.approx(0.05)


def plain_mtld(words):
    found = []
    for reading in (words, words[::-1]):
        factors, seen = 0.0, []
        for word in reading:
            seen.append(word)
            if len(set(seen)) / len(seen) <= 0.72:
                factors, seen = factors + 1, []
        if seen:
            factors += (1 - len(set(seen)) / len(seen)) / 0.28
        found.append(len(words) / factors if factors >= 1 else math.nan)
    return sum(found) / 2


def test_mtld_with_a_part_of_a_factor():
    # 30 different words four times: the ratio falls to 30/42 = 0.714 after 42 words, where 43 would be the first below.
    words = list(range(30)) * 4
    assert mtld(words) == pytest.approx(plain_mtld(words))


@given(st.integers(100, 900), st.integers(2, 400), st.randoms(use_true_random=False))
def test_mtld_against_a_plain_loop(n, different, random):
    words = [random.randrange(different) for _ in range(n)]
    assert mtld(words) == pytest.approx(plain_mtld(words), nan_ok=True)


def test_short_and_unrepeating_texts_have_no_mtld():
    assert math.isnan(mtld(["a"] * 99))
    assert math.isnan(mtld(list(range(200))))


def test_a_text_without_a_complete_factor_has_no_mtld():
    # 80 different words and 28 again: 80/108 = 0.741. Three more make it 80/111 = 0.721, still above; a fourth completes it.
    words = [*range(80), *range(28)]
    assert math.isnan(mtld(words))
    assert math.isnan(mtld([*words, 28, 29, 30]))
    assert mtld([*words, 28, 29, 30, 31]) == pytest.approx(112)
    # Read backwards, all repetitions come later than read forwards.
    forwards_only = ["a", "a", *range(200)]
    assert math.isnan(mtld(forwards_only))


def test_tasks_and_their_move(schemas):
    outline = pd.DataFrame(
        [
            (r, s, level, "plan", f"任务{s}")
            for r in ("a", "b")
            for s, level in (("s2", 1), ("s2.1", 2), ("s2.2", 2), ("s2.10", 2))
        ],
        columns=["report_id", "section_id", "level", "role", "heading"],
    ).assign(horizon="year")
    shares = {
        ("a", "s2.1", "culture"): 0.1, ("a", "s2.2", "industry"): 0.2, ("a", "s2.10", "industry"): 0.3,
        ("b", "s2.1", "industry"): 0.2, ("b", "s2.2", "culture"): 0.1, ("b", "s2.2", "industry"): 0.05,
        ("b", "s2.10", "culture"): 0.02,
    }  # fmt: skip
    by_theme = pd.DataFrame(
        [(*key, share) for key, share in shares.items()], columns=["report_id", "section_id", "theme", "share"]
    )
    areas = pd.DataFrame(
        [("a", "s2.1", "23", 0.9), ("a", "s2.2", "15a", 0.4), ("b", "s2.1", "15a", 0.5), ("b", "s2.10", "23", 0.6)],
        columns=["report_id", "section_id", "area", "area_share"],
    )
    found = tasks(outline, by_theme, [("b", "a")], areas)
    no_text = pd.DataFrame(columns=["report_id", "section_id", "text"])
    table = check(commitment(found, no_text, CommitmentWords({}, {})), schemas["tasks"])
    b = table[table["report_id"] == "b"]
    assert b["section_id"].tolist() == ["s2.1", "s2.2", "s2.10"]
    assert b["theme"].tolist() == ["industry", "culture", ""]
    assert b["previous"].tolist()[:2] == [3, 1]
    assert b["move"].tolist()[:2] == [2, -1]
    assert b["area"].tolist() == ["15a", "", "23"]
    assert b["area_previous"].fillna(0).tolist() == [2, 0, 1]
    assert b["area_move"].fillna(0).tolist() == [1, 0, -2]
    assert table[table["report_id"] == "a"]["move"].isna().all()


def test_two_plans_are_numbered_and_compared_apart(schemas):
    plans = {"a": ("year", ["s2.1", "s2.2"]), "b": ("multi-year", ["s2.1", "s2.2"]), "b'": ("year", ["s3.1", "s3.2"])}
    rows = [
        (name.strip("'"), section_id, 2, "plan", horizon, f"任务{section_id}")
        for name, (horizon, ids) in plans.items()
        for section_id in ids
    ]
    outline = pd.DataFrame(rows, columns=["report_id", "section_id", "level", "role", "horizon", "heading"])
    subjects = ["culture", "industry", "industry", "culture", "culture", "industry"]
    keys = outline[["report_id", "section_id"]]
    by_theme = keys.assign(theme=subjects, share=0.5)
    areas = keys.assign(area=[{"culture": "23", "industry": "15a"}[s] for s in subjects], area_share=0.5)
    found = tasks(outline, by_theme, [("b", "a")], areas)
    no_text = pd.DataFrame(columns=["report_id", "section_id", "text"])
    table = check(commitment(found, no_text, CommitmentWords({}, {})), schemas["tasks"])
    b = table[table["report_id"] == "b"].set_index("section_id")
    assert b["position"].to_dict() == {"s2.1": 1, "s2.2": 2, "s3.1": 1, "s3.2": 2}
    assert b.loc[["s3.1", "s3.2"], ["move", "area_move"]].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert b.loc[["s2.1", "s2.2"], ["previous", "area_previous"]].isna().all(axis=None)


def test_headings_on_the_situation_and_on_aims_are_no_tasks():
    headings = ["面临的机遇和挑战", "风险挑战凸显期", "总体要求", "主要目标", "抢抓发展机遇", "优化发展环境"]
    outline = pd.DataFrame(
        [("a", f"s2.{i}", 2, "plan", heading) for i, heading in enumerate(headings, 1)],
        columns=["report_id", "section_id", "level", "role", "heading"],
    ).assign(horizon="year")
    empty = pd.DataFrame(columns=["report_id", "section_id", "theme", "share"]).astype({"share": float})
    areas = pd.DataFrame(columns=["report_id", "section_id", "area", "area_share"])
    found = tasks(outline, empty, [], areas)
    assert found[["section_id", "position"]].to_numpy().tolist() == [["s2.5", 1], ["s2.6", 2]]


def test_a_plan_with_top_headings_only_has_these_as_tasks():
    outline = pd.DataFrame(
        [("a", "s2", 1, "plan", "工业"), ("a", "s1", 1, "review", "回顾")],
        columns=["report_id", "section_id", "level", "role", "heading"],
    ).assign(horizon="year")
    empty = pd.DataFrame(columns=["report_id", "section_id", "theme", "share"]).astype({"share": float})
    areas = pd.DataFrame(columns=["report_id", "section_id", "area", "area_share"])
    assert tasks(outline, empty, [], areas)["section_id"].tolist() == ["s2"]
