"""What the tables of a paper cell_text, against the tables that they are made from."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.measures.testing import CLOSED_FORM, PERMUTATION
from emphasis.publish.paper.kit import kit_tables
from emphasis.publish.paper.kit_words import WORDS, target_in_words, translate
from emphasis.publish.paper.report_tables import CHANGE_TABLES, REPORT_TABLES, TOPIC_TABLES, report_tables
from emphasis.publish.paper.table import Bilingual, cell_text
from emphasis.publish.paper.topic_tables import topic_tables
from emphasis.store.results import read_rows
from emphasis.topics.verdicts import BETTER, KEPT, MAIN_RESULT, NOISE, SECONDARY, WEAK
from support import REFERENCE, REPORT
from support.kit import TABLES, file_of, kit_results, kit_targets


def table(name):
    return pd.read_csv(REFERENCE / f"tables/{name}.csv", keep_default_na=False)


def table_of_corpus(name):
    return pd.read_csv(REFERENCE / f"corpus/{name}.csv", keep_default_na=False)


def _tested():
    comparisons = table("keyness_comparisons")
    return comparisons.loc[comparisons["comparison"] == "part", ["n_keywords", "n_tested"]].astype(int).iloc[0].tolist()


KEYWORDS, TESTED = _tested()


def column(made, number, language="en"):
    return [cell_text(row[number], language) for row in made.rows]


def own_rows():
    """The rows of the bundled report by table."""
    return {name: list(read_rows(file_of(name))) for name in TABLES if name != "reports"}


def tables_of(own, themes):
    """The tables of the bundled report from its rows, by name."""
    (report,) = read_rows(file_of("reports"))
    return {t.name: t for t in report_tables(report, own, themes, kit_targets(), 20)}


def own_model(name):
    """The rows of a topic table that are of the report's own model."""
    data = table(name)
    return data[data["model"] == f"self:{REPORT}"]


def test_all_tables_are_there(tables):
    assert set(tables) == {
        "distinctive", "missing", "standing-theme", "standing-topic", "standing-target", "standing-structure", "standing-area", "areas",
        "structure", "frequency", "tfidf", "keyness", "themes", "targets", "topics", "topics-diagnostics",
        "topics-basis", "topics-basis-diagnostics",
    }  # fmt: skip
    assert tables["themes"].title == Bilingual(
        "Attention to themes: 长春市, 2025", "长春市2025年政府工作报告：各主题的政府注意力"
    )


def test_themes_in_per_cent_of_words(tables, themes):
    data = table("themes")
    words = data[data["definition"] == "words"].set_index(["theme", "part"])["value"].astype(float)
    for theme, row in zip(themes, tables["themes"].rows, strict=True):
        star = "*" if theme.status == "compiled" else ""
        assert row[0] == Bilingual(theme.label_en + star, theme.label + star)
        assert row[1] == str(len(theme.words))
        for part, cell in zip(("whole", "review", "plan"), row[2:5], strict=True):
            assert abs(float(cell) - 100 * words[theme.name, part]) <= 0.005 + 1e-9
        assert abs(float(row[5]) - 100 * (words[theme.name, "plan"] - words[theme.name, "review"])) <= 0.005 + 1e-9
    assert any("not validated" in note.en for note in tables["themes"].notes)


def test_keyness_by_effect_size_with_a_sentence_when_nothing_survives(tables):
    data = table("keyness")
    part = data[data["comparison"] == "part"]
    ratios = [float(cell) for cell in column(tables["keyness"], 5)]
    assert ratios[:10] == sorted(ratios[:10], reverse=True) and ratios[10:] == sorted(ratios[10:])
    assert ratios[0] == round(part["log_odds"].max(), 2) and ratios[10] == round(part["log_odds"].min(), 2)
    said = f"Of {KEYWORDS} words, {TESTED} occur in enough places to be tested; none has q below 0.05"
    assert said in tables["keyness"].notes[-1].en
    assert f"共{KEYWORDS}个词，其中{TESTED}个" in tables["keyness"].notes[-1].zh


def test_found_words_come_first_and_names_of_the_own_region_not_at_all(themes):
    own = own_rows()
    first = column(tables_of(own, themes)["keyness"], 0)
    marked = {first[0]: {"own_place": "true"}, first[3]: {"q_bh": "0.01"}}
    own["keyness"] = [row | marked.get(row["term"], {}) for row in own["keyness"]]
    assert column(tables_of(own, themes)["keyness"], 0)[:3] == [first[3], first[1], first[2]]


def test_sentences_as_units_are_said(themes):
    own = own_rows()
    assert "sentences are the units" not in tables_of(own, themes)["keyness"].notes[-1].en
    own["keyness_comparisons"] = [row | {"unit": "sentence"} for row in own["keyness_comparisons"]]
    note = tables_of(own, themes)["keyness"].notes[-1]
    assert "sentences are the units" in note.en and "以句为单位" in note.zh


@pytest.mark.parametrize(
    ("verdict", "n_found", "said"),
    [
        ("found", "3", f"{TESTED} occur in enough places to be tested; 3 have"),
        ("none", "0", f"{TESTED} occur in enough places to be tested; none"),
        ("undecidable", "0", f"None of {KEYWORDS} words occurs in enough places"),
    ],
)
def test_what_the_keyness_table_says_of_its_test(verdict, n_found, said, themes):
    own = own_rows()
    own["keyness_comparisons"] = [
        row | ({"verdict": verdict, "n_found": n_found} if row["comparison"] == "part" else {})
        for row in own["keyness_comparisons"]
    ]
    assert said in tables_of(own, themes)["keyness"].notes[-1].en


@pytest.mark.parametrize(
    ("test", "en", "zh"),
    [
        ("permutation", "p: permutation of paragraphs;", "p值由段落置换检验得到"),
        ("closed form", "p: closed form of a test with paragraphs as units", "解析形式检验得到"),
    ],
)
def test_the_keyness_table_names_the_test_of_its_rows(test, en, zh, themes):
    own = own_rows()
    own["keyness"] = [row | {"test": test} for row in own["keyness"]]
    note = tables_of(own, themes)["keyness"].notes[0]
    assert en in note.en and zh in note.zh
    assert ("permutation" in note.en, "置换" in note.zh) == (test == "permutation",) * 2


def test_the_first_words_of_each_section(tables):
    data = table("tfidf")
    headings = table_of_corpus("sections").set_index("section_id")["heading"]
    assert column(tables["tfidf"], 0)[0] == "Review" and column(tables["tfidf"], 0)[-1] == "Plan"
    assert column(tables["tfidf"], 1)[:2] == [headings["s1.1"], headings["s1.2"]]
    assert column(tables["tfidf"], 1)[-1] == headings["s2.10"]
    row = next(row for row in tables["tfidf"].rows if row[1] == headings["s2.3"])
    own = data[(data["section_id"] == "s2.3") & (data["within"].fillna("") == "")]
    assert row[2] == "、".join(own["term"].head(6))


def test_keywords_with_interval_and_dispersion(tables):
    data = table("frequency_parts")
    whole = data[(data["part"] == "whole") & (data["within"].fillna("") == "")].head(20)
    assert column(tables["frequency"], 1) == whole["term"].tolist()
    assert column(tables["frequency"], 2) == whole["n"].astype(str).tolist()
    first = whole.iloc[0]
    assert tables["frequency"].rows[0][4] == f"{float(first['low']):.1f}–{float(first['high']):.1f}"


def test_targets_say_whether_they_can_be_compared(tables):
    data = table("target_pairs")
    assert len(tables["targets"].rows) == len(data)
    same = [translate("same measure")] * (data["comparable"] == True).sum()  # noqa: E712  # of a column
    assert [row[3] for row in tables["targets"].rows if row[3] == translate("same measure")] == same
    first = tables["targets"].rows[0]
    assert first[:3] == ("地区生产总值增长", "4.8%", Bilingual("≥ 5.5%", "5.5%以上"))


def test_topics_with_their_verdicts(tables):
    data = own_model("topic_diagnostics").set_index("measure")
    notes = " ".join(note.en for note in tables["topics"].notes)
    assert f"Stability (Jaccard): {data.loc['stability_jaccard', 'verdict']}" in notes
    assert data.loc["model", "verdict"] == "not distinguishable from noise"
    changes = own_model("topic_changes").set_index("topic")
    labels = own_model("topics").drop_duplicates("topic").set_index("topic")["label"]
    assert column(tables["topics"], 0) == labels.tolist()
    for topic, row in zip(labels.index, tables["topics"].rows, strict=True):
        assert abs(float(row[2]) - 100 * changes.loc[topic, "reference_share"]) <= 0.05 + 1e-9
        assert abs(float(row[3]) - 100 * changes.loc[topic, "share"]) <= 0.05 + 1e-9
        assert row[4].startswith(f"{100 * changes.loc[topic, 'difference']:.1f} (")


def test_models_and_measures_that_are_not_known_are_printed_as_they_stand(themes):
    """A model of all reports, with a measure and a verdict of its own."""
    topics = [
        {
            "model": "corpus",
            "topic": str(t),
            "label": "",
            "rank": str(r),
            "term": f"词{t}{r}",
            "weight": "",
            "exclusivity": "",
        }
        for t in (1, 2)
        for r in (1, 2)
    ]
    measure = {"model": "corpus", "k": "2", "measure": "rbo", "value": "0.5", "null_low": "0.1", "null_high": "0.2"}
    words, believed = topic_tables(topics, [measure | {"verdict": "odd"}], None)
    assert words.name == "topics-corpus" and words.rows == (("1", "词11、词12"), ("2", "词21、词22"))
    assert words.notes == (
        Bilingual("rbo: odd (0.50; shuffled text 0.10 to 0.20).", "rbo：odd（实测0.50，打乱文本0.10至0.20）。"),
    )
    assert believed.rows == (("rbo", "0.50", "0.10", "0.20", "odd"),)


def test_a_report_shows_its_shares_of_a_model_of_all_reports(themes):
    """Its verdict too; measures of single reports are left out, and the diagnostics stand with all reports."""
    own = own_rows()
    own["topics"] = [
        {"model": "basis", "topic": "3", "label": "", "rank": "1", "term": "词", "weight": "", "exclusivity": ""}
    ]
    change = {"report_id": REPORT, "model": "basis", "comparison": "part", "reference": "review", "topic": "3"}
    change |= {"share": "0.25", "reference_share": "0.3", "difference": "-0.05", "low": "", "high": ""}
    own["topic_changes"] = [change, change | {"comparison": "year", "reference": "x", "share": "0.9"}]
    measure = {"model": "basis", "k": "9", "value": "1", "null_low": "0", "null_high": "0.5", "verdict": "kept"}
    own["topic_diagnostics"] = [measure | {"measure": name} for name in ("model", f"coverage:{REPORT}")]
    (report,) = read_rows(file_of("reports"))
    made = {t.name: t for t in report_tables(report, own, themes, kit_targets(), 20)}
    assert made["topics-basis"].rows == (("3", "词", "30.0", "25.0", "-5.0"),)
    assert [note.en for note in made["topics-basis"].notes] == [
        "Share of topics that are kept: kept (1.00; shuffled text 0.00 to 0.50)."
    ]
    assert "topics-basis-diagnostics" not in made


def test_a_report_without_review_plan_or_topics(themes):
    """A report of one part: the tables that have nothing to say are left out, missing shares are a dash."""
    (report,) = read_rows(file_of("reports"))
    empty = dict.fromkeys((*REPORT_TABLES, *TOPIC_TABLES, *CHANGE_TABLES), ())
    empty["themes"] = [
        {"report_id": REPORT, "part": part, "theme": "culture", "definition": "words", "value": value}
        for part, value in (("whole", "0.01"), ("review", ""), ("plan", ""))
    ]
    (made,) = report_tables(report | {"region": "", "year": ""}, empty, themes, {}, 20)
    assert made.rows[0][2:] == ("1.00", "–", "–", "–")
    assert made.title.en == f"Attention to themes: {REPORT}"


def test_only_printed_reports_get_tables(themes):
    # What is left is the model of all reports. An id that was refused as a report has no row in reports.csv.
    for printed in ([], ["gone"]):
        made = kit_tables(kit_results(), themes, kit_targets(), printed=printed, most=5)
        assert {t.name for t in made} <= {"topics-basis", "topics-basis-diagnostics"}


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        (("eq", "5.5000", "", "%"), "5.5%", "5.5%"),
        (("le", "2.0000", "", "%"), "≤ 2%", "2%以内"),
        (("gt", "1000.0000", "", "亿元"), "> 1000亿元", "超过1000亿元"),
        (("approx", "2.0000", "", "%"), "≈ 2%", "2%左右"),
        (("range", "5.0000", "6.0000", "%"), "5–6%", "5–6%"),
        (("from_to", "180.0000", "58.0000", "天"), "180→58天", "180→58天"),
        (("gt_relational", "", "", ""), "above another quantity", "高于参照指标"),
        (("qualitative", "", "", ""), "no figure", "无数值"),
    ],
)
def test_targets_in_words(given, en, zh):
    assert (cell_text(target_in_words(*given), "en"), cell_text(target_in_words(*given), "zh")) == (en, zh)


def test_reasons_in_words():
    assert translate("different measure: level and growth_rate") == Bilingual(
        "different measure: level and growth rate", "计量方式不同：总量与增速"
    )
    assert translate("different measure: stock and increase") == Bilingual(
        "different measure: stock and increase", "计量方式不同：存量与增量"
    )
    assert translate("different unit: 亿元 and ") == Bilingual("different unit: 亿元 and none", "单位不同：亿元与无")
    assert translate("something new") == "something new"


def test_verdicts_and_tests_have_words():
    values = {f"value.{value}" for value in (BETTER, NOISE, KEPT, WEAK, MAIN_RESULT, SECONDARY)}
    assert values | {f"test.{test}" for test in (PERMUTATION, CLOSED_FORM)} <= WORDS.keys()
