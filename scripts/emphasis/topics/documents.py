"""The documents and words of a topic model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

_TAGS = ("n", "vn", "an", "j", "l", "i", "eng")
"""Nouns, nominal verbs and adjectives, abbreviations, idioms, Latin: the word classes that carry subjects."""


@dataclass(frozen=True)
class Corpus:
    """Words of a model by sentence, and the documents that sentences make up.

    Attributes
    ----------
    vocabulary : list of str, length V
        Sorted.
    counts : sparse array of shape (S, V)
        Occurrences of each word in each sentence.
    document : array of shape (S,)
        Index of each sentence's document, ascending.
    sentences : DataFrame of S rows
        report_id, section_id, sentence_id.
    """

    vocabulary: list[str]
    counts: sparse.csr_array
    document: np.ndarray
    sentences: pd.DataFrame

    @property
    def n_documents(self) -> int:
        """Number of documents."""
        return int(self.document.max()) + 1 if len(self.document) else 0

    @property
    def documents(self) -> sparse.csr_array:
        """Occurrences of each word in each document, shape (D, V)."""
        return grouping(self.document, self.n_documents) @ self.counts


def grouping(group: np.ndarray, groups: int) -> sparse.csr_array:
    """Sums rows by group when multiplied from the left; shape (groups, rows)."""
    rows = len(group)
    return sparse.csr_array((np.ones(rows), (group, np.arange(rows))), shape=(groups, rows))


def build_corpus(
    tokens: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    stopwords: Collection[str],
    min_df: int,
    paragraph_sentences: int,
) -> Corpus:
    """Sentences, documents and vocabulary of a model.

    Documents are paragraphs; one of more than `paragraph_sentences` sentences is cut into pieces of nearly equal length.
    Words are those of `_TAGS` and the terms, at least two characters long, not stop words, in at least `min_df` documents.

    Parameters
    ----------
    tokens : DataFrame
        Counted tokens: report_id, section_id, sentence_id, token, pos, kind.
    sentences : DataFrame
        report_id, sentence_id, paragraph, in the order of the text.
    """
    used = sentences[sentences["sentence_id"].isin(tokens["sentence_id"].unique())]
    section = tokens.drop_duplicates("sentence_id").set_index("sentence_id")["section_id"]
    used = used.assign(section_id=used["sentence_id"].map(section)).reset_index(drop=True)
    document = _documents(used, paragraph_sentences)
    fits = (
        (tokens["pos"].str.startswith(_TAGS) | (tokens["kind"] == "term"))
        & (tokens["kind"] != "number")
        & (tokens["token"].str.len() > 1)
        & ~tokens["token"].isin(list(stopwords))
    )
    words = tokens.loc[fits, ["sentence_id", "token"]]
    row = words["sentence_id"].map(pd.Series(np.arange(len(used)), index=used["sentence_id"])).to_numpy(dtype="int64")
    spread = pd.DataFrame({"token": words["token"].to_numpy(), "document": document[row]}).drop_duplicates()
    df = spread["token"].value_counts()
    vocabulary = sorted(df.index[df >= min_df])
    column = words["token"].map({word: i for i, word in enumerate(vocabulary)})
    known = column.notna().to_numpy()
    shape = (len(used), len(vocabulary))
    counts = sparse.csr_array((np.ones(known.sum()), (row[known], column[known].astype("int64"))), shape=shape)
    counts.sum_duplicates()
    return Corpus(vocabulary, counts, document, used[["report_id", "section_id", "sentence_id"]])


def _documents(sentences: pd.DataFrame, longest: int) -> np.ndarray:
    """Index of the document of each sentence."""
    document = np.zeros(len(sentences), dtype="int64")
    number = 0
    for index in sentences.groupby(["report_id", "paragraph"], sort=False).indices.values():
        for piece in np.array_split(np.sort(index), -(-len(index) // longest)):
            document[piece] = number
            number += 1
    return document
