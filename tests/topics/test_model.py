"""Topic models of made-up text whose subjects are known."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer

from emphasis.topics.corpus import CorpusSettings, build_corpus, decompound
from emphasis.topics.model import Method, TopicModel, fit, inverse_df, normalise_rows, shares, top_words, weigh
from emphasis.topics.tables import topic_label, topic_tree
from support.made_up import SETTINGS, corpus, text, words_of


@pytest.fixture(scope="module")
def fitted():
    built = corpus()
    return built, fit(built.document_counts, built.vocabulary, 3, 1, Method())


@pytest.mark.parametrize(
    ("n", "longest", "sizes"), [(9, 4, [3, 3, 3]), (8, 8, [8]), (9, 8, [5, 4]), (1, 8, [1]), (10, 3, [3, 3, 2, 2])]
)
def test_documents_are_paragraphs_and_long_ones_are_divided_evenly(n, longest, sizes):
    tokens, sentences, outline = text(paragraphs=10)
    sentences = sentences.head(n).assign(paragraph=1)
    built = build_corpus(tokens, sentences, outline, CorpusSettings(SETTINGS.roles, set(), longest))
    assert np.bincount(built.document).tolist() == sizes
    assert built.document.tolist() == sorted(built.document)
    # Ten paragraphs of three sentences are of the first subject: 3, 4 and 5 words each.
    assert built.document_counts.sum() == built.token_counts.sum() == sum(3 + i % 3 for i in range(n))


def test_which_words_a_model_knows():
    rows = [("农业", "n", "word"), ("农业", "n", "word"), ("民", "n", "word"), ("种植", "v", "word"), ("5%", "m", "number"),
            ("智改数转", "v", "term"), ("停词", "n", "word"), ("少见", "n", "word"), ("长春", "ns", "word")]  # fmt: skip
    sentences = pd.DataFrame(
        [("r", "s1", f"r:{i}", i, "x") for i in range(3)],
        columns=["report_id", "section_id", "sentence_id", "paragraph", "text"],
    )
    tokens = pd.DataFrame(
        [("r", "s1", f"r:{i}", *row) for i in range(2) for row in rows if i == 0 or row[0] != "少见"]
        + [("r", "s9", "r:9", "附件", "n", "word")],
        columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"],
    )
    outline = pd.DataFrame([("r", "s1", 1, "plan")], columns=["report_id", "section_id", "level", "role"])
    built = build_corpus(tokens, sentences, outline, CorpusSettings(["plan"], {"停词"}, 8))
    assert built.tokens.tolist() == ["农业", "少见", "智改数转"]
    common = built.with_common_words(2)
    assert common.vocabulary.tolist() == ["农业", "智改数转"]
    assert common.sentence_counts.toarray().tolist() == [[2, 1], [2, 1], [0, 0]]
    assert common.n_known.tolist() == [3, 3, 0]


def test_a_term_counts_as_itself_and_as_the_words_inside_it():
    vocabulary = np.array(
        sorted(["产业", "光电", "光电信息产业", "信息", "科技", "业园", "产业园", "民生"]), dtype=object
    )
    tokens = np.array(["产业", "光电信息产业", "光电信息产业园", "科技园", "人民生活"], dtype=object)
    found = [sorted(vocabulary[row.indices].tolist()) for row in decompound(tokens, vocabulary)]
    assert found == [
        ["产业"],
        ["产业", "信息", "光电", "光电信息产业"],
        ["产业", "产业园", "信息", "光电", "光电信息产业"],
        ["科技"],
        [],  # the characters of 民生 are not a word there
    ]


def test_weights_are_those_of_scikit_learn():
    counts = sparse.csr_array(np.random.default_rng(0).poisson(0.7, (20, 9)).astype(float))
    for norm, row_norm in ((None, False), ("l2", True)):
        theirs = TfidfTransformer(sublinear_tf=True, norm=norm).fit_transform(counts).toarray()
        # The IDF is rounded to six digits.
        assert np.allclose(weigh(counts, inverse_df(counts), row_norm).toarray(), theirs, atol=1e-5)


def test_known_subjects_are_found(fitted):
    built, model = fitted
    assert {frozenset(word[0] for word in words) for words in words_of(model)} == {frozenset(c) for c in "农工教"}
    assert np.allclose(model.components.sum(axis=1), 1, atol=1e-4)
    of_documents = shares(model, built.document_counts)
    assert np.allclose(of_documents.sum(axis=1), 1, atol=1e-5)
    assert (of_documents.max(axis=1) > 0.9).mean() > 0.9


def test_more_starts_never_make_the_error_larger():
    built = corpus(mixed=True)
    x = weigh(built.document_counts, inverse_df(built.document_counts)).toarray()
    errors = []
    for starts in (1, 6):
        model = fit(built.document_counts, built.vocabulary, 3, 1, Method(), starts=starts)
        weights = np.array([np.linalg.lstsq(model.components.T, row, rcond=None)[0] for row in x])
        errors.append(np.linalg.norm(x - np.maximum(weights, 0) @ model.components))
    # Clipped least squares is not the fit itself: a thousandth is allowed for that.
    assert errors[1] <= errors[0] * 1.001


def test_starts_that_go_on_end_where_uninterrupted_ones_end(monkeypatch):
    """With all of them going on, the model is the best of as many whole factorisations."""
    monkeypatch.setattr("emphasis.topics.model._GO_ON", 5)
    built = corpus(mixed=True)
    x = weigh(built.document_counts, inverse_df(built.document_counts))
    found = []
    for start in range(5):
        nmf = NMF(3, init="random" if start else "nndsvd", tol=0, max_iter=60, random_state=1 + start)
        weights = nmf.fit_transform(x)
        found.append((nmf.reconstruction_err_, weights.sum(axis=0) * nmf.components_.sum(axis=1), nmf.components_))
    _, mass, components = min(found, key=lambda of: round(of[0], 4))
    model = fit(built.document_counts, built.vocabulary, 3, 1, Method(), starts=5, rounds=60)
    assert np.allclose(
        model.components, normalise_rows(components[np.argsort(-mass)]), atol=2e-6
    )  # digits that are kept
    assert len({round(error, 2) for error, _, _ in found}) > 1


def test_starts_that_descend_at_a_time_share_unsorted_documents():
    """Products of sparse matrices are unsorted; were they sorted by each start, one would read what another is moving."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        counts = sparse.random_array((4000, 1500), density=0.02, rng=rng, format="csr")
        counts.data[:] = 1
        counts = sparse.csr_array(counts @ sparse.eye_array(1500, format="csr")[rng.permutation(1500)])
        assert not counts.has_sorted_indices
        words = np.array([f"w{i}" for i in range(1500)])
        one, four = (fit(counts, words, 4, 1, Method(), starts=8, rounds=1, threads=n) for n in (1, 4))
        assert np.array_equal(one.components, four.components)


def test_lda_finds_the_known_subjects_too():
    built = corpus()
    model = fit(built.document_counts, built.vocabulary, 3, 1, Method("lda"))
    assert {frozenset(word[0] for word in words) for words in words_of(model)} == {frozenset(c) for c in "农工教"}
    assert (np.nanmax(shares(model, built.sentence_counts), axis=1) > 0.8).all()


@given(st.integers(0, 10_000))
def test_shares_are_the_least_squares_solution(seed):
    """The gradient of |x - wH|^2 vanishes where w > 0 and points outward where w = 0 (Karush, Kuhn, Tucker)."""
    rng = np.random.default_rng(seed)
    components = np.round(rng.dirichlet(np.full(12, 0.3), 4), 6)
    model = TopicModel(Method(), np.array([f"词{i:02}" for i in range(12)], dtype=object), np.ones(12), components)
    counts = sparse.csr_array(rng.poisson(0.6, (5, 12)).astype(float))
    found = shares(model, counts)
    x = weigh(counts, model.idf).toarray()
    for share, target in zip(found, x, strict=True):
        if np.isnan(share).any():
            continue
        # Shares have no scale: the best one is a least-squares problem of its own.
        direction = share @ components
        weights = share * (direction @ target) / (direction @ direction)
        gradient = (weights @ components - target) @ components.T
        # Shares are rounded to six digits; gradients are of the order of one.
        assert (gradient > -1e-4).all() and np.abs(gradient[share > 0]).max() < 1e-4


def test_a_sentence_without_model_words_has_no_share(fitted):
    _, model = fitted
    assert np.isnan(shares(model, sparse.csr_array((1, len(model.vocabulary))))).all()


def test_of_words_that_contain_one_another_only_the_heaviest_is_listed():
    words = np.array(["人才", "创新", "科技", "科技创新"], dtype=object)
    assert top_words(np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 4.0, 3.0], [0, 0, 0, 0]]), words, 3) == [
        [3, 0],
        [2, 1, 0],
        [],
    ]


def test_a_label_is_made_of_words_that_are_frequent_exclusive_and_in_headings(fitted):
    _, model = fitted
    for topic, words in enumerate(words_of(model)):
        named = topic_label(model, topic, []).split("·")
        assert len(named) == 3 and set(named) <= words
        chosen = sorted(words)[-1]
        assert chosen in topic_label(model, topic, [f"大力发展{chosen}"] * 3)


def test_the_tree_merges_the_most_similar_topics_first():
    words = np.array(["a", "b", "c"], dtype=object)
    model = TopicModel(Method(), words, np.ones(3), np.array([[0.5, 0.5, 0], [0, 0, 1], [0.4, 0.6, 0]]))
    tree = topic_tree("corpus", model)
    assert tree[["node", "left", "right", "n_topics"]].to_numpy().tolist() == [[4, 1, 3, 2], [5, 2, 4, 3]]
    # Hellinger distance by hand; the other topic has no word in common.
    near = math.sqrt(1 - math.sqrt(0.5 * 0.4) - math.sqrt(0.5 * 0.6))
    assert tree["height"].tolist() == pytest.approx([near, 1], abs=1e-3)
    assert topic_tree("corpus", TopicModel(Method(), words, np.ones(3), np.array([[1.0, 0, 0]]))).empty
