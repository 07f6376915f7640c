"""The chart of topics: reliable topics are shown; those like noise are named."""

from dataclasses import replace

import pandas as pd

from emphasis.figures.look import PLAN, shade
from emphasis.figures.shown import shown_sections
from emphasis.figures.topics_chart import MOST_TOPICS, is_reliable, largest_topics, preferred_models, topics_chart
from emphasis.topics.verdicts import NOISE
from support import REPORT
from support.chart_text import faults, shapes, text_of


def test_a_topic_model_like_noise_is_named_and_not_charted(tables, good_topics, style):
    own = good_topics.sections[good_topics.sections["model"] != "basis"]
    sheet = topics_chart(style("en"), "t", REPORT, tables["sections"], replace(good_topics, sections=own))
    words = text_of(sheet)
    assert "Nothing is drawn" in words and "0.321" in words
    assert "notdistinguishablefromnoise" in words.replace(" ", "")  # lines break at spaces


def test_reliable_topics_are_framed_where_the_interval_is_above_an_equal_share(tables, good_topics, style):
    sheet = topics_chart(style(), "题", REPORT, tables["sections"], good_topics)
    shown = shown_sections(tables["sections"])["section_id"].tolist()
    own = good_topics.sections[(good_topics.sections["model"] == "basis") & (good_topics.sections["topic"] < 4)]
    shares = own.pivot(index="section_id", columns="topic", values="prevalence").loc[shown].to_numpy()
    rects = shapes(sheet, "rect")
    cells = [r["fill"] for r in rects if r.get("stroke") == "#ffffff"]
    assert cells == [shade(share / shares.max()) for share in shares.ravel()]
    framed = own[own["section_id"].isin(shown) & (own["low"] > 1 / 4)]
    frames = [r for r in rects if r.get("stroke") == PLAN]
    assert len(frames) == len(framed) + 1, "one more in the legend"
    assert 0 < len(framed) < len(own)
    words = text_of(sheet)
    parts = ("模型 basis", "4 个话题中", "＊为弱话题", "＋为套语", "1 个话题与噪声无法区分")
    assert all(part in words for part in parts)
    # Labels are read from top to bottom, above their columns.
    assert "".join(reversed("话题2")) in words or "话题2" in words
    assert "话题4" not in words and not faults(sheet)


def test_without_frames_the_legend_has_none(tables, good_topics, style):
    bare = replace(good_topics, sections=good_topics.sections.assign(low=float("nan"), high=float("nan")))
    sheet = topics_chart(style(), "题", REPORT, tables["sections"], bare)
    assert not [r for r in shapes(sheet, "rect") if r.get("stroke") == PLAN]
    assert "不计算区间" in text_of(sheet) and "高于平均份额" not in text_of(sheet)


def test_the_largest_topics_of_the_shown_sections_are_charted(tables):
    basis = tables["topic_verdicts"][tables["topic_verdicts"]["model"] == "basis"]
    own = tables["topic_sections"][tables["topic_sections"]["model"] == "basis"]
    words = shown_sections(tables["sections"]).set_index("section_id")["n_tokens"]
    topics = largest_topics(own, basis, words)
    assert len(topics) == MOST_TOPICS and topics == sorted(topics)
    wide = own.pivot(index="section_id", columns="topic", values="prevalence").loc[words.index].fillna(0)
    sizes = (wide.T @ words).drop(index=basis.loc[basis["verdict"] == NOISE, "topic"])
    assert set(topics) == set(sizes.nlargest(MOST_TOPICS).index)
    assert len(basis) > MOST_TOPICS


def test_which_model_is_preferred():
    table = pd.DataFrame([(m, "r") for m in ("self:r", "basis", "corpus", "own")], columns=["model", "report_id"])
    assert preferred_models(table, "r", many_reports=False) == ["basis", "corpus", "self:r", "own"]
    assert preferred_models(table, "r", many_reports=True) == ["corpus", "basis", "self:r", "own"]
    assert preferred_models(table, "s", many_reports=True) == []
    rows = [("a", "model", "kept"), ("b", "model", "weak"), ("c", "model", NOISE), ("d", "model", "too little text"),
            ("c", "coherence_npmi", "better than noise"), ("e", "n_words", "enough")]  # fmt: skip
    diagnostics = pd.DataFrame(rows, columns=["model", "measure", "verdict"])
    assert [is_reliable(diagnostics, m) for m in "abcdef"] == [True, True, False, False, False, False]
