"""Segmentation of a batch of reports, and its results as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.ingest.records import Metadata, Report, Sentence, Source
from emphasis.sections import ancestors
from emphasis.segment.cue_words import CueWords
from emphasis.segment.lexicon import Lexicon, Term, normalise
from emphasis.segment.place_names import Places
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_discovery import TermCandidate, find_terms
from emphasis.segment.tokens import Token, TokenTable
from emphasis.store.codes import pair_codes, unsorted_codes
from emphasis.store.tables import report_slices
from emphasis.text import change_together

FOUND_COLUMNS = ["report_id", "term", "pos", "n", "evidence", "score", "used"]
ALIAS_COLUMNS = ["report_id", "alias", "term", "n", "merged"]


@dataclass(frozen=True)
class SegmentedReport:
    """The tokens of a report, segmented with the terms discovered in it."""

    report_id: str
    tokens: TokenTable  # of its sentences as they are
    counts: Counter[str]  # how often each token occurs
    accepted: list[Term]  # terms discovered in the report, with which it was segmented
    candidates: list[TermCandidate]  # strings discovered in the report, with which it was not


def segment_reports(
    sentences: pd.DataFrame,
    segmenter: Segmenter,
    lexicon: Lexicon,
    cue_words: CueWords,
    places: Places | None = None,
) -> list[SegmentedReport]:
    """Discover each report's own terms and segment its sentences with them.

    `sentences` are as in sentences.parquet: report_id, text; report by report, in the order of the text. `segmenter`
    has the terms of the lexicon; `places` has the names of places for each report, see `place_names.places_of_reports`.
    """
    found, column = [], sentences["text"].to_numpy(dtype=object)
    for report_id, rows in report_slices(sentences).items():
        printed = column[rows].tolist()
        texts = change_together(normalise, printed)
        names = (places or {}).get(report_id, ())
        local = segmenter.with_terms((), names) if names else segmenter
        first = local.table(texts)
        accepted, candidates = find_terms(texts, lexicon, local, cue_words, first)
        tokens = local.with_terms(accepted).table_from(printed, texts, first, accepted)
        found.append(SegmentedReport(report_id, tokens, tokens.counts(), accepted, candidates))
    return found


def token_table(
    sentences: pd.DataFrame, tables: Sequence[TokenTable], canonical: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Every token of the sentences, with offsets into the report's text, as in tokens.parquet.

    Text columns are categorical, so that work on a word is done once, not for each row.

    Parameters
    ----------
    sentences : DataFrame
        report_id, section_id, sentence_id, start; report by report, in the order of the text.
    tables : sequence of TokenTable
        The tokens of these sentences, table after table; all with the same vocabulary.
    canonical : mapping of str to str, optional
        What some tokens are replaced by: with `Lexicon.canonical`, an alias of a term by the term. `start` and `end`
        still point to what the report says.
    """
    types = tables[0].vocabulary.types if tables else []
    used, codes_of_types = _compact(_concatenate([table.type for table in tables]))
    words = [(canonical or {}).get(types[n].token, types[n].token) for n in used]
    before = np.cumsum([0, *(table.texts for table in tables)])
    rows = _concatenate([table.text + n for table, n in zip(tables, before, strict=False)])
    offsets = sentences["start"].to_numpy(dtype="int64")[rows]
    codes, reports = pd.factorize(sentences["report_id"])
    firsts = np.searchsorted(codes[rows], np.arange(len(reports)))
    return pd.DataFrame(
        {
            "report_id": pd.Categorical.from_codes(codes[rows], reports),
            "section_id": _categories(sentences["section_id"], rows),
            "sentence_id": _categories(sentences["sentence_id"], rows),
            "position": np.arange(1, len(rows) + 1) - firsts[codes[rows]],
            "token": _categories(words, codes_of_types),
            "pos": _categories([types[n].pos for n in used], codes_of_types),
            "kind": _categories([types[n].kind for n in used], codes_of_types),
            "start": offsets + _concatenate([table.start for table in tables]),
            "end": offsets + _concatenate([table.end for table in tables]),
        }
    )


def _concatenate(columns: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype="int64"), *columns])


def _compact(numbers: np.ndarray) -> tuple[list[int], np.ndarray]:
    """The distinct numbers in rising order, and the index of each number among them: 7 3 7 gives 3 7 and 1 0 1."""
    used = np.flatnonzero(np.bincount(numbers))
    index = np.zeros(len(numbers) and used[-1] + 1, dtype="int64")
    index[used] = np.arange(len(used))
    return used.tolist(), index[numbers]


def _categories(words: Sequence[str] | pd.Series[str], rows: np.ndarray) -> pd.Categorical[str]:
    """The words at some indices, repeatedly; the words need not be distinct."""
    codes, distinct = pd.factorize(np.array(words, dtype=object))
    return pd.Categorical.from_codes(codes[rows], pd.Index(distinct))


def found_terms_table(reports: Iterable[SegmentedReport]) -> pd.DataFrame:
    """The terms discovered in the reports, and whether they were segmented with them, as in found_terms.parquet."""
    rows: list[tuple[object, ...]] = []
    for r in reports:
        rows += [(r.report_id, t.term, t.pos, r.counts[t.term], t.source, None, True) for t in r.accepted]
        rows += [(r.report_id, c.term, "", c.n, "+".join(c.evidence), c.score, False) for c in r.candidates]
    return pd.DataFrame(rows, columns=FOUND_COLUMNS)


def alias_counts(reports: Iterable[SegmentedReport], lexicon: Lexicon, *, merged: bool) -> pd.DataFrame:
    """How often aliases of terms (社零总额 for 社会消费品零售总额) occur in the reports, as in aliases.csv.

    `merged` says whether they are counted as the term.
    """
    rows = [
        (report.report_id, alias, lexicon.canonical[alias], report.counts[alias], merged)
        for report in reports
        for alias in sorted(report.counts.keys() & lexicon.canonical.keys())
    ]
    return pd.DataFrame(rows, columns=ALIAS_COLUMNS)


def report_with_tokens(
    reports: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> tuple[Report, list[list[Token]]]:
    """A report and the tokens of each of its sentences, as `audit.html_page` takes them.

    `reports`, `sentences` and `tokens` have the rows of one report in reports.csv, sentences.parquet and
    tokens.parquet.
    """
    columns = (sentences[name].tolist() for name in ("section_id", "paragraph", "start", "end", "text"))
    text = tuple(Sentence(*row) for row in zip(*columns, strict=True))
    index = {sentence_id: i for i, sentence_id in enumerate(sentences["sentence_id"])}
    rows: list[list[Token]] = [[] for _ in text]
    names = ("sentence_id", "token", "pos", "kind", "start", "end")
    for sentence_id, token, pos, kind, start, end in zip(*(tokens[name].tolist() for name in names), strict=True):
        i = index[sentence_id]
        rows[i].append(Token(token, pos, kind, start - text[i].start, end - text[i].start))
    metadata = reports.iloc[0]
    report = Report(metadata["report_id"], Source("", "", "", ""), Metadata(title=metadata["title"]), sentences=text)
    return report, rows


def section_table(outline: pd.DataFrame, tokens: pd.DataFrame, vocabulary: pd.DataFrame) -> pd.DataFrame:
    """The outline with the columns n_tokens and n_words: those of each section, its subsections included.

    Tokens (report_id, section_id, token) keep terms whole; words are those of the finest cut, as vocabulary.parquet has them.
    """
    words = vocabulary[vocabulary["is_word"]].groupby("token", observed=True)["n"].sum()
    place, types = unsorted_codes(tokens["token"])
    sizes = words.reindex(types.to_pylist()).to_numpy().astype("int64")[place]
    section, sections = pair_codes(tokens["report_id"], tokens["section_id"])
    own = np.stack([np.bincount(section), np.bincount(section, sizes).astype("int64")], axis=1)
    total: dict[tuple[str, str], np.ndarray] = {}
    for (report_id, section_id), n in zip(sections, own, strict=True):
        for ancestor in ancestors(section_id):
            total[report_id, ancestor] = total.get((report_id, ancestor), 0) + n
    keys = zip(outline["report_id"], outline["section_id"], strict=True)
    n_tokens, n_words = np.array([total.get(key, (0, 0)) for key in keys], dtype="int64").reshape(-1, 2).T
    return outline.assign(n_tokens=n_tokens, n_words=n_words)
