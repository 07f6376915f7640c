"""Keyness of the parts and sections of a report."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.measures.counting import Counting
from emphasis.measures.counts import Paragraphs, count_terms
from emphasis.measures.keyness import (
    Comparison,
    KeynessSettings,
    keyness_tables,
)
from emphasis.store.tables import check
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
    table, comparisons = keyness_tables(paragraphs, outline, TESTING)
    checked = check(comparisons, schemas["keyness_comparisons"])
    assert checked[["comparison", "target"]].to_numpy().tolist() == [
        ["part", "plan"], ["section", "s1.1"], ["section", "s1.2"], ["section", "s2.1"],
    ]  # fmt: skip
    table = check(table, schemas["keyness"])
    part = table[table["comparison"] == "part"].set_index("term")
    # The problems are neither plan nor review.
    assert part[["n_target", "n_reference"]].loc["改革"].tolist() == [2, 1]
    assert "问题" not in part.index
    assert table.groupby(["comparison", "target"])["log_odds"].apply(lambda x: x.is_monotonic_decreasing).all()


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
    table, verdicts = keyness_tables(every, outline, settings)
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
    assert set(table["test"]) <= {settings.test_name, ""}


def test_nothing_to_compare_gives_empty_tables(schemas):
    paragraphs, outline = corpus()
    paragraphs = replace(paragraphs, units=paragraphs.units.assign(role="front"))
    table, comparisons = keyness_tables(paragraphs, outline.assign(level=9), TESTING)
    assert check(table, schemas["keyness"]).empty
    assert check(comparisons, schemas["keyness_comparisons"]).empty
