"""Keyness of the parts and sections of a report, and of random halves."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.ingest.report import ingest
from emphasis.ingest.tables import tabulate_reports
from emphasis.measures.counts import Counting, Paragraphs, count_terms
from emphasis.measures.keyness import (
    Comparison,
    KeynessSettings,
    comparisons_within_reports,
    keyness_tables,
)
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, load_stopwords
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.tables import apply_types, check
from support import ROOT
from support.keyness import compare_texts
from support.token_rows import BODY, sections, tokens, vocabulary

TESTING = KeynessSettings(min_n=1, draws=2000, seed=1)


def corpus():
    text = tokens(("s1.1", "发展 的 改革"), ("s1.2", "问题 发展"), ("s2.1", "发展 改革 5%/number"), ("s2.1", "改革"))
    sentences = pd.DataFrame({"sentence_id": [f"r:{i}" for i in range(1, 5)], "paragraph": [1, 2, 3, 4]})
    outline = sections().assign(
        parent_id=["", "", "s1", "s1", "", "s2", ""], level=[0, 1, 2, 2, 1, 2, 0],
    )  # fmt: skip
    return Paragraphs.of(count_terms(text, sentences, outline, vocabulary(text), Counting(BODY, {"的"}))), outline


def test_paragraphs_are_counted():
    paragraphs, _ = corpus()
    assert paragraphs.sizes.tolist() == [3, 2, 3, 1]
    assert paragraphs.vocabulary.tolist() == sorted(["发展", "改革", "问题"])
    order = {word: i for i, word in enumerate(paragraphs.vocabulary)}
    dense = paragraphs.counts.toarray()
    assert dense[:, order["改革"]].tolist() == [1, 0, 1, 1]
    assert dense[:, order["发展"]].tolist() == [1, 1, 1, 0]


def test_comparisons_within_a_report(schemas):
    paragraphs, outline = corpus()
    table, comparisons = keyness_tables(paragraphs, comparisons_within_reports(paragraphs, outline), TESTING)
    checked = check(comparisons, schemas["keyness_comparisons"])
    assert checked[["comparison", "target"]].to_numpy().tolist() == [
        ["part", "plan"], ["section", "s1.1"], ["section", "s1.2"], ["section", "s2.1"],
    ]  # fmt: skip
    table = check(table, schemas["keyness"])
    part = table[table["comparison"] == "part"].set_index("term")
    # The problems are neither plan nor review.
    assert part[["n_target", "n_reference"]].loc["改革"].tolist() == [2, 1]
    assert "问题" not in part.index
    assert table.groupby(["comparison", "target"])["log_ratio"].apply(lambda x: x.is_monotonic_decreasing).all()


@pytest.mark.parametrize("test", ["draws", "closed"])
def test_comparisons_made_together_are_those_made_one_by_one(schemas, test):
    rng = np.random.default_rng(11)
    roles = {"s1.1": "review", "s1.2": "review", "s1.3": "review", "s2": "plan", "s3": ""}
    places = [*(("a", *section) for section in roles.items()), ("b", "s1", "plan"), ("b", "s2", "review")]
    places = [place for place in places for _ in range(6)]
    units = pd.DataFrame(places, columns=["report_id", "section_id", "role"]).assign(paragraph=range(len(places)))
    counts, sizes = rng.poisson(rng.gamma(0.4, 1, (len(units), 30))), rng.integers(40, 80, len(units))
    counts[:6, 0] += 9
    words = np.array([f"词{i:03}" for i in range(30)], dtype=object)
    every = Paragraphs(words, sparse.csr_array(counts.astype(float)), sizes, units)
    headings = {"a": ["s1", "s1.1", "s1.2", "s1.3", "s2", "s3"], "b": ["s1", "s2"]}
    rows = [(r, s, s.rpartition(".")[0], 1 + s.count(".")) for r, ids in headings.items() for s in ids]
    outline = pd.DataFrame(rows, columns=["report_id", "section_id", "parent_id", "level"])
    settings = KeynessSettings(5, 2000, 1, test)
    table, verdicts = keyness_tables(every, comparisons_within_reports(every, outline), settings)
    table, verdicts = check(table, schemas["keyness"]), check(verdicts, schemas["keyness_comparisons"])
    expected, said = [], []
    for report_id, own in units.groupby("report_id"):
        named = [("section", s, "rest", own, own["section_id"] == s) for s in own["section_id"].unique()]
        both = own[own["role"] != ""]
        named.append(("part", "plan", "review", both, both["role"] == "plan"))
        for kind, target, reference, rows, inside in named:
            pool = Paragraphs(words, sparse.csr_array(counts[rows.index].astype(float)), sizes[rows.index], rows)
            found, verdict = compare_texts(
                pool, inside.to_numpy(), Comparison(kind, report_id, target, reference), settings
            )
            expected.append(found if kind == "part" else found[(found["n_target"] > 0) | (found["q_bh"] < 0.05)])
            said.append(verdict)
    pd.testing.assert_frame_equal(table, check(pd.concat(expected), schemas["keyness"]), check_exact=True)
    pd.testing.assert_frame_equal(verdicts, check(pd.DataFrame(said), schemas["keyness_comparisons"]), check_exact=True)
    assert verdicts["n_found"].max() > 0
    assert set(table["test"]) == {settings.test_name}


def test_nothing_to_compare_gives_empty_tables(schemas):
    paragraphs, _ = corpus()
    table, comparisons = keyness_tables(paragraphs, iter(()), TESTING)
    assert check(table, schemas["keyness"]).empty
    assert check(comparisons, schemas["keyness_comparisons"]).empty


@pytest.mark.simulation
@pytest.mark.parametrize("test", ["draws", "closed"])
def test_between_random_halves_of_a_report_there_is_nothing_to_report(test, schemas):
    """Of 200 divisions of the bundled report's paragraphs into halves, at most 5 % may report any word."""
    parsed = tabulate_reports([ingest(ROOT / "seeds/changchun-2025.txt", "changchun-2025")])
    table = Segmenter(make_engine("rjieba"), []).table(parsed["sentences"]["text"].tolist())
    found = apply_types(token_table(parsed["sentences"], [table]), schemas["tokens"])
    held = vocabulary_table(found["token"].unique(), Units(Lexicon(())))
    counting = Counting(BODY, load_stopwords(ROOT / "config/lexicon/stopwords.txt"), 2)
    paragraphs = Paragraphs.of(count_terms(found, parsed["sentences"], parsed["outline"], held, counting))
    rng = np.random.default_rng(20250108)
    units = len(paragraphs.sizes)
    reporting = 0
    for draw in range(200):
        target = rng.permutation(units) < units // 2
        comparison = Comparison("part", "r", f"half {draw}", "half")
        _, verdict = compare_texts(paragraphs, target, comparison, KeynessSettings(3, 2000, 1, test))
        assert verdict["p_smallest"] <= verdict["p_needed"]
        reporting += verdict["verdict"] == "found"
    assert reporting <= 10
