"""A draw, the workbook that coders get, and what is read back from it."""

from __future__ import annotations

import shutil
import zipfile

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score

from emphasis.areas.scheme import read_scheme
from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme
from emphasis.publish.validation.coding_workbook import write_coding_workbook
from emphasis.publish.validation.draw import area_strata, draw, theme_strata
from emphasis.publish.validation.filled import read_filled
from emphasis.publish.validation.frame import area_frame, counted, shown, theme_frame
from emphasis.publish.validation.instructions import CODERS, DECIDED
from emphasis.publish.validation.key import Key, make_key, read_key, write_key
from emphasis.publish.validation.methods import methods_paragraphs
from emphasis.publish.validation.questions import area_question, chosen_areas, theme_questions
from emphasis.publish.validation.scores import validation, validation_agreement, validation_disagreements
from emphasis.store.tables import check
from support import ROOT

THEMES = (
    Theme("environment", "环境", "Environment", "compiled", "made up", ("污染",)),
    Theme("trade", "外贸", "Trade", "compiled", "made up", ("出口",)),
)
FIRST_CODE = 5
"""The column of the first code; before it number, heading, before, sentence, after."""


def corpus(n: int = 60) -> dict[str, pd.DataFrame]:
    """Two reports of n sentences: every third about pollution, every fourth about exports; a footer that is not counted."""
    rows, tokens = [], []
    for report_id in ("甲", "乙"):
        at = 0
        for i in range(n):
            words = [*["污染"] * (i % 3 == 0), *["出口"] * (i % 4 == 0), "工作", f"{i}项", "=SUM(1)"]
            text = "".join(words) + "。"
            section = "s2" if i < n - 2 else "F"
            rows.append((report_id, f"{report_id}:{i + 1}", section, i + 1, at, at + len(text), text))
            for word in words:
                tokens.append((report_id, at, at + len(word)))
                at += len(word)
            at += 1
    columns = ["report_id", "sentence_id", "section_id", "paragraph", "start", "end", "text"]
    outline = [(r, s, h, role) for r in ("甲", "乙") for s, h, role in (("s2", "计划", "plan"), ("F", "", "footer"))]
    return {
        "sentences": pd.DataFrame(rows, columns=columns),
        "tokens": pd.DataFrame(tokens, columns=["report_id", "start", "end"]),
        "outline": pd.DataFrame(outline, columns=["report_id", "section_id", "heading", "role"]),
    }


def of_themes(folder, which="all"):
    tables = corpus()
    questions = theme_questions(THEMES, which, None)
    names = [question.name for question in questions]
    chosen = [theme for theme in THEMES if theme.name in names]
    frame = counted(theme_frame(tables["sentences"], tables["tokens"], chosen), tables["outline"], ["plan"])
    hits = (frame[[f"machine_{name}" for name in names]] == "1").to_numpy()
    frame = frame.assign(stratum=theme_strata(hits, names))
    return finish(folder, tables, frame, questions, "themes")


def of_areas(folder):
    tables = corpus()
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    ids = tables["sentences"]
    codes = np.where(ids["text"].str.contains("污染"), "7", np.where(ids["text"].str.contains("出口"), "18", "15a"))
    coded = ids[["report_id", "sentence_id"]].assign(area=codes, corrected=ids["sentence_id"] == "甲:1")
    frame = counted(area_frame(ids, coded), tables["outline"], ["plan"])
    chosen = chosen_areas(["7", "18"], scheme)
    frame = frame.assign(stratum=area_strata(frame["machine_area"].to_numpy(dtype=str), chosen))
    assert "甲:1" not in set(frame["sentence_id"]), "a corrected sentence is none of the coder's"
    return finish(folder, tables, frame, [area_question(scheme)], "areas")


def finish(folder, tables, frame, questions, what):
    drawn = draw(frame, 40, seed=2)
    rows = shown(drawn, tables["sentences"], tables["outline"])
    about = {"what": what, "which": "all", "size": 40, "seed": 2, "measured": {}}
    key = make_key(drawn, [row.sentence for row in rows], frame, [question.name for question in questions], about)
    write_coding_workbook(folder / "coding.xlsx", rows, questions, "# Codebook\ncodes", key.about["draw"])
    write_key(key, folder / "key.tsv", folder / "draw.yaml")
    return read_key(folder / "key.tsv", folder / "draw.yaml"), questions


def fill(path, key: Key, questions, codes, sheets=CODERS, target=None):
    """Write codes into a workbook; `codes` gives for a sheet, a question and the row of the key what is typed."""
    book = load_workbook(path)
    for name in sheets:
        for line in book[name].iter_rows(min_row=2):
            row = key.table.index[key.table["number"] == line[0].value][0]
            for column, question in enumerate(questions, FIRST_CODE):
                line[column].value = codes(name, question, row)
    book.save(target or path)


def as_machine(key, other=()):
    """Both coders as the machine, but the second otherwise in these rows of the key."""
    labels = {"0": "0 否 no", "1": "1 是 yes"}

    def codes(sheet, question, row):
        code = key.machine(question.name)[row]
        if sheet == CODERS[1] and row in other:
            code = {"0": "1", "1": "0"}[code]
        return labels[code]

    return codes


def test_coders_see_nothing_of_the_machine(tmp_path):
    key, _ = of_themes(tmp_path)
    book = load_workbook(tmp_path / "coding.xlsx")
    assert book.sheetnames == ["instructions", "codes", *CODERS, DECIDED]
    text = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert not text & {*key.table["stratum"], *key.table["text_sha256"], "甲", "乙", "machine_trade"}
    for name in (*CODERS, DECIDED):
        sheet = book[name]
        assert sheet.max_row == 41
        assert all(line[FIRST_CODE].value is None for line in sheet.iter_rows(min_row=2))
        (lists,) = {str(v.formula1) for v in sheet.data_validations.dataValidation if "F2" in str(v.sqref)}
        assert lists.startswith("codes!") and [c[0].value[0] for c in book["codes"]["A2:A3"]] == ["1", "0"]
    # A sentence is text, whatever it begins with, and stands between its neighbours.
    line = next(book["coder 1"].iter_rows(min_row=2))
    assert line[3].data_type == "s" and line[1].value == "计划"
    assert "text" not in (tmp_path / "key.tsv").read_text(encoding="utf-8").replace("text_sha256", "")
    assert "工作" not in (tmp_path / "key.tsv").read_text(encoding="utf-8")


def test_equal_draws_are_equal_bytes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        of_themes(tmp_path / name)
    for file in ("coding.xlsx", "key.tsv", "draw.yaml"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_themes_there_and_back(tmp_path, schemas):
    key, questions = of_themes(tmp_path)
    fill(tmp_path / "coding.xlsx", key, questions, as_machine(key, other={0, 7}))
    coded = read_filled([tmp_path / "coding.xlsx"], key, questions)
    table = check(validation(key, coded, questions), schemas["validation"])
    # Disagreements are not decided: no figures of decided codes.
    assert set(table["coder"]) == {"1", "2"}
    first = table[table["coder"] == "1"].set_index("name")
    assert (first[["precision", "recall", "f1"]] == 1).all(axis=None)
    assert first["n_machine"].to_dict() == {q.name: int((key.machine(q.name) == "1").sum()) for q in questions}
    agreements = check(validation_agreement(key, coded, questions, 1), schemas["validation_agreement"]).set_index(
        "name"
    )
    for name in key.questions:
        expected = cohen_kappa_score(coded.first[name], coded.second[name])
        assert agreements.loc[name, "kappa"] == pytest.approx(expected, abs=1e-4)
    differing = check(validation_disagreements(key, coded, questions), schemas["validation_disagreements"])
    assert sorted(differing["number"]) == sorted([*key.table["number"][[0, 7]]] * 2)
    text = methods_paragraphs(key, validation(key, coded, questions), agreements.reset_index(), questions)
    english, chinese = text.strip().split("\n\n")
    assert "We drew 40 of 116 sentences of 2 reports" in english and "disagreements have not been decided" in english
    assert "抽取40句" in chinese and "环境1.00（" in chinese


def test_decided_codes(tmp_path):
    key, questions = of_themes(tmp_path, "trade")
    path = tmp_path / "coding.xlsx"
    fill(path, key, questions, as_machine(key, other={3}))
    wrong = {"0": "1", "1": "0"}[key.machine("trade")[3]]
    fill(path, key, questions, lambda sheet, question, row: int(wrong) if row == 3 else None, sheets=[DECIDED])
    coded = read_filled([path], key, questions)
    table = validation(key, coded, questions).set_index("coder")
    assert set(table.index) == {"1", "2", "decided"}
    # The coders decided against the machine, as the second had coded.
    pd.testing.assert_series_equal(table.loc["decided"], table.loc["2"], check_names=False)


def test_areas_there_and_back_from_two_copies(tmp_path, schemas):
    key, questions = of_areas(tmp_path)
    machine = key.machine("area")
    copies = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for sheet, copy in zip(CODERS, copies, strict=True):
        # One coder types numbers, the other chooses from the list; both code the first sentence otherwise.
        chosen = dict(questions[0].options)
        own = {"coder 1": lambda code: int(code) if code.isdecimal() else code, "coder 2": chosen.get}[sheet]
        fill(
            tmp_path / "coding.xlsx", key, questions,
            lambda _, __, row, own=own: own("1" if row == 0 else machine[row]), [sheet], copy,
        )  # fmt: skip
    coded = read_filled(copies, key, questions)
    table = check(validation(key, coded, questions), schemas["validation"])
    by_name = table[table["coder"] == "decided"].set_index("name")
    weight = key.table["weight"].to_numpy()
    assert by_name.loc["all", "recall"] == pytest.approx(1 - weight[0] / weight.sum(), abs=1e-4)
    assert np.isnan(by_name.loc["all", "precision"])
    assert by_name.loc["1", "recall"] == 0
    assert by_name.loc[machine[0], "precision"] < 1
    agreements = validation_agreement(key, coded, questions, 1)
    assert (agreements["agreed"] == 1).all()
    text = methods_paragraphs(key, table, agreements, questions)
    assert ("policy area 100.0 %" in text and "7 环境" in text.split("\n\n")[1]) or "7 生态环境" in text


def spoil_text(sheet):
    sheet.cell(3, 4).value = "另一句话。"


def drop_row(sheet):
    sheet.delete_rows(5)


def repeat_row(sheet):
    sheet.cell(5, 1).value = sheet.cell(6, 1).value


def empty_cell(sheet):
    sheet.cell(4, FIRST_CODE + 1).value = None


def unknown_code(sheet):
    sheet.cell(4, FIRST_CODE + 1).value = "maybe"


def lost_column(sheet):
    sheet.cell(1, 4).value = "text"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_text, "the sentence was changed; restore it"),
        (drop_row, "1 rows are missing: no. "),
        (repeat_row, "is there twice; restore the row"),
        (empty_cell, "1 empty cells in 环境 Environment: no. "),
        (unknown_code, "'maybe' is no code; allowed: 1, 0"),
        (lost_column, "the columns 句子 sentence are missing"),
    ],
)
def test_faults_of_people_are_told(tmp_path, spoil, said):
    key, questions = of_themes(tmp_path)
    path = tmp_path / "coding.xlsx"
    fill(path, key, questions, as_machine(key))
    book = load_workbook(path)
    spoil(book["coder 2"])
    book.save(path)
    with pytest.raises(EmphasisError) as error:
        read_filled([path], key, questions)
    assert said in str(error.value) and "coder 2" in str(error.value)


def test_workbooks_of_other_draws_and_other_files_are_refused(tmp_path):
    (tmp_path / "other").mkdir()
    key, questions = of_themes(tmp_path)
    other, _ = of_themes(tmp_path / "other", "trade")
    with pytest.raises(EmphasisError, match=f"is of the draw {other.about['draw']}, the key in results is of the draw"):
        read_filled([tmp_path / "other/coding.xlsx"], key, questions)
    (tmp_path / "no.xlsx").write_text("no workbook")
    (tmp_path / "coding.xls").write_bytes((tmp_path / "coding.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "torn.xlsx", "w") as torn, zipfile.ZipFile(tmp_path / "coding.xlsx") as whole:
        for name in whole.namelist():
            torn.writestr(name, whole.read(name)[:-40] if name.endswith("sheet1.xml") else whole.read(name))
    for name in ("no.xlsx", "coding.xls", "torn.xlsx"):
        with pytest.raises(EmphasisError, match="cannot be read as a workbook"):
            read_filled([tmp_path / name], key, questions)
    shutil.copy(tmp_path / "other/key.tsv", tmp_path / "key.tsv")
    with pytest.raises(EmphasisError, match="does not belong to"):
        read_key(tmp_path / "key.tsv", tmp_path / "draw.yaml")


def test_copies_that_disagree_are_refused(tmp_path):
    key, questions = of_themes(tmp_path)
    copies = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    fill(tmp_path / "coding.xlsx", key, questions, as_machine(key), target=copies[0])
    fill(tmp_path / "coding.xlsx", key, questions, as_machine(key, other={0}), target=copies[1])
    with pytest.raises(EmphasisError, match="in another copy; leave one"):
        read_filled(copies, key, questions)


def test_names_that_there_are_not_are_refused():
    with pytest.raises(EmphasisError, match=r"validate.which: there is no theme weather; allowed: all, or some of env"):
        theme_questions(THEMES, ["weather"], None)
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    assert chosen_areas(7, scheme) == ("7",)
    with pytest.raises(EmphasisError, match="there is no area 15;"):
        chosen_areas(["15"], scheme)


def test_definitions_are_of_the_shipped_themes():
    lines = (ROOT / "config/themes/definitions.tsv").read_text(encoding="utf-8").splitlines()
    names = {line.split("\t")[0] for line in lines if not line.startswith("#")} - {"theme"}
    assert names == {path.stem for path in (ROOT / "config/themes").glob("*.yaml")}
