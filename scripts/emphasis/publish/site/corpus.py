"""What the page carries of all reports together: who they are, what to know of them, attention to themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from emphasis.measures.dictionaries import Theme
from emphasis.measures.themes import DEFAULT, DEFINITIONS
from emphasis.publish.site.pack import columns
from emphasis.tables import Schema

_OF_REPORTS = (
    "report_id", "file", "title", "region", "region_level", "year", "meeting", "date", "speaker", "speaker_title",
    "source", "published", "n_chars", "n_level1", "n_level2", "confidence", "n_warnings", "sha256",
)  # fmt: skip
ACROSS = (
    "similarity",
    "target_attainment",
    "target_gaps",
    "keyness_across",
    "keyness_across_comparisons",
    "term_changes",
)
"""Tables that exist when there are several reports."""

_FOUND = 0.05


def index(
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    themes: Sequence[Theme],
    shown: Sequence[str],
    figures: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """What the page needs to open: reports, warnings, which of them it carries, their figures, the dictionaries."""
    reports = tables["reports"]
    return {
        "reports": columns(reports, schemas["reports"], *_OF_REPORTS),
        "warnings": columns(tables["warnings"], schemas["warnings"]),
        "shown": list(shown),
        "figures": {report_id: list(names) for report_id, names in sorted(figures.items())},
        "verdicts": _verdicts(tables["topic_diagnostics"]),
        "themes": [
            {
                "name": theme.name,
                "en": theme.label_en,
                "zh": theme.label,
                "status": theme.status,
                "source": theme.source,
                "words": list(theme.words),
            }
            for theme in themes
        ],
        "definitions": list(DEFINITIONS),
        "default": DEFAULT,
    }


def _verdicts(diagnostics: pd.DataFrame) -> dict[str, str]:
    """The verdict on each model as a whole."""
    own = diagnostics[diagnostics["measure"] == "model"].sort_values("model")
    return dict(zip(own["model"].tolist(), own["verdict"].tolist(), strict=True))


def figure_names(drawn: Iterable[Path]) -> dict[str, list[str]]:
    """For each report the pictures that were drawn of it, as ``profile`` or ``clouds/section-2.3``.

    Parameters
    ----------
    drawn : iterable of Path
        SVG files in the folder of a report, and the folders below it that hold several.
    """
    names: dict[str, list[str]] = {}
    for path in sorted(drawn):
        own = names.setdefault(path.parent.name, [])
        if path.is_dir():
            own.extend(f"{path.name}/{file.stem}" for file in sorted(path.glob("*.svg")))
        else:
            own.append(path.stem)
    return names


def together(
    tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, Schema], shown: Sequence[str]
) -> dict[str, dict[str, list[Any]]]:
    """Attention of all reports, under other definitions than the default of the shown ones; comparisons of the shown ones."""
    values = tables["themes"]
    kept = values[(values["definition"] == DEFAULT) | values["report_id"].isin(list(shown))]
    out = {"themes": columns(kept, schemas["themes"])}
    for name in ACROSS:
        if name in tables and len(tables[name]):
            table = tables[name]
            if name == "keyness_across":
                table = table[(table["q_bh"] < _FOUND) & table["report_id"].isin(list(shown))]
                out[name] = columns(
                    table,
                    schemas[name],
                    "report_id",
                    "reference",
                    "term",
                    "n_target",
                    "n_reference",
                    "log_ratio",
                    "q_bh",
                )
            elif name == "target_attainment":
                targets, outturns = (
                    table[f"{side}_sentence_id"].str.rpartition(":")[0] for side in ("target", "outturn")
                )
                out[name] = columns(table[targets.isin(list(shown)) | outturns.isin(list(shown))], schemas[name])
            else:
                out[name] = columns(table[table["report_id"].isin(list(shown))], schemas[name])
    return out
