"""Topic shares of each section, unless the topics are not distinguishable from noise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from emphasis.figures.look import COLUMN, PLAN, SMALL, Style
from emphasis.figures.sheet import LABEL, ROW, Sheet, column_label_height, message_sheet, section_rows
from emphasis.figures.strings import say_if_known, together
from emphasis.topics.verdicts import FORMULA, KEPT, NOISE, WEAK

MOST_TOPICS = 11
"""Topics in a picture, at most, so that numbers fit into the cells."""

_MARKS = {WEAK: "＊", FORMULA: "＋"}
_LONGEST = 2.6  # Of a label above its column, in cm.


@dataclass(frozen=True)
class TopicTables:
    """The tables topic_sections, topic_diagnostics and topic_verdicts, and whether a model of all reports is preferred."""

    sections: pd.DataFrame
    diagnostics: pd.DataFrame
    verdicts: pd.DataFrame
    many_reports: bool


def preferred_models(sections: pd.DataFrame, report_id: str, many_reports: bool) -> list[str]:
    """The models that this report was projected on, the preferred one first."""
    order = ["corpus", "basis"] if many_reports else ["basis", "corpus"]
    own = set(sections.loc[sections["report_id"] == report_id, "model"])
    first = [model for model in [*order, f"self:{report_id}"] if model in own]
    return first + sorted(own - set(first))


def is_reliable(diagnostics: pd.DataFrame, model: str) -> bool:
    """Whether the model as a whole is better than noise, at least in one respect."""
    own = diagnostics[(diagnostics["model"] == model) & (diagnostics["measure"] == "model")]
    return bool(own["verdict"].isin([KEPT, WEAK]).any())


def largest_topics(own: pd.DataFrame, verdicts: pd.DataFrame, words: pd.Series[int]) -> list[int]:
    """The topics to show, by number: of those that are better than noise, the largest in these sections.

    `own` are rows of topic_sections.csv, of one model and report, `verdicts` the model's rows of topic_verdicts.csv; `words` is
    the length of each section that is shown, by section_id.
    """
    usable = set(verdicts.loc[verdicts["verdict"] != NOISE, "topic"])
    shown = own[own["section_id"].isin(words.index) & own["topic"].isin(usable)]
    sizes = (shown["prevalence"].fillna(0) * shown["section_id"].map(words)).groupby(shown["topic"]).sum().round(6)
    return sorted(sorted(sizes.index, key=lambda topic: (-sizes[topic], topic))[:MOST_TOPICS])


def topics_chart(style: Style, title: str, report_id: str, sections: pd.DataFrame, tables: TopicTables) -> Sheet:
    """The largest topics of the first reliable model as shaded cells, or why there are none.

    A frame marks the cells whose interval is above 1/K, the share of each topic if all were equal; sections of too few
    paragraphs have no interval, which is said. Topics that are not
    distinguishable from noise are left out. `sections` are those of sections.csv, of the report.
    """
    models = preferred_models(tables.sections, report_id, tables.many_reports)
    chosen = next((model for model in models if is_reliable(tables.diagnostics, model)), None)
    if chosen is None:
        reasons = _reasons(style, tables.diagnostics, models or [f"self:{report_id}"])
        return message_sheet(style, title, [style.say("topics.noise" if models else "no_topics"), *reasons])
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message_sheet(style, title, [style.say("no_sections")])
    own = tables.sections[(tables.sections["model"] == chosen) & (tables.sections["report_id"] == report_id)]
    verdicts = tables.verdicts[tables.verdicts["model"] == chosen].set_index("topic", drop=False)
    topics = largest_topics(own, verdicts, shown.set_index("section_id")["n_tokens"])
    chosen_verdicts = verdicts.loc[topics]
    # A wide dot between words stands upright with them.
    labels = chosen_verdicts["label"].str.replace("·", "・") + [
        _mark(row) for row in chosen_verdicts.to_dict("records")
    ]
    noise = int((verdicts["verdict"] == NOISE).sum())
    without = own[own["section_id"].isin(shown["section_id"]) & own["prevalence"].notna() & own["low"].isna()]
    bare = without["section_id"].nunique()
    marked = [word for word in _MARKS if (chosen_verdicts[["verdict", "kind"]] == word).any(axis=None)]
    note = together(
        style.language,
        style.say("topics.note", model=chosen.partition(":")[0], k=len(verdicts), shown=len(topics)),
        *(style.say(f"topics.{word}") for word in marked),
        style.say("topics.left_noise", n=noise) if noise else "",
        style.say("left_out", n=left_out) if left_out else "",
        style.say("topics.no_interval", n=bare) if bare else "",
    )
    return _heat_map(style, (title, note), shown, own, labels, len(verdicts))


def _mark(topic: Mapping[Any, Any]) -> str:
    return "".join(_MARKS[word] for word in (topic["verdict"], topic["kind"]) if word in _MARKS)


def _heat_map(
    style: Style, words: tuple[str, str], shown: pd.DataFrame, own: pd.DataFrame, labels: pd.Series[str], k: int
) -> Sheet:
    share, low = (
        own.pivot(index="section_id", columns="topic", values=name)
        .reindex(index=shown["section_id"], columns=labels.index)
        .to_numpy(dtype=float)
        for name in ("prevalence", "low")
    )
    names = [style.wrap(label, _LONGEST, SMALL, 1)[0] for label in labels]
    head, high = column_label_height(style, names) + 0.05, ROW * len(shown)
    framed = low > 1 / k
    sheet = Sheet(style, words[0], head + high + (0.85 if framed.any() else 0.5), words[1])
    sheet.label_sections(shown, head, LABEL - 0.08)
    step = (COLUMN - 0.1 - LABEL) / len(labels)
    largest = (100 * float(np.nanmax(share)) if not np.isnan(share).all() else 0.0) or 1.0
    sheet.cells(LABEL, head, step, ROW, 100 * share, largest=largest, decimals=0)
    for row, column in zip(*np.nonzero(framed), strict=True):
        sheet.rect(
            LABEL + step * (column + 0.06),
            head + ROW * (row + 0.08),
            0.88 * step,
            0.84 * ROW,
            None,
            edge=PLAN,
            width=0.9,
        )
    sheet.label_columns(names, LABEL, head, step)
    y = head + high + 0.28
    sheet.shade_key(0.3, y, 1.2, largest, style.say("prevalence"))
    if framed.any():
        sheet.rect(0.14, y + 0.25, 0.24, 0.18, None, edge=PLAN, width=0.9)
        sheet.text(0.5, y + 0.35, style.say("above_equal", k=k))
    return sheet


def _reasons(style: Style, diagnostics: pd.DataFrame, models: list[str]) -> list[str]:
    """The measures of the models that are not shown."""
    out = []
    for model in models:
        for row in diagnostics[diagnostics["model"] == model].to_dict("records"):
            values = {
                "model": model.partition(":")[0],
                "measure": say_if_known(row["measure"], style.language),
                "verdict": say_if_known(row["verdict"], style.language),
            }
            if not pd.isna(row["null_high"]):
                numbers = {"value": row["value"], "low": row["null_low"], "high": row["null_high"]}
                out.append(style.say("topics.noise_row", **values, **{k: f"{v:.3f}" for k, v in numbers.items()}))
            elif row["measure"] == "model":
                out.append(style.say("topics.reason_row", **values))
    return out
