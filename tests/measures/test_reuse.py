"""Shared text against a plain loop; formulas."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.ingest.report import ingest
from emphasis.ingest.tables import tabulate_reports
from emphasis.measures.report_pairs import pairs_by_report
from emphasis.measures.reuse import find_passages, reuse
from emphasis.measures.shared_text import (
    SENTENCES,
    SHINGLE,
    Formulas,
    NormalisedText,
    are_headings,
    formula_table,
    maximal_matches,
    sentence_hashes,
    shared_passages,
)
from emphasis.store.tables import check
from emphasis.text import fold
from support import ROOT

MARKS = r"[\s，。、；：？！“”‘’（）《》〈〉【】—…·,;:?!\"'()<>\[\]~]"


def text(report_id, *texts):
    rows = [(f"{report_id}:{i}", "s2.1" if i % 2 else "s1", text) for i, text in enumerate(texts, 1)]
    return NormalisedText(report_id, pa.table(list(zip(*rows, strict=True)), schema=SENTENCES))


def tables_of(*pairs, known=None):
    """reuse.csv and reuse_passages.csv for pairs of texts: relation, text, other text."""
    bodies = {body.report_id: body for _, *both in pairs for body in both}
    pairs = [(relation, one.report_id, two.report_id) for relation, one, two in pairs]
    own, tables = pairs_by_report(pairs), []
    for report_id, found in find_passages(pairs, bodies.get):
        n = bodies[report_id].sentences.num_rows
        common = known.are_common(report_id) if known else np.zeros(n, dtype=bool)
        tables.append(reuse(own[report_id], bodies.get, found, common))
    return [pa.concat_tables(parts).to_pandas() for parts in zip(*tables, strict=True)]


def matches(one, *others):
    """Passages as tuples: number of the other text, start, other start, size."""
    found = shared_passages([maximal_matches(one, two) for two in others])
    return list(zip(*(getattr(found, name).tolist() for name in ("text", "start", "other", "size")), strict=True))


def test_by_hand(schemas):
    one = text("a", "我们要加快建设现代化产业体系。", "增长５．５％，好于全国。")
    two = text("b", "加快建设现代化、产业体系！增长5.5%好于预期。")
    shares, found = tables_of(("superior", one, two))
    # 加快建设现代化产业体系增长5.5%好于 runs over the end of the sentence: 11 + 8 characters.
    passage = check(found, schemas["reuse_passages"]).iloc[0]
    assert (passage["shared"], passage["sentence_id"]) == ("加快建设现代化产业体系增长5.5%好于", "a:1")
    table = check(shares, schemas["reuse"]).set_index("section")
    assert table.loc["s2.1", ["characters", "reused"]].tolist() == [14, 11]
    assert table.loc["s2", "reused"] == 11
    assert table.loc["s1", ["characters", "reused"]].tolist() == [10, 8]
    assert table.loc["all", "share"] == pytest.approx(19 / 24)


def test_seven_characters_are_not_enough():
    assert not matches(text("a", "甲乙丙丁戊己庚"), text("b", "甲乙丙丁戊己庚"))
    assert matches(text("a", "甲乙丙丁戊己庚辛"), text("b", "甲乙丙丁戊己庚辛"))[0][3] == SHINGLE


def test_nothing_shared_gives_empty_tables(schemas):
    shares, found = tables_of(("neighbour", text("a", "甲乙丙丁戊己庚辛"), text("b", "子丑寅卯辰巳午未")))
    assert check(shares, schemas["reuse"])["share"].eq(0).all()
    assert check(found, schemas["reuse_passages"]).empty
    # The same holds along with reports that share something.
    both = text("c", "子丑寅卯辰巳午未")
    pairs = [("neighbour", text("a", "甲乙丙丁戊己庚辛"), both), ("neighbour", both, text("d", "子丑寅卯辰巳午未"))]
    assert check(tables_of(*pairs)[1], schemas["reuse_passages"])["report_id"].tolist() == ["c"]
    # A text of punctuation has no section with characters.
    assert tables_of(("neighbour", text("a", "。"), text("b", "子丑寅卯辰巳午未")))[0].empty


@given(st.text("甲乙丙", max_size=60), st.lists(st.text("甲乙丙", max_size=60), min_size=1, max_size=3))
def test_passages_against_a_plain_loop(one, others):
    expected = []
    for number, two in enumerate(others):
        position = 0
        while position < len(one):
            size = 0
            while position + size < len(one) and one[position : position + size + 1] in two:
                size += 1
            if size >= SHINGLE:
                expected.append((number, position, two.find(one[position : position + size]), size))
            position += size if size >= SHINGLE else 1
    assert matches(text("a", one), *(text(f"b{i}", two) for i, two in enumerate(others))) == expected


@given(st.text("甲乙丙", max_size=60), st.text("甲乙丙", max_size=60))
def test_what_two_texts_have_in_common_is_the_same_from_both_sides(one, two):
    a, b = text("a", one), text("b", two)
    both = [
        sorted(zip(r.start, r.other, r.size, strict=True))
        for r in (maximal_matches(a, b), maximal_matches(b, a).swapped)
    ]
    assert both[0] == both[1]
    found = {
        report_id: found.to_pydict()
        for report_id, found in find_passages([("", "a", "b"), ("", "b", "a")], {"a": a, "b": b}.get)
    }
    alone = dict(find_passages([("", "b", "a")], {"a": a, "b": b}.get))
    assert found["b"] == alone["b"].to_pydict()


def test_characters_are_dropped_as_the_pattern_says():
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    parts = [every[:5000], "", every[5000:]]
    body = text("a", *parts)
    assert body.sentence_texts == [re.sub(MARKS, "", fold(part)) for part in parts]
    assert body.text == "".join(body.sentence_texts)


def test_formulas_are_marked_and_can_be_left_out(schemas):
    formula = "向全省人民表示衷心的感谢！"
    bodies = [text(name, formula, f"{name}的特有内容是甲乙丙丁戊己庚辛壬癸。") for name in "abc"]
    known, none = Formulas(), np.zeros(2, dtype=bool)
    for one in bodies[:2]:
        known.add(one.report_id, sentence_hashes(one.sentence_texts), none)
    assert known.n_reports("a").tolist() == [0, 0]
    known.add("c", sentence_hashes(bodies[2].sentence_texts), none)
    known.add("d", sentence_hashes(["甲乙", formula[:-1]]), none)
    assert known.n_reports("b").tolist() == [4, 0]
    # Three have it, but it is too short.
    for report_id in "efg":
        known.add(report_id, sentence_hashes(["甲乙"]), none[:1])
    assert known.n_reports("d").tolist() == [0, 4]
    tables = [formula_table(one.report_id, one.sentences, known.n_reports(one.report_id)) for one in bodies]
    table = check(pa.concat_tables(tables).to_pandas(), schemas["formulas"])
    assert table["text"].tolist() == [formula] * 3
    assert table["sentence_id"].tolist() == ["a:1", "b:1", "c:1"]
    shares, _ = tables_of(("neighbour", bodies[0], bodies[1]), known=known)
    row = shares.set_index("section").loc["all"]
    assert row["reused"] - row["reused_plain"] == len(formula) - 1


def test_headings_are_no_formulas(schemas):
    heading = "2024年工作回顾，迈出新步伐"
    bodies = [text(name, heading, "抓民生。" + name * 9, heading + "。") for name in "abcd"]
    # The sentences are in the sections s2.1, s1 and s2.1: the third has the words of the heading, but its section has begun.
    masks = [are_headings(one, {"s2.1": "", "s1": "抓民生。" + one.report_id * 9}) for one in bodies]
    assert [mask.tolist() for mask in masks] == [[False, True, False]] * 4
    masks = [are_headings(one, {"s2.1": "2024 年工作回顾，迈出新步伐"}) for one in bodies]
    assert [mask.tolist() for mask in masks] == [[True, False, False]] * 4
    known = Formulas()
    for one, mask in zip(bodies, masks, strict=True):
        known.add(one.report_id, sentence_hashes(one.sentence_texts), mask)
    assert known.n_reports("a").tolist() == [0, 0, 4]
    only_headings = Formulas()
    for one in bodies:
        only_headings.add(one.report_id, sentence_hashes(one.sentence_texts[:1]), np.ones(1, dtype=bool))
    assert only_headings.n_reports("a").tolist() == [0]
    assert only_headings.are_common("a").tolist() == [True]


def test_a_heading_of_two_sentences():
    one = text("a", "开放！", "再开放！", "开放！")
    same = NormalisedText("a", one.sentences.set_column(1, "section_id", pa.array(["s1"] * 3)))
    assert are_headings(same, {"s1": "开放！再开放！"}).tolist() == [True, True, False]
    assert are_headings(same, {}).tolist() == [False] * 3


def test_changchun_shares_passages_with_jilin(shared):
    """What the bundled report has from its province's report of the same year."""
    province = shared / "reports/provincial/2025年吉林省政府工作报告.docx"
    if not province.exists():
        pytest.skip(f"{province} is absent: real reports are not part of the project")
    bodies = []
    for path in (ROOT / "seeds/changchun-2025.txt", province):
        sentences = tabulate_reports([ingest(path, path.stem)])["sentences"][SENTENCES.names]
        bodies.append(NormalisedText(path.stem, pa.Table.from_pandas(sentences, SENTENCES, preserve_index=False)))
    shares, found = tables_of(("superior", *bodies))
    assert 0.05 < shares.set_index("section").loc["all", "share"] < 0.3
    assert any("坚决扛起维护国家五大安全重要使命" in text for text in found["shared"])
    assert np.all(found["n_characters"] >= SHINGLE)
