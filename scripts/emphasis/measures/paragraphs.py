"""Keyword counts by paragraph: the units of keyness, since words of one paragraph are not independent of each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from emphasis.measures.counts import Counting, coded, count_words


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

    def rows(self, kept: np.ndarray) -> Paragraphs:
        """The paragraphs where `kept` is true."""
        units = self.units[kept].reset_index(drop=True)
        return Paragraphs(self.vocabulary, self.counts[np.flatnonzero(kept)], self.sizes[kept], units)

    def common(self, min_n: int) -> Paragraphs:
        """The keywords that occur at least `min_n` times."""
        kept = np.flatnonzero(self.counts.sum(axis=0) >= min_n)
        return Paragraphs(self.vocabulary[kept], self.counts[:, kept], self.sizes, self.units)


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
    paragraph_of = sentences.set_index("sentence_id")["paragraph"]
    sentence, sentence_ids = coded(tokens["sentence_id"].iloc[words.rows])
    paragraph = paragraph_of.reindex(sentence_ids.to_pandas()).to_numpy(dtype="int64")[sentence]
    # Units are numbered as the text has them.
    cell = words.unit * (int(paragraph.max(initial=0)) + 1) + paragraph
    unit, _ = pd.factorize(cell)
    place = np.unique(unit, return_index=True)[1]
    units = words.units.iloc[words.unit[place]].reset_index(drop=True).assign(paragraph=paragraph[place])
    used, column = np.unique(words.word[words.keyword], return_inverse=True)
    shape = (len(units), len(used))
    counts = sparse.csr_array((np.ones(len(column)), (unit[words.keyword], column)), shape=shape)
    counts.sum_duplicates()
    vocabulary = np.array(words.vocabulary.take(pa.array(used)).to_pylist(), dtype=object)
    return Paragraphs(vocabulary, counts, np.bincount(unit, minlength=len(units)), units)
