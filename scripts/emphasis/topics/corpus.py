"""The documents and words of a topic model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

_TAGS = ("n", "vn", "an", "j", "l", "i", "eng")
"""Nouns, nominal verbs and adjectives, abbreviations, idioms, Latin: the word classes that carry subjects."""

_PLACES = ("ns", "nr")
"""Names of places and people: they tell reports apart, not subjects."""


@dataclass(frozen=True)
class Reading:
    """Which words and documents a model is made of.

    Attributes
    ----------
    roles : collection of str
        Parts of a report that are read.
    left_out : collection of str
        Stop words and all-purpose words.
    longest : int
        Sentences of a document at most.
    """

    roles: Collection[str]
    left_out: Collection[str]
    longest: int


@dataclass(frozen=True)
class Corpus:
    """Words by sentence, the documents that sentences make up, and the vocabulary of a model.

    Attributes
    ----------
    tokens : array of str, shape (T,)
        Sorted: every word of the sentences.
    counts : sparse array of shape (S, T)
        Occurrences of each token in each sentence.
    document : array of shape (S,)
        Index of each sentence's document, ascending from 0 without a gap.
    sentences : DataFrame of S rows
        report_id, section_id, sentence_id, role, level; in the order of the text, reports sorted by id.
    vocabulary : array of str, shape (V,)
        Sorted: the words that a model knows.
    spread : sparse array of shape (T, V)
        The words of the vocabulary that each token counts as: see `spread`.
    """

    tokens: np.ndarray
    counts: sparse.csr_array
    document: np.ndarray
    sentences: pd.DataFrame
    vocabulary: np.ndarray
    spread: sparse.csr_array

    @property
    def n_documents(self) -> int:
        """Number of documents."""
        return int(self.document[-1]) + 1 if len(self.document) else 0

    @property
    def known(self) -> sparse.csr_array:
        """Occurrences of each word of the vocabulary in each sentence, shape (S, V)."""
        return sparse.csr_array(self.counts @ self.spread)

    @property
    def documents(self) -> sparse.csr_array:
        """Occurrences of each word of the vocabulary in each document, shape (D, V)."""
        return sparse.csr_array(grouping(self.document, self.n_documents) @ self.counts @ self.spread)

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each sentence that the vocabulary knows, themselves or by a part, shape (S,)."""
        return np.asarray(self.counts @ (np.diff(self.spread.indptr) > 0))

    def rows(self, kept: np.ndarray) -> Corpus:
        """The sentences at these positions, ascending; documents are numbered anew."""
        document = np.unique(self.document[kept], return_inverse=True)[1]
        sentences = self.sentences.iloc[kept].reset_index(drop=True)
        return replace(self, counts=self.counts[kept], document=document, sentences=sentences)

    def only(self, report_id: str) -> Corpus:
        """The sentences of one report; the vocabulary is its tokens."""
        return self.of([report_id])

    def of(self, report_ids: Collection[str]) -> Corpus:
        """The sentences of some reports; the vocabulary is their tokens."""
        own = self.rows(np.flatnonzero(self.sentences["report_id"].isin(list(report_ids)).to_numpy(dtype=bool)))
        return _corpus(own.tokens, own.counts, own.document, own.sentences)

    def under(self, vocabulary: np.ndarray) -> Corpus:
        """The same sentences with the words of another vocabulary."""
        return replace(self, vocabulary=vocabulary, spread=spread(self.tokens, vocabulary))

    def common(self, min_df: int) -> Corpus:
        """The same sentences; the vocabulary is the tokens that at least `min_df` documents have."""
        by_document = sparse.csr_array(grouping(self.document, self.n_documents) @ self.counts)
        df = np.bincount(by_document.indices, minlength=len(self.tokens))
        return self.under(self.tokens[df >= min_df])


def grouping(group: np.ndarray, groups: int) -> sparse.csr_array:
    """Sums rows by group when multiplied from the left; shape (groups, rows)."""
    rows = len(group)
    return sparse.csr_array((np.ones(rows), (group, np.arange(rows))), shape=(groups, rows))


def spread(tokens: np.ndarray, vocabulary: np.ndarray) -> sparse.csr_array:
    """The words of a vocabulary that each token counts as, shape (T, V): itself and the shorter words inside it.

    Segmentation keeps terms whole, so that one text has 光电信息产业 where another has 产业. A token of four characters or
    more counts as itself and as the words of the vocabulary inside it, the longest from the left, without overlap.
    """
    place = {word: i for i, word in enumerate(vocabulary)}
    rows, columns = [], []
    for row, token in enumerate(tokens):
        found = [place[token]] if token in place else []
        found += [place[part] for part in _inside(token, place)]
        rows += [row] * len(found)
        columns += found
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(tokens), len(vocabulary)))
    matrix.sum_duplicates()
    return matrix


def _inside(token: str, words: Collection[str]) -> list[str]:
    found, start = [], 0
    while len(token) > 3 and start < len(token) - 1:
        ends = range(min(len(token), start + len(token) - 1), start + 1, -1)
        end = next((end for end in ends if token[start:end] in words), start + 1)
        if end > start + 1:
            found.append(token[start:end])
        start = end
    return found


def build_corpus(tokens: pd.DataFrame, sentences: pd.DataFrame, outline: pd.DataFrame, reading: Reading) -> Corpus:
    """Sentences and documents; the vocabulary is all tokens.

    Documents are paragraphs; one of more than `reading.longest` sentences is cut into pieces of nearly equal length. Words
    are those of `_TAGS` without `_PLACES`, and the terms; at least two characters long and not left out.

    Parameters
    ----------
    tokens, sentences, outline : DataFrame
        As in the tables of the same names, of one or more reports.
    """
    key = ["report_id", "section_id"]
    joined = sentences.merge(outline[[*key, "role", "level"]], on=key, how="left")
    used = joined[joined["role"].isin(list(reading.roles))]
    used = used.sort_values("report_id", kind="stable", ignore_index=True)
    document = _documents(used, reading.longest)
    tag, tags = pd.factorize(tokens["pos"])
    word, words = pd.factorize(tokens["token"])
    subject = np.array([str(t).startswith(_TAGS) and not str(t).startswith(_PLACES) for t in tags], dtype=bool)
    left_out = frozenset(reading.left_out)
    usable = np.array([len(str(w)) > 1 and str(w) not in left_out for w in words], dtype=bool)
    kind = tokens["kind"].to_numpy(dtype=object)
    fits = (subject[tag] | (kind == "term")) & (kind != "number") & usable[word]
    row = pd.Index(used["sentence_id"]).get_indexer(pd.Index(tokens.loc[fits, "sentence_id"]))
    inside = row >= 0
    row, column = row[inside], word[fits][inside]
    counts = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(used), len(words)))
    counts.sum_duplicates()
    order = np.argsort(words.to_numpy(dtype=object), kind="stable")
    return _corpus(
        words.to_numpy(dtype=object)[order],
        counts[:, order],
        document,
        used[["report_id", "section_id", "sentence_id", "role", "level"]],
    )


def _corpus(tokens: np.ndarray, counts: sparse.csr_array, document: np.ndarray, sentences: pd.DataFrame) -> Corpus:
    """A corpus whose vocabulary is the tokens that occur, without their parts."""
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(tokens)))
    itself = sparse.csr_array(sparse.eye_array(len(kept), format="csr"))
    return Corpus(tokens[kept], sparse.csr_array(counts[:, kept]), document, sentences, tokens[kept], itself)


def stack(parts: Sequence[Corpus]) -> Corpus:
    """Several corpora, of which none shares a report with another, as one: sorted by report_id, under one vocabulary."""
    tokens = np.unique(np.concatenate([part.tokens for part in parts]))
    blocks = []
    for part in parts:
        own = part.counts.tocoo()
        column = np.searchsorted(tokens, part.tokens)[own.col]
        blocks.append(sparse.csr_array((own.data, (own.row, column)), shape=(own.shape[0], len(tokens))))
    starts = np.cumsum([0, *(part.n_documents for part in parts)])
    document = np.concatenate([part.document + start for part, start in zip(parts, starts[:-1], strict=True)])
    sentences = pd.concat([part.sentences for part in parts], ignore_index=True)
    # In whatever batches the reports came, the model meets its documents in one order.
    order = np.argsort(sentences["report_id"].to_numpy(dtype=object), kind="stable")
    changes = np.diff(document[order], prepend=document[order][:1]) != 0
    counts = sparse.csr_array(sparse.vstack(blocks))[order]
    return _corpus(tokens, counts, np.cumsum(changes), sentences.iloc[order].reset_index(drop=True))


def _documents(sentences: pd.DataFrame, longest: int) -> np.ndarray:
    """Index of the document of each sentence."""
    if not len(sentences):
        return np.zeros(0, dtype="int64")
    paragraph = sentences.groupby(["report_id", "paragraph"], sort=False).ngroup().to_numpy()
    size = np.bincount(paragraph)
    place = sentences.groupby(paragraph).cumcount().to_numpy()
    pieces = -(-size // longest)
    # Pieces of nearly equal length, the longer ones first.
    short, longer = size // pieces, size % pieces
    edge = longer[paragraph] * (short + 1)[paragraph]
    early = place // (short + 1)[paragraph]
    late = longer[paragraph] + (place - edge) // short[paragraph]
    piece = np.where(place < edge, early, late)
    key = paragraph * (int(pieces.max()) + 1) + piece
    return np.unique(key, return_inverse=True)[1]
