"""Candidate words for the list of a theme: keywords that stand in the same surroundings as its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import svds

from emphasis.measures.counting import Counting, select_tokens
from emphasis.measures.dictionaries import Theme

WINDOW = 5
"""Words before and after, within the sentence, that are the surroundings of a word."""
MIN_N, MIN_REPORTS = 10, 3
"""Occurrences, and reports with the word, below which its surroundings say too little."""
MIN_WORDS, MIN_OF_THEME = 300, 3
"""Words that the method needs in all, and of a theme."""
DIMENSIONS = 100
DRAWS = 200
_MOST_WORDS = 20_000
_NEW = 50
"""New words that are listed of a theme, with those of its list that come before."""
_BINS = 10
COLUMNS = ["theme", "term", "rank", "similarity", "null_95", "n", "n_reports", "in_theme"]

Chunks = Callable[[], Iterable[tuple[pd.DataFrame, pd.DataFrame]]]
"""Gives the texts from their beginning, some whole reports at a time: tokens (report_id, section_id, sentence_id, token, kind) in the
order of the text, and sections (report_id, section_id, role)."""


@dataclass(frozen=True)
class Surroundings:
    """Keywords in the order of their frequency, and how often each stands near each.

    Attributes
    ----------
    words : DataFrame
        term, n (occurrences as a token of its own), n_reports.
    near : sparse matrix of shape (words, words)
        Pairs within the window; symmetric.
    """

    words: pd.DataFrame
    near: sparse.csr_matrix


def surroundings(chunks: Chunks, counting: Counting) -> Surroundings:
    """Count which keywords stand within `WINDOW` tokens of each other in one sentence, in the counted parts of all reports."""
    parts = [pd.DataFrame({"term": [], "report_id": [], "n": []}).astype({"n": "int64"})]
    for tokens, sections in chunks():
        counted = select_tokens(tokens, sections, counting)
        rows = tokens.iloc[counted.rows][["report_id", "token"]].astype("str")[counted.keyword]
        summed = rows.groupby(["token", "report_id"], as_index=False).size()
        parts.append(summed.set_axis(["term", "report_id", "n"], axis="columns"))
    words = pd.concat(parts, ignore_index=True).groupby("term").agg(n=("n", "sum"), n_reports=("report_id", "nunique"))
    words = words[(words["n"] >= MIN_N) & (words["n_reports"] >= MIN_REPORTS)].reset_index()
    words = words.sort_values(["n", "term"], ascending=[False, True], ignore_index=True)[:_MOST_WORDS]
    place = {term: i for i, term in enumerate(words["term"])}
    near = sparse.csr_matrix((len(words), len(words)), dtype="int64")
    for tokens, sections in chunks():
        near = near + _pairs(tokens.iloc[select_tokens(tokens, sections, counting).rows], place)
    return Surroundings(words, (near + near.T).tocsr())


def _pairs(rows: pd.DataFrame, place: dict[str, int]) -> sparse.csr_matrix:
    """Pairs of an earlier and a later word, of tokens in the order of the text."""
    word = rows["token"].astype("str").map(place).fillna(-1).to_numpy(dtype="int64")
    sentence = pd.factorize(rows["report_id"].astype("str") + " " + rows["sentence_id"].astype("str"))[0]
    first, second = [], []
    for distance in range(1, WINDOW + 1):
        a, b = word[:-distance], word[distance:]
        # Of a word that stands near itself nothing is learnt.
        kept = (sentence[:-distance] == sentence[distance:]) & (a >= 0) & (b >= 0) & (a != b)
        first.append(a[kept])
        second.append(b[kept])
    cells = np.concatenate(first), np.concatenate(second)
    shape = (len(place), len(place))
    return sparse.coo_matrix((np.ones(len(cells[0]), dtype="int64"), cells), shape=shape).tocsr()


def ppmi(near: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information of each pair of words.

    With n(a, b) pairs of the words a and b within the window, n(a) those of a with any word, and N all::

        PPMI(a, b) = max(0, ln(n(a, b) * N / (n(a) * n(b))))
    """
    cells = near.tocoo()
    sums = np.asarray(near.sum(axis=1), dtype="float64").ravel()
    information = np.log(cells.data * sums.sum() / (sums[cells.row] * sums[cells.col]))
    found = sparse.coo_matrix((np.maximum(information, 0), (cells.row, cells.col)), shape=near.shape).tocsr()
    found.eliminate_zeros()
    return found


def vectors(near: sparse.csr_matrix, seed: int) -> np.ndarray:
    """A vector of length 1 for each word: the rows of U S^(1/2) of the truncated singular value decomposition of `ppmi`.

    Of shape (words, `DIMENSIONS`), or fewer for few words. A word without neighbours has the vector 0.
    """
    k = min(DIMENSIONS, near.shape[0] - 1)
    start = np.random.default_rng(seed).uniform(0.5, 1, near.shape[0])
    u, s, _ = svds(ppmi(near), k=k, v0=start)
    found = u * np.sqrt(s)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    unit: np.ndarray = np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 1e-9)
    return unit


def expand(themes: Sequence[Theme], found: Surroundings, seed: int) -> pd.DataFrame:
    """Words that stand in the same surroundings as the words of a theme, for its list.

    Each keyword is a vector (`vectors`): the positive pointwise mutual information of the words within five of it in the
    sentence, reduced to 100 dimensions by singular value decomposition. With v(w) of length 1 and T the words of the theme that
    are keywords::

        similarity(w) = cos(v(w), sum over t in T, t != w, of v(t))

    ``null_95`` is what a list of random words reaches: each word of T is replaced by a random one of the same tenth of
    frequencies, 200 times, and each time the word that comes nearest to the list without being in it counts; it is the 95 %
    quantile of these. Of a list that has nothing in common any word is proposed in one of twenty cases. Only words
    beyond it are listed, as far as the fiftieth that is new to the theme; ``in_theme`` says which of them the list has (listed) or holds within a longer
    word (covered); the others (new) are for you to accept. A word near to a theme is no word of it: opposites and
    what is merely done in the same breath stand in the same surroundings.

    Words need ten occurrences in three reports; there have to be 300 such words, and three of a theme. Source of measure and
    reduction: Bullinaria, J. A. and Levy, J. P. (2012), Extracting semantic representations from word co-occurrence statistics:
    stop-lists, stemming, and SVD, Behavior Research Methods 44(3), 890-907.

    Parameters
    ----------
    themes : sequence of Theme
    found : Surroundings
    seed : int
        Of the decomposition's start and of the random lists.

    Returns
    -------
    DataFrame
        theme, term, rank, similarity, null_95, n, n_reports, in_theme.
    """
    place = {term: i for i, term in enumerate(found.words["term"])}
    if len(place) < MIN_WORDS:
        return pd.DataFrame(columns=COLUMNS)
    own = vectors(found.near, seed)
    members = [np.array([place[word] for word in theme.words if word in place]) for theme in themes]
    tables = [
        _expand(theme, found.words, own, of_theme, seed)
        for theme, of_theme in zip(themes, members, strict=True)
        if len(of_theme) >= MIN_OF_THEME
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def _expand(theme: Theme, words: pd.DataFrame, own: np.ndarray, members: np.ndarray, seed: int) -> pd.DataFrame:
    null = float(np.quantile(null_maxima(own, members, np.random.default_rng(seed)), 0.95))
    similar = similarities(own, members)
    rows = np.flatnonzero(similar > null)
    rows = rows[np.argsort(-np.round(similar[rows], 6), kind="stable")]
    table = words.iloc[rows].assign(
        similarity=similar[rows], null_95=null, theme=theme.name, rank=range(1, len(rows) + 1)
    )
    listed = set(theme.words)
    table["in_theme"] = [
        "listed" if term in listed else "covered" if any(word in term for word in theme.words) else "new"
        for term in table["term"]
    ]
    return table.loc[(table["in_theme"] == "new").cumsum() <= _NEW, COLUMNS]


def similarities(own: np.ndarray, members: np.ndarray) -> np.ndarray:
    """The cosine of each word and the sum of the members' vectors; of a member, that of the others."""
    together = own[members].sum(axis=0)
    sums = np.broadcast_to(together, own.shape).copy()
    sums[members] -= own[members]
    lengths = np.linalg.norm(sums, axis=1)
    cosines: np.ndarray = np.divide((own * sums).sum(axis=1), lengths, out=np.zeros(len(own)), where=lengths > 1e-9)
    return cosines


def null_maxima(own: np.ndarray, members: np.ndarray, rng: np.random.Generator, draws: int = DRAWS) -> np.ndarray:
    """For each random list of the members' frequencies, the largest similarity of a word outside it.

    Words are in the order of their frequency, so that tenths of frequencies are tenths of places.
    """
    bins = np.arange(len(own)) * _BINS // len(own)
    wanted = np.bincount(bins[members], minlength=_BINS)
    largest = np.empty(draws)
    for draw in range(draws):
        chosen = np.concatenate(
            [rng.choice(np.flatnonzero(bins == b), size, replace=False) for b, size in enumerate(wanted) if size]
        )
        outside = np.ones(len(own), dtype=bool)
        outside[chosen] = False
        together = own[chosen].sum(axis=0)
        largest[draw] = (own[outside] @ together).max() / max(float(np.linalg.norm(together)), 1e-9)
    return largest
