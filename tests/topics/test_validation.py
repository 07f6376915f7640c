"""Validation, the number of topics, and corpora that do not fit into memory."""

import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.run.scale import settle
from emphasis.store.markup import from_yaml
from emphasis.topics.corpus import build_corpus, concat_corpora
from emphasis.topics.fitting import (
    DocumentSample,
    basis_fit_settings,
    fit_and_validate,
    fit_batches,
    sample_documents,
    update_online,
)
from emphasis.topics.model import Method, TopicModel, fit
from emphasis.topics.validation import (
    ValidationSettings,
    agreement,
    choose_k,
    coherence,
    completion,
    completion_curve,
    shuffle_words,
    validate,
)
from emphasis.topics.verdicts import KEPT, NOISE
from support import ROOT
from support.made_up import FIT_SETTINGS, SETTINGS, VALIDATION, corpus, text, words_of


def test_subjects_are_kept_and_mixed_words_are_noise():
    for mixed in (False, True):
        built = corpus(mixed=mixed)
        validation = validate(built, fit(built.document_counts, built.vocabulary, 3, 1, Method()), VALIDATION)
        # Of so few words one of three subjects may be found less often than in the luckiest shuffled text: weak, but never noise.
        assert validation.verdicts == [NOISE] * 3 if mixed else NOISE not in validation.verdicts
        assert validation.verdict == (NOISE if mixed else KEPT)


def test_results_do_not_depend_on_threads():
    built = corpus()
    model = fit(built.document_counts, built.vocabulary, 3, 1, Method())
    one, two = (validate(built, model, ValidationSettings(3, 4, 1, threads)) for threads in (1, 2))
    assert one.stability.topics.tolist() == two.stability.topics.tolist()
    assert (one.stability.band, one.coherence.band) == (two.stability.band, two.coherence.band)


@pytest.mark.parametrize("paragraphs", [0, 1])
def test_too_little_text_is_not_modelled(paragraphs):
    found = fit_and_validate("self:r", build_corpus(*text(paragraphs=paragraphs), SETTINGS), FIT_SETTINGS)
    assert found.model is None and found.validation is None and found.n_documents == 3 * paragraphs


def test_npmi_by_hand_and_by_loop():
    # Words 0 and 1 always together in half of the documents; word 2 never with them.
    built = corpus(min_df=1)
    documents = sparse.csr_array(np.array([[1, 1, 0], [2, 1, 0], [0, 0, 1], [0, 0, 3]], dtype=float))
    half = math.log(0.5 / 0.25) / -math.log(0.5)
    small = _corpus_of(built, documents)
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
        like,
        tokens=words,
        token_counts=documents,
        document=np.arange(documents.shape[0]),
        vocabulary=words,
        word_map=itself,
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


def test_shuffling_keeps_sentence_lengths_and_word_frequencies():
    built = corpus()
    noise = shuffle_words(built, np.random.default_rng(3))
    assert (noise.token_counts.sum(axis=0) == built.token_counts.sum(axis=0)).all()
    assert (noise.token_counts.sum(axis=1) == built.token_counts.sum(axis=1)).all()
    assert (noise.token_counts != built.token_counts).nnz > 0


def test_the_number_of_topics_is_the_smallest_that_is_good_enough():
    assert choose_k({4: 0.5, 6: 0.89, 8: 0.9, 10: 1.0}, 0.9) == 8
    built = corpus(paragraphs=20)
    values = completion_curve(built, [2, 3, 4, 6, 400], 1, Method())
    assert set(values) == {2, 3, 4, 6}
    assert choose_k(values, 0.9) == 3


def test_completion_by_hand():
    model = TopicModel(Method(), np.array(["甲", "乙"], dtype=object), np.ones(2), np.array([[1.0, 0.0], [0.0, 1.0]]))
    first = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 0]]))
    second = sparse.csr_array(np.array([[1.0, 0], [1, 1], [1, 0]]))
    # Right; right for one of two equal words; nothing known of the first half.
    assert completion(model, first, second) == pytest.approx((1 + 1 / math.sqrt(2) + 0) / 3, abs=1e-6)


def batches():
    return [build_corpus(*text(seed=i, report=f"r{i}"), SETTINGS) for i in range(6)]


def test_batches_in_any_order_are_one_corpus():
    parts = batches()
    one, other = concat_corpora(parts), concat_corpora(parts[::-1])
    assert one.tokens.tolist() == other.tokens.tolist() and one.document.tolist() == other.document.tolist()
    assert (one.token_counts != other.token_counts).nnz == 0
    assert one.n_documents == sum(part.n_documents for part in parts)
    assert one.token_counts.sum() == sum(part.token_counts.sum() for part in parts)


def test_reports_can_be_selected_from_a_corpus():
    every = concat_corpora(batches())
    some = every.select_reports(["r1", "r4"])
    again = concat_corpora([batches()[1], batches()[4]])
    assert some.tokens.tolist() == again.tokens.tolist() and (some.token_counts != again.token_counts).nnz == 0
    assert some.document.tolist() == again.document.tolist()
    assert every.select_reports([]).n_documents == 0


def test_a_sample_does_not_depend_on_the_order_of_batches():
    kept = []
    for parts in (batches(), batches()[::-1]):
        sample = DocumentSample(40)
        for part in parts:
            sample.add(part)
        assert not sample.complete and sample.n_documents == 180
        kept.append(sample.corpus)
    assert kept[0].n_documents == 40
    assert kept[0].sentences["sentence_id"].tolist() == kept[1].sentences["sentence_id"].tolist()
    assert (kept[0].token_counts != kept[1].token_counts).nnz == 0
    assert DocumentSample().corpus is None


def test_a_model_of_a_sample_is_updated_with_all_documents():
    sample = DocumentSample(60)
    for part in batches():
        sample.add(part)
    built = sample.corpus.with_common_words(2)
    model = fit(built.document_counts, built.vocabulary, 3, 1, Method())
    one, again = update_online(model, batches(), 1), update_online(model, batches(), 1)
    assert np.array_equal(one.components, again.components)
    assert not np.array_equal(one.components, model.components)
    assert agreement(model.components, one.components, model.vocabulary).min() > 0.5
    assert [{word[0] for word in words} for words in words_of(one)] == [
        {word[0] for word in words} for words in words_of(model)
    ]


def test_a_bounded_number_of_documents_is_sampled():
    built = corpus()
    few = sample_documents(built, 10, 1)
    assert few.n_documents == 10 and len(few.sentences) == 30
    assert sample_documents(built, 100, 1) is built


def test_a_large_corpus_is_validated_on_a_sample_and_fitted_on_all():
    everything = fit_batches("corpus", batches, FIT_SETTINGS)
    sampled = fit_batches("corpus", batches, FIT_SETTINGS, most=60)
    assert everything.n_documents == sampled.n_documents == 180
    assert sampled.validation.verdict == KEPT
    assert {frozenset(w[0] for w in words) for words in words_of(sampled.model)} == {frozenset(c) for c in "农工教"}
    assert fit_batches("corpus", lambda: [], FIT_SETTINGS) is None


def test_in_a_large_corpus_a_word_of_few_documents_is_left_out():
    """Of 1,500 documents 0.15 % are 2.25: a word of two is left out, one of three is used."""
    tokens, sentences, outline = text(paragraphs=500)
    rare = tokens.iloc[[0, 30, 60, 90, 120]].assign(token=["两处", "两处", "三处", "三处", "三处"])
    found = fit_and_validate(
        "corpus", build_corpus(pd.concat([tokens, rare]), sentences, outline, SETTINGS), FIT_SETTINGS
    )
    assert found.n_documents == 1500
    assert "三处" in found.model.vocabulary and "两处" not in found.model.vocabulary
    assert found.validation.verdicts == [KEPT] * 3


def test_the_rule_of_the_basis_has_every_setting_that_the_fit_needs():
    rule = (ROOT / "workflow/rules/topics.smk").read_text(encoding="utf-8").partition("rule reference_topics:")[2]
    (names,) = re.findall(r'topics=settings\("topics", (.*)\)', rule)
    keys = re.findall(r'"(\w+)"', names)
    config = settle(from_yaml((ROOT / "config/config.yaml").read_text(encoding="utf-8")), 1)[0]["topics"]
    settings = basis_fit_settings({key: config[key] for key in keys}, seed=1, threads=1)
    assert (settings.k, settings.min_df, settings.method.name) == (config["reference_k"], config["min_df"], "nmf")
