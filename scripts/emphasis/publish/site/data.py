"""The data in the page: how they are packed, a block for each report with text and measures, and what is of all reports.

Tables are stored by columns, which takes less room than rows.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa

from emphasis.ingest.warnings_zh import in_chinese
from emphasis.measures.best_report import sound
from emphasis.measures.dictionaries import Tested, Theme
from emphasis.measures.testing import MAX_Q
from emphasis.measures.theme_hits import theme_hits
from emphasis.measures.themes import DEFAULT, DEFINITIONS
from emphasis.segment.tokens import Kind
from emphasis.segment.vocabulary import cut_token, places_inside
from emphasis.store.tables import Schema, only

_UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

_GZIP_SYSTEM = 9
"""Position of the byte in which gzip names the operating system."""


KINDS = get_args(Kind)
"""Kinds of tokens; the page stores their position here."""

_TFIDF_WORDS = 12
"""Words of each section, the first by TF-IDF."""

_TARGET_COLUMNS = (
    "section_id", "sentence_id", "period", "indicator", "direction", "comparator", "value", "value_high", "unit", "kind",
    "hardness",
)  # fmt: skip
"""Columns of the ledger that the page shows."""

_REPORT_COLUMNS = (
    "report_id", "file", "title", "region", "adcode", "region_level", "year", "meeting", "date", "speaker", "speaker_title",
    "source", "published", "n_chars", "n_level1", "n_level2", "confidence", "n_warnings", "sha256",
)  # fmt: skip
_KEYNESS_COLUMNS = ("report_id", "reference", "term", "n_target", "n_reference", "log_odds", "test", "q_bh")
"""Columns of keyness_across that the page shows."""

ACROSS = (
    *("similarity", "target_attainment", "target_gaps", "keyness_across", "keyness_across_comparisons"),
    *("term_changes", "term_change_rates"),
)
"""Tables that exist if there are several reports."""

MODEL_TABLES = ("topics", "topic_verdicts", "topic_diagnostics")
"""Tables that say what models are. A model of one report stands in its block, the others in the block of all reports."""

_Tables = Mapping[str, pd.DataFrame]


def safe_json(value: Any) -> str:
    """JSON that is safe inside a script element: it has no character that could end the element or begin a tag."""
    return _compact_json(value).translate(_UNSAFE)


def pack_json(value: Any) -> str:
    """JSON, compressed with gzip, as base64; browsers can unpack it themselves.

    The compressor is the one in pyarrow, whose version the lock fixes; that of Python differs from machine to machine. The
    result names neither time nor operating system.
    """
    return pack_text(_compact_json(value))


def _compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def pack_text(text: str) -> str:
    """Text, compressed and encoded like `pack_json`."""
    data = bytearray(pa.Codec("gzip", compression_level=9).compress(text.encode("utf-8"), asbytes=True))
    data[4:8] = bytes(4)
    data[_GZIP_SYSTEM] = 255
    return base64.b64encode(data).decode("ascii")


def hash_source(text: str) -> str:
    """The hash by which a content security policy allows an inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def table_columns(table: pd.DataFrame, schema: Schema, *names: str) -> dict[str, list[Any]]:
    """A table by columns, with numbers rounded as they are printed; a missing value is null.

    Parameters
    ----------
    table : DataFrame
    schema : Schema
        Of the table.
    names : str
        The columns that are wanted, without those that the table lacks; all of its columns if none is named.
    """
    fields = {field.name: field for field in schema.fields}
    out: dict[str, list[Any]] = {}
    for name in [name for name in names or table.columns if name in table.columns]:
        column, field = table[name], fields.get(name)
        if field is not None and field.type == "number":
            column = column.round(field.decimals) + 0.0
        if field is not None and field.type in ("integer", "number"):
            out[name] = [
                None if gone else int(value) if value == int(value) else value
                for value, gone in zip(column.fillna(0).tolist(), column.isna(), strict=True)
            ]
        else:
            # Strings that are stored as Arrow's are listed several times as fast through an array of objects.
            out[name] = column.to_numpy(dtype=object).tolist() if column.dtype == "string" else column.tolist()
    return out


def report_block(
    report_id: str, tables: _Tables, schemas: Mapping[str, Schema], themes: Sequence[Theme], roles: Collection[str]
) -> dict[str, Any]:
    """Text, words and measures of a report, by columns.

    Sentences are named by their number alone. A token is stored as its distance from the end of the one before it and its
    length, its text only if it is not that of the sentence at this place. For example, the tokens of 坚持创新 are the gaps 0, 0 and
    the lengths 2, 2. Counts of words are not here: the page counts the tokens, of which an odd `kind` marks those that keyword
    tables list, and the keywords inside them, so that a count and the list of its passages cannot differ.

    Parameters
    ----------
    report_id : str
    tables : mapping of str to DataFrame
        sections, sentences, tokens, vocabulary, counts, tfidf, keyness, keyness_comparisons, theme_sections, targets, target_pairs, tasks,
        topics, topic_verdicts, topic_sections, topic_parts, topic_diagnostics, topic_passages.
    schemas : mapping of str to Schema
        Of these.
    themes : sequence of Theme
    roles : collection of str
        Parts of a report that are counted.
    """
    own = {name: only(table, report_id) for name, table in tables.items() if "report_id" in table.columns}
    alone = f"self:{report_id}"
    block: dict[str, Any] = {
        "sections": _sections(own["sections"], schemas["sections"], roles),
        "sentences": _sentences(own["sentences"], own["sections"]),
        "tokens": _tokens(own, tables["vocabulary"]),
        "hits": _hits(own["sentences"], own["tokens"], themes),
    }
    tfidf = own["tfidf"][(own["tfidf"]["rank"] <= _TFIDF_WORDS) & (own["tfidf"]["within"].fillna("") == "")]
    block["tfidf"] = table_columns(tfidf, schemas["tfidf"], "section_id", "term", "rank")
    parts = own["keyness"][own["keyness"]["comparison"] == "part"]
    block["keyness"] = table_columns(parts, schemas["keyness"], "term", "test", "q_bh")
    for name in ("keyness_comparisons", "theme_sections", "targets", "target_pairs", "tasks"):
        block[name] = _own_columns(own[name], schemas[name])
    # The sentences have these texts already; the page takes them from there.
    block["targets"] = {name: block["targets"][name] for name in _TARGET_COLUMNS}
    block["targets"]["text"] = _statement_spans(own["targets"], own["sentences"])
    # Shown in per cent with two decimals.
    shown = own["topic_sections"].round({"prevalence": 4, "low": 4, "high": 4})
    block["topic_sections"] = _own_columns(shown, schemas["topic_sections"])
    block["topic_passages"] = _own_columns(own["topic_passages"], schemas["topic_passages"])
    parts = own["topic_parts"][own["topic_parts"]["part"] != "untitled"]
    block["topic_parts"] = table_columns(
        parts, schemas["topic_parts"], "model", "part", "topic", "share", "low", "high"
    )
    for name in MODEL_TABLES:
        block[name] = _own_columns(tables[name][tables[name]["model"] == alone], schemas[name])
    block["topic_passages"].pop("text")
    return block


def sentence_number(sentence_id: str) -> int:
    """The number of a sentence in its report; 0 for none."""
    return int(sentence_id.rpartition(":")[2]) if sentence_id else 0


def _own_columns(table: pd.DataFrame, schema: Schema) -> dict[str, list[Any]]:
    out = table_columns(table.drop(columns="report_id", errors="ignore"), schema)
    for name in [name for name in out if name.endswith("sentence_id")]:
        out[name] = [sentence_number(value) for value in out[name]]
    return out


def _sections(sections: pd.DataFrame, schema: Schema, roles: Collection[str]) -> dict[str, list[Any]]:
    names = (
        "section_id",
        "parent_id",
        "level",
        "number",
        "heading",
        "role",
        "n_chars",
        "n_sentences",
        "n_tokens",
        "n_words",
    )
    return table_columns(sections, schema, *names) | {"counted": [role in roles for role in sections["role"]]}


def _sentences(sentences: pd.DataFrame, sections: pd.DataFrame) -> dict[str, list[Any]]:
    place = {section_id: i for i, section_id in enumerate(sections["section_id"])}
    return {
        "n": [sentence_number(value) for value in sentences["sentence_id"]],
        "section": [place[value] for value in sentences["section_id"]],
        "paragraph": sentences["paragraph"].tolist(),
        "start": sentences["start"].tolist(),
        "text": sentences["text"].tolist(),
    }


def _statement_spans(targets: pd.DataFrame, sentences: pd.DataFrame) -> list[Any]:
    """Start and end of each statement in its sentence; the statement itself if it is not found there."""
    text = dict(zip(sentences["sentence_id"], sentences["text"], strict=True))
    places: list[Any] = []
    for sentence_id, statement in zip(targets["sentence_id"], targets["text"], strict=True):
        start = text[sentence_id].find(statement)
        places.append([start, start + len(statement)] if start >= 0 else statement)
    return places


def _tokens(own: _Tables, vocabulary: pd.DataFrame) -> dict[str, Any]:
    tokens, sentences = own["tokens"], own["sentences"]
    keywords = set(own["counts"].loc[own["counts"]["keyword"], "term"])
    place = {sentence_id: i for i, sentence_id in enumerate(sentences["sentence_id"])}
    sentence = np.array([place[value] for value in tokens["sentence_id"]], dtype="int64")
    offset = sentences["start"].to_numpy(dtype="int64")[sentence]
    start, end = (tokens[name].to_numpy(dtype="int64") - offset for name in ("start", "end"))
    previous = np.where(np.r_[True, sentence[1:] != sentence[:-1]][: len(end)], 0, np.r_[0, end[:-1]][: len(end)])
    text = sentences["text"].tolist()
    as_written = [text[s][a:b] for s, a, b in zip(sentence, start, end, strict=True)]
    other = [i for i, (seen, token) in enumerate(zip(as_written, tokens["token"], strict=True)) if seen != token]
    held = vocabulary[vocabulary["token"].isin(tokens["token"]) & (vocabulary["unit"] != vocabulary["token"])]
    inside = own["counts"]["n"] > own["counts"]["n_alone"]
    return {
        # Of tokens that hold several words: how many, and the places of words and terms in them; the keywords that occur there.
        "held": _places_held(held),
        "inside": sorted(keywords & set(own["counts"].loc[inside, "term"])),
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


def _places_held(held: pd.DataFrame) -> dict[str, list[int]]:
    """For each token the number of its words, then offset and length of each word and term in it.

    `held` are rows of vocabulary.parquet without the tokens themselves.
    """
    units: dict[str, set[str]] = {}
    for token, unit in zip(held["token"].tolist(), held["unit"].tolist(), strict=True):
        units.setdefault(token, set()).add(unit)
    return {token: list(_places_in(token, frozenset(units[token]))) for token in sorted(units)}


@lru_cache(maxsize=2**16)
def _places_in(token: str, units: frozenset[str]) -> tuple[int, ...]:
    """The number of a token's words, then offset and length of each unit in it; most tokens are in many reports."""
    places = sorted(place for unit in units for place in places_inside(token, unit))
    return len(cut_token(token).words), *(number for a, b in places for number in (a, b - a))


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


def page_index(
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    themes: Sequence[Theme],
    shown: Sequence[str],
    figures: Mapping[str, Sequence[str]],
    tested: Mapping[str, Tested] | None = None,
) -> dict[str, Any]:
    """What the page needs when it opens: reports, warnings, the reports with text, their figures, the dictionaries."""
    diagnostics = tables["topic_diagnostics"]
    whole = diagnostics[diagnostics["measure"] == "model"].sort_values("model")
    return {
        "reports": table_columns(tables["reports"], schemas["reports"], *_REPORT_COLUMNS)
        | {"sound": sound(tables["reports"]).tolist()},
        "warnings": _warnings(tables["warnings"], schemas["warnings"]),
        "shown": list(shown),
        "figures": {report_id: list(names) for report_id, names in sorted(figures.items())},
        # The verdict on each model as a whole.
        "verdicts": dict(zip(whole["model"].tolist(), whole["verdict"].tolist(), strict=True)),
        "themes": [
            {"name": theme.name, "en": theme.label_en, "zh": theme.label}
            | {"status": theme.status, "source": theme.source, "words": list(theme.words)}
            | ({"tested": _tested(tested[theme.name])} if tested and theme.name in tested else {})
            for theme in themes
        ],
        "definitions": list(DEFINITIONS),
        "default": DEFAULT,
        "max_q": MAX_Q,
    }


def _warnings(warnings: pd.DataFrame, schema: Schema) -> dict[str, list[Any]]:
    """Warnings with their texts in Chinese beside the English ones; empty where there is none."""
    columns = table_columns(warnings, schema)
    texts = [
        in_chinese(*row) for row in zip(*(columns[name] for name in ("code", "message", "suggestion")), strict=True)
    ]
    return columns | {"message_zh": [zh for zh, _ in texts], "suggestion_zh": [zh for _, zh in texts]}


def _tested(found: Tested) -> dict[str, Any]:
    """Figures of a validation as the page prints them."""
    return {"n": found.n, "precision": list(found.precision), "recall": list(found.recall), "by": found.read_by}


def figure_names(drawn: Iterable[Path], folder: Path) -> dict[str, list[str]]:
    """The figures of each report, as ``profile`` or ``clouds/section-2.3``.

    Parameters
    ----------
    drawn : iterable of Path
        SVG files, or folders with such files, in the folder of a report.
    folder : Path
        The folder with a folder for each report.
    """
    names: dict[str, list[str]] = {}
    for path in sorted(drawn):
        files = sorted(path.rglob("*.svg")) if path.is_dir() else [path]
        own = names.setdefault(path.relative_to(folder).parts[0], [])
        own.extend(PurePath(*file.relative_to(folder).parts[1:]).with_suffix("").as_posix() for file in files)
    return names


def corpus_block(
    tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema], shown: Sequence[str]
) -> dict[str, dict[str, list[Any]]]:
    """Tables of several reports: the attention of all of them by the default definition and of those with text by every definition,
    the comparisons of those with text, and the models that are not of a single report."""
    values = tables["themes"]
    default = values["definition"] == DEFAULT
    out = {"themes": table_columns(values[default | values["report_id"].isin(shown)], schemas["themes"])}
    for name in MODEL_TABLES:
        out[name] = table_columns(tables[name][~tables[name]["model"].str.startswith("self:")], schemas[name])
    for name in ACROSS:
        table = tables.get(name)
        if table is None or table.empty:
            continue
        if name == "target_attainment":
            # Its rows are about two reports, either of which may have text.
            target, outturn = (table[f"{side}_sentence_id"].str.rpartition(":")[0] for side in ("target", "outturn"))
            kept = target.isin(shown) | outturn.isin(shown)
        else:
            kept = table["report_id"].isin(shown)
        if name == "keyness_across":
            # Names of a report's own region set it apart from any other, whatever its policy.
            kept &= (table["q_bh"] < MAX_Q) & ~table["own_place"]
        out[name] = table_columns(table[kept], schemas[name], *(_KEYNESS_COLUMNS if name == "keyness_across" else ()))
    return out
