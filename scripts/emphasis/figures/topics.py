"""How much of each section belongs to each topic, unless the topics cannot be told from noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from emphasis.figures.rows import LABEL, ROW, cells, label_sections, section_rows
from emphasis.figures.strings import known
from emphasis.figures.style import COLUMN, INK, PLAN, SMALL, Sheet, Style, message, wrap

NOISE = "not distinguishable from noise"
BETTER = "better than noise"
_NUMBERED = 11
"""Up to this number of topics the cells have room for figures."""


@dataclass(frozen=True)
class TopicTables:
    """topics.csv, topic_sections.csv and topic_diagnostics.csv, and whether a model of all reports comes first."""

    topics: pd.DataFrame
    sections: pd.DataFrame
    diagnostics: pd.DataFrame
    many_reports: bool


def models_of(sections: pd.DataFrame, report_id: str, many_reports: bool) -> list[str]:
    """The models that have this report, the preferred one first."""
    order = ["corpus", "basis"] if many_reports else ["basis", "corpus"]
    own = set(sections.loc[sections["report_id"] == report_id, "model"])
    first = [model for model in [*order, f"self:{report_id}"] if model in own]
    return first + sorted(own - set(first))


def believable(diagnostics: pd.DataFrame, model: str) -> bool:
    """Whether something about the model is better than noise and nothing is like it."""
    verdicts = set(diagnostics.loc[diagnostics["model"] == model, "verdict"])
    return BETTER in verdicts and NOISE not in verdicts


def topics_chart(style: Style, title: str, report_id: str, sections: pd.DataFrame, tables: TopicTables) -> Figure:
    """The first believable model's shares as shaded cells, or what was found instead.

    A frame marks the cells whose interval lies above 1/K, the share of each topic if all were equal.

    Parameters
    ----------
    style : Style
    title, report_id : str
    sections : DataFrame
        As in sections.csv, of the report.
    tables : TopicTables
    """
    models = models_of(tables.sections, report_id, tables.many_reports)
    chosen = next((model for model in models if believable(tables.diagnostics, model)), None)
    if not models:
        return message(
            style, title, [style.say("no_topics"), *_reasons(style, tables.diagnostics, [f"self:{report_id}"])]
        )
    if chosen is None:
        return message(style, title, [style.say("topics.noise"), *_reasons(style, tables.diagnostics, models)])
    shown, left_out = section_rows(sections)
    if not len(shown):
        return message(style, title, [style.say("no_sections")])
    own = tables.sections[(tables.sections["model"] == chosen) & (tables.sections["report_id"] == report_id)]
    of_model = tables.topics[tables.topics["model"] == chosen]
    labels = of_model.drop_duplicates("topic").set_index("topic")["label"].sort_index()
    k = len(labels)
    note = style.say("topics.note" if k <= _NUMBERED else "topics.plain_note", model=chosen.partition(":")[0], k=k)
    note += style.say("left_out", n=left_out) if left_out else ""
    return _heat_map(style, (title, note), shown, own, labels)


def _heat_map(
    style: Style, words: tuple[str, str], shown: pd.DataFrame, own: pd.DataFrame, labels: pd.Series[str]
) -> Figure:
    k = len(labels)
    share, low = (
        own.pivot(index="section_id", columns="topic", values=name)
        .reindex(index=shown["section_id"], columns=labels.index)
        .to_numpy(dtype=float)
        for name in ("prevalence", "low")
    )
    named = [line for topic, label in labels.items() for line in wrap(f"{topic}  {label}", COLUMN / 2 - 0.2, SMALL, 1)]
    half = (k + 1) // 2
    high, head, foot = ROW * len(shown), 0.35, 0.75 + 0.28 * half
    sheet = Sheet(style, words[0], head + high + foot, words[1])
    label_sections(sheet, shown, head, LABEL - 0.08)
    step = (COLUMN - 0.1 - LABEL) / k
    axes = sheet.axes(LABEL, head, step * k, high)
    largest = 100 * float(np.nanmax(share)) if not np.isnan(share).all() else 1.0
    cells(sheet, axes, 100 * share, largest, 0 if k <= _NUMBERED else None)
    for row, column in zip(*np.nonzero(low > 1 / k), strict=True):
        axes.add_patch(Rectangle((column + 0.06, row + 0.08), 0.88, 0.84, fill=False, edgecolor=PLAN, linewidth=0.9))
    for column, topic in enumerate(labels.index):
        if k <= 24:
            sheet.text(LABEL + step * (column + 0.5), head - 0.15, str(topic), ha="center")
    y = head + high + 0.25
    sheet.scale(0.3, y, 1.2, largest, style.say("prevalence"))
    box = sheet.axes(0.1, y + 0.24, 0.3, 0.22)
    box.add_patch(Rectangle((0.1, 0.1), 0.8, 0.8, fill=False, edgecolor=PLAN, linewidth=0.9))
    sheet.text(0.5, y + 0.35, style.say("above_equal", k=k), colour=INK)
    for place, line in enumerate(named):
        sheet.text(0.1 + COLUMN / 2 * (place // half), y + 0.68 + 0.28 * (place % half), line)
    return sheet.figure


def _reasons(style: Style, diagnostics: pd.DataFrame, models: list[str]) -> list[str]:
    """What was measured of the models that are not drawn."""
    out = []
    for model in models:
        for row in diagnostics[diagnostics["model"] == model].to_dict("records"):
            values = {
                "model": model.partition(":")[0],
                "measure": known(row["measure"], style.language),
                "verdict": known(row["verdict"], style.language),
            }
            if not pd.isna(row["null_high"]):
                numbers = {"value": row["value"], "low": row["null_low"], "high": row["null_high"]}
                out.append(style.say("topics.noise_row", **values, **{k: f"{v:.3f}" for k, v in numbers.items()}))
            elif row["verdict"] != "enough":
                out.append(style.say("topics.reason_row", **values))
    return out
