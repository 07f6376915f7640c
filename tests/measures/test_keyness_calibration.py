"""How often keyness reports what is not there: words of constant rate over paragraphs as long as real ones, shuffled paragraphs.

divisions.tsv has the tokens of each paragraph of two texts that keyness compares, in fifteen divisions of real reports.
"""

import csv
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.ingest.report import ingest
from emphasis.ingest.tables import tabulate_reports
from emphasis.measures.counting import Counting
from emphasis.measures.counts import Paragraphs, count_terms
from emphasis.measures.keyness import Comparison, KeynessSettings, compute_tests
from emphasis.measures.sentence_units import count_in_sentences
from emphasis.measures.significance import benjamini_hochberg, closed_form_p, permutation_p
from emphasis.measures.testing import MAX_Q
from emphasis.segment.engines import make_engine
from emphasis.segment.lexicon import Lexicon, load_stopwords
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.tables import token_table
from emphasis.segment.vocabulary import Units, vocabulary_table
from emphasis.store.tables import apply_types, load_schemas
from support import ROOT
from support.token_rows import BODY

pytestmark = pytest.mark.simulation

SOME = Comparison("section", "r", "s1", "rest")


def divisions():
    """Tokens of the paragraphs of target and reference, and which are the target's."""
    with (ROOT / "tests/measures/divisions.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for row in rows:
            target, reference = (np.array(row[side].split(), dtype=float) for side in ("target", "reference"))
            yield np.r_[target, reference], np.arange(len(target) + len(reference)) < len(target)


def constant_rate(rng, sizes, n, words, bursts):
    """Occurrences of words of one rate, `n` in all on average; with bursts, paragraphs have more or fewer of them."""
    rates = n / sizes.sum() * sizes[:, None] * np.ones(words)
    if bursts:
        rates *= rng.gamma(1 / bursts, bursts, rates.shape)
    counts = rng.poisson(rates)
    return counts[:, counts.sum(axis=0) > 2].astype(float)


def p_of(test, counts, sizes, target, rng):
    if test == "draws":
        return permutation_p(counts, sizes, target, draws=1000, rng=rng)
    total, tokens = counts.sum(axis=0), (int(sizes[target].sum()), int(sizes[~target].sum()))
    squares = ((counts - total / sizes.sum() * sizes[:, None]) ** 2).sum(axis=0)
    a = target @ counts
    return closed_form_p(a, total - a, tokens, (int(target.sum()), int((~target).sum())), squares)


@pytest.mark.parametrize("bursts", [0, 1])
@pytest.mark.parametrize("test", ["draws", "closed"])
def test_words_of_constant_rate_are_significant_as_often_as_the_level_says(test, bursts):
    """At the 5 % level 3 to 6 % of the words, whether the target has the long paragraphs or the short ones."""
    rng = np.random.default_rng(20250108)
    levels = []
    for sizes, target in divisions():
        p = [p_of(test, constant_rate(rng, sizes, 25, 300, bursts), sizes, target, rng) for _ in range(3)]
        levels.append((np.concatenate(p) <= 0.05).mean())
    assert 0.03 <= np.mean(levels) <= 0.06
    # Both ends of the list, which is sorted by how much longer or shorter the target's paragraphs are.
    for end in (levels[:4], levels[-4:]):
        assert 0.03 <= np.mean(end) <= 0.065
    assert max(levels) <= 0.08


@cache
def bundled_report():
    """Its paragraphs and its sentences, and the paragraph of each sentence."""
    schemas = load_schemas([ROOT / "workflow/schemas/tables/tokens.yaml"])
    parsed = tabulate_reports([ingest(ROOT / "seeds/changchun-2025.txt", "changchun-2025")])
    table = Segmenter(make_engine("rjieba"), []).table(parsed["sentences"]["text"].tolist())
    tokens = apply_types(token_table(parsed["sentences"], [table]), schemas["tokens"])
    held = vocabulary_table(tokens["token"].unique(), Units(Lexicon(())))
    counting = Counting(BODY, load_stopwords(ROOT / "config/lexicon/stopwords.txt"), 2)
    paragraphs = Paragraphs.of(count_terms(tokens, parsed["sentences"], parsed["outline"], held, counting))
    sentences = count_in_sentences(tokens, parsed["sentences"], parsed["outline"], held, counting)
    holder = parsed["sentences"]["paragraph"].to_numpy()[sentences.units["paragraph"].to_numpy()]
    return paragraphs, sentences, holder


def compare(counts, target, settings):
    return compute_tests(counts, (np.arange(len(target)), target[None, :], [SOME]), settings)


@pytest.mark.parametrize("test", ["draws", "closed"])
def test_shuffled_paragraphs(test):
    """Of random divisions of a report's paragraphs 5 % may report a word, which is up to 16 of 200, and of the words tested 6 %."""
    paragraphs, _, _ = bundled_report()
    rng = np.random.default_rng(20250108)
    settings, units = KeynessSettings(3, 2000, 1, test), len(paragraphs.sizes)
    found, p = 0, []
    for i in range(200):
        tests = compare(paragraphs, rng.permutation(units) < units // (2 + i % 4), settings)
        found += bool((tests.q < MAX_Q).any())
        p.append(tests.p[~np.isnan(tests.p)])
    assert 0.02 <= (np.concatenate(p) <= 0.05).mean() <= 0.06
    assert found <= 16


def test_leaving_out_what_could_not_be_reported_finds_more_and_keeps_the_level():
    """Forty paragraphs, 300 rare words, ten words that the target has more of: more of these are found than if all were tested."""
    rng = np.random.default_rng(20250108)
    target, sizes = np.arange(40) < 20, np.full(40, 60)
    found = {"family": [], "every": []}
    for _ in range(40):
        rates = np.r_[np.full(300, 0.1), np.full(10, 0.6)] * np.ones((40, 1))
        rates[target, 300:] *= 2.2
        units = pd.DataFrame({"report_id": "r", "section_id": "s1", "role": "plan", "paragraph": range(40)})
        counts = sparse.csr_array(rng.poisson(rates).astype(float))
        text = Paragraphs(np.array([f"词{i:03}" for i in range(310)], dtype=object), counts, sizes, units)
        tests = compare(text, target, KeynessSettings(3, 5000, 1))
        every = permutation_p(counts.toarray(), sizes, target, draws=5000, rng=rng)
        listed = {
            "family": (tests.q[0] < MAX_Q, tests.word),
            "every": (benjamini_hochberg(every) < MAX_Q, np.arange(310)),
        }
        for name, (below, word) in listed.items():
            own = word[below]
            found[name].append(((own >= 300).sum(), (own < 300).sum() / max(len(own), 1)))
    family, every = (np.mean(found[name], axis=0) for name in ("family", "every"))
    assert family[0] > 1.5 * every[0]
    assert family[1] <= 0.05


@pytest.mark.parametrize("test", ["draws", "closed"])
def test_sentences_protect_less_than_paragraphs(test):
    """Words of a paragraph share a subject: by sentences, one paragraph in a few is told from the rest of its report."""
    paragraphs, sentences, holder = bundled_report()
    rng = np.random.default_rng(20250108)
    settings = KeynessSettings(3, 2000, 1, test)
    found = {"sentence": [], "paragraph": []}
    own = paragraphs.units["paragraph"].to_numpy()
    for _ in range(60):
        chosen = rng.choice(own, 2, replace=False)
        for unit, counts, number in (("sentence", sentences, holder), ("paragraph", paragraphs, own)):
            tests = compare(counts, np.isin(number, chosen), settings)
            found[unit].append((tests.q < MAX_Q).any())
    assert np.mean(found["paragraph"]) <= 0.05
    assert 0.1 <= np.mean(found["sentence"]) <= 0.6
    print(test, np.mean(found["sentence"]))
