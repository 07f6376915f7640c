"""What the methods text says of a run: numbers counted from its tables, settings, versions, formulas."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.model import Language, say
from emphasis.publish.paper.read import Row, rows
from emphasis.publish.paper.templates import render
from emphasis.publish.paper.wording import word

Tables = Mapping[str, Sequence[Path | str]]

_SHOWN = 10
_SECTION = re.compile(r"^(Parameters|Returns|References|Examples|Raises|Attributes|Notes)\n-+$", re.MULTILINE)
_NAMED = re.compile(r"``([^`]* = [^`]*)``")

_FORMULAS = {
    "frequency_parts": ("measures/frequency.py", "frequency_parts"),
    "dispersion": ("measures/dispersion.py", "dispersion"),
    "tfidf": ("measures/tfidf.py", "tfidf"),
    "keyness": ("measures/keyness.py", "keyness"),
}
"""Measures whose formulas the text quotes, and the function whose docstring defines them."""


def formulas(library: Path) -> dict[str, str]:
    """The formulas of docstrings: their literal blocks, or what stands in them between double backticks with an equals sign.

    Parameters
    ----------
    library : Path
        The folder of the package `emphasis`.
    """
    return {name: _formula(library / file, function) for name, (file, function) in _FORMULAS.items()}


def _formula(file: Path, function: str) -> str:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    node = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function)
    text = _SECTION.split(inspect.cleandoc(ast.get_docstring(node) or ""))[0]
    blocks = re.findall(r"::\n\n((?: +[^\n]*\n?|\n(?= ))+)", text)
    if blocks:
        return "\n".join(inspect.cleandoc("\n" + block) for block in blocks)
    return "\n".join(match.replace("\n", " ") for match in _NAMED.findall(text))


def packages(segmenter: str) -> dict[str, str]:
    """Versions of the packages that results rest on most; all of them are in manifest.json."""
    return {name: version(name) for name in (segmenter, "scikit-learn", "snakemake")}


def facts(
    tables: Tables, config: Mapping[str, Any], themes: Sequence[Theme], lexicon: Iterable[Path | str]
) -> dict[str, Any]:
    """Everything that the text says in numbers.

    Parameters
    ----------
    tables : mapping of str to sequence of Path
        Files of reports, warnings, structure, keyness_comparisons, topic_diagnostics, targets, target_pairs and terms, and
        of keyness_across_comparisons when there are several reports.
    config : mapping
    themes : sequence of Theme
    lexicon : iterable of Path
        Term files of the lexicon.
    """
    reports = list(rows(tables["reports"]))
    confidence = Counter(row["confidence"] for row in reports)
    read = {row["report_id"] for row in reports}
    warned = Counter(row["code"] for row in rows(tables["warnings"]))
    years = sorted({row["year"] for row in reports if row["year"]})
    whole = [row for row in rows(tables["structure"]) if row["unit"] == "report"]
    return {
        "version": __version__,
        "config": config,
        "packages": packages(config["segmenter"]),
        "n_reports": len(reports),
        "n_regions": len({row["adcode"] or row["region"] for row in reports if row["region"] and not _national(row)}),
        "n_national": sum(map(_national, reports)),
        "years": years,
        "n_characters": sum(int(row["n_chars"]) for row in reports),
        "n_tokens": sum(int(row["n_tokens"]) for row in whole),
        "n_sentences": sum(int(row["n_sentences"]) for row in whole),
        "confidence": {grade: confidence.get(grade, 0) for grade in ("high", "medium", "low")},
        "low": _some([row["report_id"] for row in reports if row["confidence"] == "low"]),
        "left_out": _some(sorted({row["report_id"] for row in rows(tables["warnings"])} - read)),
        "warnings": sorted(warned.items()),
        "n_lexicon": sum(_lines(file) for file in lexicon),
        "n_found": sum(row["kind"] == "report" and row["n_token"] != "0" for row in rows(tables["terms"])),
        "themes": themes,
        "compiled": [theme for theme in themes if theme.status == "compiled"],
        "keyness": _verdicts([*tables["keyness_comparisons"], *tables.get("keyness_across_comparisons", ())]),
        "topics": _believed(tables["topic_diagnostics"]),
        "targets": Counter(row["period"] for row in rows(tables["targets"])),
        "pairs": Counter(row["comparable"] for row in rows(tables["target_pairs"])),
    }


def methods_text(template: Path, language: Language, values: Mapping[str, Any]) -> str:
    """The methods text in one language: a template filled with facts."""
    return render(template, **values, word=lambda value: say(word(value), language))


def _national(row: Row) -> bool:
    return row["region_level"] == "national"


def _lines(file: Path | str) -> int:
    with Path(file).open(encoding="utf-8") as lines:
        return sum(bool(line.strip()) and not line.startswith("#") for line in lines) - 1


def _some(names: Sequence[str]) -> dict[str, Any]:
    return {"n": len(names), "shown": list(names[:_SHOWN]), "more": max(0, len(names) - _SHOWN)}


def _verdicts(files: Iterable[Path | str]) -> list[dict[str, Any]]:
    """Comparisons by kind: how many there are, how many of them find anything."""
    counts: dict[str, Counter[str]] = {}
    for row in rows(files):
        counts.setdefault(row["comparison"], Counter())[row["verdict"]] += 1
    return [
        {"kind": kind, "n": sum(found.values())} | {v: found[v] for v in ("found", "none", "undecidable")}
        for kind, found in sorted(counts.items())
    ]


def _believed(files: Iterable[Path | str]) -> list[dict[str, Any]]:
    """Measures that were compared with shuffled text: in how many models which verdict was reached."""
    counts: dict[str, Counter[str]] = {}
    for row in rows(files):
        if row["null_high"]:
            counts.setdefault(row["measure"], Counter())[row["verdict"]] += 1
    return [{"measure": measure, "verdicts": sorted(found.items())} for measure, found in sorted(counts.items())]
