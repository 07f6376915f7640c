"""The methods text of a run.

Its facts are counted from the run's tables, settings and versions, and from the files that say how the coder of policy areas was
made and which reports the reference holds.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emphasis import __version__
from emphasis.measures.dictionaries import Theme
from emphasis.measures.testing import MAX_Q, SENTENCE, TEST_ACROSS, TEST_OF_SETTING
from emphasis.publish.paper.kit_words import translate
from emphasis.publish.paper.table import Language, cell_text
from emphasis.publish.templates import render
from emphasis.store.markup import from_yaml
from emphasis.store.results import Results, Row

_SHOWN = 10


def packages(segmenter: str) -> dict[str, str]:
    """Versions of the packages that matter most for the results; manifest.json has those of all."""
    return {name: version(name) for name in (segmenter, "scikit-learn", "snakemake")}


def facts(
    results: Results, config: Mapping[str, Any], themes: Sequence[Theme], lexicon: Iterable[Path | str]
) -> dict[str, Any]:
    """What the text says of the run, by name in its templates.

    Parameters
    ----------
    results : Results
        reports, warnings, structure, keyness_comparisons, topic_diagnostics, targets, target_pairs, terms and peers, and
        keyness_across_comparisons when there are several reports.
    config : mapping
    themes : sequence of Theme
    lexicon : iterable of Path
        Term files of the lexicon.
    """
    # A file that could not be read is no report.
    reports = [row for row in results.rows("reports") if int(row["n_chars"])]
    confidence = Counter(row["confidence"] for row in reports)
    warnings = list(results.rows("warnings"))
    regional = [row for row in reports if not _is_national(row)]
    whole = [row for row in results.rows("structure") if row["unit"] == "report"]
    within = list(results.rows("keyness_comparisons"))
    across = list(results.rows("keyness_across_comparisons")) if "keyness_across_comparisons" in results.files else []
    return {
        "version": __version__,
        "config": config,
        "packages": packages(config["segmenter"]),
        "n_reports": len(reports),
        "n_regions": len({row["adcode"] or row["region"] for row in regional if row["region"]}),
        "n_national": len(reports) - len(regional),
        "years": sorted({row["year"] for row in reports if row["year"]}),
        "n_characters": sum(int(row["n_chars"]) for row in reports),
        "n_tokens": sum(int(row["n_tokens"]) for row in whole),
        "n_sentences": sum(int(row["n_sentences"]) for row in whole),
        "confidence": {grade: confidence[grade] for grade in ("high", "medium", "low")},
        "low": _shorten_list([row["report_id"] for row in reports if row["confidence"] == "low"]),
        "left_out": _shorten_list(sorted({w["report_id"] for w in warnings} - {row["report_id"] for row in reports})),
        "warnings": sorted(Counter(row["code"] for row in warnings).items()),
        "n_lexicon": sum(_count_lines(file) for file in lexicon),
        "n_found": sum(row["kind"] == "report" and row["n_token"] != "0" for row in results.rows("terms")),
        "themes": themes,
        "compiled": [theme for theme in themes if theme.status == "compiled"],
        "keyness": _keyness_verdicts([*within, *across]),
        "n_by_sentences": sum(row["unit"] == SENTENCE for row in within),
        "tests": {"within": TEST_OF_SETTING[config["keyness"]["test"]], "across": TEST_ACROSS, "max_q": MAX_Q},
        "compared_across": "keyness_across_comparisons" in results.files,
        "n_basis_topics": next((row["k"] for row in results.rows("topic_diagnostics") if row["model"] == "basis"), 0),
        "topics": _topic_verdicts(results.rows("topic_diagnostics")),
        "peers": _peer_facts(results.rows("peers"), reports),
        "targets": Counter(row["period"] for row in results.rows("targets")),
        "pairs": Counter(row["comparable"] for row in results.rows("target_pairs")),
    }


def _peer_facts(rows: Iterable[Row], reports: Sequence[Row]) -> dict[str, Any]:
    """How many reports were compared, with how many others, and by which rules these were found."""
    compared = [row for row in rows if row["compared"] == "true"]
    numbers = sorted(Counter(row["report_id"] for row in compared).values())
    rule_of = {row["report_id"]: row["rule"] for row in compared}
    return {
        "n": len(numbers),
        "none": len(reports) - len(numbers),
        "least": numbers[0] if numbers else 0,
        "most": numbers[-1] if numbers else 0,
        "rules": sorted(Counter(rule_of.values()).items()),
    }


def reference_facts(reports: Path) -> dict[str, Any]:
    """What the reference is made from: its reports and their years, from its reports.tsv."""
    with reports.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return {"n": len(rows), "years": sorted({row["year"] for row in rows if row["year"]})}


def area_facts(provenance: Path, validation: Path, corrections: Path | None) -> dict[str, Any]:
    """How the coder of policy areas was made and how well it codes.

    Parameters
    ----------
    provenance, validation : Path
        provenance.yaml and validation.tsv of the coder.
    corrections : Path, optional
        corrections.tsv.
    """
    made = from_yaml(provenance.read_text(encoding="utf-8"))
    with validation.open(encoding="utf-8", newline="") as lines:
        overall = next(row for row in csv.DictReader(lines, delimiter="\t") if row["area"] == "all")
    twice = made["coded twice"]
    return {
        "sentences": made["sentences"],
        "reports": made["reports"],
        "by": made["coded by"],
        "twice": twice["sentences"],
        "alike": round(100 * twice["alike"]),
        "kappa": f"{twice['kappa']:.2f}",
        "accuracy": f"{100 * float(overall['recall']):.1f}",
        "f1": f"{float(overall['f1']):.2f}",
        "corrected": _count_lines(corrections) if corrections else 0,
    }


def methods_text(template: Path, language: Language, values: Mapping[str, Any]) -> str:
    """The methods text in one language: a template filled with facts."""
    return render(template, **values, translate=lambda value, column="": cell_text(translate(value, column), language))


def _is_national(row: Row) -> bool:
    return row["region_level"] == "national"


def _count_lines(file: Path | str) -> int:
    with Path(file).open(encoding="utf-8") as lines:
        return sum(bool(line.strip()) and not line.startswith("#") for line in lines) - 1


def _shorten_list(names: Sequence[str]) -> dict[str, Any]:
    return {"n": len(names), "shown": list(names[:_SHOWN]), "more": max(0, len(names) - _SHOWN)}


def _keyness_verdicts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Comparisons by kind: how many there are and how many reach each verdict."""
    counts = _count_verdicts((row["comparison"], row["verdict"]) for row in rows)
    return [
        {"kind": kind, "n": sum(found.values())} | {v: found[v] for v in ("found", "none", "undecidable")}
        for kind, found in counts
    ]


def _topic_verdicts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """For each measure compared with shuffled text, how many models reach each verdict."""
    counts = _count_verdicts((row["measure"], row["verdict"]) for row in rows if row["null_high"])
    return [{"measure": measure, "verdicts": sorted(found.items())} for measure, found in counts]


def _count_verdicts(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Counter[str]]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, verdict in pairs:
        counts[kind][verdict] += 1
    return sorted(counts.items())
