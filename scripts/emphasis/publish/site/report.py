"""What the page carries of one report: its text with its words, and what was measured of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.counts import Counting, counted_tokens
from emphasis.measures.dictionaries import Theme
from emphasis.measures.hits import theme_hits
from emphasis.publish.site.pack import columns
from emphasis.tables import Schema, only

KINDS = ("word", "term", "number", "latin")
"""Kinds of tokens; the page names them by their position."""

_DISTINCTIVE = 12
"""Words of a section that its TF-IDF ranks first."""

_OF_TARGETS = (
    "section_id", "sentence_id", "period", "indicator", "direction", "comparator", "value", "value_high", "unit", "kind",
    "hardness",
)  # fmt: skip
"""Columns of the ledger that the page shows."""

_Tables = Mapping[str, pd.DataFrame]


def report_block(
    report_id: str, tables: _Tables, schemas: Mapping[str, Schema], themes: Sequence[Theme], counting: Counting
) -> dict[str, Any]:
    """Text, words and measures of a report, by columns.

    Sentences are named by their number alone. A token is a gap behind the one before it and a length; its text is that of
    the sentence at its place without white space, half-width, and stands apart where it is not. Counts of words are not
    here: the page counts the tokens, with `keyword` saying which of them keyword tables list, so that a count and the list
    of its passages cannot differ.

    Parameters
    ----------
    report_id : str
    tables : mapping of str to DataFrame
        sections, sentences, tokens, tfidf, keyness, keyness_comparisons, theme_sections, targets, target_pairs, topics,
        topic_verdicts, topic_sections, topic_diagnostics, topic_passages.
    schemas : mapping of str to Schema
        Of these.
    themes : sequence of Theme
    counting : Counting
    """
    own = {name: only(table, report_id) for name, table in tables.items() if "report_id" in table.columns}
    models = set(own["topic_sections"]["model"])
    block: dict[str, Any] = {
        "sections": _sections(own["sections"], schemas["sections"], counting.roles),
        "sentences": _sentences(own["sentences"], own["sections"]),
        "tokens": _tokens(own, counting),
        "hits": _hits(own["sentences"], own["tokens"], themes),
    }
    tfidf = own["tfidf"][own["tfidf"]["rank"] <= _DISTINCTIVE]
    block["tfidf"] = columns(tfidf, schemas["tfidf"], "section_id", "term", "rank")
    parts = own["keyness"][own["keyness"]["comparison"] == "part"]
    block["keyness"] = columns(parts, schemas["keyness"], "term", "log_ratio", "p_permutation", "q_bh")
    for name in ("keyness_comparisons", "theme_sections", "targets", "target_pairs"):
        block[name] = _plain(own[name], schemas[name])
    # Texts stand in the sentences already; the page takes them from there.
    block["targets"] = {name: block["targets"][name] for name in _OF_TARGETS}
    block["targets"]["text"] = _places(own["targets"], own["sentences"])
    for name in ("topic_sections", "topic_passages"):
        block[name] = _plain(own[name], schemas[name])
    for name in ("topics", "topic_verdicts", "topic_diagnostics"):
        of_models = tables[name][tables[name]["model"].isin(models)]
        block[name] = _plain(of_models, schemas[name])
    block["topic_passages"].pop("text")
    return block


def sentence_number(sentence_id: str) -> int:
    """The number of a sentence in its report; 0 for none."""
    return int(sentence_id.rpartition(":")[2]) if sentence_id else 0


def _plain(table: pd.DataFrame, schema: Schema) -> dict[str, list[Any]]:
    out = columns(table.drop(columns="report_id", errors="ignore"), schema)
    for name in [name for name in out if name.endswith("sentence_id")]:
        out[name] = [sentence_number(value) for value in out[name]]
    return out


def _sections(sections: pd.DataFrame, schema: Schema, roles: Collection[str]) -> dict[str, list[Any]]:
    names = ("section_id", "parent_id", "level", "number", "heading", "role", "n_chars", "n_sentences", "n_tokens")
    return columns(sections, schema, *names) | {"counted": [role in roles for role in sections["role"]]}


def _sentences(sentences: pd.DataFrame, sections: pd.DataFrame) -> dict[str, list[Any]]:
    place = {section_id: i for i, section_id in enumerate(sections["section_id"])}
    return {
        "n": [sentence_number(value) for value in sentences["sentence_id"]],
        "section": [place[value] for value in sentences["section_id"]],
        "paragraph": sentences["paragraph"].tolist(),
        "start": sentences["start"].tolist(),
        "text": sentences["text"].tolist(),
    }


def _places(targets: pd.DataFrame, sentences: pd.DataFrame) -> list[Any]:
    """Where each statement stands in its sentence, start and end; the statement itself if it does not stand there."""
    text = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    places: list[Any] = []
    for sentence_id, statement in zip(targets["sentence_id"], targets["text"], strict=True):
        start = text[sentence_id].find(statement)
        places.append([start, start + len(statement)] if start >= 0 else statement)
    return places


def _tokens(own: _Tables, counting: Counting) -> dict[str, Any]:
    tokens, sentences = own["tokens"], own["sentences"]
    counted = counted_tokens(tokens, own["sections"], counting)
    keywords = set(counted.loc[counted["keyword"], "token"])
    place = {sentence_id: i for i, sentence_id in enumerate(sentences["sentence_id"])}
    sentence = np.array([place[value] for value in tokens["sentence_id"]], dtype="int64")
    offset = sentences["start"].to_numpy(dtype="int64")[sentence]
    start, end = (tokens[name].to_numpy(dtype="int64") - offset for name in ("start", "end"))
    previous = np.where(np.r_[True, sentence[1:] != sentence[:-1]][: len(end)], 0, np.r_[0, end[:-1]][: len(end)])
    text = sentences["text"].tolist()
    as_written = [text[s][a:b] for s, a, b in zip(sentence, start, end, strict=True)]
    other = [i for i, (seen, token) in enumerate(zip(as_written, tokens["token"], strict=True)) if seen != token]
    return {
        "count": np.bincount(sentence, minlength=len(sentences)).tolist(),
        "gap": (start - previous).tolist(),
        "length": (end - start).tolist(),
        "kind": [
            2 * KINDS.index(kind) + (token in keywords)
            for kind, token in zip(tokens["kind"], tokens["token"], strict=True)
        ],
        "other": other,
        "as": [tokens["token"].iat[i] for i in other],
    }


def _hits(sentences: pd.DataFrame, tokens: pd.DataFrame, themes: Sequence[Theme]) -> dict[str, list[int]]:
    """Hits of themes, each with the position of its sentence and of its theme, start and end in the sentence."""
    hits = theme_hits(sentences, tokens, themes)
    place = {sentence_id: i for i, sentence_id in enumerate(sentences["sentence_id"])}
    number = {theme.name: i for i, theme in enumerate(themes)}
    sentence = np.array([place[value] for value in hits["sentence_id"]], dtype="int64")
    offset = sentences["start"].to_numpy(dtype="int64")[sentence]
    return {
        "sentence": sentence.tolist(),
        "theme": [number[value] for value in hits["theme"]],
        "start": (hits["start"].to_numpy(dtype="int64") - offset).tolist(),
        "end": (hits["end"].to_numpy(dtype="int64") - offset).tolist(),
    }
