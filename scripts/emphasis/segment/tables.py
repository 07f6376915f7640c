"""The tokens of a batch of reports as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.ingest.model import Metadata, Report, Sentence, Source
from emphasis.sections import ancestors
from emphasis.segment.lexicon import Lexicon, Term, clean
from emphasis.segment.segmenter import Segmenter
from emphasis.segment.term_discovery import Candidate, find_terms
from emphasis.segment.tokens import Token, TokenTable
from emphasis.store.tables import report_slices

FOUND = ["report_id", "term", "pos", "n", "evidence", "score", "used"]
ALIASES = ["report_id", "alias", "term", "n", "merged"]


@dataclass(frozen=True)
class CutReport:
    """A report that was cut into tokens with the terms that it shows by itself.

    Attributes
    ----------
    report_id : str
    texts : list of str
        Its sentences, as `lexicon.clean` gives them.
    tokens : TokenTable
        Of its sentences as they stand.
    counts : Counter
        How often each token occurs.
    accepted : list of Term
        Terms found in the report, with which it was cut.
    rest : list of Candidate
        Strings found in the report with which it was not cut.
    """

    report_id: str
    texts: list[str]
    tokens: TokenTable
    counts: Counter[str]
    accepted: list[Term]
    rest: list[Candidate]


def cut_reports(sentences: pd.DataFrame, segmenter: Segmenter, lexicon: Lexicon) -> list[CutReport]:
    """Find the terms that each report shows by itself and cut its sentences into tokens with them.

    Parameters
    ----------
    sentences : DataFrame
        As in sentences.parquet: report_id, text; report by report and in the order of the text.
    segmenter : Segmenter
        With the lexicon.
    lexicon : Lexicon
    """
    texts = sentences["text"].to_numpy(dtype=object)
    return [
        _cut(report_id, texts[own].tolist(), segmenter, lexicon) for report_id, own in report_slices(sentences).items()
    ]


def _cut(report_id: str, sentences: list[str], segmenter: Segmenter, lexicon: Lexicon) -> CutReport:
    texts = [*map(clean, sentences)]
    accepted, rest = find_terms(texts, lexicon, segmenter)
    tokens = segmenter.with_terms(accepted).table(sentences)
    return CutReport(report_id, texts, tokens, tokens.counts(), accepted, rest)


def token_table(
    sentences: pd.DataFrame, tables: Sequence[TokenTable], merged: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Every token of the sentences, with offsets into the report's text.

    Parameters
    ----------
    sentences : DataFrame
        report_id, section_id, sentence_id, start; report by report and in the order of the text.
    tables : sequence of TokenTable
        One after the other, the tokens of these sentences.
    merged : mapping of str to str, optional
        What stands in place of some tokens: with `Lexicon.canonical`, for another name of a term the term;
        `start` and `end` still lead to what the report says.

    Returns
    -------
    DataFrame
        As in tokens.parquet; text as categories, so that nothing is done for each row that can be done for each word.
    """
    known = [entry for table in tables[:1] for entry in table.vocabulary.entries]
    used, entries = _compact(_joined([table.entry for table in tables]))
    words = [(merged or {}).get(known[n].token, known[n].token) for n in used]
    before = np.cumsum([0, *(table.texts for table in tables)])
    rows = _joined([table.text + n for table, n in zip(tables, before, strict=False)])
    places = sentences["start"].to_numpy(dtype="int64")[rows]
    codes, reports = pd.factorize(sentences["report_id"])
    firsts = np.searchsorted(codes[rows], np.arange(len(reports)))
    return pd.DataFrame(
        {
            "report_id": pd.Categorical.from_codes(codes[rows], reports),
            "section_id": _categories(sentences["section_id"], rows),
            "sentence_id": _categories(sentences["sentence_id"], rows),
            "position": np.arange(1, len(rows) + 1) - firsts[codes[rows]],
            "token": _categories(words, entries),
            "pos": _categories([known[n].pos for n in used], entries),
            "kind": _categories([known[n].kind for n in used], entries),
            "start": places + _joined([table.start for table in tables]),
            "end": places + _joined([table.end for table in tables]),
        }
    )


def _joined(columns: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype="int64"), *columns])


def _compact(numbers: np.ndarray) -> tuple[list[int], np.ndarray]:
    """The different numbers, and of each number its place among them."""
    used = np.flatnonzero(np.bincount(numbers))
    places = np.zeros(len(numbers) and used[-1] + 1, dtype="int64")
    places[used] = np.arange(len(used))
    return used.tolist(), places[numbers]


def _categories(words: Sequence[str] | pd.Series[str], rows: np.ndarray) -> pd.Categorical[str]:
    """The words that stand in some rows."""
    codes, different = pd.factorize(np.array(words, dtype=object))
    return pd.Categorical.from_codes(codes[rows], pd.Index(different))


def found_table(reports: Iterable[CutReport]) -> pd.DataFrame:
    """What was found in the reports, and whether they were cut with it, as in found_terms.parquet."""
    rows: list[tuple[object, ...]] = []
    for r in reports:
        rows += [(r.report_id, t.term, t.pos, r.counts[t.term], t.source, None, True) for t in r.accepted]
        rows += [(r.report_id, c.term, "", c.n, "+".join(c.evidence), c.score, False) for c in r.rest]
    return pd.DataFrame(rows, columns=FOUND)


def alias_table(reports: Iterable[CutReport], lexicon: Lexicon, *, merged: bool) -> pd.DataFrame:
    """Other names of terms (社零总额 for 社会消费品零售总额) in the reports, as in aliases.csv.

    Parameters
    ----------
    reports : iterable of CutReport
    lexicon : Lexicon
    merged : bool
        Whether they are counted as the term.
    """
    rows = [
        (report.report_id, alias, lexicon.canonical[alias], report.counts[alias], merged)
        for report in reports
        for alias in sorted(report.counts.keys() & lexicon.canonical.keys())
    ]
    return pd.DataFrame(rows, columns=ALIASES)


def merge_counts(counts: Counter[str], merged: Mapping[str, str]) -> Counter[str]:
    """How often each token occurs when others stand in place of some; see `token_table`."""
    if not merged:
        return counts
    together: Counter[str] = Counter()
    for token, n in counts.items():
        together[merged.get(token, token)] += n
    return together


def marked_report(
    reports: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> tuple[Report, list[list[Token]]]:
    """A report and the tokens of each of its sentences, as `emphasis.segment.audit.html_page` takes them.

    Parameters
    ----------
    reports, sentences, tokens : DataFrame
        As in reports.csv, sentences.parquet and tokens.parquet, of one report.
    """
    columns = (sentences[name].tolist() for name in ("section_id", "paragraph", "start", "end", "text"))
    text = tuple(Sentence(*row) for row in zip(*columns, strict=True))
    place = {sentence_id: i for i, sentence_id in enumerate(sentences["sentence_id"])}
    rows: list[list[Token]] = [[] for _ in text]
    names = ("sentence_id", "token", "pos", "kind", "start", "end")
    for sentence_id, token, pos, kind, start, end in zip(*(tokens[name].tolist() for name in names), strict=True):
        i = place[sentence_id]
        rows[i].append(Token(token, pos, kind, start - text[i].start, end - text[i].start))
    about = reports.iloc[0]
    report = Report(about["report_id"], Source("", "", "", ""), Metadata(title=about["title"]), sentences=text)
    return report, rows


def section_table(outline: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """The outline with the column n_tokens: tokens of each section, subsections included."""
    own = tokens.groupby(["report_id", "section_id"]).size().reset_index()
    total: Counter[tuple[str, str]] = Counter()
    for report_id, section_id, n in own.itertuples(index=False, name=None):
        for holder in ancestors(section_id):
            total[report_id, holder] += n
    keys = zip(outline["report_id"], outline["section_id"], strict=True)
    return outline.assign(n_tokens=[total[key] for key in keys])
