"""What the page is made of: data that stays data, words in both languages, the same bytes each time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme
from emphasis.measures.theme_hits import Finder, sentence_hits
from emphasis.publish.names import ChineseNames
from emphasis.publish.site.data import KINDS, figure_names, pack_json, safe_json, table_columns
from emphasis.publish.site.measures import describe_measures, section_measures
from emphasis.publish.site.page import load_words
from emphasis.store.tables import Field, Schema, load_schema
from support import ROOT
from support.page import ASSETS, ENDS, page_of


def element(page: str, name: str) -> str:
    return re.search(rf'<script type="[^"]+" id="{name}">(.*?)</script>', page, re.DOTALL)[1]


def opened(page: str, name: str):
    return json.loads(gzip.decompress(base64.b64decode(element(page, name))))


@given(st.text())
def test_json_in_a_script_element_is_the_same_and_cannot_end_it(text):
    written = safe_json({"a": [text]})
    assert json.loads(written) == {"a": [text]}
    assert not set("<>&\u2028\u2029") & set(written)


@given(st.dictionaries(st.text(), st.lists(st.one_of(st.integers(), st.text(), st.none()))))
def test_what_is_packed_comes_out_the_same(value):
    data = base64.b64decode(pack_json(value))
    assert json.loads(gzip.decompress(data)) == value
    # No time and no operating system in the header.
    assert data[4:8] == bytes(4) and data[9] == 255


def test_a_table_by_columns(schemas):
    table = pd.DataFrame({"term": ["甲", "乙"], "n": [2, 3], "q_bh": [0.12345678, float("nan")]})
    assert table_columns(table, schemas["keyness"]) == {"term": ["甲", "乙"], "n": [2, 3], "q_bh": [0.123457, None]}
    assert table_columns(table, schemas["keyness"], "n", "absent") == {"n": [2, 3]}


def test_no_field_ends_an_element_of_the_page(schemas):
    page = page_of(schemas)
    assert page.count("<script") == page.count("</script>") == len(re.findall(r"<script[ >]", page))
    index = json.loads(element(page, "index"))
    assert index["reports"]["title"] == index["warnings"]["snippet"] == [ENDS]
    assert opened(page, "report-0")["sections"]["heading"] == [ENDS]
    assert "<!--" not in page and "\u2028" not in page


def test_the_policy_lets_only_these_scripts_and_styles_pass(schemas):
    page = page_of(schemas)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def named(text):
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    script = re.search(r'<script type="module">(.*?)</script>', page, re.DOTALL)[1]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    drawing = gzip.decompress(base64.b64decode(element(page, "vega"))).decode()
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [named(script), named(drawing)]
    assert rules["style-src"].split() == [named(style)]
    assert "unsafe" not in policy and "http" not in policy
    assert not re.search(r"(src|href)=\"(?!#)", page.split("<script", 1)[0].replace('href="#main"', ""))


def test_what_is_measured_of_sections_is_on_the_page_for_what_its_schema_says(schemas):
    """`structure` and a table that only its schema knows of."""
    fields = [Field(name, "string", "") for name in ("report_id", "section_id")]
    fields += [Field("per_10k", "number", "numbers per 10,000 tokens", 2), Field("n_numbers", "integer", "numbers")]
    numerals = Schema("numerals", "Numbers", "", tuple(fields), ("report_id", "section_id"), ())
    of_page = {name: schemas[name] for name in ("outline", "sections", "frequency", "structure")} | {
        "numerals": numerals
    }
    chinese = ChineseNames({"per_10k": "每万词频次", "sentence_mean": "平均句长"}, {"numerals": "数字"})
    described = describe_measures(of_page, chinese)
    assert list(described) == ["structure", "numerals"]
    assert described["numerals"]["title"] == {"en": "Numbers", "zh": "数字"}
    assert described["numerals"]["columns"][0] == {
        "name": "per_10k", "en": "per 10k", "zh": "每万词频次", "description": "numbers per 10,000 tokens", "decimals": 2
    }  # fmt: skip
    structure = pd.DataFrame(
        [("r", "report", "whole", 9.0), ("r", "section", "s1", 4.126), ("s", "section", "s1", 2.0)],
        columns=["report_id", "unit", "name", "sentence_mean"],
    )
    numbers = pd.DataFrame([("r", "s1", 3.14159, 2)], columns=[field.name for field in fields])
    assert section_measures("r", {"structure": structure, "numerals": numbers}, of_page) == {
        "structure": {"section_id": ["s1"], "sentence_mean": [4.13]},
        "numerals": {"section_id": ["s1"], "per_10k": [3.14], "n_numbers": [2]},
    }


def test_tokens_can_be_made_again_from_gaps_and_lengths(schemas):
    block = opened(page_of(schemas), "report-0")
    text, place, found = block["sentences"]["text"][0], 0, []
    for gap, length, kind in zip(*(block["tokens"][name] for name in ("gap", "length", "kind")), strict=True):
        start = place + gap
        place = start + length
        found.append((text[start:place], KINDS[kind // 2], kind % 2))
    assert found == [("发展", "word", 1), ("新兴产业", "term", 1), ("和", "word", 0), ("产业", "word", 1)]
    assert block["hits"] == {"sentence": [0, 0], "theme": [0, 0], "start": [2, 7], "end": [6, 9]}


def test_spans_of_hits_are_places_in_the_sentence_as_written():
    """White space inside a hit and full-width signs do not move it."""
    tokens = pd.DataFrame({"start": [0, 3], "end": [3, 6]})
    theme = Theme("t", "", "", "compiled", "", ("产业", "R&D"))
    spans = sentence_hits(Finder([theme]), "产 业Ｒ＆Ｄ", tokens["start"].tolist(), tokens["end"].tolist())
    assert list(spans) == [(0, 0, 3), (0, 3, 6)]


def test_more_reports_than_the_limit_are_said(schemas):
    index = json.loads(element(page_of(schemas, shown=["r", "unreadable"], wanted=90), "index"))
    assert (index["limited"], index["wanted"], index["shown"]) == (True, 90, ["r"])
    assert not json.loads(element(page_of(schemas), "index"))["limited"]


def test_a_page_without_texts_has_its_overview(schemas):
    page = page_of(schemas, shown=[], wanted=0)
    assert 'id="report-0"' not in page
    assert json.loads(element(page, "index"))["reports"]["report_id"] == ["r"]


def test_figures_are_named_as_they_lie(tmp_path):
    for name in ("b/clouds/whole.svg", "b/clouds/section-2.3.svg", "b/targets/targets.svg", "a/clouds/plan.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    drawn = [tmp_path / "b/targets.svg", tmp_path / "b/clouds", tmp_path / "a/clouds"]
    expected = {"a": [], "b": ["clouds/section-2.3", "clouds/whole", "targets"]}
    assert figure_names(drawn, tmp_path) == expected
    (tmp_path / "b/targets.svg").touch()
    (tmp_path / "b/targets/targets.svg").unlink()
    assert figure_names([tmp_path / "a", tmp_path / "b"], tmp_path) == expected


def test_every_text_of_the_interface_is_there_in_both_languages():
    words = load_words(ASSETS / "words.yaml")
    script = "\n".join(file.read_text(encoding="utf-8") for file in (ASSETS / "js").glob("*.js"))
    assert words["en"].keys() == words["zh"].keys()
    assert set(re.findall(r'\bt\("([^"]+)"', script)) <= words["en"].keys()
    for name, english in words["en"].items():
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", words["zh"][name])), name
        assert english.strip() and words["zh"][name].strip(), name


@pytest.mark.parametrize(
    ("table", "column", "group"),
    [
        ("targets", "comparator", "comparator"),
        ("targets", "kind", "kind"),
        ("targets", "period", "period"),
        ("targets", "hardness", "hardness"),
        ("target_attainment", "verdict", "verdict"),
        ("target_attainment", "bound", "bound"),
        ("target_gaps", "note", "note"),
        ("similarity", "relation", "relation"),
        ("term_changes", "change", "change"),
        ("reports", "confidence", "confidence"),
        ("keyness", "test", "test"),
        ("keyness_across", "test", "test"),
    ],
)
def test_every_code_of_the_tables_has_a_text(table, column, group):
    schema = load_schema(ROOT / f"workflow/schemas/tables/{table}.yaml")
    codes = next(field for field in schema.fields if field.name == column).constraints["enum"]
    assert {f"{group}.{code}" for code in codes} <= load_words(ASSETS / "words.yaml")["en"].keys()


def test_every_reason_of_pairs_has_a_text():
    source = (ROOT / "scripts/emphasis/targets/pairs.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'"((?:different|same) \w+)', source)) | {"target without a figure"}
    assert len(reasons) > 5
    assert {f"reason.{reason}" for reason in reasons} <= load_words(ASSETS / "words.yaml")["en"].keys()


def test_a_text_that_lacks_a_language_is_refused(tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text(yaml.safe_dump({"title": {"en": "Title"}}), encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"words\.yaml: title needs a text in each of en, zh"):
        load_words(file)


def test_no_script_makes_markup_from_text_or_reaches_out():
    for file in (ASSETS / "js").glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function", text), file
        assert not re.search(
            r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|https?://(?!www\.w3\.org/2000/svg)", text
        ), file
        assert len(text.splitlines()) < 300, file


def test_the_page_is_the_same_with_any_hash_seed():
    program = (
        "import hashlib, sys; sys.path[:0] = ['tests', 'scripts']\n"
        "from support import ROOT; from support.page import page_of, NAMES; from emphasis.store.tables import load_schema\n"
        "own = {name: load_schema(ROOT / f'workflow/schemas/tables/{name}.yaml') for name in NAMES}\n"
        "print(hashlib.sha256(page_of(own).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed, zone in [("1", "UTC"), ("77", "Asia/Shanghai")]
    }  # fmt: skip
    assert len(digests) == 1


def test_paths_of_this_machine_are_not_in_the_page(schemas):
    assert str(Path.home()) not in page_of(schemas) and str(ROOT) not in page_of(schemas)
