"""Score the parser against hand-made annotations of real reports.

Usage: python tests/tools/score_structure.py GOLD_DIR REPORTS_DIR [RESULTS_DIR]

With RESULTS_DIR, the folder of a finished run, the sections and metadata are read from its tables
(corpus/sections.csv, corpus/reports.csv); without it, each file is read and parsed here.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.paragraphs import key_of  # noqa: E402
from emphasis.ingest.readers import read_source  # noqa: E402
from emphasis.ingest.records import Report, Section, Source  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402

METADATA = (
    "title",
    "region",
    "region_level",
    "year",
    "meeting",
    "date",
    "speaker",
    "speaker_title",
    "source",
    "published",
)
LEVELS = {"city": "prefecture", "municipality": "province"}


@dataclass
class Score:
    """What is right in one report; each list names what is not."""

    name: str
    headings: int = 0
    found: int = 0
    levelled: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong_level: list[str] = field(default_factory=list)
    bounds: dict[str, bool] = field(default_factory=dict)
    metadata: dict[str, bool] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def gold_files(folder: Path) -> list[Path]:
    """The annotations of structure, in order."""
    return sorted(p for p in folder.glob("*.json") if "sections" in json.loads(p.read_text(encoding="utf-8")))


def report_file(gold: dict[str, Any], reports: Path) -> Path | None:
    """The file an annotation belongs to: by its name, for the wiki texts by its year, for the bundled report by its slug."""
    name = str(gold["file"])
    for path in sorted(reports.rglob("*")):
        if path.name == name:
            return path
    if match := re.fullmatch(r"gwr(\d{4})", str(gold["slug"])):
        return next((p for p in sorted(reports.rglob("*.txt")) if match.group(1) in p.name), None)
    for folder in (reports.parent / "seeds", ROOT / "seeds"):
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
            if path.name == name or str(gold["slug"]) in path.name:
                return path
    return None


def score_report(gold: dict[str, Any], report: Report) -> Score:
    """Compare a parsed report with its annotation."""
    text = report.source.text
    score = Score(str(gold["slug"]))
    _score_headings(score, gold, report.sections, text)
    _score_bounds(score, gold, report.sections, text)
    _score_metadata(score, gold, report)
    return score


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", text)


def _starts(text: str, start: int, words: str) -> bool:
    return _squeeze(text[start : start + 3 * len(words) + 40]).startswith(_squeeze(words))


def _score_headings(score: Score, gold: dict[str, Any], sections: tuple[Section, ...], text: str) -> None:
    ours = [s for s in sections if s.level and s.role != "annex"]
    by_id = {s.section_id: s for s in sections}
    matched: dict[int, Section] = {}
    used: set[str] = set()
    for wanted in gold["sections"]:
        score.headings += 1
        words = key_of(wanted["heading"])
        for section in ours:
            if section.section_id in used or key_of(section.heading) != words:
                continue
            if wanted["starts_with"] and not _starts(text, section.body_start, wanted["starts_with"]):
                continue
            if key_of(section.number) != key_of(wanted["number"] or "") or section.standalone != wanted["standalone"]:
                score.wrong.append(f"number or form of {wanted['heading']!r}: {section.number!r} {section.standalone}")
            matched[wanted["index"]] = section
            used.add(section.section_id)
            break
        else:
            score.missed.append(f"{wanted['level']} {wanted['number'] or ''}{wanted['heading']}")
    for wanted in gold["sections"]:
        section = matched.get(wanted["index"])  # type: ignore[assignment]
        if section is None:
            continue
        score.found += 1
        parent = matched.get(wanted["parent"]) if wanted["parent"] is not None else None
        above = by_id.get(section.parent_id)
        if section.level == wanted["level"] and (above.section_id if above else None) == (
            parent.section_id if parent else None
        ):
            score.levelled += 1
        else:
            score.wrong_level.append(f"{wanted['heading']}: {section.level} instead of {wanted['level']}")
    score.extra = [f"{s.section_id} {s.level} {s.number}{s.heading}" for s in ours if s.section_id not in used]


def _score_bounds(score: Score, gold: dict[str, Any], sections: tuple[Section, ...], text: str) -> None:
    opening = next((s for s in sections if s.section_id == "s0.1"), None)
    score.bounds["start"] = opening is not None and _starts(text, opening.start, gold["body_start"])
    body = [s for s in sections if not s.parent_id and s.role in ("review", "problems", "plan", "closing")]
    end = _squeeze(text[body[-1].start : body[-1].end]) if body else ""
    score.bounds["end"] = end.endswith(_squeeze(gold["body_end"]))
    for name, role in (("annex_start", "annex"), ("footer_start", "footer")):
        found = next((s for s in sections if s.role == role), None)
        wanted = gold[name]
        score.bounds[role] = (
            (found is None) if wanted is None else found is not None and _starts(text, found.start, wanted)
        )


def _score_metadata(score: Score, gold: dict[str, Any], report: Report) -> None:
    metadata = report.metadata
    for name in METADATA:
        if name not in gold:
            continue
        wanted, got = gold[name], getattr(metadata, name)
        titles = {gold["title"], gold.get("json_title", gold["title"])}
        if name == "region_level":
            right = got == LEVELS.get(wanted, wanted)
        elif name == "region" and gold["region_level"] == "national":
            right = metadata.region_level == "national"
        elif name == "title":
            right = got in titles
        elif name == "source" and wanted and "url field" in wanted:
            right = got == ""
        elif name == "published" and wanted:
            right = str(got).replace("T", " ") == wanted
        else:
            right = str(got or "") == str(wanted if wanted is not None else "")
        score.metadata[name] = right
        if not right:
            score.wrong.append(f"{name}: {got!r} instead of {wanted!r}")


def read_report(folder: Path, path: Path) -> Report | None:
    """A report from the tables of a finished run."""
    corpus = folder / "corpus" if (folder / "corpus").is_dir() else folder
    rows = _rows(corpus / "reports.csv")
    source = read_source(path)
    row = next((r for r in rows if r["sha256"] == source.sha256), None)
    if row is None:
        return None
    sections = [s for s in _rows(corpus / "sections.csv") if s["report_id"] == row["report_id"]]
    parsed = ingest(path, row["report_id"])
    body = {s.section_id: s.body_start for s in parsed.sections}
    metadata = type(parsed.metadata)(
        **{n: row.get(n, "") for n in METADATA if n != "year"},
        year=int(float(row["year"])) if row.get("year") else None,
    )
    return Report(
        row["report_id"],
        Source(source.file, row["sha256"], row["encoding"], source.text),
        metadata,
        tuple(
            Section(
                s["section_id"], s["parent_id"], int(float(s["level"])), s["number"], s["heading"],
                s["standalone"].lower() in ("true", "1"), s["role"],  # type: ignore[arg-type]
                int(s["start"]), int(s["end"]), body.get(s["section_id"], int(s["start"])),
            )
            for s in sections
        ),
    )  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments: list[str]) -> int:
    """Print a line per report and what was wrong below it."""
    if len(arguments) not in (2, 3):
        print(__doc__)
        return 2
    gold_folder, reports = Path(arguments[0]), Path(arguments[1])
    scores = []
    for file in gold_files(gold_folder):
        gold = json.loads(file.read_text(encoding="utf-8"))
        path = report_file(gold, reports)
        report = None
        if path is not None:
            report = read_report(Path(arguments[2]), path) if len(arguments) == 3 else ingest(path, path.stem)
        if report is None:
            print(f"{gold['slug']:<12} no report for {gold['file']}")
            continue
        scores.append(score_report(gold, report))
    for score in scores:
        print(_line(score))
        for label, items in (
            ("missed", score.missed),
            ("extra", score.extra),
            ("level", score.wrong_level),
            ("wrong", score.wrong),
        ):
            for item in items:
                print(f"    {label}: {item}")
    headings, levelled = sum(s.headings for s in scores), sum(s.levelled for s in scores)
    extra = sum(len(s.extra) for s in scores)
    print(
        f"{'all':<12} {levelled} of {headings} headings at the right level ({levelled / max(headings, 1):.1%}), {extra} extra"
    )
    return 0


def _line(score: Score) -> str:
    right, fields = sum(score.metadata.values()), len(score.metadata)
    lacking = ", ".join(name for name, good in score.bounds.items() if not good)
    return (
        f"{score.name:<12} headings {score.found}/{score.headings} found, {len(score.missed)} missed, {len(score.extra)} extra; "
        f"level {score.levelled}/{score.found}; bounds {'right' if not lacking else 'wrong: ' + lacking}; metadata {right}/{fields}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
