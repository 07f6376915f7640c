"""References as files, and made from tables; what is shipped."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.counting import Counting
from emphasis.reference.build import LEAST_N, build_reference, count_passages, counts_hash, usable_reports
from emphasis.reference.data import GOVERNMENT, MEASURE_COLUMNS, REPORT_COLUMNS, peer_counts
from emphasis.reference.folder import FILES, read_reference, write_reference
from emphasis.reference.marks import EVEN
from emphasis.reference.measured import comparable_reference, comparable_subjects, definition_of, definitions
from emphasis.reference.subjects import main_subjects
from emphasis.run.fingerprint import contents
from support import ROOT
from support.token_rows import BODY, counts, sections, sentences_of, tokens
from support.yardstick import SHIPPED, made_up


def test_it_is_read_as_it_was_written(tmp_path):
    made = made_up([[2, 0], [1, 3]], [100, 200], ["产业", "汽车"])
    for folder in ("a", "b"):
        write_reference(tmp_path / folder, made)
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in FILES)
    found = read_reference(tmp_path / "a")
    pd.testing.assert_frame_equal(found.reports, made.reports[REPORT_COLUMNS], check_dtype=False)
    assert found.matrix.toarray().tolist() == [[2, 0], [1, 3]]
    assert found.places(["汽车", "光电"]).tolist() == [1, -1]


def test_squares_beyond_32_bits_come_back(tmp_path):
    """Of a word that one paragraph has 60,000 times."""
    made = made_up([[60_000], [1]], [100_000, 200], ["产业"])
    write_reference(tmp_path, replace(made, squares=made.n.astype("int64") ** 2))
    assert read_reference(tmp_path).squares.tolist() == [3_600_000_000, 1]


def test_a_report_without_a_year(tmp_path):
    made = made_up([[2], [1]], [100, 200], ["产业"], year=pd.array([2025, None], dtype="Int64"))
    write_reference(tmp_path, made)
    assert read_reference(tmp_path).reports["year"].isna().tolist() == [False, True]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(tmp_path, name):
    write_reference(tmp_path, made_up([[2], [1]], [100, 200], ["产业"]))
    (tmp_path / name).unlink()
    with pytest.raises(EmphasisError, match=f"{name}.*snakemake reference"):
        read_reference(tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reports.tsv", "passages.parquet: reports are not those"),
        ("passages.parquet", "counts.parquet: passages are not those"),
        ("terms.parquet", "counts.parquet: terms are not those"),
        ("measures.parquet", "measures.parquet: reports are not those of reports.tsv"),
    ],
)
def test_a_file_of_another_reference_is_told(tmp_path, name, said):
    """As when a folder is copied over another and the copy breaks off."""
    large, small = made_up([[2, 1], [1, 1]], [100, 200], ["产业", "汽车"]), made_up([[1]], [100], ["产业"])
    measures = pd.DataFrame([["elsewhere", "theme", "x", "whole", 1.0]], columns=MEASURE_COLUMNS)
    write_reference(tmp_path / "large", large)
    write_reference(tmp_path / "small", replace(small, measures=measures) if name.startswith("measures") else small)
    (tmp_path / "small" / name).replace(tmp_path / "large" / name)
    with pytest.raises(EmphasisError, match=f"large: the reference cannot be read .*{said}"):
        read_reference(tmp_path / "large")


def test_sizes_of_reports_are_those_of_their_passages(tmp_path):
    write_reference(tmp_path, made_up([[2], [1]], [100, 200], ["产业"]))
    file = tmp_path / "reports.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("200", "300"), encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"reports\.tsv: n_words are not those of passages\.parquet"):
        read_reference(tmp_path)


@pytest.mark.parametrize("text", ["settings: [", "- a", "settings: {}", "settings: 5\ndefinitions: 7"])
def test_a_provenance_that_says_nothing_is_told(tmp_path, text):
    write_reference(tmp_path, made_up([[2], [1]], [100, 200], ["产业"]))
    (tmp_path / "provenance.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError, match="the reference cannot be read"):
        read_reference(tmp_path)


def test_counts_by_role_and_subject():
    """Terms that a report shows by itself are counted as strings, paragraph by paragraph."""
    rows = tokens(("s1.1", "产业 产业"), ("s1.1", "产业 光电 博会"), ("s2.1", "汽车 光电博会"), ("s0", "产业"))
    texts = sentences_of(rows).assign(text=["产业产业", "产业光电博会", "汽车光电博会", "产业"])
    table = counts(rows, sections(), Counting(BODY), [("光电博会", "光电", "博会")])
    found = count_passages(table, texts, {("r", "s1.1"): "15a"}, ["光电博会"])
    assert found.passages.values.tolist() == [["r", "plan", "", 3], ["r", "review", "15a", 5]]
    cells = {
        (int(p), t): (int(n), int(s))
        for p, t, n, s in zip(found.passage, found.term, found.n, found.squares, strict=True)
    }
    assert cells == {
        (1, "产业"): (3, 5),
        (1, "光电"): (1, 1),
        (1, "博会"): (1, 1),
        (1, "光电博会"): (1, 1),
        (0, "汽车"): (1, 1),
        (0, "光电"): (1, 1),
        (0, "博会"): (1, 1),
        (0, "光电博会"): (1, 1),
    }
    reports = pd.DataFrame([dict.fromkeys(REPORT_COLUMNS, "") | {"report_id": "r"}]).drop(columns="n_words")
    measures = pd.DataFrame(columns=["report_id", "kind", "measure", "part", "value"], dtype=object).astype(
        {"value": float}
    )
    made = build_reference(reports, [found], measures, {}, {})
    # What all reports together have once is not kept.
    assert LEAST_N == 2 and made.terms.tolist() == ["产业", "光电", "光电博会", "博会"]
    plan = peer_counts(made, ["r"], ["plan"])
    assert (made.terms[plan.used].tolist(), plan.counts.tolist(), plan.sizes.tolist()) == (
        ["光电", "光电博会", "博会"],
        [[1, 1, 1]],
        [3],
    )


def test_reports_of_low_confidence_or_unknown_level_are_not_taken():
    rows = [
        ("a", "high", "county", 2025),
        ("b", "low", "county", 2025),
        ("c", "medium", "", 2025),
        ("d", "high", "county", None),
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "confidence", "region_level", "year"])
    assert usable_reports(reports) == ["a"]


def test_nothing_makes_an_empty_reference(tmp_path):
    reports = pd.DataFrame(columns=REPORT_COLUMNS)
    measures = pd.DataFrame(columns=["report_id", "kind", "measure", "part", "value"], dtype=object).astype(
        {"value": float}
    )
    write_reference(tmp_path, build_reference(reports, [], measures, {}, {}))
    assert len(read_reference(tmp_path).reports) == 0


def test_figures_under_another_definition_are_left_out():
    made = made_up([[2], [1]], [100, 200], ["产业"])
    assert len(comparable_reference(made, {}).measures) == 2
    assert len(comparable_reference(made, {"theme/x": "1"}).measures) == 0
    assert len(comparable_reference(made, {"theme/y": "1"}).measures) == 2
    assert comparable_subjects({("r", "s1"): "7"}, made, {}) == {("r", "s1"): "7"}
    assert comparable_subjects({("r", "s1"): "7"}, made, {"area": "1"}) == {}


def test_the_subject_of_a_section_is_its_main_area():
    rows = [
        ("r", "whole", "", "7", True),
        ("r", "section", "s1", "15a", True),
        ("r", "section", "s1", "7", False),
        ("r", "section", "s2", "0", True),
    ]
    areas = pd.DataFrame(rows, columns=["report_id", "part", "section_id", "area", "main"])
    assert main_subjects(areas) == {("r", "s1"): "15a"}


def test_definitions_are_what_files_say(tmp_path):
    """Of the basis and the coder those files that figures depend on; comments do not count."""
    names = ["components.tsv", "labels.tsv", "fits.tsv", "areas.tsv", "weights.parquet", "corrections.tsv", "x.yaml"]
    for name in names:
        (tmp_path / name).write_text(f"{name}: 1\n", encoding="utf-8")

    def found():
        contents.cache_clear()
        files = sorted(tmp_path.iterdir())
        return definitions([tmp_path / "x.yaml"], files, files)

    first, changed = found(), {}
    for name in names:
        (tmp_path / name).write_text(f"# c\n{name}: 1\n", encoding="utf-8")
    assert found() == first
    for name in names:
        (tmp_path / name).write_text(f"{name}: 2\n", encoding="utf-8")
        changed[name] = {key for key, value in found().items() if value != first[key]}
        first = found()
    assert changed == dict(
        zip(names, [{"topic"}, {"topic"}, set(), {"area"}, {"area"}, set(), {"theme/x"}], strict=True)
    )


def test_terms_that_came_up_later():
    years = pd.array([2010] * 11 + [2012, 2020, None], dtype="Int64")
    counts = np.zeros((14, 4), dtype=int)
    counts[11, 0] = counts[12, [0, 1]] = counts[13, [1, 2]] = counts[0, 3] = 1
    made = made_up(counts, [100] * 14, ["甲", "乙", "丙", "丁"], year=years)
    # 丙 is only in a report without a year.
    assert made.later_terms(2012).tolist() == [1] and made.later_terms(2020).tolist() == []
    # Eleven reports of 2010 are too few to say what was not yet said.
    assert made.later_terms(2011).tolist() == []


def test_words_of_any_subject_are_spread_over_areas(shipped):
    """By hand for a term with all its occurrences on one of two areas that have as many words: ln 2 less 1 / (2 n)."""
    made = made_up([[60, 30], [0, 30]], [1000, 1000], ["养老", "推进"])
    made.passages["area"] = ["7", "15a"]
    assert made.concentration.tolist() == pytest.approx([np.log(2) - 1 / 120, -1 / 120])
    assert np.isnan(made_up([[9], [9]], [100, 100], ["产业"]).concentration).all()
    values = dict(zip(shipped.terms, shipped.concentration, strict=True))
    assert all(values[word] < EVEN for word in ("建设", "推进", "发展", "步伐"))
    assert all(values[word] > EVEN for word in ("养老", "汽车", "降碳", "改造"))


def test_rare_words_are_spread_by_more_than_chance():
    """Ten occurrences spread like all words are added: of ten on one of two areas p is 15 / 20."""
    made = made_up([[10, 5, 60, 3], [0, 5, 0, 3]], [1000, 1000], ["养殖", "省内", "养老", "版画"])
    made.passages["area"] = ["7", "15a"]
    one_sided = 0.75 * np.log(1.5) + 0.25 * np.log(0.5)
    assert made.concentration_of_rare.tolist() == pytest.approx([one_sided, 0, np.nan, np.nan], nan_ok=True)


def test_specialities_are_said_more_than_once_by_those_who_have_them():
    made = made_up([[4, 1, 0], [0, 2, 1], [0, 1, 1]], [100] * 3, ["版画", "省内", "养殖"])
    assert made.special.tolist() == [True, False, False]


def test_what_stands_in_passages_on_government():
    made = made_up([[3, 1], [1, 0], [0, 3]], [100] * 3, ["作风", "养老"])
    made.passages["area"] = [GOVERNMENT, "", "13"]
    assert made.of_government.tolist() == [1, 0.25]


def test_what_is_shipped_was_made_with_what_is_shipped(shipped, report):
    """Dictionaries, topics, coder and lexicon by what their files say, the segmenter by how it cuts the bundled report."""
    folders = (ROOT / "config" / name for name in ("reference/topics", "areas"))
    own = definitions(sorted((ROOT / "config/themes").glob("*.yaml")), *(folder.iterdir() for folder in folders))
    lexicon = ROOT / "config/lexicon"
    # What clouds leave out is no part of how a text is cut and counted.
    cut = [file for file in (*lexicon.glob("*.txt"), *lexicon.glob("*.tsv")) if file.stem != "cloud_words"]
    own["lexicon"] = definition_of(cut)
    own["segmentation"] = counts_hash(report.counts)
    others = sorted(key for key in {*own, *shipped.definitions} if own.get(key) != shipped.definitions.get(key))
    assert not others, (
        f"config/reference was made with other definitions of {', '.join(others)}; make it again, on the folder of its reports: "
        "python scripts/tools/ship_reference.py FOLDER"
    )


def test_what_is_shipped_is_small_and_of_every_kind(shipped):
    assert sum((SHIPPED / name).stat().st_size for name in FILES) < 4_000_000
    assert set(shipped.reports["region_level"]) == {"national", "province", "prefecture", "county"}
    assert set(shipped.measures["kind"]) == {"theme", "topic", "area", "target", "structure"}
    assert len(shipped.reports) > 140 and shipped.reports["sha256"].str.len().eq(64).all()
    assert np.isin(shipped.passages["role"], ["review", "problems", "plan", "closing"]).all()
