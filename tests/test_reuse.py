"""Shared text against a plain loop; which reports are compared; formulas."""

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from emphasis.ingest.batch import corpus_tables
from emphasis.ingest.report import ingest
from emphasis.measures.reuse import Formulas, formulas, nearby, related, reuse
from emphasis.measures.shingles import SHINGLE, body, matches, stripped
from emphasis.tables import check


def of(report_id, *texts):
    rows = [(f"{report_id}:{i}", "2.1" if i % 2 else "1", text) for i, text in enumerate(texts, 1)]
    return body(report_id, pd.DataFrame(rows, columns=["sentence_id", "section_id", "text"]))


def test_by_hand(schemas):
    one = of("a", "我们要加快建设现代化产业体系。", "增长５．５％，好于全国。")
    two = of("b", "加快建设现代化、产业体系！增长5.5%好于预期。")
    shares, passages = reuse([("superior", one, two)])
    # 加快建设现代化产业体系增长5.5%好于 runs over the end of the sentence: 11 + 8 characters.
    passage = check(passages, schemas["reuse_passages"]).iloc[0]
    assert (passage["shared"], passage["sentence_id"]) == ("加快建设现代化产业体系增长5.5%好于", "a:1")
    table = check(shares, schemas["reuse"]).set_index("section")
    assert table.loc["2.1", ["characters", "reused"]].tolist() == [14, 11]
    assert table.loc["2", "reused"] == 11
    assert table.loc["1", ["characters", "reused"]].tolist() == [10, 8]
    assert table.loc["all", "share"] == pytest.approx(19 / 24)


def test_seven_characters_are_not_enough():
    assert not matches(of("a", "甲乙丙丁戊己庚"), of("b", "甲乙丙丁戊己庚"))
    assert matches(of("a", "甲乙丙丁戊己庚辛"), of("b", "甲乙丙丁戊己庚辛"))[0].size == SHINGLE


def test_nothing_shared_and_nothing_compared(schemas):
    shares, passages = reuse([("neighbour", of("a", "甲乙丙丁戊己庚辛"), of("b", "子丑寅卯辰巳午未"))])
    assert check(shares, schemas["reuse"])["share"].eq(0).all()
    assert check(passages, schemas["reuse_passages"]).empty
    assert check(reuse([])[0], schemas["reuse"]).empty


@given(st.text("甲乙丙", max_size=60), st.text("甲乙丙", max_size=60))
def test_matches_against_a_plain_loop(one, two):
    found = matches(of("a", one), of("b", two))
    position = 0
    expected = []
    while position < len(one):
        size = 0
        while position + size < len(one) and one[position : position + size + 1] in two:
            size += 1
        if size >= SHINGLE:
            expected.append((position, size))
            position += size
        else:
            position += 1
    assert [(m.start, m.size) for m in found] == expected
    for m in found:
        assert one[m.start : m.start + m.size] == two[m.other : m.other + m.size]


def test_formulas_are_marked_and_can_be_left_out(schemas):
    formula = "向全省人民表示衷心的感谢！"
    bodies = [of(name, formula, f"{name}的特有内容是甲乙丙丁戊己庚辛壬癸。") for name in "abc"]
    known = Formulas()
    for one in bodies[:2]:
        known.add(one.spans)
    assert known.n_reports([formula[:-1]]).tolist() == [0]
    known.add(bodies[2].spans)
    assert known.n_reports([formula[:-1], "甲乙"]).tolist() == [3, 0]
    assert known.of(1).tolist() == [3, 0]
    sentences = pd.concat([one.sentences.assign(report_id=one.report_id) for one in bodies], ignore_index=True)
    table = check(formulas(sentences, known.n_reports(stripped(sentences))), schemas["formulas"])
    assert table["text"].tolist() == [formula] * 3
    shares, _ = reuse([("neighbour", bodies[0], bodies[1])], known)
    row = shares.set_index("section").loc["all"]
    assert row["reused"] - row["reused_plain"] == len(formula) - 1


def test_pairs_that_need_the_same_reports_are_together():
    rows = [("a", "county", "220104", 2025), ("b", "province", "220000", 2025), ("c", "county", "220104", 2024)]
    reports = pd.DataFrame([*rows, ("d", "", "", None)], columns=["report_id", "region_level", "adcode", "year"])
    pairs = [("superior", "a", "b"), ("year before", "a", "c"), ("superior", "c", "b"), ("neighbour", "b", "d")]
    assert nearby(pairs, reports) == [[pairs[3]], [pairs[2]], [pairs[0], pairs[1]]]


def test_which_reports_are_related():
    rows = [
        ("n", "national", "", 2025), ("p", "province", "220000", 2025), ("q", "province", "230000", 2025),
        ("c", "prefecture", "220100", 2025), ("d", "prefecture", "220200", 2025), ("x", "prefecture", "230100", 2025),
        ("k", "county", "220104", 2025), ("old", "province", "220000", 2024), ("none", "", "", 2025),
    ]  # fmt: skip
    reports = pd.DataFrame(rows, columns=["report_id", "region_level", "adcode", "year"])
    found = related(reports, [("p", "old")])
    assert {(r, b) for r, a, b in found if a == "c"} == {("superior", "p"), ("superior", "n"), ("neighbour", "d")}
    assert {(r, b) for r, a, b in found if a == "k"} == {("superior", "c"), ("superior", "p"), ("superior", "n")}
    assert {(r, b) for r, a, b in found if a == "p"} == {("year before", "old"), ("superior", "n"), ("neighbour", "q")}
    assert not [f for f in found if "none" in f]


def test_changchun_shares_passages_with_jilin(shared):
    """What the bundled report has from its province's report of the same year."""
    province = shared / "reports/provincial/2025年吉林省政府工作报告.docx"
    if not province.exists():
        pytest.skip(f"{province} is absent: real reports are not part of the project")
    bodies = []
    for path in (ROOT / "seeds/changchun-2025.txt", province):
        bodies.append(body(path.stem, corpus_tables([ingest(path, path.stem)])["sentences"]))
    shares, passages = reuse([("superior", *bodies)])
    assert 0.05 < shares.set_index("section").loc["all", "share"] < 0.3
    assert any("坚决扛起维护国家五大安全重要使命" in text for text in passages["shared"])
    assert np.all(passages["n_characters"] >= SHINGLE)
