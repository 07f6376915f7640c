"""Topic models on made-up text of which the subjects are known."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from emphasis.topics.believe import KEPT, NOISE, Draws, agreement, believe, coherence, shuffled
from emphasis.topics.choose import completion, curve, smallest
from emphasis.topics.documents import Reading, build_corpus, spread, stack
from emphasis.topics.fitting import Fitting, drawn, fit_and_judge
from emphasis.topics.labels import label
from emphasis.topics.many import Sample, refine
from emphasis.topics.model import Method, TopicModel, fit, inverse_df, top_words, weigh
from emphasis.topics.project import shares
from emphasis.topics.tree import topic_tree

SUBJECTS = {
    "农业": [f"农{c}" for c in "田村民产机具品业林牧渔副"],
    "工业": [f"工{c}" for c in "厂业人程具艺种期地件作矿"],
    "教育": [f"教{c}" for c in "师育学材室务研程改导具养"],
}
READING = Reading(["review", "plan"], {"的"}, 8)
DRAWS = Draws(refits=5, shuffles=10, seed=1)
FITTING = Fitting(Method(), 3, [], 1.0, 2, DRAWS)


def text(seed=0, paragraphs=10, mixed=False, report="r"):
    """Tokens, sentences and outline of a report with a section for each subject; `mixed` draws words from all subjects."""
    rng = np.random.default_rng(seed)
    everything = [word for words in SUBJECTS.values() for word in words]
    tokens, sentences = [], []
    for number, words in enumerate(SUBJECTS.values(), start=1):
        for p in range(paragraphs):
            for _ in range(3):
                sentence_id = f"{report}:{len(sentences) + 1}"
                sentences.append((report, f"1.{number}", sentence_id, number * 100 + p, f"句{len(sentences)}"))
                drawn_words = rng.choice(everything if mixed else words, 5, replace=False)
                tokens += [(report, f"1.{number}", sentence_id, word, "n", "word") for word in [*drawn_words, "的"]]
    outline = [(report, "1", "", 1, "2025年工作安排", "plan")]
    outline += [(report, f"1.{n}", "1", 2, f"发展{name}", "plan") for n, name in enumerate(SUBJECTS, start=1)]
    return (
        pd.DataFrame(tokens, columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"]),
        pd.DataFrame(sentences, columns=["report_id", "section_id", "sentence_id", "paragraph", "text"]),
        pd.DataFrame(outline, columns=["report_id", "section_id", "parent_id", "level", "heading", "role"]),
    )


def corpus(min_df=2, **options):
    return build_corpus(*text(**options), READING).common(min_df)


@pytest.fixture(scope="module")
def fitted():
    built = corpus()
    return built, fit(built.documents, built.vocabulary, 3, 1, Method())


def words_of(model, n=10):
    return [{str(model.vocabulary[i]) for i in top} for top in top_words(model.components, model.vocabulary, n)]


@pytest.mark.parametrize(
    ("n", "longest", "sizes"), [(9, 4, [3, 3, 3]), (8, 8, [8]), (9, 8, [5, 4]), (1, 8, [1]), (10, 3, [3, 3, 2, 2])]
)
def test_documents_are_paragraphs_and_long_ones_are_cut_evenly(n, longest, sizes):
    tokens, sentences, outline = text(paragraphs=10)
    sentences = sentences.head(n).assign(paragraph=1)
    built = build_corpus(tokens, sentences, outline, Reading(READING.roles, set(), longest))
    assert np.bincount(built.document).tolist() == sizes
    assert built.document.tolist() == sorted(built.document)
    assert built.documents.sum() == built.counts.sum() == 5 * n


def test_words_of_a_model():
    rows = [("农业", "n", "word"), ("农业", "n", "word"), ("民", "n", "word"), ("种植", "v", "word"), ("5%", "m", "number"),
            ("智改数转", "v", "term"), ("停词", "n", "word"), ("少见", "n", "word"), ("长春", "ns", "word")]  # fmt: skip
    sentences = pd.DataFrame(
        [("r", "1", f"r:{i}", i, "x") for i in range(3)],
        columns=["report_id", "section_id", "sentence_id", "paragraph", "text"],
    )
    tokens = pd.DataFrame(
        [("r", "1", f"r:{i}", *row) for i in range(2) for row in rows if i == 0 or row[0] != "少见"]
        + [("r", "9", "r:9", "附件", "n", "word")],
        columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"],
    )
    outline = pd.DataFrame([("r", "1", 1, "plan")], columns=["report_id", "section_id", "level", "role"])
    built = build_corpus(tokens, sentences, outline, Reading(["plan"], {"停词"}, 8))
    assert built.tokens.tolist() == ["农业", "少见", "智改数转"]
    common = built.common(2)
    assert common.vocabulary.tolist() == ["农业", "智改数转"]
    assert common.known.toarray().tolist() == [[2, 1], [2, 1], [0, 0]]
    assert common.lengths.tolist() == [3, 3, 0]


def test_a_term_counts_as_itself_and_the_words_inside_it():
    vocabulary = np.array(sorted(["产业", "光电", "光电信息产业", "信息", "科技", "业园", "产业园"]), dtype=object)
    tokens = np.array(["产业", "光电信息产业", "光电信息产业园", "科技园", "新科技产业"], dtype=object)
    found = [sorted(vocabulary[row.indices].tolist()) for row in spread(tokens, vocabulary)]
    assert found == [
        ["产业"],
        ["产业", "信息", "光电", "光电信息产业"],
        ["光电信息产业"],  # the longest from the left, without overlap
        [],  # three characters are one word
        ["产业", "科技"],
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
    of_documents = shares(model, built.documents)
    assert np.allclose(of_documents.sum(axis=1), 1, atol=1e-5)
    assert (of_documents.max(axis=1) > 0.9).mean() > 0.9


def test_more_starts_never_make_the_error_larger():
    built = corpus(mixed=True)
    x = weigh(built.documents, inverse_df(built.documents)).toarray()
    errors = []
    for starts in (1, 6):
        model = fit(built.documents, built.vocabulary, 3, 1, Method(), starts)
        weights = np.array([np.linalg.lstsq(model.components.T, row, rcond=None)[0] for row in x])
        errors.append(np.linalg.norm(x - np.maximum(weights, 0) @ model.components))
    # Clipped least squares is not the fit itself: a thousandth is allowed for that.
    assert errors[1] <= errors[0] * 1.001


def test_lda_finds_them_too():
    built = corpus()
    model = fit(built.documents, built.vocabulary, 3, 1, Method("lda"))
    assert {frozenset(word[0] for word in words) for words in words_of(model)} == {frozenset(c) for c in "农工教"}
    assert (np.nanmax(shares(model, built.known), axis=1) > 0.8).all()


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
        # Shares lost the scale: the best one is a least squares of its own.
        direction = share @ components
        weights = share * (direction @ target) / (direction @ direction)
        gradient = (weights @ components - target) @ components.T
        # Shares are rounded to six digits; gradients are of the order of one.
        assert (gradient > -1e-4).all() and np.abs(gradient[share > 0]).max() < 1e-4


def test_a_sentence_without_model_words_has_no_share(fitted):
    _, model = fitted
    assert np.isnan(shares(model, sparse.csr_array((1, len(model.vocabulary))))).all()


def test_subjects_are_told_from_noise():
    for mixed in (False, True):
        built = corpus(mixed=mixed)
        belief = believe(built, fit(built.documents, built.vocabulary, 3, 1, Method()), DRAWS)
        assert belief.verdicts == ([NOISE] * 3 if mixed else [KEPT] * 3)
        assert belief.verdict == (NOISE if mixed else KEPT)


def test_threads_change_nothing():
    built = corpus()
    model = fit(built.documents, built.vocabulary, 3, 1, Method())
    one, two = (believe(built, model, Draws(3, 4, 1, threads)) for threads in (1, 2))
    assert one.stability.topics.tolist() == two.stability.topics.tolist()
    assert (one.stability.band, one.coherence.band) == (two.stability.band, two.coherence.band)


@pytest.mark.parametrize("paragraphs", [0, 1])
def test_too_little_text_is_said_and_not_modelled(paragraphs):
    found = fit_and_judge("self:r", build_corpus(*text(paragraphs=paragraphs), READING), FITTING)
    assert found.model is None and found.belief is None and found.n_documents == 3 * paragraphs


def test_npmi_by_hand_and_by_loop():
    # Words 0 and 1 always together in half of the documents; word 2 never with them.
    built = corpus(min_df=1)
    together = sparse.csr_array(np.array([[1, 1, 0], [2, 1, 0], [0, 0, 1], [0, 0, 3]], dtype=float))
    half = math.log(0.5 / 0.25) / -math.log(0.5)
    small = _corpus_of(built, together)
    assert coherence(np.array([[3.0, 2.0, 1.0]]), small) == pytest.approx([(half - 1 - 1) / 3])
    rng = np.random.default_rng(0)
    documents = sparse.csr_array(rng.poisson(0.5, (30, 12)).astype(float))
    components = rng.random((3, 12))
    expected = _npmi(components, documents.toarray() > 0)
    assert coherence(components, _corpus_of(built, documents)) == pytest.approx(expected, abs=1e-12)


def _corpus_of(like, documents):
    words = np.array([f"词{i:02}" for i in range(documents.shape[1])], dtype=object)
    itself = sparse.csr_array(sparse.eye_array(len(words), format="csr"))
    return replace(
        like, tokens=words, counts=documents, document=np.arange(documents.shape[0]), vocabulary=words, spread=itself
    )


def _npmi(components, present):
    means = []
    for row in components:
        words = np.argsort(-row)[:10]
        values = []
        for i, a in enumerate(words):
            for b in words[i + 1 :]:
                both = (present[:, a] & present[:, b]).mean()
                if both == 0:
                    values.append(-1.0)
                else:
                    values.append(math.log(both / (present[:, a].mean() * present[:, b].mean())) / -math.log(both))
        means.append(sum(values) / len(values))
    return means


def test_of_words_that_hold_each_other_the_heaviest_stands_for_all():
    words = np.array(["人才", "创新", "科技", "科技创新"], dtype=object)
    assert top_words(np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 4.0, 3.0], [0, 0, 0, 0]]), words, 3) == [
        [3, 0],
        [2, 1, 0],
        [],
    ]


def test_agreement_does_not_depend_on_the_order_of_topics():
    rng = np.random.default_rng(0)
    words = np.array([f"词{i:02}" for i in range(60)], dtype=object)
    one = rng.random((4, 60))
    assert agreement(one, one[[2, 0, 3, 1]], words).tolist() == [1, 1, 1, 1]
    assert agreement(one, rng.random((4, 60)), words).mean() < 0.3


def test_shuffling_keeps_lengths_and_word_frequencies():
    built = corpus()
    noise = shuffled(built, np.random.default_rng(3))
    assert (noise.counts.sum(axis=0) == built.counts.sum(axis=0)).all()
    assert (noise.counts.sum(axis=1) == built.counts.sum(axis=1)).all()
    assert (noise.counts != built.counts).nnz > 0


def test_the_number_of_topics_is_the_smallest_that_is_good_enough():
    assert smallest({4: 0.5, 6: 0.89, 8: 0.9, 10: 1.0}, 0.9) == 8
    built = corpus(paragraphs=20)
    values = curve(built, [2, 3, 4, 6, 400], 1, Method())
    assert set(values) == {2, 3, 4, 6}
    assert smallest(values, 0.9) == 3


def test_completion_by_hand():
    model = TopicModel(Method(), np.array(["甲", "乙"], dtype=object), np.ones(2), np.array([[1.0, 0.0], [0.0, 1.0]]))
    first = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 0]]))
    second = sparse.csr_array(np.array([[1.0, 0], [1, 1], [1, 0]]))
    # Right; right for one of two equal words; nothing known of the first half.
    assert completion(model, first, second) == pytest.approx((1 + 1 / math.sqrt(2) + 0) / 3, abs=1e-6)


def test_a_label_is_frequent_exclusive_and_in_headings(fitted):
    _, model = fitted
    for topic, words in enumerate(words_of(model)):
        named = label(model, topic, []).split("·")
        assert len(named) == 3 and set(named) <= words
        chosen = sorted(words)[-1]
        assert chosen in label(model, topic, [f"大力发展{chosen}"] * 3)


def test_the_tree_joins_like_with_like():
    words = np.array(["a", "b", "c"], dtype=object)
    model = TopicModel(Method(), words, np.ones(3), np.array([[0.5, 0.5, 0], [0, 0, 1], [0.4, 0.6, 0]]))
    tree = topic_tree("corpus", model)
    assert tree[["node", "left", "right", "n_topics"]].to_numpy().tolist() == [[4, 1, 3, 2], [5, 2, 4, 3]]
    # Hellinger distance by hand; nothing in common with the other topic.
    near = math.sqrt(1 - math.sqrt(0.5 * 0.4) - math.sqrt(0.5 * 0.6))
    assert tree["height"].tolist() == pytest.approx([near, 1], abs=1e-3)
    assert topic_tree("corpus", TopicModel(Method(), words, np.ones(3), np.array([[1.0, 0, 0]]))).empty


def batches():
    return [build_corpus(*text(seed=i, report=f"r{i}"), READING) for i in range(6)]


def test_batches_in_any_order_are_one_corpus():
    parts = batches()
    one, other = stack(parts), stack(parts[::-1])
    assert one.tokens.tolist() == other.tokens.tolist() and one.document.tolist() == other.document.tolist()
    assert (one.counts != other.counts).nnz == 0
    assert one.n_documents == sum(part.n_documents for part in parts)
    assert one.counts.sum() == sum(part.counts.sum() for part in parts)


def test_a_sample_does_not_depend_on_the_order_of_batches():
    kept = []
    for parts in (batches(), batches()[::-1]):
        sample = Sample(40)
        for part in parts:
            sample.add(part)
        assert not sample.complete and sample.n_documents == 180
        kept.append(sample.corpus)
    assert kept[0].n_documents == 40
    assert kept[0].sentences["sentence_id"].tolist() == kept[1].sentences["sentence_id"].tolist()
    assert (kept[0].counts != kept[1].counts).nnz == 0
    assert Sample().corpus is None


def test_a_model_of_a_sample_is_carried_on_over_all():
    sample = Sample(60)
    for part in batches():
        sample.add(part)
    built = sample.corpus.common(2)
    model = fit(built.documents, built.vocabulary, 3, 1, Method())
    one, again = refine(model, batches(), 1), refine(model, batches(), 1)
    assert np.array_equal(one.components, again.components)
    assert not np.array_equal(one.components, model.components)
    assert agreement(model.components, one.components, model.vocabulary).min() > 0.5
    assert [{word[0] for word in words} for words in words_of(one)] == [
        {word[0] for word in words} for words in words_of(model)
    ]


def test_a_bounded_number_of_documents_is_drawn():
    built = corpus()
    few = drawn(built, 10, 1)
    assert few.n_documents == 10 and len(few.sentences) == 30
    assert drawn(built, 100, 1) is built
