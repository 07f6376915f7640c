"""How well the coder codes: its figures beside those of scikit-learn, and the bundled report read by hand."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

from areas.conftest import FOLDER, made_up
from emphasis import read_report
from emphasis.areas.features import read_texts
from emphasis.areas.fitting import CodedRows, fit
from emphasis.areas.sections import main_areas
from emphasis.areas.validation import confusion, cross_validate, figures
from support import REPORT, ROOT

HELD_OUT = "held-out reports"


@pytest.fixture(scope="module")
def validation():
    return pd.read_csv(FOLDER / "validation.tsv", sep="\t", dtype={"area": str})


def test_the_figures_are_those_of_scikit_learn(validation, scheme):
    table = pq.read_table(FOLDER / "held_out.parquet").to_pandas()
    p = table[[f"p_{area}" for area in scheme.areas]].to_numpy(dtype="float64")
    truth = table["area"].map(scheme.areas.index).to_numpy()
    coded = p.argmax(axis=1)
    precision, recall, f1, n = precision_recall_fscore_support(
        truth, coded, labels=range(len(scheme.areas)), zero_division=0
    )
    own = validation[validation["sample"] == HELD_OUT].set_index("area")
    rows = own.loc[list(scheme.areas)]
    assert rows["n"].tolist() == n.tolist()
    for name, expected in (("precision", precision), ("recall", recall), ("f1", f1)):
        assert rows[name].to_numpy() == pytest.approx(expected, abs=1e-4), name
    assert own.loc["all", "recall"] == pytest.approx(accuracy_score(truth, coded), abs=1e-4)
    counts = pd.read_csv(FOLDER / "confusion.tsv", sep="\t", dtype={"area": str}).set_index("area")
    assert counts.to_numpy().tolist() == confusion_matrix(truth, coded).tolist()


def test_held_out_reports_are_coded_well(validation):
    figures_of = validation[validation["area"] == "all"].set_index("sample")
    assert figures_of.loc[HELD_OUT, "recall"] >= 0.80 and figures_of.loc[HELD_OUT, "f1"] >= 0.75
    # More sentences, fewer errors.
    curve = figures_of.loc[[name for name in figures_of.index if name.startswith("fitted on")], "recall"]
    assert curve.is_monotonic_increasing and curve.iloc[-1] < figures_of.loc[HELD_OUT, "recall"]


def test_probabilities_mean_what_they_say(scheme):
    """Of sentences coded with a probability, about that share are coded as they were read."""
    table = pq.read_table(FOLDER / "held_out.parquet").to_pandas()
    p = table[[f"p_{area}" for area in scheme.areas]].to_numpy() / 10_000
    right = p.argmax(axis=1) == table["area"].map(scheme.areas.index).to_numpy()
    best = p.max(axis=1)
    bins = np.digitize(best, [0.5, 0.7, 0.9])
    gaps = [abs(right[bins == b].mean() - best[bins == b].mean()) * (bins == b).mean() for b in range(4)]
    assert sum(gaps) < 0.04


def test_figures_by_hand():
    p = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [np.nan, np.nan]])
    table = figures("x", p, np.array([0, 1, 1, 0]), ("3", "4")).set_index("area")
    assert table.loc["all", ["n", "recall"]].tolist() == pytest.approx([3, 2 / 3])
    assert table.loc["3", ["precision", "recall", "f1"]].tolist() == pytest.approx([1 / 2, 1, 2 / 3])
    assert confusion(p[:3], np.array([0, 1, 1]), ("3", "4"))[["3", "4"]].to_numpy().tolist() == [[1, 0], [1, 1]]


def test_a_coder_learns_from_sentences_and_is_tested_on_other_reports():
    words = {"4": ["粮食 增产", "耕地 保护", "粮食 耕地"], "6": ["学校 建设", "教师 培训", "学校 教师"]}
    reports = {
        f"r{i}": [("s1", "工作", text) for texts in words.values() for text in (*texts, texts[i % 3])] for i in range(8)
    }
    tables = made_up(reports)
    texts = read_texts(*(tables[n] for n in ("sentences", "tokens", "outline", "vocabulary")))
    truth = np.array([0] * 4 + [1] * 4)
    coded = CodedRows(np.arange(64), np.tile(truth, 8), np.repeat(np.arange(8), 8))
    found = cross_validate(texts, coded, ("4", "6"))
    assert (found.argmax(axis=1) == coded.area).mean() > 0.95
    # An area that the coded sentences lack is never the most probable one; the same fit gives the same weights.
    again = [fit(texts, coded, ("4", "6", "9")) for _ in range(2)]
    assert 2 not in again[0].probabilities(texts).argmax(axis=1)
    assert all((again[0].weights[block] == again[1].weights[block]).all() for block in again[0].weights)


@pytest.fixture(scope="module")
def report():
    return read_report(ROOT / f"seeds/{REPORT}.txt")


READ = {
    "s1.1": "1", "s1.2": "17", "s1.3": "15a", "s1.4": "4", "s1.5": "20", "s1.6": "14", "s1.7": "13", "s1.8": "12",
    "s2.1": "1", "s2.2": "17", "s2.3": "15a", "s2.4": "4", "s2.5": "20", "s2.6": "18", "s2.7": "14", "s2.8": "23",
    "s2.9": "13", "s2.10": "12",
}  # fmt: skip
"""What the headings of the bundled report are about."""


def test_sections_of_the_bundled_report_have_the_areas_of_their_headings(report):
    found = main_areas(report.areas).set_index("section_id")["area"]
    assert found[list(READ)].to_dict() == READ


def test_sentences_of_the_bundled_report(report):
    codes = report.sentence_areas.merge(report.sentences[["sentence_id", "text"]], on="sentence_id")
    for begins, area in {
        "建成高标准农田": "4", "新增幼儿园公办学位": "6", "2个国家区域医疗中心": "3", "改造轨道交通3号线": "10", "黑臭水体": "7",
        "新建口袋公园": "14", "主动融入": "18", "完成市属国有企业": "15d", "深化财税体制改革": "1", "大力提振消费": "15c",
    }.items():  # fmt: skip
        own = codes[codes["text"].str.contains(begins, regex=False)]
        assert area in set(own["area"]), begins
    assert len(codes) == len(report.sentences) and (codes["p"] < 0.5).mean() < 0.08
