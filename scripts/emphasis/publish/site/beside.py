"""Reports of which the page does not carry the text: files beside the page, loaded when a report is opened or all are searched.

A browser lets a page that was opened from disk load scripts that lie beside it, but read no other files. So each of these is a script
of one call, which hands the page its name and its data. A report's file is named by a hash of its id, since an id may have characters
that addresses give a meaning of their own. It also has a stamp of what it was made from; the page has the stamps, too, and does not
show what belongs to another page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import pandas as pd

from emphasis import __version__
from emphasis.areas.scheme import Scheme
from emphasis.measures.dictionaries import Theme
from emphasis.measures.themes import DEFAULT
from emphasis.publish.site.data import ACROSS, MODEL_TABLES, corpus_block, pack_json, safe_json
from emphasis.store.batches import StoredTable, split_ids
from emphasis.store.tables import Schema, only, report_slices
from emphasis.text import fold, visible

TEXTS = "texts"
"""The file of a batch with the text of its reports, for search."""

READ_TOGETHER = (*MODEL_TABLES, "topic_passages", "tasks", "area_changes", *ACROSS)
"""Tables of all reports that the files of a batch are made from; not every run has all of them."""

_AT_ONCE = 16
"""Reports whose rows are held at a time."""

_PARTS = {"review": "2", "plan": "3"}
_UNCOUNTED, _COUNTED = "0", "1"
_FIRST_AREA = 48
"""The character that stands for no area; those of areas follow it in the order of the scheme."""


def file_stem(report_id: str) -> str:
    """The name of a report's file without its ending: letters and digits, the same in every run.

    Examples
    --------
    >>> file_stem("北州市-2025")
    '968a92f0659a2df5'
    """
    return blake2b(report_id.encode(), digest_size=8).hexdigest()


def stamp(sha256: str, themes: Sequence[Theme], scheme: Scheme) -> str:
    """What a report's file was made from, in short: the report, and the lists that the file names themes and areas by.

    Parameters
    ----------
    sha256 : str
        Of the report, from reports.csv.
    themes : sequence of Theme
    scheme : Scheme
        Of the policy areas.
    """
    made_from = [__version__, sha256, [theme.name for theme in themes], list(scheme.listed)]
    return blake2b(repr(made_from).encode(), digest_size=8).hexdigest()


def beside_index(
    batches: Mapping[str, Sequence[str]], reports: pd.DataFrame, themes: Sequence[Theme], scheme: Scheme
) -> dict[str, Any]:
    """What the page's index says of the reports beside it.

    Parameters
    ----------
    batches : mapping of str to sequence of str
        For each batch its reports; those without a row in `reports` could not be read and are left out.
    reports : DataFrame
        reports.csv.
    themes, scheme
        As for `stamp`.

    Returns
    -------
    dict
        ``beside``, for each batch a mapping of report_id to name and stamp of its file; empty if there are none.
    """
    sha256 = dict(zip(reports["report_id"], reports["sha256"], strict=True))
    found = {
        batch: {
            name: [file_stem(name), stamp(sha256[name], themes, scheme)] for name in sorted(names) if name in sha256
        }
        for batch, names in batches.items()
    }
    found = {batch: names for batch, names in found.items() if names}
    return {"beside": found} if found else {}


def register(name: str, made_from: str, data: Any) -> str:
    """The script of a file: one call that hands the page a name, a stamp and the data, compressed.

    Parameters
    ----------
    name : str
        Batch and name of the file, as the page asks for it: ``0-of-4/texts``.
    made_from : str
        From `stamp`; empty for texts, which have one of each report.
    data : object
        What JSON can say.
    """
    return f'policyEmphasis({safe_json(name)},{safe_json(made_from)},"{pack_json(data)}");\n'


def own_rows(report_ids: Collection[str], tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Of tables of all reports the rows that say something of some: their own, those of their models, and those that name their sentences."""
    ids = set(report_ids)
    models = {f"self:{report_id}" for report_id in ids}
    found = {}
    for name, table in tables.items():
        if name in MODEL_TABLES:
            kept = table["model"].isin(models)
        elif "report_id" in table.columns:
            kept = table["report_id"].isin(ids)
        else:
            sides = [table[f"{side}_sentence_id"].str.rsplit(":", n=1).str[0] for side in ("target", "outturn")]
            kept = sides[0].isin(ids) | sides[1].isin(ids)
        found[name] = table[kept].reset_index(drop=True)
    return found


def own_comparisons(
    report_id: str, tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema]
) -> dict[str, dict[str, list[Any]]]:
    """What `corpus_block` has of the reports on the page, of one that is not: the page has its attention by the default definition."""
    themes = only(tables["themes"], report_id)
    own = {name: tables[name] for name in ACROSS if name in tables}
    own["themes"] = themes[themes["definition"] != DEFAULT]
    empty = {name: tables[name].iloc[:0] for name in MODEL_TABLES}
    block = corpus_block(own | empty, schemas, [report_id])
    return {name: columns for name, columns in block.items() if name not in MODEL_TABLES and any(columns.values())}


def searched_text(
    report_id: str, tables: Mapping[str, pd.DataFrame], roles: Collection[str], scheme: Scheme
) -> dict[str, str]:
    """A report's text as the page searches it.

    Parameters
    ----------
    report_id : str
    tables : mapping of str to DataFrame
        sections, sentences, sentence_areas.
    roles : collection of str
        Parts of a report that are counted.
    scheme : Scheme

    Returns
    -------
    dict
        ``text``: the sentences half-width and without white space, a line each. ``part`` and ``area``: a character for each
        sentence; 0 not counted, 2 review, 3 plan, 1 another part that is counted; 0 no area, then areas in the scheme's order.
    """
    sentences, sections = only(tables["sentences"], report_id), only(tables["sections"], report_id)
    coded = only(tables["sentence_areas"], report_id)
    areas = dict(zip(coded["sentence_id"], coded["area"], strict=True))
    place = {code: i for i, code in enumerate(scheme.listed, 1)}
    part = {
        section: _PARTS.get(role, _COUNTED) if role in roles else _UNCOUNTED
        for section, role in zip(sections["section_id"], sections["role"], strict=True)
    }
    return {
        "text": "\n".join(visible(fold(text)) for text in sentences["text"]),
        "part": "".join(part[section] for section in sentences["section_id"]),
        "area": "".join(chr(_FIRST_AREA + place.get(areas.get(name, ""), 0)) for name in sentences["sentence_id"]),
    }


def in_pieces(
    report_ids: Iterable[str],
    stored: Mapping[str, StoredTable],
    whole: Mapping[str, pd.DataFrame],
    together: Mapping[str, pd.DataFrame],
) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
    """Each report with its rows.

    Parameters
    ----------
    report_ids : iterable of str
    stored : mapping of str to StoredTable
        Tables of a batch, of which the rows of some reports are read at a time.
    whole : mapping of str to DataFrame
        Tables that are given as they are.
    together : mapping of str to DataFrame
        Tables of all reports, `READ_TOGETHER`.
    """
    for some in split_ids(sorted(report_ids), _AT_ONCE):
        tables = {name: as_objects(table.of(some)) for name, table in stored.items()}
        places = {name: report_slices(table) for name, table in tables.items()}
        for report_id in some:
            own = {name: table.iloc[places[name].get(report_id, slice(0))] for name, table in tables.items()}
            yield report_id, own | dict(whole) | own_rows([report_id], together)


def as_objects(table: pd.DataFrame) -> pd.DataFrame:
    """The table with strings as Python's own: Arrow's make one anew for each look, and here every one is looked at several times."""
    return table.astype({name: object for name in table.columns if table[name].dtype == "string"})
