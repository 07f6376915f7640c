"""Models as data: rows of the tables topic_models and topic_fits, and the folder of a reference basis.

A reference basis is the model of topics of a reference, that single reports are projected on; the project has one in
config/reference/topics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from emphasis.errors import EmphasisError
from emphasis.run.config import TOPIC_FILES
from emphasis.store.atomic import write_atomically, write_text
from emphasis.store.markup import fault_of_yaml, from_yaml
from emphasis.store.written import read_written
from emphasis.topics.fitting import FittedModel
from emphasis.topics.model import Method, TopicModel
from emphasis.topics.validation import NullComparison
from emphasis.topics.verdicts import BETTER, FORMULA, KEPT, NOISE, POLICY, TOO_LITTLE

FILES = TOPIC_FILES
"""The files of a basis."""
PROVENANCE = "provenance.yaml"

_FIT_COLUMNS = ["model", "topic", "measure", "k", "value", "null_low", "null_high", "verdict"]


def model_rows(name: str, model: TopicModel) -> pd.DataFrame:
    """A model as rows of topic_models: model, method, prior, topic, term, idf, weight; weights of zero are left out."""
    topic, word = np.nonzero(model.components)
    return pd.DataFrame(
        {
            "model": name,
            "method": model.method.name,
            "prior": model.method.doc_topic_prior,
            "topic": topic + 1,
            "term": model.vocabulary[word],
            "idf": model.idf[word],
            "weight": model.components[topic, word],
        }
    )


def models_from_rows(rows: pd.DataFrame) -> dict[str, TopicModel]:
    """The models that `model_rows` wrote, by name."""
    models = {}
    for name, own in rows.groupby("model", sort=True):
        words = own.drop_duplicates("term").sort_values("term")
        vocabulary = words["term"].to_numpy(dtype=object)
        components = np.zeros((int(own["topic"].max()), len(vocabulary)))
        column = pd.Index(vocabulary).get_indexer(pd.Index(own["term"].to_numpy(dtype=object)))
        components[own["topic"].to_numpy(dtype="int64") - 1, column] = own["weight"]
        method = Method(str(own["method"].iloc[0]), doc_topic_prior=float(own["prior"].iloc[0]))
        models[str(name)] = TopicModel(method, vocabulary, words["idf"].to_numpy(), components)
    return models


def fit_rows(fitted: FittedModel) -> pd.DataFrame:
    """A model's size, completion and validation as rows of topic_fits; topic 0 is the model as a whole."""
    k, validation = fitted.model.k if fitted.model else 0, fitted.validation
    size = TOO_LITTLE if validation is None else "enough"
    # topic, measure, k, value, null_low, null_high, verdict
    rows: list[tuple[object, ...]] = [(0, "n_documents", k, fitted.n_documents, None, None, size)]
    rows.append((0, "n_words", k, fitted.n_words, None, None, size))
    for tried, value in (fitted.completion or {}).items():
        rows.append((0, "k_curve", tried, value, None, None, "chosen" if tried == k else "tried"))
    if validation is None:
        rows.append((0, "model", k, None, None, None, TOO_LITTLE))
    else:
        rows += _comparison_rows("stability_jaccard", k, validation.stability)
        rows += _comparison_rows("coherence_npmi", k, validation.coherence)
        rows.append((0, "model", k, round(validation.verdicts.count(KEPT) / k, 6), None, None, validation.verdict))
        rows += [(t, "topic", k, None, None, None, verdict) for t, verdict in enumerate(validation.verdicts, start=1)]
    return pd.DataFrame([(fitted.name, *row) for row in rows], columns=_FIT_COLUMNS)


def _comparison_rows(measure: str, k: int, compared: NullComparison) -> list[tuple[object, ...]]:
    values = [(0, compared.mean, compared.mean_band)]
    values += [(t, float(value), compared.band) for t, value in enumerate(compared.topics, start=1)]
    return [(t, measure, k, value, low, high, BETTER if value > high else NOISE) for t, value, (low, high) in values]


@dataclass(frozen=True)
class Basis:
    """A reference basis."""

    model: TopicModel
    labels: pd.DataFrame  # topic, label, kind (policy or formula)
    fits: pd.DataFrame  # rows of topic_fits


def read_basis(folder: Path | str) -> Basis:
    """Read a basis from its folder.

    Raises
    ------
    EmphasisError
        If a file is missing or malformed.
    """
    path = Path(folder)
    try:
        components = pd.read_csv(
            path / "components.tsv", sep="\t", keep_default_na=False, comment="#", dtype={"term": str}
        )
        labels = pd.read_csv(path / "labels.tsv", sep="\t", keep_default_na=False, comment="#")
        fits = pd.read_csv(path / "fits.tsv", sep="\t", comment="#")
        topics = [name for name in components.columns if name not in ("term", "idf")]
        weights = components[topics].replace("", 0).to_numpy(dtype="float64").T
        terms, idf = components["term"].to_numpy(dtype=object), components["idf"].to_numpy(dtype="float64")
        model = TopicModel(Method(), terms, idf, weights)
        if labels["topic"].tolist() != [int(name) for name in topics]:
            raise ValueError("labels.tsv must have one row for each topic of components.tsv, in their order")
        if not set(labels["kind"]) <= {POLICY, FORMULA} or (labels["label"] == "").any():
            raise ValueError("labels.tsv: each topic has a label and the kind policy or formula")
        if len(set(terms)) < len(terms):
            raise ValueError("components.tsv has a term twice")
        if fits.columns.tolist() != _FIT_COLUMNS:
            raise ValueError(f"fits.tsv: the columns have to be {', '.join(_FIT_COLUMNS)}")
    except (OSError, ValueError, KeyError) as error:
        raise EmphasisError(
            f"{path}: the basis cannot be read ({error}); `reference_topics` names a folder with components.tsv, labels.tsv and fits.tsv, as `snakemake reference` writes them"
        ) from error
    return Basis(model, labels[["topic", "label", "kind"]], fits)


def write_basis(folder: Path | str, fitted: FittedModel, labels: pd.DataFrame, provenance: Mapping[str, Any]) -> None:
    """Write a basis: components, labels, verdicts and provenance. Weights of zero are empty."""
    path, model = Path(folder), fitted.model
    if model is None:
        raise EmphasisError(
            f"{fitted.n_documents} paragraphs with {fitted.n_words} words are too little text for a basis; add reports"
        )
    used = np.flatnonzero(model.components.sum(axis=0) > 0)
    table = pd.DataFrame({"term": model.vocabulary[used], "idf": [f"{v:.6f}" for v in model.idf[used]]})
    for topic, row in enumerate(model.components[:, used], start=1):
        table[str(topic)] = [f"{v:.6f}".rstrip("0") if v else "" for v in row]
    tables = {"components.tsv": table, "labels.tsv": labels, "fits.tsv": fit_rows(fitted)}
    for name, content in tables.items():
        write_atomically(path / name, partial(content.to_csv, sep="\t", index=False, lineterminator="\n"))
    write_text(path / PROVENANCE, yaml.safe_dump(dict(provenance), allow_unicode=True, sort_keys=False, width=120))


def copy_basis(source: Path | str, folder: Path | str) -> None:
    """Copy the files of a basis into another folder; its provenance becomes part of that of the reference."""
    for name in FILES:
        write_text(Path(folder) / name, (Path(source) / name).read_text(encoding="utf-8"))


def read_provenance(folder: Path | str) -> Mapping[str, Any]:
    """How a basis was made: of a freshly fitted one beside its files, of a reference's in the provenance of that; or nothing.

    Raises
    ------
    EmphasisError
        If the file cannot be read.
    """
    path = Path(folder)
    own, above = path / PROVENANCE, path.parent / PROVENANCE
    file = own if own.exists() else above
    if not file.exists():
        return {}
    try:
        found = from_yaml(read_written(file))
        return dict(found if file == own else found.get("topics", {}))
    except (yaml.YAMLError, TypeError, ValueError, AttributeError) as error:
        said = fault_of_yaml(error) if isinstance(error, yaml.YAMLError) else "no mapping of settings"
        raise EmphasisError(
            f"{file}: cannot be read ({said}); restore it, or make it with `snakemake reference`"
        ) from None
