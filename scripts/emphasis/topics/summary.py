"""The topic tables of a run, from models, what is known of them, and what reports show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from emphasis.topics.basis import FORMULA, POLICY, Basis
from emphasis.topics.labels import label
from emphasis.topics.model import TopicModel, top_words
from emphasis.topics.scoring import UNTITLED, WHOLE, best
from emphasis.topics.tree import topic_tree

FEW = 8
"""From so many reports on, the corpus' own model comes first."""

LEAST_COVERAGE = 0.6
_TOP = 10
FORMULA_MASS = 0.6
_TOPIC_MEASURES = {"stability_jaccard": "stability", "coherence_npmi": "coherence"}


@dataclass(frozen=True)
class TopicSummary:
    """The tables of the same names."""

    topics: pd.DataFrame
    topic_verdicts: pd.DataFrame
    topic_diagnostics: pd.DataFrame
    topic_passages: pd.DataFrame
    topic_tree: pd.DataFrame


def summarise(
    models: Mapping[str, TopicModel], basis: Basis, fits: pd.DataFrame, parts: pd.DataFrame, evidence: pd.DataFrame
) -> TopicSummary:
    """Describe every model of a run.

    Parameters
    ----------
    models : mapping
        By name, the basis among them.
    fits : DataFrame
        Rows of topic_fits, those of the basis among them.
    parts, evidence : DataFrame
        As in topic_parts and topic_evidence, of all reports.
    """
    evidence = best(evidence)
    named = {name: labels(name, model, evidence) for name, model in models.items() if name != "basis"}
    named["basis"] = basis.labels["label"].tolist()
    masses = mass(parts)
    kinds = {name: [POLICY if m < FORMULA_MASS else FORMULA for m in _column(masses, name, model, "untitled")]
             for name, model in models.items()}  # fmt: skip
    kinds["basis"] = basis.labels["kind"].tolist()
    passages = evidence[evidence["kind"] == "passage"].copy()
    passages["rank"] = passages.groupby(["model", "topic"]).cumcount() + 1
    return TopicSummary(
        pd.concat([_words(name, model, named[name]) for name, model in sorted(models.items())], ignore_index=True),
        pd.concat([_verdicts(name, model, named[name], kinds[name], fits, masses) for name, model in sorted(models.items())],
                  ignore_index=True),
        _diagnostics(fits, parts, models),
        passages.rename(columns={"place": "sentence_id"})[["model", "topic", "rank", "report_id", "sentence_id", "text"]],
        pd.concat([topic_tree(name, model) for name, model in sorted(models.items())], ignore_index=True),
    )  # fmt: skip


def labels(name: str, model: TopicModel, evidence: pd.DataFrame) -> list[str]:
    """A label for each topic of a model."""
    own = evidence[(evidence["model"] == name) & (evidence["kind"] == "heading")]
    headings = own.groupby("topic")["text"].apply(list).to_dict()
    return [label(model, topic, headings.get(topic + 1, [])) for topic in range(model.k)]


def mass(parts: pd.DataFrame) -> pd.DataFrame:
    """How much of the reports a topic takes up, and how much of that stands under no heading of a subject.

    prevalence: the topic's share of all known words. untitled: the share of the topic's words that stand in front matter,
    closing words, blocks without a heading and introductions. A topic with 0.6 or more of its words there is a formula of
    the genre (greetings, thanks, political invocations) rather than a policy.

    Returns
    -------
    DataFrame
        model, topic, prevalence, untitled.
    """
    # One order of summing, whatever the batches.
    words = parts.sort_values("report_id", kind="stable")
    words = words.assign(words=words["share"].fillna(0) * words["n_known"])
    sums = words.pivot_table(index=["model", "topic"], columns="part", values=["words", "n_known"], aggfunc="sum")
    whole, known = sums["words"][WHOLE], sums["n_known"][WHOLE]
    found = pd.DataFrame(
        {"prevalence": whole / known.where(known > 0), "untitled": sums["words"][UNTITLED] / whole.where(whole > 0)}
    )
    return found.round(6).reset_index()


def _column(masses: pd.DataFrame, name: str, model: TopicModel, column: str) -> list[float]:
    own = masses[masses["model"] == name].set_index("topic")[column]
    return own.reindex(range(1, model.k + 1)).fillna(0).tolist()


def _words(name: str, model: TopicModel, named: list[str]) -> pd.DataFrame:
    exclusivity = model.components / np.maximum(model.components.sum(axis=0), 1e-12)
    rows = []
    for topic, words in enumerate(top_words(model.components, model.vocabulary, _TOP)):
        for rank, w in enumerate(words, start=1):
            weight = model.components[topic, w]
            rows.append((name, topic + 1, named[topic], rank, model.vocabulary[w], weight, exclusivity[topic, w]))
    return pd.DataFrame(rows, columns=["model", "topic", "label", "rank", "term", "weight", "exclusivity"])


def _verdicts(
    name: str, model: TopicModel, named: list[str], kinds: list[str], fits: pd.DataFrame, masses: pd.DataFrame
) -> pd.DataFrame:
    own = fits[(fits["model"] == name) & (fits["topic"] > 0)]
    table = pd.DataFrame({"model": name, "topic": range(1, model.k + 1), "label": named, "kind": kinds})
    for column in ("prevalence", "untitled"):
        table[column] = _column(masses, name, model, column)
    for measure, short in _TOPIC_MEASURES.items():
        values = own[own["measure"] == measure].set_index("topic").reindex(table["topic"])
        for column, suffix in (("value", ""), ("null_low", "_null_low"), ("null_high", "_null_high")):
            table[short + suffix] = values[column].to_numpy(dtype="float64")
    table["verdict"] = own[own["measure"] == "topic"].set_index("topic")["verdict"].reindex(table["topic"]).to_numpy()
    return table


def _diagnostics(fits: pd.DataFrame, parts: pd.DataFrame, models: Mapping[str, TopicModel]) -> pd.DataFrame:
    columns = ["model", "k", "measure", "value", "null_low", "null_high", "verdict"]
    n_reports = parts["report_id"].nunique()
    first = "corpus" if "corpus" in models and n_reports >= FEW else "basis"
    order = sorted(models, key=lambda name: (name != first, name.startswith("self:"), name))
    places = [(name, models[name].k, "place", i, None, None, "main result" if i == 1 else "beside it")
              for i, name in enumerate(order, start=1)]  # fmt: skip
    found = coverage(parts).dropna()
    covered = pd.DataFrame(
        {
            "model": found["model"],
            "k": found["model"].map({name: model.k for name, model in models.items()}),
            "measure": "coverage:" + found["report_id"],
            "value": found["coverage"],
            "null_low": np.nan,
            "null_high": np.nan,
            "verdict": np.where(found["coverage"] >= LEAST_COVERAGE, "enough", "low"),
        }
    )
    own = fits.loc[fits["topic"] == 0, columns]
    return pd.concat([table.astype({"value": "float64", "null_low": "float64", "null_high": "float64"})
                      for table in (own, pd.DataFrame(places, columns=columns), covered) if len(table)], ignore_index=True)  # fmt: skip


def coverage(parts: pd.DataFrame) -> pd.DataFrame:
    """Share of a report's subject words that a model knows, themselves or by a word inside them.

    Returns
    -------
    DataFrame
        model, report_id, coverage; missing for a report without such words.
    """
    whole = parts[(parts["part"] == WHOLE) & (parts["topic"] == 1)]
    share = (whole["n_known"] / whole["n_tokens"].where(whole["n_tokens"] > 0)).round(6)
    return whole[["model", "report_id"]].assign(coverage=share.astype("float64"))
