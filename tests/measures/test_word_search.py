"""Many words looked for at once, compared with Python's own count of each."""

from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.word_search import WordSearch

WORDS = st.text("甲乙丙a𠀀", min_size=1, max_size=6)


@given(st.lists(WORDS, max_size=12), st.text("甲乙丙a𠀀\n", max_size=60))
def test_each_word_is_counted_as_a_search_finds_it(words, text):
    assert WordSearch(words).count(text).tolist() == [text.count(word) for word in words]
