"""What topics can be believed for, how many there are, and corpora that are not held in memory."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.topics.corpus import build_corpus, stack
from emphasis.topics.fitting import Sample, drawn, fit_and_judge, fit_together, refine
from emphasis.topics.model import Method, TopicModel, fit
from emphasis.topics.validation import (
    KEPT,
    NOISE,
    Draws,
    agreement,
    believe,
    coherence,
    completion,
    curve,
    shuffled,
    smallest,
)
from support.made_up import DRAWS, FITTING, READING, corpus, text, words_of


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


def batches():
    return [build_corpus(*text(seed=i, report=f"r{i}"), READING) for i in range(6)]


def test_batches_in_any_order_are_one_corpus():
    parts = batches()
    one, other = stack(parts), stack(parts[::-1])
    assert one.tokens.tolist() == other.tokens.tolist() and one.document.tolist() == other.document.tolist()
    assert (one.counts != other.counts).nnz == 0
    assert one.n_documents == sum(part.n_documents for part in parts)
    assert one.counts.sum() == sum(part.counts.sum() for part in parts)


def test_the_reports_of_a_corpus_can_be_told_apart():
    together = stack(batches())
    some = together.of(["r1", "r4"])
    again = stack([batches()[1], batches()[4]])
    assert some.tokens.tolist() == again.tokens.tolist() and (some.counts != again.counts).nnz == 0
    assert some.document.tolist() == again.document.tolist()
    assert together.of([]).n_documents == 0


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


def test_a_large_corpus_is_judged_on_a_sample_and_fitted_on_all():
    everything = fit_together("corpus", batches, FITTING)
    sampled = fit_together("corpus", batches, FITTING, largest=60)
    assert everything.n_documents == sampled.n_documents == 180
    assert sampled.belief.verdict == KEPT
    assert {frozenset(w[0] for w in words) for words in words_of(sampled.model)} == {frozenset(c) for c in "农工教"}
    assert fit_together("corpus", lambda: [], FITTING) is None


def test_in_a_large_corpus_a_word_of_few_documents_does_not_enter():
    """Of 1,500 documents 0.15 % are 2.25: a word of two is left out, one of three is used."""
    tokens, sentences, outline = text(paragraphs=500)
    rare = tokens.iloc[[0, 30, 60, 90, 120]].assign(token=["两处", "两处", "三处", "三处", "三处"])
    found = fit_and_judge("corpus", build_corpus(pd.concat([tokens, rare]), sentences, outline, READING), FITTING)
    assert found.n_documents == 1500
    assert "三处" in found.model.vocabulary and "两处" not in found.model.vocabulary
    assert found.belief.verdicts == [KEPT] * 3
