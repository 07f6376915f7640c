"""Which words are left out of short lists, by hand and against a plain loop."""

import doctest
import random
from collections import Counter

import numpy as np
from scipy import sparse

from emphasis.measures import nesting
from emphasis.measures.nesting import choose_shown, within
from emphasis.segment.lexicon import load_lexicon
from emphasis.segment.vocabulary import cut_token, places_inside
from support import ROOT

LEXICON = load_lexicon(ROOT / "config/lexicon")


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(nesting)
    assert (result.failed, result.attempted > 0) == (0, True)


def test_what_is_left_out_of_lists() -> None:
    n = sparse.csr_array([[10, 8, 8, 2], [10, 8, 7, 2], [4, 10, 4, 0]])
    # 营商 is in 营商环境 eight times of ten in the first section, seven of ten in the second, always in the third.
    group, word, term = within(n, ["营商", "环境", "营商环境", "长春市"])
    found = {(g, w): t for g, w, t in zip(group.tolist(), word.tolist(), term.tolist(), strict=True)}
    assert found == {(0, 0): 2, (0, 1): 2, (1, 1): 2, (2, 0): 2}
    assert choose_shown(["a", "b"], ["", ""], 1) == [0]
    assert choose_shown([], [], 3) == []
    assert choose_shown(["长春市", "长春"], ["", ""], 3) == [0, 1], "only a name that is listed already is enough"


def test_nesting_against_a_plain_loop() -> None:
    rng = random.Random(0)
    terms = sorted(rng.sample(sorted(LEXICON.by_text), 150))
    terms = sorted({*terms, *(word for term in terms for word in cut_token(term).words if len(word) > 1)})
    alone = [[rng.choice([0, 0, 1, 2]) for _ in terms] for _ in range(3)]
    held = {t: Counter({w: len(places_inside(t, w)) for w in terms if w != t and w in t}) for t in terms}
    n = [[row[i] + sum(row[j] * held[t][w] for j, t in enumerate(terms)) for i, w in enumerate(terms)] for row in alone]
    expected = {}
    for g, row in enumerate(n):
        of = dict(zip(terms, row, strict=True))
        for w in terms:
            covers = [(-k, -len(t), t) for t in terms if of[t] and (k := of[t] * held[t][w]) and k >= 0.8 * of[w]]
            if covers:
                expected[g, w] = min(covers)[2]
    group, word, term = within(sparse.csr_array(n), terms)
    found = {(g, terms[w]): terms[t] for g, w, t in zip(group.tolist(), word.tolist(), term.tolist(), strict=True)}
    assert found == expected
    assert len(found) > 50


def test_a_word_without_occurrences_is_within_nothing():
    """地铁1号线 is cut as one term here; 号线, which another section has, does not occur."""
    vocabulary = ["号线", "地铁", "地铁1号线"]
    held = np.array([2, 2]), np.array([0, 1]), np.array([1, 1])
    found = within(sparse.csr_array([[0, 2, 2], [3, 0, 0]]), vocabulary, held)
    assert [array.tolist() for array in found] == [[0], [1], [2]]
