"""Candidate words of a theme: information by hand, an independent count, planted words, and lists that have nothing in common."""

from collections import Counter
from math import log

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from emphasis.measures.counting import Counting
from emphasis.measures.dictionaries import Theme
from emphasis.measures.expansion import (
    WINDOW,
    Surroundings,
    expand,
    null_maxima,
    ppmi,
    similarities,
    surroundings,
    vectors,
)
from emphasis.store.tables import check
from support.token_rows import BODY

COUNTING = Counting(BODY, frozenset({"的"}), 2)
FIELDS, OF_FIELD = 5, 80


def theme(*words):
    return Theme("made_up", "某", "Some", "compiled", "made up", words)


def chunks(reports):
    """Reports of sentences, each a list of words, one report in each chunk."""

    def give():
        for report_id, sentences in reports.items():
            rows = [(report_id, "s1", f"{report_id}:{i}", word, "word") for i, s in enumerate(sentences) for word in s]
            tokens = pd.DataFrame(rows, columns=["report_id", "section_id", "sentence_id", "token", "kind"])
            yield tokens, pd.DataFrame({"report_id": [report_id], "section_id": ["s1"], "role": ["plan"]})

    return give


@pytest.fixture(scope="module")
def made_up():
    """Reports whose sentences are each about one of five fields, with words of that field alone, and words of none."""
    rng = np.random.default_rng(1)
    fields = [[f"领域{f}词{i:02}" for i in range(OF_FIELD)] for f in range(FIELDS)]
    general = [f"通用词{i}" for i in range(60)]
    reports = {}
    for number in range(12):
        own = []
        for _ in range(300):
            words = fields[rng.integers(FIELDS)]
            own.append([str(rng.choice(words if rng.random() < 0.7 else general)) for _ in range(8)])
        reports[f"r{number:02}"] = own
    return surroundings(chunks(reports), COUNTING), reports


def test_pairs_are_those_of_a_plain_count(made_up):
    found, reports = made_up
    expected = Counter()
    for sentences in reports.values():
        for words in sentences:
            for i, a in enumerate(words):
                for b in words[i + 1 : i + 1 + WINDOW]:
                    if a != b:
                        expected[a, b] += 1
                        expected[b, a] += 1
    terms = found.words["term"].tolist()
    cells = found.near.tocoo()
    assert {(terms[i], terms[j]): n for i, j, n in zip(cells.row, cells.col, cells.data, strict=True)} == {
        pair: n for pair, n in expected.items() if pair[0] in terms and pair[1] in terms
    }
    counts = Counter(word for sentences in reports.values() for words in sentences for word in words)
    assert found.words.set_index("term")["n"].to_dict() == {word: n for word, n in counts.items() if n >= 10}


def test_rare_words_stop_words_and_other_sentences_are_left_out():
    text = [["甲甲", "的", "乙乙"], ["丙丙"]]
    found = surroundings(chunks({f"r{i}": text * 10 for i in range(3)} | {"s": [["丁丁", "甲甲"]] * 10}), COUNTING)
    assert found.words["term"].tolist() == ["甲甲", "丙丙", "乙乙"]
    assert found.words["n"].tolist() == [40, 30, 30] and found.words["n_reports"].tolist() == [4, 3, 3]
    # 丁丁 is in one report; 丙丙 stands in sentences of its own.
    assert found.near.toarray().tolist() == [[0, 0, 30], [0, 0, 0], [30, 0, 0]]


def test_information_by_hand():
    near = sparse.csr_matrix(np.array([[0, 6, 1], [6, 0, 1], [1, 1, 0]]))
    # Of 16 pairs 7 begin with the first, 7 with the second, 2 with the third: 1 * 16 / (7 * 2) is more than chance, too.
    assert ppmi(near).toarray() == pytest.approx(
        np.array([[0, log(96 / 49), log(16 / 14)], [log(96 / 49), 0, log(16 / 14)], [log(16 / 14), log(16 / 14), 0]])
    )


def test_similarity_of_a_member_is_that_to_the_others():
    own = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    assert similarities(own, np.array([0, 2])).tolist() == pytest.approx([0.6, 0.8 / np.sqrt(1.6**2 + 0.8**2), 0.6])


def test_vectors_are_those_of_a_full_decomposition(made_up):
    found, _ = made_up
    u, s, _ = np.linalg.svd(ppmi(found.near).toarray())
    full = u[:, :100] * np.sqrt(s[:100])
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    own = vectors(found.near, 1)
    assert np.abs(own @ own.T - full @ full.T).max() < 1e-6


def test_planted_words_are_found(made_up, schemas):
    found, _ = made_up
    table = expand([theme(*(f"领域0词{i:02}" for i in range(12)))], found, 1)
    table = check(table, schemas["theme_candidates"])
    assert set(table["in_theme"]) == {"listed", "new"} and (table["similarity"] > table["null_95"]).all()
    assert table["term"].str.startswith("领域0").all()
    assert 15 <= (table["in_theme"] == "new").sum() <= 50
    assert table["rank"].tolist() == list(range(1, len(table) + 1))


def test_a_word_within_a_longer_one_is_covered(made_up):
    found, _ = made_up
    words = [f"领域0词{i:02}" for i in range(12)]
    table = expand([theme(*words, *(f"领域0词{i}" for i in range(1, 8)))], found, 1).set_index("term")["in_theme"]
    # 领域0词1 is no word of the reports, but part of those from 领域0词10 on, and so forth.
    assert set(table[table.index.isin(words)]) == {"listed"} and set(table[~table.index.isin(words)]) == {"covered"}


def test_the_same_each_time(made_up):
    found, _ = made_up
    some = [theme(*(f"领域1词{i:02}" for i in range(5)))]
    pd.testing.assert_frame_equal(expand(some, found, 1), expand(some, found, 1))


def test_too_little_text_gives_nothing(made_up):
    found, _ = made_up
    few = Surroundings(found.words[:299], found.near[:299, :299])
    assert expand([theme(*found.words["term"][:5])], few, 1).empty
    assert expand([theme("领域0词01", "领域0词02", "没有这个词")], found, 1).empty
    assert expand([], found, 1).empty


def test_lists_without_anything_in_common_propose_in_one_of_twenty_cases(made_up):
    """200 lists of random words against the limit of 400 others."""
    own = vectors(made_up[0].near, 1)
    members = np.random.default_rng(2).choice(len(own), 12, replace=False)
    limit = np.quantile(null_maxima(own, members, np.random.default_rng(3), 400), 0.95)
    beyond = null_maxima(own, members, np.random.default_rng(4), 200) > limit
    assert 0.01 <= beyond.mean() <= 0.10
