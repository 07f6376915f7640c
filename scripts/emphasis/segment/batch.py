"""The tokens of a batch of reports as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.ingest.model import Metadata, Report, Sentence, Source
from emphasis.sections import ancestors
from emphasis.segment.discover import find_terms
from emphasis.segment.lexicon import Lexicon
from emphasis.segment.model import Token
from emphasis.segment.segmenter import Segmenter

FOUND = ["report_id", "term", "pos", "n", "evidence", "score", "used"]
COLUMNS = ["report_id", "section_id", "sentence_id", "position", "token", "pos", "kind", "start", "end"]


@dataclass(frozen=True)
class _Text:
    """The sentences of a report as discovery reads them."""

    sentences: tuple[Sentence, ...]


def segment_report(
    sentences: pd.DataFrame, segmenter: Segmenter, lexicon: Lexicon
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the terms that a report shows by itself and cut its sentences into tokens with them.

    Parameters
    ----------
    sentences : DataFrame
        Of one report: report_id, section_id, sentence_id, paragraph, start, end, text; in the order of the text.
    segmenter : Segmenter
        With the lexicon.
    lexicon : Lexicon

    Returns
    -------
    tokens : DataFrame
        As in tokens.parquet.
    found : DataFrame
        report_id, term, pos, n, evidence, score, used: what was found and whether the report was cut with it.
    """
    columns = (sentences[name].tolist() for name in ("section_id", "paragraph", "start", "end", "text"))
    text = _Text(tuple(Sentence(*row) for row in zip(*columns, strict=True)))
    accepted, rest = find_terms(text, lexicon, segmenter)
    tokens = token_table(sentences, segmenter.with_terms(accepted))
    report_id = sentences["report_id"].iloc[0]
    counts = Counter(tokens["token"])
    rows: list[tuple[object, ...]] = [
        (report_id, t.term, t.pos, counts[t.term], t.source, None, True) for t in accepted
    ]
    rows += [(report_id, c.term, "", c.n, "+".join(c.evidence), c.score, False) for c in rest]
    return tokens, pd.DataFrame(rows, columns=FOUND)


def token_table(sentences: pd.DataFrame, segmenter: Segmenter) -> pd.DataFrame:
    """Every token of the sentences of one report, with offsets into the report's text.

    Parameters
    ----------
    sentences : DataFrame
        report_id, section_id, sentence_id, start, text; in the order of the text.
    segmenter : Segmenter
    """
    tokens = segmenter.table(sentences["text"].tolist())
    where = sentences.iloc[tokens.text]
    place = where["start"].to_numpy()
    columns = {
        "report_id": where["report_id"].to_numpy(),
        "section_id": where["section_id"].to_numpy(),
        "sentence_id": where["sentence_id"].to_numpy(),
        "position": np.arange(1, len(tokens.token) + 1),
        "token": tokens.token,
        "pos": tokens.pos,
        "kind": tokens.kind,
        "start": place + np.array(tokens.start, dtype="int64"),
        "end": place + np.array(tokens.end, dtype="int64"),
    }
    return pd.DataFrame(columns, columns=COLUMNS)


def merge_aliases(tokens: pd.DataFrame, lexicon: Lexicon, *, merged: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count another name of a term as the term (社零总额 as 社会消费品零售总额), if that is wished, and say where it would be.

    Parameters
    ----------
    tokens : DataFrame
        As in tokens.parquet.
    lexicon : Lexicon
    merged : bool
        False leaves the tokens as they are.

    Returns
    -------
    tokens : DataFrame
        With the term in place of the other name; `start` and `end` still lead to what the report says.
    aliases : DataFrame
        report_id, alias, term, n, merged: other names in the tokens, and whether they were counted as the term.
    """
    canonical = lexicon.canonical
    known = {alias: canonical[alias] for alias in canonical.keys() & set(tokens["token"].tolist())}
    found = tokens[tokens["token"].isin(list(known))]
    found = found.assign(alias=found["token"], term=found["token"].map(known))
    aliases = found.groupby(["report_id", "alias", "term"], sort=True).size().rename("n").reset_index()
    if merged:
        tokens = tokens.assign(token=tokens["token"].replace(known))
    return tokens, aliases.assign(merged=merged)


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
