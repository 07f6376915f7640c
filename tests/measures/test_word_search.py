"""Many words looked for at once, compared with Python's own count of each."""

from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.word_search import WordSearch, join_texts
from emphasis.segment.lexicon import normalise

WORDS = st.text("甲乙丙a𠀀", min_size=1, max_size=6)


@given(st.lists(WORDS, max_size=12), st.text("甲乙丙a𠀀\n", max_size=60))
def test_each_word_is_counted_as_a_search_finds_it(words, text):
    assert WordSearch(words).count(text).tolist() == [text.count(word) for word in words]


@given(st.lists(WORDS, max_size=12), st.lists(st.text("甲乙丙a𠀀", max_size=30), max_size=5))
def test_several_texts_are_searched_apart(words, texts):
    expected = [[text.count(word) for word in words] for text in texts]
    assert WordSearch(words).count_each(texts).tolist() == expected


@given(st.lists(st.text("甲Ａ \n\u3000\u200b", max_size=8), max_size=5))
def test_texts_are_joined_as_each_is_normalised(texts):
    assert join_texts(texts) == "\n".join(map(normalise, texts))


def test_words_are_searched_in_the_form_of_terms():
    assert WordSearch(["Ａ股", "A股", "甲 乙"]).count("甲乙A股").tolist() == [1, 1, 1]
