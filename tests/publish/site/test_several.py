"""What the page has of several reports together."""

from __future__ import annotations

import pandas as pd

from emphasis.areas.scheme import read_scheme
from emphasis.publish.site.data import MODEL_TABLES, corpus_block, report_block
from emphasis.publish.site.several import FIRST_TERMS, several_block
from emphasis.store.tables import table_from_rows
from support import ROOT
from support.page import THEME, made

SCHEME = read_scheme(ROOT / "config/areas/areas.tsv")


def rows(schemas, name, *given):
    empty = {"string": "", "integer": None, "number": None, "boolean": False}
    fields = schemas[name].fields
    return table_from_rows([{f.name: row.get(f.name, empty[f.type]) for f in fields} for row in given], schemas[name])


def tables_of(schemas, **given):
    first = ("areas", "distinctive", "reports")
    return {name: rows(schemas, name, *given.get(name, [])) for name in {*first, *given}}


def test_areas_and_first_terms_are_those_of_whole_reports_on_the_page(schemas):
    area = {"report_id": "b", "part": "whole", "area": "7", "n": 2, "share": 0.5, "low": 0.25, "high": 0.75}
    other = [area | {"part": "plan", "share": 0.9}, area | {"report_id": "elsewhere"}]
    terms = [
        {"report_id": "a", "part": "whole", "rank": rank, "term": f"词{rank}", "n": 9, "expected": 1.005, "n_peers": 12}
        for rank in (*range(FIRST_TERMS + 3, 0, -1), None)
    ]
    block = several_block(tables_of(schemas, areas=[area, *other], distinctive=terms), schemas, SCHEME, ["a", "b"])
    shares = {"report": [1], "area": [list(SCHEME.listed).index("7")], "n": [2], "share": [0.5], "low": [0.25]}
    assert block["shares"] == shares | {"high": [0.75]}
    assert block["first"]["term"] == [f"词{rank}" for rank in range(1, FIRST_TERMS + 1)]
    assert set(block["first"]["report"]) == {0} and "reuse" not in block and "fresh" not in block


def test_terms_are_new_when_no_earlier_report_has_them_anywhere(schemas):
    def first(term, year, text_year, n_first, n=1):
        return {"term": term, "year": year, "text_year": text_year, "n_first": n_first, "n": n, "n_alone": n}

    given = [
        first("甲", 2025, 2025, 1, 9),
        first("乙", 2025, 2024, 3),
        first("丙", 2024, 2024, 3),
        first("丁", 2025, 2025, 2),
    ]
    reports = [{"report_id": str(year), "year": year} for year in (2024, 2025)]
    block = several_block(tables_of(schemas, first_use=given, reports=reports), schemas, SCHEME, [])
    assert block["fresh"]["term"] == ["丁", "甲"]
    # With reports of one year only everything would be new.
    alone = several_block(tables_of(schemas, first_use=given, reports=reports[1:]), schemas, SCHEME, [])
    assert alone["fresh"] == {}


def test_shared_text_leads_to_the_longest_passage(schemas):
    pair = {"report_id": "b", "other_id": "x", "relation": "neighbour", "section": "all", "characters": 100}
    reuse = [pair | {"reused_plain": 20, "share_plain": 0.2}, pair | {"section": "s1"}, pair | {"other_id": "y"}]
    passages = [
        pair | {"passage": n, "shared": "字" * (20 - n), "sentence_id": f"b:{n}", "other_sentence_id": f"x:{9 - n}"}
        for n in (1, 2)
    ]
    block = several_block(tables_of(schemas, reuse=reuse, reuse_passages=passages), schemas, SCHEME, ["a", "b"])[
        "reuse"
    ]
    assert block["other_id"] == ["x", "y"] and block["report"] == [1, 1]
    # A pair that shares nothing has no passage.
    assert block["passage"] == ["字" * 19, ""]
    assert (block["sentence"], block["other_sentence"]) == ([1, 0], [8, 0])


def test_models_of_several_reports_stand_once(schemas):
    models = ["basis", "self:r", "self:other"]
    tables, own = made(schemas, topics=[{"model": model, "topic": 1, "term": "词", "label": "词"} for model in models])
    assert isinstance(tables["topics"], pd.DataFrame)
    block = report_block("r", tables, own, [THEME], ("plan",))
    together = corpus_block(tables, own, ["r"])
    assert block["topics"]["model"] == ["self:r"] and together["topics"]["model"] == ["basis"]
    assert set(MODEL_TABLES) <= set(block) & set(together)
