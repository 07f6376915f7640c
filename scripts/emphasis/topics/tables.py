"""The topic tables of a run and the description of a basis: words, labels, kinds, verdicts, coverage, the tree of topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage

from emphasis.topics.basis import Basis
from emphasis.topics.corpus import CorpusSettings, build_corpus
from emphasis.topics.fitting import FitSettings, FittedModel
from emphasis.topics.model import TopicModel, top_words
from emphasis.topics.shares import UNTITLED, WHOLE, batch_tables, concat_tables, select_evidence
from emphasis.topics.validation import TOP_WORDS
from emphasis.topics.verdicts import FORMULA, LEAST_REPORTS, MAIN_RESULT, POLICY, SECONDARY

LEAST_COVERAGE = 0.6
"""Share of a report's words that a model must know; below it, the report's topic shares are not to be relied on."""

FORMULA_SHARE = 0.6
"""Share of a topic's words under no heading that names a subject, from which on the topic is a formula."""

_LABEL_WORDS = 3
_LONGEST_IN_LABEL = 6
_TOPIC_MEASURES = {"stability_jaccard": "stability", "coherence_npmi": "coherence"}
_NOT_READ = (
    "found by rule, not read yet: read the words and passages of each topic, then correct labels.tsv and this line"
)


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
    """Summarise every model of a run.

    `models` are by name, and `fits` are rows of topic_fits, those of the basis among them; `parts` and `evidence` are as in
    topic_parts and topic_evidence, of all reports.
    """
    evidence = select_evidence(evidence)
    prevalence = topic_prevalence(parts)
    words, verdicts, trees = [], [], []
    for name, model in sorted(models.items()):
        if name == "basis":
            labels, kinds = basis.labels["label"].tolist(), basis.labels["kind"].tolist()
        else:
            labels = topic_labels(name, model, evidence)
            kinds = topic_kinds(_column(prevalence, name, model, "untitled"))
        words.append(_word_rows(name, model, labels))
        verdicts.append(_verdict_rows(name, model, labels, kinds, fits, prevalence))
        trees.append(topic_tree(name, model))
    return TopicSummary(
        pd.concat(words, ignore_index=True),
        pd.concat(verdicts, ignore_index=True),
        _diagnostic_rows(fits, parts, models),
        _passage_rows(evidence),
        pd.concat(trees, ignore_index=True),
    )


def _word_rows(name: str, model: TopicModel, labels: list[str]) -> pd.DataFrame:
    exclusivity = model.components / np.maximum(model.components.sum(axis=0), 1e-12)
    rows = []
    for topic, words in enumerate(top_words(model.components, model.vocabulary, TOP_WORDS)):
        for rank, w in enumerate(words, start=1):
            weight = model.components[topic, w]
            rows.append((name, topic + 1, labels[topic], rank, model.vocabulary[w], weight, exclusivity[topic, w]))
    return pd.DataFrame(rows, columns=["model", "topic", "label", "rank", "term", "weight", "exclusivity"])


def _verdict_rows(
    name: str, model: TopicModel, labels: list[str], kinds: list[str], fits: pd.DataFrame, prevalence: pd.DataFrame
) -> pd.DataFrame:
    own = fits[(fits["model"] == name) & (fits["topic"] > 0)]
    table = pd.DataFrame({"model": name, "topic": range(1, model.k + 1), "label": labels, "kind": kinds})
    for column in ("prevalence", "untitled"):
        table[column] = _column(prevalence, name, model, column)
    for measure, short in _TOPIC_MEASURES.items():
        values = own[own["measure"] == measure].set_index("topic").reindex(table["topic"])
        for column, suffix in (("value", ""), ("null_low", "_null_low"), ("null_high", "_null_high")):
            table[short + suffix] = values[column].to_numpy(dtype="float64")
    table["verdict"] = own[own["measure"] == "topic"].set_index("topic")["verdict"].reindex(table["topic"]).to_numpy()
    return table


def _column(prevalence: pd.DataFrame, name: str, model: TopicModel, column: str) -> list[float]:
    own = prevalence[prevalence["model"] == name].set_index("topic")[column]
    return own.reindex(range(1, model.k + 1)).fillna(0).tolist()


def _diagnostic_rows(fits: pd.DataFrame, parts: pd.DataFrame, models: Mapping[str, TopicModel]) -> pd.DataFrame:
    columns = ["model", "k", "measure", "value", "null_low", "null_high", "verdict"]
    n_reports = parts["report_id"].nunique()
    first = "corpus" if "corpus" in models and n_reports >= LEAST_REPORTS else "basis"
    order = sorted(models, key=lambda name: (name != first, name.startswith("self:"), name))
    places = [
        (name, models[name].k, "place", i, None, None, MAIN_RESULT if i == 1 else SECONDARY)
        for i, name in enumerate(order, start=1)
    ]
    known = coverage(parts).dropna().rename(columns={"coverage": "value"})
    covered = known.assign(
        k=known["model"].map({name: model.k for name, model in models.items()}),
        measure="coverage:" + known["report_id"],
        verdict=np.where(known["value"] >= LEAST_COVERAGE, "enough", "low"),
    ).reindex(columns=columns)
    own = fits.loc[fits["topic"] == 0, columns]
    numbers = dict.fromkeys(("value", "null_low", "null_high"), "float64")
    tables = [table.astype(numbers) for table in (own, pd.DataFrame(places, columns=columns), covered) if len(table)]
    return pd.concat(tables, ignore_index=True)


def _passage_rows(evidence: pd.DataFrame) -> pd.DataFrame:
    passages = evidence[evidence["kind"] == "passage"].rename(columns={"place": "sentence_id"})
    passages["rank"] = passages.groupby(["model", "topic"]).cumcount() + 1
    return passages[["model", "topic", "rank", "report_id", "sentence_id", "text"]]


def topic_labels(name: str, model: TopicModel, evidence: pd.DataFrame) -> list[str]:
    """A label for each topic of a model."""
    own = evidence[(evidence["model"] == name) & (evidence["kind"] == "heading")]
    headings = own.groupby("topic")["text"].apply(list).to_dict()
    return [topic_label(model, topic, headings.get(topic + 1, [])) for topic in range(model.k)]


def topic_label(model: TopicModel, topic: int, headings: Sequence[str]) -> str:
    """Up to three words that are frequent in a topic, exclusive to it, and in the headings of its sections.

    Among the ten heaviest words, a word's rank score is ``1 / (0.5 / F + 0.5 / E)`` (FREX: Bischof & Airoldi 2012,
    as the R packages stm and topicdoc have it; the paper was not read) with F and E the shares of the topic's words that weigh no more and
    that are no more exclusive; exclusivity is the topic's share of the word's weight in all topics. The score is multiplied
    by one plus the share of the headings that have the word. Words of more than six characters are used only when shorter
    ones do not suffice.

    Parameters
    ----------
    model : TopicModel
    topic : int
        Index from 0.
    headings : sequence of str
        Of the sections with the largest shares of the topic.
    """
    weights = model.components[topic]
    used = np.flatnonzero(weights > 0)
    exclusive = weights[used] / model.components[:, used].sum(axis=0)
    frex = 1 / (0.5 / _ranks(weights[used]) + 0.5 / _ranks(exclusive))
    scores = []
    for word in top_words(model.components[[topic]], model.vocabulary, TOP_WORDS)[0]:
        name = str(model.vocabulary[word])
        named = sum(name in heading for heading in headings) / max(len(headings), 1)
        score = float(frex[np.searchsorted(used, word)]) * (1 + named)
        scores.append((len(name) > _LONGEST_IN_LABEL, -round(score, 6), name))
    return "·".join(name for _, _, name in sorted(scores)[:_LABEL_WORDS])


def _ranks(values: np.ndarray) -> np.ndarray:
    """Share of the values that are no larger than each: 0.25, 1, 0.75, 0.75 for 1, 9, 5, 5."""
    ordered = np.sort(values)
    return np.searchsorted(ordered, values, side="right") / len(values)


def topic_prevalence(parts: pd.DataFrame) -> pd.DataFrame:
    """How much of the reports a topic takes up, and how much of that is under no heading that names a subject.

    prevalence: the topic's share of all known words. untitled: the share of the topic's words that are in front matter,
    closing words, blocks without a heading and introductions. A topic with 0.6 or more of its words there is a formula of
    the genre (greetings, thanks, political invocations) rather than a policy.

    Returns
    -------
    DataFrame
        model, topic, prevalence, untitled.
    """
    if parts.empty:  # no report could be read
        return pd.DataFrame(columns=["model", "topic", "prevalence", "untitled"])
    # Sums are taken in the same order however the reports are batched.
    words = parts.sort_values("report_id", kind="stable")
    words = words.assign(words=words["share"].fillna(0) * words["n_known"])
    sums = words.pivot_table(index=["model", "topic"], columns="part", values=["words", "n_known"], aggfunc="sum")
    whole, known = sums["words"][WHOLE], sums["n_known"][WHOLE]
    found = pd.DataFrame(
        {"prevalence": whole / known.where(known > 0), "untitled": sums["words"][UNTITLED] / whole.where(whole > 0)}
    )
    # Shares come rounded: a topic that is nowhere else may have a little more there than in the whole.
    return found.clip(upper=1).round(6).reset_index()


def topic_kinds(untitled: Sequence[float]) -> list[str]:
    """Whether each topic is a policy or a formula, by the share of its words under no heading that names a subject."""
    return [FORMULA if share >= FORMULA_SHARE else POLICY for share in untitled]


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


def topic_tree(name: str, model: TopicModel) -> pd.DataFrame:
    """Topics merged step by step, the most similar first.

    The distance of two topics is the Hellinger distance of their words, ``sqrt(1 - sum_w sqrt(p_w q_w))``: 0 for the same
    words in the same proportions, 1 for no word in common; that of two groups is the mean over their pairs (average linkage).
    Nodes 1 to K are the topics; each merge gets the next number.

    Returns
    -------
    DataFrame
        model, node, left, right, height, n_topics; K - 1 rows.
    """
    roots = np.sqrt(model.components)
    first, second = np.triu_indices(model.k, 1)
    alike = np.round((roots @ roots.T)[first, second], 6)
    merges = linkage(np.sqrt(np.clip(1 - alike, 0, 1)), "average") if model.k > 1 else np.zeros((0, 4))
    rows = [
        (name, node, *sorted((int(left) + 1, int(right) + 1)), round(float(height), 6), int(size))
        for node, (left, right, height, size) in enumerate(merges, start=model.k + 1)
    ]
    return pd.DataFrame(rows, columns=["model", "node", "left", "right", "height", "n_topics"])


def describe_basis(
    fitted: FittedModel, batches: Iterable[Sequence[pd.DataFrame]], settings: CorpusSettings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Labels (topic, label, kind) and passages (as in topic_passages) of a basis, from the reports that it was fitted on.

    `batches` are of (tokens, sentences, outline).
    """
    model = fitted.model
    if model is None:
        return pd.DataFrame(), pd.DataFrame()
    tables = concat_tables(
        batch_tables(build_corpus(tokens, sentences, outline, settings), {"basis": model}, sentences, outline)
        for tokens, sentences, outline in batches
    )
    untitled = _column(topic_prevalence(tables.topic_parts), "basis", model, "untitled")
    labels = topic_labels("basis", model, tables.topic_evidence)
    rows = {"topic": range(1, model.k + 1), "label": labels, "kind": topic_kinds(untitled)}
    return pd.DataFrame(rows), _passage_rows(tables.topic_evidence)


def basis_provenance(reports: pd.DataFrame, fitted: FittedModel, settings: FitSettings, seed: int) -> dict[str, Any]:
    """Which reports a basis was fitted on, and how."""
    named = reports.rename(columns={"report_id": "report"})
    return {
        "labels": _NOT_READ,
        "topics": fitted.model.k if fitted.model else 0,
        "paragraphs": fitted.n_documents,
        "words": fitted.n_words,
        "method": "non-negative matrix factorisation of TF-IDF; see topics/model.py",
        "row_norm": settings.method.row_norm,
        "min_df": settings.min_df,
        "refits": settings.validation.refits,
        "shuffles": settings.validation.shuffles,
        "seed": seed,
        "reports": named.sort_values("report")[["report", "title", "sha256"]].to_dict("records"),
    }
