"""The reference basis: a model of many reports that single reports are projected on, kept as data with the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from emphasis.errors import EmphasisError
from emphasis.topics.fitting import Fitted
from emphasis.topics.model import Method, TopicModel
from emphasis.topics.store import fit_rows
from emphasis.whole import whole

FILES = ("components.tsv", "labels.tsv", "fits.tsv", "provenance.yaml")
POLICY, FORMULA = "policy", "formula"


@dataclass(frozen=True)
class Basis:
    """A basis as it lies in its folder.

    Attributes
    ----------
    labels : DataFrame
        topic, label, kind (policy or formula).
    fits : DataFrame
        Rows of topic_fits.
    """

    model: TopicModel
    labels: pd.DataFrame
    fits: pd.DataFrame


def read_basis(folder: Path | str) -> Basis:
    """Read a basis.

    Raises
    ------
    EmphasisError
        Names the file and what is wrong with it.
    """
    place = Path(folder)
    try:
        components = pd.read_csv(
            place / "components.tsv", sep="\t", keep_default_na=False, comment="#", dtype={"term": str}
        )
        labels = pd.read_csv(place / "labels.tsv", sep="\t", keep_default_na=False, comment="#")
        fits = pd.read_csv(place / "fits.tsv", sep="\t", comment="#")
        topics = [name for name in components.columns if name not in ("term", "idf")]
        weights = components[topics].replace("", 0).to_numpy(dtype="float64").T
        model = TopicModel(
            Method(), components["term"].to_numpy(dtype=object), components["idf"].to_numpy(dtype="float64"), weights
        )
        if labels["topic"].tolist() != [int(name) for name in topics]:
            raise ValueError("labels.tsv must have one row for each topic of components.tsv, in their order")
        if not set(labels["kind"]) <= {POLICY, FORMULA} or (labels["label"] == "").any():
            raise ValueError("labels.tsv: each topic has a label and the kind policy or formula")
    except (OSError, ValueError, KeyError) as error:
        raise EmphasisError(
            f"{place}: the basis cannot be read ({error}); topics.basis names a folder that `snakemake basis` wrote"
        ) from error
    return Basis(model, labels[["topic", "label", "kind"]], fits)


def write_basis(folder: Path | str, fitted: Fitted, labels: pd.DataFrame, provenance: Mapping[str, Any]) -> None:
    """Write a basis: components, labels, verdicts and where they come from. Weights of zero are empty."""
    place, model = Path(folder), fitted.model
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
        whole(place / name, lambda p, c=content: c.to_csv(p, sep="\t", index=False, lineterminator="\n"))  # type: ignore[misc]
    text = yaml.safe_dump(dict(provenance), allow_unicode=True, sort_keys=False, width=120)
    whole(place / "provenance.yaml", lambda p: p.write_text(text, encoding="utf-8"))
