"""The page's charts as Vega-Lite, and the program that draws them.

The page contains the program. It interprets expressions instead of evaluating text as code, so that the page's policy has to
allow only this one script, by its hash. It is unpacked when the first chart is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import vl_convert

_ROWS = alt.NamedData("rows")
"""Filled in by the page."""

_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def drawing_program() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script; the same text for the same version of vl-convert."""
    return str(vl_convert.javascript_bundle(snippet=_SNIPPET))


def chart_specifications(words: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The charts by name, with their titles in one language.

    Parameters
    ----------
    words : mapping of str to str
        The words of the interface in that language.
    """
    charts = {"themes": _theme_chart(words), "topics": _topic_chart(words)}
    return {name: chart.to_dict() for name, chart in charts.items()}


def _theme_chart(words: Mapping[str, str]) -> alt.Chart:
    tooltip = [
        _tooltip("section", words["section"]),
        _tooltip("theme", words["theme"]),
        alt.Tooltip("share:Q", title=words["share"], format=".2%"),
        alt.Tooltip("hits:Q", title=words["hits"]),
    ]
    return _heat_map("theme", " ", words["chart.themes"], words["share"], tooltip)


def _topic_chart(words: Mapping[str, str]) -> alt.Chart:
    tooltip = [
        _tooltip("section", words["section"]),
        _tooltip("topic", words["topic"]),
        alt.Tooltip("share:Q", title=words["share"], format=".1%"),
        _tooltip("interval", words["interval"]),
    ]
    return _heat_map("topic", "·", words["chart.topics"], words["share"], tooltip)


def _heat_map(across: str, cut: str, description: str, title: str, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """A heat map of shares, with a row for each section and a column for each value of a field; labels break at `cut`."""
    chart: alt.Chart = (
        alt.Chart(_ROWS, description=description, width="container")
        .mark_rect(cursor="pointer", aria=False)
        .encode(
            x=alt.X(
                f"{across}:N",
                sort=None,
                title=None,
                axis=alt.Axis(
                    labelAngle=0, orient="bottom", labelExpr=f"split(replace(datum.label, '（', '{cut}（'), '{cut}')"
                ),
            ),
            y=alt.Y("section:N", sort=None, title=None),
            color=alt.Color("share:Q", title=title, legend=alt.Legend(format=".0%")),
            href="href:N",
            tooltip=tooltip,
        )
    )
    return chart


def _tooltip(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(f"{field}:N", title=title)
