"""Attention to themes by hand, against plain loops and scipy; dictionaries that are refused."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme, load_tested, load_themes, overlap_notes
from emphasis.measures.theme_hits import Finder, code_points, theme_hits
from emphasis.measures.themes import (
    DEFINITIONS,
    count_hits,
    theme_correlations,
    theme_sections,
    theme_units,
    theme_values,
)
from emphasis.run.fingerprint import contents
from emphasis.store.tables import check
from support import ROOT
from support.theme_rows import BODY, ROLES, corpus, theme

SHIPPED = sorted((ROOT / "config/themes").glob("*.yaml"))


def spans(rule, text):
    hits = Finder([rule]).spans(code_points(text)).hits()
    return list(zip(hits.start.tolist(), hits.end.tolist(), strict=True))


def values(themes, *rows):
    counts = count_hits(*corpus(*rows), themes, BODY)
    return theme_values(counts, ["r"], themes).set_index(["part", "theme", "definition"])["value"]


def test_by_hand(schemas):
    themes = [theme("污染", "空气污染", "化学需氧量")]
    rows = (("s1", "治理 空气 污染 和 污染"), ("s1", "降低 化学 需氧量"), ("s2.1", "治理 污染源"), ("F", "污染"))
    found = values(themes, *rows).xs("t", level="theme")
    # 12 tokens and 29 characters with full stops; hits: 空气污染 (2 tokens), 污染, 化学需氧量 (2 tokens).
    whole = found["whole"]
    assert whole["words"] == pytest.approx(5 / 10)
    assert whole["characters"] == pytest.approx((4 + 2 + 5) / (10 + 8 + 6))
    assert whole["sentences"] == pytest.approx(2 / 3)
    assert whole["per_10k"] == pytest.approx(30_000 / 10)
    assert whole["ln_hits"] == pytest.approx(math.log(4))
    # 污染源 is another word: its 污染 counts only where hits may lie inside longer words.
    assert whole["per_10k_anywhere"] == pytest.approx(40_000 / 10)
    assert found["plan"]["words"] == 0
    assert found["plan"]["per_10k_anywhere"] == pytest.approx(10_000 / 2)


def test_a_country_is_not_found_inside_another():
    found = values([theme("印度")], ("s1", "访问 印度尼西亚 和 印度"))["whole"].xs("t")
    assert found["per_10k"] == pytest.approx(10_000 / 4)


def test_the_longest_counts_and_none_twice():
    # 智能网联 overlaps both 人工智能 and 网联汽车: from the left, none overlapping.
    assert spans(theme("人工智能", "智能网联", "网联汽车"), "人工智能网联汽车") == [(0, 4), (4, 8)]
    assert spans(theme("污染", "空气污染"), "空气污染和污染源") == [(0, 4), (5, 7)]


def test_an_exception_takes_its_place_and_does_not_count():
    rule = Theme("t", "题", "theme", "compiled", "made up", ("生态", "绿色"), ("政治生态", "绿色通道"))
    found = values([rule], ("s1", "净化 政治 生态"), ("s1", "绿色通道 和 绿色 生态"))["whole"].xs("t")
    # Eight words of the finest cut: 绿色通道 is two.
    assert found["per_10k"] == found["per_10k_anywhere"] == pytest.approx(20_000 / 8)


def test_a_word_counts_inside_the_terms_that_it_forms(schemas):
    rows = ("s1", "污染防治攻坚战 保护 生态环境 质量"), ("s1", "污染物 和 印度尼西亚"), ("s2.1", "土壤污染防治")
    found = values([theme("污染", "生态", "印度")], *rows).xs("t", level="theme")
    # 污染 防治 攻坚 战 保护 生态 环境 质量, 污染物 和 印度尼西亚, 土壤 污染 防治: fourteen words, three of them hits.
    assert found["whole"]["per_10k"] == pytest.approx(30_000 / 14)
    assert found["whole"]["words"] == pytest.approx(3 / 14)
    assert found["whole"]["characters"] == pytest.approx(6 / (16 + 10 + 7))
    assert found["plan"]["words"] == pytest.approx(1 / 3)


def test_a_hit_does_not_run_out_of_a_token_that_it_begins_inside():
    found = values([theme("机构改革")], ("s1", "金融机构 改革"), ("s2.1", "机构 改革"))["whole"].xs("t")
    assert found["per_10k"] == pytest.approx(10_000 / 5)
    assert found["per_10k_anywhere"] == pytest.approx(20_000 / 5)


def test_a_term_with_two_hits_is_two_words():
    found = values([theme("绿色", "环境")], ("s1", "绿色环境 发展"))["whole"].xs("t")
    assert found["per_10k"] == pytest.approx(20_000 / 3)
    assert found["words"] == pytest.approx(2 / 3)


def test_hits_are_found_in_the_file():
    sentences, tokens, _ = corpus(("s1", "ＰＭ２．５ 浓度"), ("s2.1", "污染防治攻坚战"))
    text = " " * 100 + "  ".join(sentences["text"].str.rstrip("。")).replace("  ", "。 ")
    hits = theme_hits(sentences, tokens, [theme("PM2.5"), theme("防治", name="u")])
    assert hits["section_id"].tolist() == ["s1", "s2.1"]
    assert hits["sentence_id"].tolist() == ["r:1", "r:2"]
    assert [text[a:b] for a, b in zip(hits["start"], hits["end"], strict=True)] == ["ＰＭ２．５", "防治"]


def test_full_width_and_spaced_text_is_compared_as_it_reads():
    sentences, tokens, outline = corpus(("s1", "ＰＭ２．５ 浓度"))
    counts = count_hits(sentences, tokens, outline, [theme("PM2.5")], BODY)
    assert counts["hits"].tolist() == [1]
    spaced = sentences.assign(text=["ＰＭ２．５ 浓 度"])
    assert count_hits(spaced, tokens, outline, [theme("PM2.5")], BODY)["hits"].tolist() == [1]


def test_words_that_do_not_occur_give_exactly_zero_and_no_text_a_missing_value(schemas):
    found = values([theme("元宇宙")], ("s1", "发展 工业"))
    assert (found["whole"] == 0).all()
    assert len(found["whole"]) == len(DEFINITIONS)
    assert found["plan"].isna().all()
    sentences, tokens, outline = corpus()
    counts = count_hits(sentences, tokens, outline, [theme("元宇宙")], BODY)
    table = check(theme_values(counts, ["r"], [theme("元宇宙")]), schemas["themes"])
    assert len(table) == 18
    assert table["value"].isna().all()
    assert check(theme_sections(counts), schemas["theme_sections"]).empty


def test_sections_hold_their_subsections(schemas):
    counts = count_hits(*corpus(("s2", "工业"), ("s2.1", "工业 发展")), [theme("工业")], BODY)
    table = check(theme_sections(counts), schemas["theme_sections"]).set_index("section_id")
    assert table.loc["s2", ["hits", "n_words", "n_sentences"]].tolist() == [2, 3, 2]
    assert table.loc["s2", "share"] == pytest.approx(2 / 3)


WORDS = ["生态", "生态学", "环境", "绿色", "通道", "的"]


@given(st.lists(st.tuples(st.sampled_from(sorted(ROLES)), st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))))
def test_against_a_plain_loop(rows):
    words = ["生态", "环境", "绿色通道"]
    found = values([theme(*words)], *((s, " ".join(w)) for s, w in rows))["whole"].xs("t")
    counted = [sentence for section, sentence in rows if ROLES[section] in BODY]
    hits = covered = with_hit = 0
    for sentence in counted:
        i, before = 0, hits
        while i < len(sentence):
            if sentence[i : i + 2] == ["绿色", "通道"]:
                hits, covered, i = hits + 1, covered + 2, i + 2
                continue
            if sentence[i] in words:
                hits, covered = hits + 1, covered + 1
            i += 1
        with_hit += hits > before
    tokens = sum(map(len, counted))
    if not tokens:
        assert found.isna().all()
        return
    assert found["words"] == pytest.approx(covered / tokens)
    assert found["per_10k"] == pytest.approx(10_000 * hits / tokens)
    assert found["ln_hits"] == pytest.approx(math.log1p(hits))
    assert found["sentences"] == pytest.approx(with_hit / len(counted))
    anywhere = sum("".join(s).count("生态") + "".join(s).count("环境") + "".join(s).count("绿色通道") for s in counted)
    assert found["per_10k_anywhere"] == pytest.approx(10_000 * anywhere / tokens)


TERMS = ("甲乙", "甲乙丙", "乙丙", "丙𠀀", "𠀀甲", "丙")


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(TERMS), min_size=1), st.sets(st.sampled_from(TERMS))), min_size=1),
    st.text("甲乙丙𠀀\x00", max_size=20),
)
def test_places_against_a_plain_loop(lists, text):
    rules = [Theme("t", "题", "theme", "compiled", "", tuple(words), tuple(besides)) for words, besides in lists]
    expected = []
    for number, rule in enumerate(rules):
        at = 0
        while at < len(text):
            # A single character is too short to be looked for.
            fitting = [w for w in {*rule.words, *rule.exceptions} if text.startswith(w, at) and len(w) > 1]
            word = max(fitting, key=len, default="")
            if word and word not in rule.exceptions:
                expected.append((number, at, at + len(word)))
            at += max(len(word), 1)
    hits = Finder(rules).spans(code_points(text)).hits()
    found = zip(hits.theme.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True)
    assert sorted(found) == sorted(expected)


def test_correlations_against_scipy(schemas):
    rng = np.random.default_rng(5)
    n = 12
    counts = pd.DataFrame({name: rng.integers(0, 9, n) for name in ("hits", "words", "characters", "sentences")})
    counts = counts.assign(hits_anywhere=counts["hits"] + rng.integers(0, 3, n), n_words=rng.integers(50, 90, n))
    counts = counts.assign(n_characters=counts["n_words"] * 2, n_sentences=10, report_id="r", theme="t")
    counts["section_id"] = [f"s{i + 1}" for i in range(n)]
    outline = counts[["report_id", "section_id"]].assign(parent_id="", level=1)
    whole = pd.DataFrame({"report_id": "r", "part": "whole", "theme": "t", "definition": DEFINITIONS, "value": 0.1})
    table = check(theme_correlations(*theme_units(counts, whole, outline)), schemas["theme_correlations"])
    found = table[table["unit"] == "section"].set_index(["definition", "other"])["spearman"]
    expected = spearmanr(counts["words"] / counts["n_words"], counts["sentences"] / 10).statistic
    assert found["words", "sentences"] == pytest.approx(expected, abs=5e-5)
    # Of 15 pairs, three are divided by the same tokens and one counts the same hits.
    left_out = {
        ("words", "per_10k"),
        ("words", "per_10k_anywhere"),
        ("per_10k", "per_10k_anywhere"),
        ("per_10k", "ln_hits"),
    }
    assert set(combinations(DEFINITIONS, 2)) - set(found.index) == left_out
    assert len(found) == 11
    assert table[table["unit"] == "report"]["spearman"].isna().all()
    nothing = theme_units(*(part.iloc[:0] for part in (counts, whole, outline)))
    assert [list(units.columns) for units in nothing] == [[*DEFINITIONS, "theme"], ["theme", *DEFINITIONS]]


def test_the_shipped_dictionaries():
    themes = load_themes(SHIPPED)
    assert len(themes) >= 10
    assert [t.name for t in themes if t.status == "cited"] == ["environment"]
    environment = next(t for t in themes if t.name == "environment")
    cited = "环境保护 环保 污染 能耗 减排 排污 生态 绿色 低碳 空气 化学需氧量 二氧化硫 二氧化碳 PM10 PM2.5"
    assert environment.words == tuple(cited.split())
    both = [line for line in overlap_notes(themes) if "counts for both" in line and not line.startswith("environment_")]
    # The extended list of the environment takes over words of the cited one; these are of two themes by what they mean.
    assert [line.split(" ")[1] for line in both] == ["智能制造", "集成电路", "绿色产业", "秸秆"]


def test_a_word_inside_another_and_in_two_themes_is_explained():
    notes = list(overlap_notes([theme("生态", "生态环境"), theme("生态", name="u")]))
    assert notes == [
        "t: 生态 is part of 生态环境; where 生态环境 stands, it alone is counted",
        "u: 生态 is a word of t too and counts for both",
    ]


GOOD = {"label": "题", "label_en": "theme", "status": "compiled", "source": "made up", "words": ["互联网+", "PM2.5"]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": ["工业", ""]}, ["word 2", "empty"]),
        ({"words": ["工业", " "]}, ["word 2", "empty"]),
        ({"words": ["工业", None]}, ["word 2", "None"]),
        ({"words": ["工业|"]}, ["word 1", "'|'", "patterns"]),
        ({"words": ["工.业"]}, ["word 1", "'.'"]),
        ({"words": ["工.*"]}, ["word 1", "'.'"]),
        ({"words": ["(工业)"]}, ["word 1", "'('"]),
        ({"words": ["工业", "农业", "工 业"]}, ["word 3", "stands there already as word 1"]),
        ({"words": ["水"]}, ["word 1", "single character"]),
        ({"words": []}, ["at least one word"]),
        ({"words": [2025]}, ["word 1", "2025", "quotation marks"]),
        ({"status": "known"}, ["status", "'known'", "cited, compiled"]),
        ({"source": ""}, ["source is empty"]),
        ({"sauce": "x"}, ["keys are", "sauce"]),
        ({"exceptions": ["工业化"]}, ["exception 1", "工业化", "no word"]),
        ({"exceptions": ["互联网+", "互联网+"]}, ["exception 2", "stands there already as exception 1"]),
        ({"exceptions": []}, ["exceptions", "at least one word"]),
    ],
)
def test_a_dictionary_that_cannot_be_meant_is_refused(tmp_path, change, words):
    file = tmp_path / "bad.yaml"
    file.write_text(yaml.safe_dump(GOOD, allow_unicode=True), encoding="utf-8")
    assert load_themes([file])[0].words == ("互联网+", "PM2.5")
    file.write_text(yaml.safe_dump(GOOD | change, allow_unicode=True), encoding="utf-8")
    with pytest.raises(EmphasisError) as error:
        load_themes([file])
    assert all(word in str(error.value) for word in [str(file), *words]), error.value


def test_no_dictionary_and_invalid_yaml_are_refused(tmp_path):
    with pytest.raises(EmphasisError, match="no dictionary"):
        load_themes([])
    (tmp_path / "x.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"x\.yaml: not YAML"):
        load_themes([tmp_path / "x.yaml"])


def test_results_of_validation_are_of_dictionaries_that_are_still_the_same(tmp_path):
    file = tmp_path / "t.yaml"
    file.write_text("label: 题\nlabel_en: T\nstatus: compiled\nsource: s\nwords: [污染]\n", encoding="utf-8")
    columns = (
        "theme sha256 n precision precision_low precision_high recall recall_low recall_high kappa read_by".split()
    )
    row = ["t", contents(file), "300", "0.8", "0.7", "0.9", "0.6", "0.5", "0.7", "", "two coders"]
    table = tmp_path / "validation.tsv"
    table.write_text("# note\n" + "\t".join(columns) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    found = load_tested(table, [file])["t"]
    assert (found.n, found.precision, found.recall, found.read_by) == (
        300,
        (0.8, 0.7, 0.9),
        (0.6, 0.5, 0.7),
        "two coders",
    )
    assert load_tested(None, [file]) == {}
    file.with_name("u.yaml").write_text(file.read_text(encoding="utf-8").replace("污染", "空气"), encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8").replace("\nt\t", "\nu\t"), encoding="utf-8")
    assert load_tested(table, [file.with_name("u.yaml")]) == {}


def test_the_figures_that_are_shipped_are_of_the_shipped_dictionaries():
    folder = ROOT / "config/themes"
    dictionaries = sorted(folder.glob("*.yaml"))
    found = load_tested(folder / "validation.tsv", dictionaries)
    assert set(found) == {path.stem for path in dictionaries}
    for tested in found.values():
        for value, low, high in (tested.precision, tested.recall):
            assert 0 <= low <= value <= high <= 1
        assert "no human" in tested.read_by
    for mended in ("environment_extended", "industry", "opening_up", "science_innovation"):
        assert min(found[mended].precision[0], found[mended].recall[0]) >= 0.8
