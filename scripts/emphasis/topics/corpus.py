"""The documents and words of a topic model: paragraphs as documents, subject words counted in each sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from emphasis.segment.vocabulary import inner_borders

_TAGS = ("n", "vn", "an", "j", "l", "i", "eng")
"""Nouns, nominal verbs and adjectives, abbreviations, idioms, Latin: the word classes that carry subjects."""

_NAME_TAGS = ("ns", "nr")
"""Names of places and people: they separate reports, not subjects."""


@dataclass(frozen=True)
class CorpusSettings:
    """Which words and documents a model is made of."""

    roles: Collection[str]  # parts of a report that are used
    stopwords: Collection[str]  # words without a subject: stop words and all-purpose words
    max_sentences: int  # length of a document; longer paragraphs are divided


@dataclass(frozen=True)
class Corpus:
    """Words counted by sentence, the documents that the sentences form, and the vocabulary of a model.

    Of `sentences` there are the columns report_id, section_id, sentence_id, paragraph, role, level, in the order of the text,
    reports sorted by id.
    """

    tokens: np.ndarray  # (T,) of str, sorted: every word of the sentences
    token_counts: sparse.csr_array  # (S, T): occurrences of each token in each sentence
    document: np.ndarray  # (S,): index of each sentence's document, ascending from 0 without gaps
    sentences: pd.DataFrame  # S rows
    vocabulary: np.ndarray  # (V,) of str, sorted: the words that a model knows
    word_map: sparse.csr_array  # (T, V): the words of the vocabulary that each token counts as, see `decompound`

    @property
    def n_documents(self) -> int:
        """Number of documents."""
        return int(self.document[-1]) + 1 if len(self.document) else 0

    @property
    def sentence_counts(self) -> sparse.csr_array:
        """Occurrences of each word of the vocabulary in each sentence, shape (S, V)."""
        return sparse.csr_array(self.token_counts @ self.word_map)

    @property
    def document_counts(self) -> sparse.csr_array:
        """Occurrences of each word of the vocabulary in each document, shape (D, V)."""
        return sparse.csr_array(self.document_tokens @ self.word_map)

    @property
    def document_tokens(self) -> sparse.csr_array:
        """Occurrences of each token in each document, shape (D, T)."""
        return sparse.csr_array(indicator_matrix(self.document, self.n_documents) @ self.token_counts)

    @property
    def n_known(self) -> np.ndarray:
        """Number of tokens in each sentence that are in the vocabulary, whole or in part, shape (S,)."""
        return np.asarray(self.token_counts @ (np.diff(self.word_map.indptr) > 0))

    def select_sentences(self, positions: np.ndarray) -> Corpus:
        """The sentences at these positions, ascending; documents are renumbered."""
        document = np.unique(self.document[positions], return_inverse=True)[1]
        sentences = self.sentences.iloc[positions].reset_index(drop=True)
        return replace(self, token_counts=self.token_counts[positions], document=document, sentences=sentences)

    def select_reports(self, report_ids: Collection[str]) -> Corpus:
        """The sentences of some reports; the vocabulary is their tokens."""
        inside = self.sentences["report_id"].isin(list(report_ids)).to_numpy(dtype=bool)
        own = self.select_sentences(np.flatnonzero(inside))
        return _corpus(own.tokens, own.token_counts, own.document, own.sentences)

    def with_vocabulary(self, vocabulary: np.ndarray) -> Corpus:
        """The same sentences with another vocabulary."""
        return replace(self, vocabulary=vocabulary, word_map=decompound(self.tokens, vocabulary))

    def with_common_words(self, min_df: int) -> Corpus:
        """The same sentences; the vocabulary is the tokens that occur, also inside longer ones, in `min_df` documents or more."""
        own = self.with_vocabulary(self.tokens)
        df = np.bincount(own.document_counts.indices, minlength=len(self.tokens))
        return self.with_vocabulary(self.tokens[df >= min_df])


def build_corpus(
    tokens: pd.DataFrame, sentences: pd.DataFrame, outline: pd.DataFrame, settings: CorpusSettings
) -> Corpus:
    """Count the words of reports by sentence; the vocabulary is all tokens.

    Documents are paragraphs; one of more than `settings.max_sentences` is divided into documents of nearly equal length. Words
    are terms and the word classes `_TAGS` without `_NAME_TAGS`; at least two characters long and no stop words. `tokens`,
    `sentences`, `outline` are as in the tables, of one or more reports.
    """
    key = ["report_id", "section_id"]
    used = sentences.merge(outline[[*key, "role", "level"]], on=key, how="left")
    used = used[used["role"].isin(list(settings.roles))].sort_values("report_id", kind="stable", ignore_index=True)
    # Each tag and each word is looked at once, not each token.
    tag, tags = pd.factorize(tokens["pos"])
    word, words = pd.factorize(tokens["token"])
    named = np.array([str(t).startswith(_NAME_TAGS) for t in tags], dtype=bool)
    subject = np.array([str(t).startswith(_TAGS) for t in tags], dtype=bool)
    stopwords = frozenset(settings.stopwords)
    names = words.to_numpy(dtype=object)
    usable = np.array([len(name) > 1 and name not in stopwords for name in names], dtype=bool)
    kind = tokens["kind"].to_numpy(dtype=object)
    fits = (subject[tag] | (kind == "term")) & ~named[tag] & (kind != "number") & usable[word]
    row = pd.Index(used["sentence_id"]).get_indexer(pd.Index(tokens.loc[fits, "sentence_id"]))
    inside = row >= 0
    counts = count_pairs(row[inside], word[fits][inside], (len(used), len(words)))
    order = np.argsort(names, kind="stable")
    kept = used[["report_id", "section_id", "sentence_id", "paragraph", "role", "level"]]
    return _corpus(names[order], counts[:, order], _documents(used, settings.max_sentences), kept)


def count_pairs(
    rows: Sequence[int] | np.ndarray, columns: Sequence[int] | np.ndarray, shape: tuple[int, int]
) -> sparse.csr_array:
    """How often each pair of a row and a column occurs, as a sparse array."""
    counts = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    counts.sum_duplicates()
    return counts


def _documents(sentences: pd.DataFrame, longest: int) -> np.ndarray:
    """Index of the document of each sentence.

    A paragraph of 10 sentences, at most 3 to a document, gives documents of 3, 3, 2 and 2: the longer ones come first.
    """
    if not len(sentences):
        return np.zeros(0, dtype="int64")
    paragraph = sentences.groupby(["report_id", "paragraph"], sort=False).ngroup().to_numpy()
    size = np.bincount(paragraph)
    position = sentences.groupby(paragraph).cumcount().to_numpy()
    n_documents = -(-size // longest)
    short, n_longer = size // n_documents, size % n_documents
    # Sentences before `edge` are in documents of short + 1 sentences, the others in documents of `short`.
    edge = n_longer[paragraph] * (short + 1)[paragraph]
    early = position // (short + 1)[paragraph]
    late = n_longer[paragraph] + (position - edge) // short[paragraph]
    number = np.where(position < edge, early, late)
    key = paragraph * (int(n_documents.max()) + 1) + number
    return np.unique(key, return_inverse=True)[1]


def _corpus(tokens: np.ndarray, counts: sparse.csr_array, document: np.ndarray, sentences: pd.DataFrame) -> Corpus:
    """A corpus whose vocabulary is the tokens that occur, each counting as itself alone."""
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=len(tokens)))
    itself = sparse.csr_array(sparse.eye_array(len(kept), format="csr"))
    counts = sparse.csr_array(counts[:, kept])
    # Shuffling goes through what is stored in its order, which would depend on the reports that were counted together.
    counts.sort_indices()
    return Corpus(tokens[kept], counts, document, sentences, tokens[kept], itself)


def concat_corpora(parts: Sequence[Corpus]) -> Corpus:
    """Several corpora that share no report as one: sorted by report_id, with one vocabulary."""
    tokens = np.unique(np.concatenate([part.tokens for part in parts]))
    blocks = []
    for part in parts:
        own = part.token_counts.tocoo()
        column = np.searchsorted(tokens, part.tokens)[own.col]
        blocks.append(sparse.csr_array((own.data, (own.row, column)), shape=(own.shape[0], len(tokens))))
    starts = np.cumsum([0, *(part.n_documents for part in parts)])
    document = np.concatenate([part.document + start for part, start in zip(parts, starts[:-1], strict=True)])
    sentences = pd.concat([part.sentences for part in parts], ignore_index=True)
    # However the reports are batched, the model gets its documents in the same order.
    order = np.argsort(sentences["report_id"].to_numpy(dtype=object), kind="stable")
    changes = np.diff(document[order], prepend=document[order][:1]) != 0
    counts = sparse.csr_array(sparse.vstack(blocks))[order]
    return _corpus(tokens, counts, np.cumsum(changes), sentences.iloc[order].reset_index(drop=True))


def indicator_matrix(group: np.ndarray, n_groups: int) -> sparse.csr_array:
    """The matrix of shape (groups, rows) that sums rows by group when multiplied from the left."""
    rows = len(group)
    return sparse.csr_array((np.ones(rows), (group, np.arange(rows))), shape=(n_groups, rows))


def hash_name(name: str) -> int:
    """A whole number below 2**64 that depends on the name alone, the same in every run."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


def decompound(tokens: np.ndarray, vocabulary: np.ndarray) -> sparse.csr_array:
    """The words of a vocabulary that each token counts as, shape (T, V): itself, and the words and terms inside it.

    Segmentation keeps terms whole, so that one text has 光电信息产业 where another has 产业. A token counts as every string of the
    vocabulary that lies in it from one border of words to another: 光电信息产业 as itself, 光电, 信息 and 产业.
    """
    index = {word: i for i, word in enumerate(vocabulary.tolist())}
    rows: list[int] = []
    columns: list[int] = []
    for row, token in enumerate(tokens.tolist()):
        for part in _parts(token):
            if part in index:
                rows.append(row)
                columns.append(index[part])
    return count_pairs(rows, columns, (len(tokens), len(vocabulary)))


# Each batch is decompounded for each model, and most of its tokens are those of the batch before.
@lru_cache(maxsize=1 << 16)
def _parts(token: str) -> tuple[str, ...]:
    """The strings inside a token that begin and end at borders of words, itself among them."""
    borders = inner_borders(token)
    if not borders:
        return (token,)
    return tuple(token[a:b] for a, b in combinations((0, *borders, len(token)), 2))
