"""The sentences behind a row, on a small folder of results made here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme
from emphasis.measures.themes import count_hits
from emphasis.publish.evidence.command import find_row, main
from emphasis.publish.evidence.folder import ResultsFolder
from emphasis.publish.evidence.passages import evidence, theme_spans
from support import ROOT

TEXTS = {
    ("a", "s1.1"): "污染防治有力，治理污染。",
    ("a", "s1.2"): "创新驱动，创 新 发展。",
    ("a", "s2.1"): "坚持创新，改善空气。",
    ("a", "s0"): "创新之年。",
    ("b", "s1"): "创新引领。",
}
WORDS = ("污染防治", "有力", "治理", "污染", "创新", "创 新", "驱动", "发展", "坚持", "改善", "空气", "之年", "引领")
ROLES = {"s1": "review", "s1.1": "review", "s1.2": "review", "s2": "plan", "s2.1": "plan", "s0": "front"}


def cut(text, start):
    """The words of a sentence, the longest first."""
    place = 0
    while place < len(text):
        word = next((w for w in sorted(WORDS, key=len, reverse=True) if text.startswith(w, place)), "")
        if word:
            yield word.replace(" ", ""), start + place, start + place + len(word)
        place += len(word) or 1


def parquet(rows, columns, path):
    """As the workflow writes them: without metadata of pandas."""
    table = pa.Table.from_pandas(pd.DataFrame(rows, columns=columns), preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence")
    for name in ("corpus", "tables", "themes"):
        (folder / name).mkdir()
    sentences, tokens, sections, start = [], [], [], 0
    for number, ((report_id, section_id), text) in enumerate(TEXTS.items(), 1):
        sentence_id = f"{report_id}:{number}"
        sentences.append((report_id, sentence_id, section_id, start, start + len(text), text))
        tokens += [(report_id, section_id, sentence_id, *token) for token in cut(text, start)]
        start += len(text) + 1
    for report_id in "ab":
        sections += [(report_id, s, s.rpartition(".")[0], f"标题{s}", role) for s, role in ROLES.items()]
    columns = ["report_id", "sentence_id", "section_id", "start", "end", "text"]
    parquet(sentences, columns, folder / "corpus/sentences.parquet")
    columns = ["report_id", "section_id", "sentence_id", "token", "start", "end"]
    parquet(tokens, columns, folder / "corpus/tokens.parquet")
    held = sorted({(token[3], token[3]) for token in tokens})
    parquet(held, ["token", "unit"], folder / "corpus/vocabulary.parquet")
    columns = ["report_id", "section_id", "parent_id", "heading", "role"]
    pd.DataFrame(sections, columns=columns).to_csv(folder / "corpus/sections.csv", index=False)
    pd.DataFrame({"report_id": ["a", "b"]}).to_csv(folder / "corpus/reports.csv", index=False)
    settings = {"configuration": {"count_roles": ["review", "plan"], "themes": str(folder / "themes")}}
    (folder / "manifest.json").write_text(json.dumps(settings), encoding="utf-8")
    described = [
        {"name": "frequency", "title": "Frequency", "schema": {"fields": [{"name": "n", "description": "how often"}]}}
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": described}), encoding="utf-8")
    theme = "label: 环境\nlabel_en: E\nstatus: compiled\nsource: here\nwords: [污染, 空气]\n"
    (folder / "themes/environment.yaml").write_text(theme, encoding="utf-8")
    return folder


def save(folder, name, **columns):
    pd.DataFrame(columns).to_csv(folder / f"tables/{name}.csv", index=False)


def found(folder, table, **row):
    """Each group's sentences, with what is marked in them."""
    groups = evidence(ResultsFolder(folder), table, {name: str(value) for name, value in row.items()}, folder)
    return [
        (g.name, {p.sentence.sentence_id: [p.sentence.text[a:b] for a, b in p.marks] for p in g.sentences})
        for g in groups
    ]


@pytest.mark.parametrize(
    ("scope", "sentences"),
    [
        ({}, {"a:2": ["创新", "创 新"], "a:3": ["创新"]}),
        ({"part": "whole"}, {"a:2": ["创新", "创 新"], "a:3": ["创新"]}),
        ({"part": "plan"}, {"a:3": ["创新"]}),
        ({"section_id": "s1"}, {"a:2": ["创新", "创 新"]}),
        ({"section_id": "s1.1"}, {}),
    ],
)
def test_a_word_in_a_report_a_part_a_section(folder, scope, sentences):
    """Front matter is not counted, subsections are, and 创 新 is 创新."""
    assert found(folder, "frequency", report_id="a", term="创新", n=3, **scope) == [("a", sentences)]


def test_in_a_large_corpus_sentences_and_tokens_are_those_of_the_batches(folder, tmp_path):
    whole = shutil.copytree(folder, tmp_path / "results")
    for number in (0, 1):
        (whole / f"batches/{number}-of-2/corpus").mkdir(parents=True)
    for name in ("sentences", "tokens"):
        table = pd.read_parquet(whole / f"corpus/{name}.parquet")
        for number, report_id in enumerate("ba"):
            own = table[table["report_id"] == report_id]
            parquet(own, list(table.columns), whole / f"batches/{number}-of-2/corpus/{name}.parquet")
        (whole / f"corpus/{name}.parquet").unlink()
    row = {"report_id": "a", "term": "创新", "n": 3}
    assert found(whole, "dispersion", **row) == found(folder, "dispersion", **row)


def test_both_sides_of_a_comparison(folder):
    part = {"comparison": "part", "report_id": "a", "target": "plan", "reference": "review", "term": "创新"}
    assert found(folder, "keyness", **part) == [("plan", {"a:3": ["创新"]}), ("review", {"a:2": ["创新", "创 新"]})]
    section = part | {"comparison": "section", "target": "s1.2", "reference": "rest"}
    assert found(folder, "keyness", **section) == [("s1.2", {"a:2": ["创新", "创 新"]}), ("rest", {"a:3": ["创新"]})]
    report = part | {"comparison": "report", "target": "b", "report_id": "b", "reference": "others"}
    assert found(folder, "keyness_across", **report) == [("b", {"b:5": ["创新"]})]
    year = report | {"comparison": "year", "reference": "a"}
    assert [name for name, _ in found(folder, "keyness_across", **year)] == ["b", "a"]


def test_a_theme_is_hit_as_a_word_or_anywhere(folder):
    row = {"report_id": "a", "part": "whole", "theme": "environment"}
    assert found(folder, "themes", definition="words", **row) == [("", {"a:1": ["污染", "污染"], "a:3": ["空气"]})]
    anywhere = found(folder, "themes", definition="per_10k_anywhere", **row)
    assert anywhere == [("", {"a:1": ["污染", "污染"], "a:3": ["空气"]})]
    section = {"report_id": "a", "section_id": "s2", "theme": "environment", "hits": 1}
    assert found(folder, "theme_sections", **section) == [("", {"a:3": ["空气"]})]


def test_sentences_that_a_row_names(folder):
    assert found(folder, "targets", report_id="a", sentence_id="a:1", start=2, end=4) == [("", {"a:1": ["防治"]})]
    pair = {"report_id": "a", "outturn_sentence_id": "a:1", "target_sentence_id": "a:3", "target_start": 30}
    assert found(folder, "target_pairs", **pair) == [("outturn", {"a:1": []}), ("target", {"a:3": []})]
    reuse = {"report_id": "a", "other_id": "b", "sentence_id": "a:2", "other_sentence_id": "b:5"}
    assert found(folder, "reuse_passages", **reuse) == [("", {"a:2": []}), ("other", {"b:5": []})]
    gap = {"report_id": "a", "own_sentence_id": "a:2", "superior_sentence_id": ""}
    assert found(folder, "target_gaps", **gap) == [("own", {"a:2": []})]


def test_topics_sections_and_places(folder):
    save(
        folder,
        "topic_passages",
        model=["self:a"] * 2,
        topic=[1, 2],
        rank=1,
        report_id="a",
        sentence_id=["a:2", "a:3"],
        text="",
    )
    row = {"model": "self:a", "topic": 1, "term": "创新"}
    assert found(folder, "topics", **row)[0][1] == {"a:2": ["创新", "创 新"]}
    assert found(folder, "topic_sections", report_id="a", section_id="s1", model="self:a", topic=2)[0][1] == {"a:3": []}
    assert set(found(folder, "sections", report_id="a", section_id="s1")[0][1]) == {"a:1", "a:2"}
    assert set(found(folder, "structure", report_id="a", unit="role", name="plan")[0][1]) == {"a:3"}
    assert found(folder, "warnings", report_id="a", code="x", start=2)[0][1] == {"a:1": ["防"]}


def test_words_without_a_report_and_words_that_vanished(folder):
    assert [name for name, _ in found(folder, "terms", term="创新", n_token=4)] == ["a", "b"]
    assert found(folder, "term_candidates", term="染防")[0] == ("a", {"a:1": ["染防"]})
    assert found(folder, "aliases", report_id="a", alias="治理", term="污染")[0][1] == {"a:1": ["治理"]}
    row = {"report_id": "b", "previous_id": "a", "change": "vanished", "term": "坚持", "n": 1}
    assert found(folder, "term_changes", **row) == [("a", {"a:3": ["坚持"]})]


@pytest.mark.parametrize("row", [{"report_id": "a", "theme": ""}, {"variable": "x"}, {"report_id": "a", "cosine": 1}])
def test_rows_without_passages_say_so(folder, row):
    with pytest.raises(EmphasisError, match=r"nothing to look for|not on single sentences"):
        found(folder, "t", **row)


def table_of(folder):
    save(
        folder,
        "frequency",
        report_id="a",
        section_id=["s1", "s1", "s2"],
        term=["创新", "发展", "创新"],
        n=[2, 1, 5],
        x=0.5,
    )
    return ResultsFolder(folder)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (["3"], 3),
        (["term=发展"], 2),
        (["term=创新", "section_id=s2"], 3),
        (["term=创新", "section_id=2"], 3),
        (["x=0.50", "n=1"], 2),
    ],
)
def test_a_row_by_number_or_filter(folder, wanted, number):
    assert find_row(table_of(folder), "frequency", wanted)[0] == number


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["4"], "no row 4; there are rows 1 to 3"),
        (["0"], "no row 0; there are rows 1 to 3"),
        (["word=x"], "no column word; there are: report_id, section_id, term, n, x"),
        (["term=x"], "no row has term=x"),
        (["term"], "neither a row's number nor column=value"),
        (
            ["term=创新"],
            "2 rows have term=创新; give a number or another filter: 1: section_id=s1 n=2; 3: section_id=s2 n=5",
        ),
    ],
)
def test_what_is_said_when_no_row_or_several_are_meant(folder, wanted, said):
    with pytest.raises(EmphasisError, match=said.replace("?", r"\?")):
        find_row(table_of(folder), "frequency", wanted)


def test_the_command(folder, capsys):
    table_of(folder)
    assert main(["frequency.csv", "1", "--results", str(folder)], ROOT) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "frequency.csv, row 1: Frequency" and "  n: 2  (how often)" in lines
    assert lines[-3:] == [
        "a: 2 places in 1 sentence",
        "  a:2  s1.2 标题s1.2  [13:25]",
        "    【创新】驱动，【创 新】 发展。",
    ]
    assert main(["frequency", "3", "--results", str(folder)], ROOT) == 0
    assert "(the table says 5" in capsys.readouterr().out
    for arguments, said in (
        (["nothing", "1"], "nothing: no such table; there are: frequency"),
        (["frequency", "9"], "frequency: no row 9"),
    ):
        assert main([*arguments, "--results", str(folder)], ROOT) == 1
        error = capsys.readouterr().err
        assert said in error and len(error.splitlines()) == 1


def test_results_that_are_not_there(tmp_path, folder, capsys):
    assert main(["themes", "1", "--results", str(tmp_path)], ROOT) == 1
    assert "no tables there; run snakemake" in capsys.readouterr().err
    with pytest.raises(EmphasisError, match="of two runs"):
        found(folder, "targets", report_id="a", sentence_id="a:99")
    with pytest.raises(EmphasisError, match="no dictionary there has the theme gone"):
        found(folder, "themes", report_id="a", part="whole", theme="gone", definition="words")


def test_a_theme_of_a_dictionary_with_several_is_found(folder, tmp_path):
    """Of a dictionary of quanteda each category is a theme."""
    (folder / "themes/several.yml").write_text("治理: [治理, 改善]\n环境: [空气]\n", encoding="utf-8")
    row = {"report_id": "a", "part": "whole", "definition": "words"}
    try:
        assert found(folder, "themes", theme="several_环境", **row) == [("", {"a:3": ["空气"]})]
        assert found(folder, "themes", theme="several_治理", **row) == [("", {"a:1": ["治理"], "a:3": ["改善"]})]
    finally:
        (folder / "themes/several.yml").unlink()


def test_dictionaries_are_the_project_s_where_python_was_started_elsewhere(folder, tmp_path, monkeypatch, capsys):
    save(folder, "theme_sections", report_id=["a"], section_id=["s2"], theme=["environment"], hits=[1])
    manifest = folder / "manifest.json"
    known = manifest.read_text(encoding="utf-8")
    manifest.write_text(known.replace(json.dumps(str(folder / "themes")), '"themes"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    try:
        assert main(["theme_sections", "1", "--results", str(folder)], folder) == 0
    finally:
        manifest.write_text(known, encoding="utf-8")
    assert "【空气】" in capsys.readouterr().out


def test_sentences_beyond_the_most_are_counted(folder, capsys):
    table_of(folder)
    assert main(["frequency", "term=创新", "section_id=s1", "--most", "0", "--results", str(folder)], ROOT) == 0
    assert "and 1 more; show them with --most" in capsys.readouterr().out


def test_the_command_starts_without_the_libraries_of_other_steps(folder):
    table_of(folder)
    program = f"""
import sys
sys.path.insert(0, {str(ROOT / "scripts")!r})
from pathlib import Path
from emphasis.publish.evidence.command import main
main(["frequency", "1", "--results", {str(folder)!r}], Path())
print(sorted({{"pandas", "sklearn", "matplotlib", "scipy", "yaml"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@given(st.lists(st.sampled_from(["污染", "污染防治", "空气", "大气", "的", " ", "Ａ"]), max_size=12))
def test_marks_are_the_hits_that_the_measure_counts(words):
    """Against `count_hits` itself, whatever rule it follows."""
    theme = Theme("t", "", "", "compiled", "", ("污染", "空气", "A"))
    text = "".join(words)
    places, start = [], 0
    for word in words:
        if word.strip():
            places.append((start, start + len(word)))
        start += len(word)
    sentence = pd.DataFrame({"report_id": ["r"], "section_id": ["s1"], "paragraph": [1], "start": [0], "text": [text]})
    tokens = pd.DataFrame(
        {"report_id": "r", "sentence_id": "r:1", "start": [a for a, _ in places], "end": [b for _, b in places]}
    ).astype({"start": "int64", "end": "int64"})
    sections = pd.DataFrame({"report_id": ["r"], "section_id": ["s1"], "role": ["plan"]})
    counts = count_hits(sentence, tokens, sections, [theme], ["plan"]).iloc[0]
    assert len(theme_spans(theme, text, places)) == counts["hits"]
    assert len(theme_spans(theme, text, places, anywhere=True)) == counts["hits_anywhere"]
