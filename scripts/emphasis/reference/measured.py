"""What a report is measured by apart from its words, in one form: kind, measure, part, value and its interval."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from emphasis.measures.themes import DEFAULT
from emphasis.reference.data import Reference
from emphasis.reference.subjects import BASIS, Subjects
from emphasis.run.fingerprint import contents
from emphasis.targets.indicators import Variable, panel_candidates, target_variables

COLUMNS = ["report_id", "kind", "measure", "part", "value", "low", "high"]
PARTS = ("whole", "review", "plan")
_BASIS_FILES = ("components.tsv", "labels.tsv")
_PLACE = ("report_id", "part")
TABLES_OF_FIGURES = {
    "themes": (*_PLACE, "theme", "definition", "value", "low", "high"),
    "topic_parts": (*_PLACE, "model", "topic", "share", "low", "high"),
    "areas": (*_PLACE, "area", "share", "low", "high"),
    "targets": (
        *("report_id", "start", "period", "comparator", "kind", "horizon", "headline", "canonical"),
        *("base_value", "base_high", "base_unit"),
    ),
    "structure": ("report_id", "unit", "name", "share", "n_tokens", "sentence_mean", "mattr", "four_character_share"),
}
"""The tables that figures are taken from, with the columns that say them."""
CODER_FILES = ("areas.tsv", "context.tsv", "weights.parquet")
"""What the codes of sentences depend on."""
_STRUCTURE = ("n_tokens", "sentence_mean", "mattr", "four_character_share")


def measured_figures(
    tables: Mapping[str, pd.DataFrame], variables: Sequence[Variable], topics: Mapping[int, str]
) -> pd.DataFrame:
    """The figures of some reports that stand beside those of others.

    - ``theme``: attention to each theme in the whole report, the review and the plan, the share of words;
    - ``topic``: the share of each topic of the reference basis in the same parts;
    - ``area``: the share of each policy area in the same parts, by its code; 15 is the sum of its four;
    - ``target``: the headline targets of `emphasis.targets.indicators.target_variables`, those with a value;
    - ``structure``: tokens, mean length of a sentence, variety of words (MATTR) and four-character phrases of the whole report,
      and the share of its text that is review and plan.

    Another kind is one more table of these columns.

    Parameters
    ----------
    tables : mapping of DataFrame
        themes, topic_parts, areas, targets, structure.
    variables : sequence of Variable
        As in config/panel_targets.tsv.
    topics : mapping
        Labels of the topics of the basis.

    Returns
    -------
    DataFrame
        report_id, kind, measure, part, value, low, high; an interval is missing where the table has none.
    """
    found = [_themes(tables["themes"]), _topics(tables["topic_parts"], topics), _areas(tables["areas"])]
    found += [_targets(tables["targets"], variables), *_structure(tables["structure"])]
    table = pd.concat([some for some in found if len(some)] or [pd.DataFrame(columns=COLUMNS)], ignore_index=True)
    known = table[table["value"].notna()]
    return known.astype({"value": "float64", "low": "float64", "high": "float64"}).reset_index(drop=True)[COLUMNS]


def _themes(themes: pd.DataFrame) -> pd.DataFrame:
    own = themes[(themes["definition"] == DEFAULT) & themes["part"].isin(PARTS)]
    return own.rename(columns={"theme": "measure"}).assign(kind="theme")[COLUMNS]


def _topics(parts: pd.DataFrame, labels: Mapping[int, str]) -> pd.DataFrame:
    own = parts[(parts["model"] == BASIS) & parts["part"].isin(PARTS)]
    own = own[own["topic"].isin(list(labels))].rename(columns={"share": "value"})
    return own.assign(kind="topic", measure=own["topic"].map(labels))[COLUMNS]


def _areas(areas: pd.DataFrame) -> pd.DataFrame:
    own = areas[areas["part"].isin(PARTS)]
    return own.rename(columns={"area": "measure", "share": "value"}).assign(kind="area")[COLUMNS]


def _targets(targets: pd.DataFrame, variables: Sequence[Variable]) -> pd.DataFrame:
    wide = target_variables(panel_candidates(targets, variables), variables)
    values = [f"target_{variable.name}" for variable in variables if f"target_{variable.name}" in wide]
    long = wide.melt("report_id", values, "measure", "value")
    long["measure"] = long["measure"].str.removeprefix("target_")
    return long.assign(kind="target", part="plan", low=float("nan"), high=float("nan"))[COLUMNS]


def _structure(structure: pd.DataFrame) -> Iterator[pd.DataFrame]:
    none: dict[str, Any] = {"kind": "structure", "low": float("nan"), "high": float("nan")}
    whole = structure[structure["unit"] == "report"]
    long = whole.melt("report_id", list(_STRUCTURE), "measure", "value")
    yield long.assign(part="whole", **none)[COLUMNS]
    roles = structure[(structure["unit"] == "role") & structure["name"].isin(PARTS)]
    yield roles.rename(columns={"name": "part", "share": "value"}).assign(measure="share", **none)[COLUMNS]


def definitions(themes: Iterable[Path], basis: Iterable[Path], coder: Iterable[Path]) -> dict[str, str]:
    """A hash of each thing that figures depend on: ``theme/<name>`` for its dictionary, ``topic`` for the basis, ``area`` for the coder.

    Figures of two runs can be compared where these are the same.

    Parameters
    ----------
    themes : iterable of Path
        The dictionaries.
    basis : iterable of Path
        The files of the basis, of which components and labels count.
    coder : iterable of Path
        The files of the coder of policy areas, of which `CODER_FILES` count.
    """
    found = {f"theme/{file.stem}": contents(file) for file in themes}
    of_basis = definition_of(file for file in basis if file.name in _BASIS_FILES)
    return found | {"topic": of_basis, "area": definition_of(file for file in coder if file.name in CODER_FILES)}


def definition_of(files: Iterable[Path]) -> str:
    """A hash of what some data files say together."""
    some = [contents(file) for file in sorted(files, key=lambda file: file.name)]
    return hashlib.sha256("".join(some).encode()).hexdigest()


def comparable_reference(reference: Reference, own: Mapping[str, str]) -> Reference:
    """A reference without the figures whose definition is another one here."""
    theirs = reference.definitions
    differ = {key for key in {*theirs, *own} if theirs.get(key) != own.get(key)}
    measures = reference.measures
    named = measures["kind"].astype("str") + "/" + measures["measure"].astype("str")
    return replace(reference, measures=measures[~(named.isin(differ) | measures["kind"].isin(differ))])


def comparable_subjects(subjects: Subjects, reference: Reference, own: Mapping[str, str]) -> Subjects:
    """The policy areas of sections; none if those of the reference were coded by another coder."""
    return subjects if reference.definitions.get("area") == own.get("area") else {}
