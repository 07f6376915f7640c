"""Topic models on made-up text of which the subjects are known."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.tables import check
from emphasis.topics.believe import agreement, coherence, diagnose, shuffled
from emphasis.topics.documents import Corpus, build_corpus
from emphasis.topics.model import fit, top_words
from emphasis.topics.report import TABLES, Choices, topic_tables

SUBJECTS = {
    "农业": [f"农{c}" for c in "田村民产机具品业林牧渔副"],
    "工业": [f"工{c}" for c in "厂业人程具艺种期地件作矿"],
    "教育": [f"教{c}" for c in "师育学材室务研程改导具养"],
}
CHOICES = Choices(k=3, bootstrap=100, null_draws=20, seed=1)


def text(seed=0, paragraphs=10, mixed=False):
    """Tokens and sentences of a report with a section for each subject; `mixed` draws all words from all subjects."""
    rng = np.random.default_rng(seed)
    everything = [word for words in SUBJECTS.values() for word in words]
    tokens, sentences = [], []
    for number, words in enumerate(SUBJECTS.values(), start=1):
        for p in range(paragraphs):
            for _ in range(3):
                sentence_id = f"r:{len(sentences) + 1}"
                sentences.append(("r", sentence_id, number * 100 + p, f"句{len(sentences)}"))
                drawn = rng.choice(everything if mixed else words, 5, replace=False)
                tokens += [("r", f"1.{number}", sentence_id, word, "n", "word") for word in [*drawn, "的"]]
    columns = ["report_id", "section_id", "sentence_id", "token", "pos", "kind"]
    return (
        pd.DataFrame(tokens, columns=columns),
        pd.DataFrame(sentences, columns=["report_id", "sentence_id", "paragraph", "text"]),
    )


def corpus(**options):
    tokens, sentences = text(**options)
    return build_corpus(tokens, sentences, stopwords={"的"}, min_df=2, paragraph_sentences=8), sentences


@pytest.fixture(scope="module")
def tables():
    built, sentences = corpus()
    return topic_tables(built, sentences.set_index("sentence_id")["text"], CHOICES)


def test_documents_are_paragraphs_and_long_ones_are_cut():
    tokens, sentences = text(paragraphs=1)
    sentences["paragraph"] = 1
    built = build_corpus(tokens, sentences, stopwords=set(), min_df=1, paragraph_sentences=4)
    assert built.document.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert built.documents.sum() == built.counts.sum() == 45


def test_words_of_a_model():
    rows = [("农业", "n", "word"), ("农业", "n", "word"), ("民", "n", "word"), ("种植", "v", "word"), ("5%", "m", "number"),
            ("智改数转", "v", "term"), ("停词", "n", "word"), ("少见", "n", "word")]  # fmt: skip
    sentences = pd.DataFrame(
        [("r", f"r:{i}", i, "x") for i in range(2)], columns=["report_id", "sentence_id", "paragraph", "text"]
    )
    tokens = pd.DataFrame(
        [("r", "1", f"r:{i}", *row) for i in range(2) for row in rows if i == 0 or row[0] != "少见"],
        columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"],
    )
    built = build_corpus(tokens, sentences, stopwords={"停词"}, min_df=2, paragraph_sentences=8)
    assert built.vocabulary == ["农业", "智改数转"]
    assert built.counts.toarray().tolist() == [[2, 1], [2, 1]]


def test_known_subjects_are_found(tables):
    topics = tables.topics.groupby("topic")["term"].apply(lambda words: {word[0] for word in words})
    assert {frozenset(first) for first in topics} == {frozenset(c) for c in "农工教"}
    shares = tables.topic_sections.pivot(index="section_id", columns="topic", values="prevalence")
    assert (shares.drop(index="1").max(axis=1) > 0.9).all()
    assert sorted(shares.drop(index="1").to_numpy().argmax(axis=1)) == [0, 1, 2]
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    assert (tables.topic_sections["low"] <= tables.topic_sections["prevalence"] + 1e-6).all()
    assert (tables.topic_sections["prevalence"] <= tables.topic_sections["high"] + 1e-6).all()


def test_subjects_are_told_from_noise():
    verdicts = {}
    for mixed in (False, True):
        built, _ = corpus(mixed=mixed)
        findings = diagnose(built, fit(built.documents, 3, 1), draws=20, seed=1)
        verdicts[mixed] = [finding.verdict for finding in findings]
    assert verdicts[False] == ["better than noise"] * 2
    assert "not distinguishable from noise" in verdicts[True]


def test_tables_keep_to_their_schemas_and_repeat(tables, schemas):
    built, sentences = corpus()
    again = topic_tables(built, sentences.set_index("sentence_id")["text"], CHOICES)
    for name in TABLES:
        assert check(getattr(tables, name), schemas[name]).equals(check(getattr(again, name), schemas[name]))


@pytest.mark.parametrize("rows", [0, 1, 9])
def test_too_little_text_is_said_and_not_modelled(rows, schemas):
    tokens, sentences = text()
    sentences = sentences.head(rows)
    built = build_corpus(
        tokens[tokens["sentence_id"].isin(sentences["sentence_id"])],
        sentences,
        stopwords=set(),
        min_df=2,
        paragraph_sentences=8,
    )
    found = topic_tables(built, sentences.set_index("sentence_id")["text"], CHOICES)
    assert found.topics.empty and found.topic_sections.empty and found.topic_passages.empty
    assert set(check(found.topic_diagnostics, schemas["topic_diagnostics"])["verdict"]) == {"too little text"}


def test_npmi_by_hand_and_by_loop():
    # Words 0 and 1 always together in half of the documents; word 2 never with them.
    together = sparse.csr_array(np.array([[1, 1, 0], [2, 1, 0], [0, 0, 1], [0, 0, 3]], dtype=float))
    half = math.log(0.5 / 0.25) / -math.log(0.5)
    assert coherence(np.array([[3.0, 2.0, 1.0]]), together) == pytest.approx((half - 1 - 1) / 3)
    rng = np.random.default_rng(0)
    documents = sparse.csr_array(rng.poisson(0.5, (30, 12)).astype(float))
    components = rng.random((3, 12))
    assert coherence(components, documents) == pytest.approx(_npmi(components, documents.toarray() > 0), abs=1e-12)


def _npmi(components, present):
    means = []
    for words in top_words(components, 10):
        values = []
        for i, a in enumerate(words):
            for b in words[i + 1 :]:
                both = (present[:, a] & present[:, b]).mean()
                if both == 0:
                    values.append(-1.0)
                else:
                    values.append(math.log(both / (present[:, a].mean() * present[:, b].mean())) / -math.log(both))
        means.append(sum(values) / len(values))
    return sum(means) / len(means)


def test_agreement_does_not_depend_on_the_order_of_topics():
    rng = np.random.default_rng(0)
    one = rng.random((4, 60))
    assert agreement(one, one[[2, 0, 3, 1]]) == 1
    assert agreement(one, rng.random((4, 60))) < 0.3


def test_shuffling_keeps_lengths_and_word_frequencies():
    built, _ = corpus()
    noise = shuffled(built, np.random.default_rng(3))
    assert (noise.counts.sum(axis=0) == built.counts.sum(axis=0)).all()
    assert (noise.counts.sum(axis=1) == built.counts.sum(axis=1)).all()
    assert (noise.counts != built.counts).nnz > 0


def test_a_sentence_without_model_words_has_no_share():
    built, _ = corpus()
    model = fit(built.documents, 3, 1)
    empty = Corpus(
        built.vocabulary, sparse.csr_array((1, len(built.vocabulary))), np.zeros(1, dtype=int), built.sentences.head(1)
    )
    assert np.isnan(model.shares(empty.counts)).all()
