"""Keyword counts by paragraph: the units of keyness, since words of one paragraph are not independent of each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from emphasis.measures.counts import Counting, count_words


@dataclass(frozen=True)
class Pool:
    """Two texts together that are compared, and the words that are tested.

    Attributes
    ----------
    word : array of shape (W,)
        Places of the tested words in the vocabulary, in order.
    counts : array of shape (U, W)
        Occurrences of each tested word in each paragraph.
    sizes : array of shape (U,)
        Tokens of each paragraph.
    """

    word: np.ndarray
    counts: np.ndarray
    sizes: np.ndarray


@dataclass(frozen=True)
class Paragraphs:
    """Occurrences of keywords in paragraphs.

    Attributes
    ----------
    vocabulary : array of str, shape (V,)
        Sorted.
    counts : sparse array of shape (U, V)
        Occurrences of each keyword in each paragraph.
    sizes : array of shape (U,)
        Tokens of each paragraph, stop words and numbers among them; all above zero.
    units : DataFrame of U rows
        report_id, section_id, role, paragraph; in the order of the text. A paragraph that runs over a section's end is
        one unit on either side.
    """

    vocabulary: np.ndarray
    counts: sparse.csr_array
    sizes: np.ndarray
    units: pd.DataFrame

    def pool(self, rows: np.ndarray, min_n: int) -> Pool:
        """Some paragraphs, with the keywords that occur at least `min_n` times in them."""
        counts = self.counts[rows]
        n = np.bincount(counts.indices, weights=counts.data, minlength=len(self.vocabulary))
        word = np.flatnonzero(n >= min_n)
        return Pool(word, counts[:, word].toarray(), self.sizes[rows])


def count_paragraphs(
    tokens: pd.DataFrame, sentences: pd.DataFrame, sections: pd.DataFrame, counting: Counting
) -> Paragraphs:
    """Count the keywords of every paragraph.

    Parameters
    ----------
    tokens, sentences, sections : DataFrame
        As in tokens.parquet, sentences.parquet and sections.csv, of one or more reports.
    counting : Counting
    """
    words = count_words(tokens, sections, counting)
    paragraph = _paragraphs(tokens, sentences, words.rows)
    cell = words.unit * (int(paragraph.max(initial=0)) + 1) + paragraph
    # Tokens of a paragraph follow one another: units are numbered, as the text has them, by their runs of tokens.
    begins = np.diff(cell, prepend=-1) != 0
    first = np.flatnonzero(begins)
    unit_of_run, _ = pd.factorize(cell[first])
    unit = unit_of_run[np.cumsum(begins) - 1]
    place = first[np.unique(unit_of_run, return_index=True)[1]]
    units = words.units.iloc[words.unit[place]].reset_index(drop=True).assign(paragraph=paragraph[place])
    word = words.word[words.keyword]
    used = np.bincount(word, minlength=len(words.vocabulary)) > 0
    cells = np.ones(len(word)), (unit[words.keyword], (np.cumsum(used) - 1)[word])
    counts = sparse.csr_array(cells, shape=(len(units), int(used.sum())))
    counts.sum_duplicates()
    vocabulary = np.array(words.vocabulary.filter(pa.array(used)).to_pylist(), dtype=object)
    return Paragraphs(vocabulary, counts, np.bincount(unit, minlength=len(units)), units)


def _paragraphs(tokens: pd.DataFrame, sentences: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """The number of the paragraph that each token of these rows stands in."""
    known = pa.array(sentences["sentence_id"], type=pa.string())
    sentence = pc.index_in(pa.array(tokens["sentence_id"], type=pa.string()), value_set=known)
    place = pc.fill_null(sentence, -1).to_numpy()[rows]
    if (place < 0).any():
        raise ValueError("a token stands in no sentence")
    number: np.ndarray = sentences["paragraph"].to_numpy(dtype="int64")[place]
    return number
