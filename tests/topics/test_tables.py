"""The topic tables and the reference basis."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.errors import EmphasisError
from emphasis.measures.intervals import cell_sums, pooled_effect, rate_intervals
from emphasis.store.tables import check
from emphasis.topics.basis import (
    FILES,
    copy_basis,
    fit_rows,
    model_rows,
    models_from_rows,
    read_basis,
    read_provenance,
    write_basis,
)
from emphasis.topics.changes import topic_changes
from emphasis.topics.corpus import build_corpus, concat_corpora
from emphasis.topics.fitting import fit_and_validate
from emphasis.topics.shares import (
    ProjectedReports,
    batch_tables,
    evidence_rows,
    group_sentences,
    project_reports,
    select_evidence,
    share_rows,
    untitled,
)
from emphasis.topics.tables import coverage, summarise, topic_kinds, topic_prevalence
from support import ROOT
from support.made_up import FIT_SETTINGS, SETTINGS, corpus, text
from support.paragraphs import TOPICS, draw_lengths, draw_topics

TABLES = ("topic_sections", "topic_parts", "topic_evidence")
SUMMARIES = ("topics", "topic_verdicts", "topic_diagnostics", "topic_passages", "topic_tree")


@pytest.fixture(scope="module")
def fitted():
    return fit_and_validate("corpus", corpus(min_df=1), FIT_SETTINGS)


@pytest.fixture(scope="module")
def batch(fitted):
    _, sentences, outline = text()
    return batch_tables(corpus(min_df=1), {"corpus": fitted.model}, sentences, outline)


def batch_of(name):
    tokens, sentences, outline = text(seed=3, report=name)
    return build_corpus(tokens, sentences, outline, SETTINGS), sentences, outline


def test_tables_keep_to_their_schemas(batch, schemas):
    for name in TABLES:
        assert len(check(getattr(batch, name), schemas[name]))


def test_sections_are_about_their_subjects(batch):
    wide = batch.topic_sections.pivot(index="section_id", columns="topic", values="prevalence")
    assert (wide.drop(index="s1").max(axis=1) > 0.9).all()
    assert sorted(wide.drop(index="s1").to_numpy().argmax(axis=1)) == [0, 1, 2]
    assert np.allclose(wide.sum(axis=1), 1, atol=1e-5)
    rows = batch.topic_sections
    assert (rows["low"] <= rows["prevalence"] + 1e-6).all() and (rows["prevalence"] <= rows["high"] + 1e-6).all()


def test_a_share_is_the_mean_of_the_sentences_by_their_words(fitted):
    built = corpus(min_df=1)
    report = project_reports("corpus", fitted.model, built)
    sections, _ = share_rows(report)
    known = report.n_known
    assert len(set(known)) == 5, "sentences have different numbers of words"
    for section in ("s1", "s1.2"):
        inside = np.flatnonzero(report.sentences["section_id"].str.startswith(section))
        by_hand = [sum(known[i] * report.shares[i][t] for i in inside) / sum(known[inside]) for t in range(3)]
        assert sections[sections["section_id"] == section]["prevalence"].tolist() == pytest.approx(by_hand, abs=1e-6)
    # The sections of the three subjects have equally many sentences, of 4, 5 and 6 words on average.
    of_all = sections[sections["section_id"] == "s1"]["prevalence"]
    assert sorted(of_all) == pytest.approx([4 / 15, 5 / 15, 6 / 15], abs=0.01)


def test_an_interval_is_that_of_the_words_of_paragraphs(fitted):
    """Half of the paragraphs are of one topic, half of another, each with twice 5 known words."""
    built = corpus(min_df=1)
    report = project_reports("corpus", fitted.model, built)
    n = len(report.sentences)
    halves = np.zeros((n, 3))
    halves[: n // 2, 0] = halves[n // 2 :, 1] = 1
    paragraph = np.arange(n) // 2
    sentences = report.sentences.assign(paragraph=paragraph, section_id="s1.1")
    groups = group_sentences(sentences)
    report = replace(report, sentences=sentences, shares=halves, n_known=np.full(n, 5), groups=groups)
    sections, _ = share_rows(report)
    sections = sections[sections["section_id"] == "s1.1"]
    words = np.array([10.0 * np.bincount(paragraph, own)[: (n + 1) // 2] / 2 for own in halves.T]).T
    sizes = np.bincount(paragraph) * 5
    sums, group = cell_sums(sparse.csr_array(words), sizes, sparse.csr_array(np.ones((1, len(sizes)))))
    low, high = rate_intervals(sums, pooled_effect(sums, group))
    assert sections["prevalence"].tolist() == pytest.approx([0.5, 0.5, 0])
    assert sections["low"].tolist()[:2] == pytest.approx(low.tolist(), abs=1e-6) and sections["low"].iloc[2] == 0
    assert (
        sections["high"].tolist()[:2] == pytest.approx(high.tolist(), abs=1e-6) and 0 < sections["high"].iloc[2] < 0.15
    )


def report_of(shares, sizes, name="r"):
    """A report projected on a model: shares of shape (P, K) of paragraphs of one sentence, and their known words."""
    paragraphs = {"section_id": "s1", "sentence_id": [f"{name}:{n}" for n in range(len(sizes))], "role": "plan"}
    sentences = pd.DataFrame({"report_id": name, **paragraphs, "paragraph": range(len(sizes)), "level": 1})
    return ProjectedReports("basis", sentences, shares, sizes, sizes, group_sentences(sentences))


@pytest.mark.simulation
@pytest.mark.parametrize("paragraphs", [4, 8, 20, 60])
def test_shares_of_topics_are_held_in_95_of_100(paragraphs):
    rng = np.random.default_rng(paragraphs)
    sizes = draw_lengths(rng, 400, paragraphs)
    shares = draw_topics(rng, (400, paragraphs))
    found = pd.concat([share_rows(report_of(*own))[0] for own in zip(shares, sizes, strict=True)]).dropna(
        subset=["low"]
    )
    true = TOPICS[found["topic"].to_numpy() - 1]
    held = ((found["low"] <= true) & (true <= found["high"])).groupby(found["topic"]).mean().to_numpy()
    # Topics of 2 and 3 % are in few paragraphs: most bounds begin next to 0.
    assert 0.92 <= held[TOPICS > 0.03].mean() <= (0.98 if paragraphs > 4 else 0.99)
    assert held.min() > 0.89


@pytest.mark.simulation
def test_halves_of_a_report_differ_beyond_the_interval_in_5_of_100():
    rng = np.random.default_rng(1)
    parts = []
    for number, sizes in enumerate(draw_lengths(rng, 150, 80)):
        shares = draw_topics(rng, 80)
        order = rng.permutation(80)
        for half, own in (("a", order[:40]), ("b", order[40:])):
            parts.append(share_rows(report_of(shares[own], sizes[own], f"{half}{number:03}"))[1])
    reports = pd.DataFrame({"report_id": [], "region_level": [], "year": []})
    pairs = [(f"a{number:03}", f"b{number:03}") for number in range(150)]
    found = topic_changes(pd.concat(parts, ignore_index=True), reports, pairs)
    found = found[found["comparison"] == "year"]
    beyond = ((found["low"] > 0) | (found["high"] < 0)).groupby(found["topic"]).mean().to_numpy()
    assert 0.02 <= beyond[TOPICS > 0.03].mean() <= 0.07
    assert beyond.max() < 0.1


def test_few_paragraphs_have_no_interval_and_no_words_no_share(fitted, schemas):
    tokens, sentences, outline = text()
    tokens = tokens[tokens["sentence_id"] != "r:2"]
    sentences = sentences.iloc[:2].assign(section_id=["s1.1", "s1.2"])
    built = build_corpus(tokens, sentences, outline, SETTINGS)
    tables = batch_tables(built, {"corpus": fitted.model}, sentences, outline)
    rows = check(tables.topic_sections, schemas["topic_sections"]).set_index(["section_id", "topic"])
    assert rows.loc["s1.1", "prevalence"].sum() == pytest.approx(1) and rows.loc["s1.1", "low"].isna().all()
    assert rows.loc["s1.2", "prevalence"].isna().all()
    nothing = build_corpus(tokens.head(0), sentences.head(0), outline, SETTINGS)
    empty = batch_tables(nothing, {"corpus": fitted.model}, sentences, outline)
    assert all(check(getattr(empty, name), schemas[name]).empty for name in TABLES)


def test_a_report_s_rows_do_not_depend_on_its_batch(fitted):
    one, other = batch_of("a"), batch_of("b")
    both = concat_corpora([one[0], other[0]])
    sentences, outline = pd.concat([one[1], other[1]]), pd.concat([one[2], other[2]])
    together = batch_tables(both, {"corpus": fitted.model}, sentences, outline).topic_sections
    alone = batch_tables(*batch_of("b")[:1], {"corpus": fitted.model}, *batch_of("b")[1:]).topic_sections
    pd.testing.assert_frame_equal(together[together["report_id"] == "b"].reset_index(drop=True), alone)


def test_a_model_of_one_report_is_for_that_report_alone(fitted):
    one, other = batch_of("a"), batch_of("b")
    both = concat_corpora([one[0], other[0]])
    sentences, outline = pd.concat([one[1], other[1]]), pd.concat([one[2], other[2]])
    tables = batch_tables(both, {"self:b": fitted.model, "self:z": fitted.model}, sentences, outline)
    assert set(tables.topic_sections["report_id"]) == set(tables.topic_evidence["report_id"]) == {"b"}


def test_which_sentences_are_under_no_heading_that_names_a_subject():
    rows = [
        ("s0", "front", 0),
        ("s1", "review", 1),
        ("s1.1", "review", 2),
        ("s1.2", "review", 0),
        ("s2", "plan", 1),
        ("s3", "closing", 1),
    ]
    sentences = pd.DataFrame(rows, columns=["section_id", "role", "level"]).assign(report_id="r")
    # s2 has no subsections: its heading names its subject.
    assert untitled(sentences).tolist() == [True, True, False, True, False, True]
    # That another report divides its s2 is its own affair.
    other = sentences.iloc[4:5].assign(report_id="o", section_id="s2.1", level=2)
    assert untitled(pd.concat([other, sentences])).tolist() == [False, True, True, False, True, False, True]


def test_sections_hold_their_subsections_and_parts_their_sections():
    rows = [
        ("a", "s0", "front", 0), ("a", "s1", "review", 1), ("a", "s1.1", "review", 2), ("a", "s1.1", "review", 2),
        ("a", "s2.1", "plan", 2), ("b", "s1", "plan", 1), ("b", "s1", "plan", 1),
    ]  # fmt: skip
    sentences = pd.DataFrame(rows, columns=["report_id", "section_id", "role", "level"])
    # The third and the fourth sentence are one paragraph.
    groups = group_sentences(sentences.assign(paragraph=[0, 1, 2, 2, 3, 0, 1]))
    held = [np.flatnonzero(row).tolist() for row in (groups.held @ groups.paragraphs).toarray()]
    found = {(r, n): sentences for r, n, sentences in zip(groups.report_id, groups.name, held, strict=True)}
    assert found == {
        ("a", "s0"): [0], ("a", "s1"): [1, 2, 3], ("a", "s1.1"): [2, 3], ("a", "s2"): [4], ("a", "s2.1"): [4],
        ("a", "whole"): [0, 1, 2, 3, 4], ("a", "review"): [1, 2, 3], ("a", "plan"): [4], ("a", "untitled"): [0, 1],
        ("b", "s1"): [5, 6], ("b", "whole"): [5, 6], ("b", "review"): [], ("b", "plan"): [5, 6], ("b", "untitled"): [],
    }  # fmt: skip
    assert groups.held.shape[1] == 6 and groups.count(np.arange(7)).tolist()[1] == 6
    assert groups.name[groups.is_part].tolist() == ["whole", "review", "plan", "untitled"] * 2


def test_evidence_is_each_report_s_heaviest_sentences_the_first_of_equal_ones():
    rng = np.random.default_rng(5)
    # Few different weights: many are equal.
    shares = rng.multinomial(2, [0.3, 0.7], size=60) / 2
    sizes = rng.integers(0, 3, 60)
    parts = [report_of(shares[own], sizes[own], f"r{n}") for n, own in enumerate(np.split(np.arange(60), [2, 25, 40]))]
    sentences = pd.concat([part.sentences for part in parts], ignore_index=True)
    both = ProjectedReports("basis", sentences, shares, sizes, sizes, group_sentences(sentences))
    texts = sentences.assign(text="文" + sentences["sentence_id"])
    found = evidence_rows(both, share_rows(both)[0], texts, {("r1", "s1"): "发展农业"})
    expected = []
    for number, part in enumerate(parts):
        weight = part.shares * part.n_known[:, None]
        for topic in (0, 1):
            order = sorted(range(len(weight)), key=lambda n: -weight[n, topic])[:3]
            expected += [
                (topic + 1, rank, -weight[n, topic], f"r{number}", f"r{number}:{n}")
                for rank, n in enumerate(order, start=1)
                if weight[n, topic] > 0
            ]
    expected = [row for topic in (1, 2) for row in sorted(row for row in expected if row[0] == topic)[:3]]
    passages = found[found["kind"] == "passage"]
    columns = [passages[name].tolist() for name in ("topic", "rank", "score", "report_id", "place")]
    assert [(t, r, -score, *rest) for t, r, score, *rest in zip(*columns, strict=True)] == expected
    assert (passages["text"] == "文" + passages["place"]).all()
    assert set(found.loc[found["kind"] == "heading", "text"]) == {"发展农业"}


def test_evidence_selected_by_batch_is_that_selected_from_all():
    rng = np.random.default_rng(0)
    rows = [
        (f"r{r:02}", "basis", t, kind, rank, round(float(rng.integers(1, 9)), 6), f"r{r:02}:{rank}", "x")
        for r in range(30) for t in (1, 2) for kind in ("passage", "heading") for rank in (1, 2, 3)
    ]  # fmt: skip
    columns = ["report_id", "model", "topic", "kind", "rank", "score", "place", "text"]
    table = pd.DataFrame(rows, columns=columns)
    parts = [
        select_evidence(table[table["report_id"].str.endswith(digits)])
        for digits in (("0", "1", "2"), tuple("3456789"))
    ]
    pd.testing.assert_frame_equal(select_evidence(pd.concat(parts[::-1])), select_evidence(table))
    passages = select_evidence(table).query("kind == 'passage' and topic == 1")
    assert passages["rank"].tolist() == [1, 1, 1] and passages["report_id"].nunique() == 3


def test_models_are_read_as_they_were_written(fitted):
    again = models_from_rows(model_rows("corpus", fitted.model))["corpus"]
    used = fitted.model.components.sum(axis=0) > 0
    assert again.vocabulary.tolist() == fitted.model.vocabulary[used].tolist()
    assert np.array_equal(again.components, fitted.model.components[:, used])


def test_summaries_keep_to_their_schemas(fitted, batch, schemas):
    basis = read_basis(ROOT / "config/reference/topics")
    fits = pd.concat([fit_rows(fitted), basis.fits], ignore_index=True)
    _, sentences, outline = text()
    under_basis = batch_tables(corpus(min_df=1), {"basis": basis.model}, sentences, outline)
    parts = pd.concat([batch.topic_parts, under_basis.topic_parts], ignore_index=True)
    evidence = pd.concat([batch.topic_evidence, under_basis.topic_evidence], ignore_index=True)
    tables = summarise({"corpus": fitted.model, "basis": basis.model}, basis, fits, parts, evidence)
    checked = {name: check(getattr(tables, name), schemas[name]) for name in SUMMARIES}
    diagnostics = checked["topic_diagnostics"].set_index(["model", "measure"])
    assert diagnostics.loc[("corpus", "model"), "verdict"] == "kept"
    # One report: the basis is the main result, but it knows few of the made-up words, which is said.
    assert diagnostics.loc[("basis", "place"), "verdict"] == "main result"
    assert diagnostics.loc[("basis", "coverage:r"), "verdict"] == "low"
    assert diagnostics.loc[("corpus", "coverage:r"), "value"] == 1
    labels = checked["topic_verdicts"].query("model == 'corpus'")["label"]
    assert len(set(labels)) == 3 and all(len(name.split("·")) == 3 for name in labels)


def test_too_little_text_is_a_verdict(schemas):
    rows = check(fit_rows(fit_and_validate("self:r", corpus(paragraphs=1), FIT_SETTINGS)), schemas["topic_fits"])
    assert set(rows["verdict"]) == {"too little text"} and set(rows["measure"]) == {"n_documents", "n_words", "model"}


def test_words_under_no_subject_heading_are_counted_by_topic():
    rows = [("whole", 1, 100, 0.5), ("whole", 2, 100, 0.5), ("untitled", 1, 40, 0.9), ("untitled", 2, 40, 0.1)]
    parts = pd.DataFrame(
        [("r", "basis", part, topic, n, n, share) for part, topic, n, share in rows],
        columns=["report_id", "model", "part", "topic", "n_tokens", "n_known", "share"],
    )
    found = topic_prevalence(parts)
    assert found["prevalence"].tolist() == [0.5, 0.5]
    assert found["untitled"].tolist() == [0.72, 0.08]  # 36 of 50 words, 4 of 50
    assert topic_kinds(found["untitled"]) == ["formula", "policy"]
    assert coverage(parts.assign(n_known=60))["coverage"].tolist() == [0.6]


def test_a_topic_is_a_formula_from_six_tenths_of_its_words_on():
    assert topic_kinds([0.0, 0.599999, 0.6, 0.75, 1.0]) == ["policy", "policy", "formula", "formula", "formula"]


def test_changes_calculated_by_hand(schemas):
    rows = [
        ("a", "review", 0.2, 0.1, 0.3), ("a", "plan", 0.5, 0.4, 0.7), ("a", "whole", 0.4, 0.3, 0.5),
        ("b", "whole", 0.1, 0.05, 0.2), ("c", "whole", 0.3, 0.26, 0.33), ("d", "whole", 0.3, None, None),
    ]  # fmt: skip
    parts = pd.DataFrame(
        [(r, "basis", part, 1, 9, 9, share, low, high) for r, part, share, low, high in rows],
        columns=["report_id", "model", "part", "topic", "n_tokens", "n_known", "share", "low", "high"],
    )
    reports = pd.DataFrame(
        [("a", "province", 2025), ("b", "province", 2025), ("c", "province", 2025), ("d", "province", 2025)],
        columns=["report_id", "region_level", "year"],
    )
    found = check(topic_changes(parts, reports, [("a", "b")]), schemas["topic_changes"])
    found = found.set_index(["report_id", "comparison"])
    part = found.loc[("a", "part")]
    assert part["difference"] == pytest.approx(0.3)
    # Six decimals are kept. Plan less review: down as far as the plan may be lower and the review higher.
    assert part["low"] == pytest.approx(0.3 - np.hypot(0.1, 0.1), abs=5e-7) and part["high"] == pytest.approx(
        0.3 + np.hypot(0.2, 0.1), abs=5e-7
    )
    assert found.loc[("a", "year"), "difference"] == pytest.approx(0.3)
    region = found.loc[("a", "region")]
    assert region["reference_share"] == pytest.approx(0.2)
    assert region["low"] == pytest.approx(0.2 - np.hypot(0.1, np.hypot(0.1, 0.03) / 2), abs=5e-7)
    assert "d" not in found.index.get_level_values(0)  # too few paragraphs, no interval


def test_a_basis_that_is_written_can_be_read(tmp_path, fitted):
    labels = pd.DataFrame({"topic": [1, 2, 3], "label": ["甲", "乙", "丙"], "kind": "policy"})
    write_basis(tmp_path, fitted, labels, {"labels": "x"})
    again = read_basis(tmp_path)
    assert again.labels["label"].tolist() == ["甲", "乙", "丙"]
    assert np.array_equal(again.model.components, fitted.model.components[:, fitted.model.components.sum(axis=0) > 0])
    # In a reference it is a folder, and its provenance is in that of the reference.
    copy_basis(tmp_path, tmp_path / "reference/topics")
    assert all((tmp_path / "reference/topics" / name).read_bytes() == (tmp_path / name).read_bytes() for name in FILES)
    assert read_provenance(tmp_path) == {"labels": "x"} and read_provenance(tmp_path / "reference/topics") == {}
    (tmp_path / "reference/provenance.yaml").write_text("topics: {labels: y}", encoding="utf-8")
    assert read_provenance(tmp_path / "reference/topics") == {"labels": "y"}
    labels_file = tmp_path / "labels.tsv"
    labels_file.write_text(labels_file.read_text(encoding="utf-8").replace("policy", "politics"), encoding="utf-8")
    with pytest.raises(EmphasisError, match="policy or formula"):
        read_basis(tmp_path)
    (tmp_path / "components.tsv").unlink()
    with pytest.raises(EmphasisError, match="reference_topics"):
        read_basis(tmp_path)


def test_the_basis_of_the_project_is_complete_and_small():
    folder = ROOT / "config/reference/topics"
    basis = read_basis(folder)
    assert sum((folder / name).stat().st_size for name in FILES) < 1_000_000
    provenance = read_provenance(folder)
    assert basis.model.k == provenance["topics"] == basis.labels["label"].nunique() == 20
    assert len(provenance["reports"]) == 158 and all(len(entry["sha256"]) == 64 for entry in provenance["reports"])
    assert not any("长春" in entry["title"] for entry in provenance["reports"])
    assert np.allclose(basis.model.components.sum(axis=1), 1, atol=2e-3)  # weights are printed to six digits
    assert basis.labels["label"].str.len().max() <= 10


@pytest.mark.parametrize(
    ("name", "spoilt", "said"),
    [
        ("components.tsv", lambda text: text + text.splitlines(keepends=True)[-1], "components.tsv has a term twice"),
        ("fits.tsv", lambda text: text.replace("\t", ","), "fits.tsv: the columns have to be model, topic"),
        ("fits.tsv", lambda text: text.partition("\n")[2], "fits.tsv: the columns have to be"),
    ],
)
def test_a_basis_that_was_edited_wrongly_is_refused(tmp_path, name, spoilt, said):
    for file in (ROOT / "config/reference/topics").glob("*.tsv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    file = tmp_path / name
    file.write_text(spoilt(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(EmphasisError, match=f"the basis cannot be read .*{said}"):
        read_basis(tmp_path)


@pytest.mark.parametrize("text", ["", "- a\n", "5\n", "topics: 3\n", "labels: [\n", "labels: x\nlabels: y\n"])
def test_a_provenance_that_cannot_be_read_is_a_sentence(tmp_path, text):
    (tmp_path / "provenance.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "topics").mkdir()
    with pytest.raises(EmphasisError, match=r"provenance\.yaml: cannot be read"):
        read_provenance(tmp_path / "topics")
