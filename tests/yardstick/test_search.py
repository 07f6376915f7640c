"""Terms looked for in texts, against Python's own search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emphasis.reference.search import TermSearch, plain, plain_lines

# Few characters, so that pairs meet; one beyond the basic plane, one that texts have and terms may lack.
CHARACTERS = st.sampled_from("甲乙丙\n𠀀A")


@given(st.lists(st.text(CHARACTERS, max_size=5)), st.lists(st.text(CHARACTERS, max_size=12)))
def test_as_python_searches(terms, texts):
    search, every = TermSearch(terms), np.arange(len(terms))
    for text in texts:  # one search after the other leaves nothing behind
        assert search.lacks(text, every).tolist() == [term not in text for term in terms]


def test_some_terms_in_any_order():
    search = TermSearch(["养老", "经济", "银发经济"])
    assert search.lacks("银发，经济", np.array([2, 0, 1, 2])).tolist() == [True, True, False, True]


@given(st.lists(st.text(st.sampled_from("养老 “”\n\u3000Ａ\ue000"), max_size=6)))
def test_sentences_together_are_as_each_alone(sentences):
    assert plain_lines(sentences) == [plain(sentence) for sentence in sentences]
