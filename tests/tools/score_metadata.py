"""Score year, region and level of reports against what a reader gave them.

Usage: python tests/tools/score_metadata.py CORPUS_DIR

Prints, for each group of files, how many are right in each field, how many of the others carry a warning about it, and
the files that are wrong without one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.records import Metadata, Report  # noqa: E402
from emphasis.ingest.regions import region_of_code  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402

JUDGEMENTS = ROOT / "tests/judgements/corpus_reports.tsv"
WARNED = {
    "year": {"no-year", "years-disagree", "year-from-name"},
    "region": {
        "no-region",
        "region-from-name",
        "region-from-name-alone",
        "region-from-text",
        "unknown-region",
        "ambiguous-region",
        "regions-disagree",
    },
    "genre": {"not-a-report", "other-genre", "several-reports", "short-speech", "no-headings"},
}
"""The codes that tell a reader of a doubt about each field."""
WARNED["level"] = WARNED["region"]


@dataclass(frozen=True)
class Score:
    """What is right in one file, by field, and what of the rest a warning tells of."""

    file: str
    genre: str
    report: Report
    right: dict[str, bool]
    warned: dict[str, bool]

    @property
    def group(self) -> str:
        """The folder of the file."""
        return self.file.split("/", maxsplit=1)[0]


def score_corpus(corpus: Path, judgements: Path = JUDGEMENTS) -> Iterator[Score]:
    """The scores of all judged files that the folder holds."""
    with judgements.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            path = corpus / row["file"]
            if path.is_file():
                yield score_report(row, ingest(path, path.stem))


def score_report(row: dict[str, str], report: Report) -> Score:
    """The score of one report."""
    found = report.metadata
    codes = {warning.code for warning in report.warnings}
    right = {
        "year": str(found.year or "") == row["year"],
        "region": is_region(found, row["region"], row["level"]),
        "level": found.region_level == ("" if row["level"] == "zone" else row["level"]),
    }
    warned = {field: bool(codes & WARNED[field]) for field in WARNED}
    return Score(row["file"], row["genre"], report, right, warned)


def is_region(found: Metadata, wanted: str, level: str) -> bool:
    """Whether a region is the one wanted: its own name, and the place that the names above it denote.

    深圳市罗湖区 is 罗湖区 with a code below that of 深圳市; a zone, which has no code, has the name alone.
    """
    if not found.region or not wanted.endswith(found.region):
        return False
    if level in ("zone", "national"):
        return not found.adcode
    region = region_of_code(found.adcode, found.year) if found.adcode else None
    if region is None:
        return False
    city = region_of_code(found.adcode[:4] + "00", found.year)
    return wanted in (region.name, (city.name if city else "") + region.name)


def main() -> None:
    scores = list(score_corpus(Path(sys.argv[1])))
    for group in dict.fromkeys(score.group for score in scores):
        members = [score for score in scores if score.group == group]
        counts = [
            f"{field} {sum(s.right[field] for s in members)} (+{sum(s.warned[field] and not s.right[field] for s in members)} warned)"
            for field in ("year", "region", "level")
        ]
        other = [s for s in members if s.genre != "report"]
        named = sum(s.warned["genre"] for s in other)
        print(f"{group}: {len(members)} files; {'; '.join(counts)}; other genres {len(other)}, named {named}")
    for score in scores:
        for field, right in score.right.items():
            if not right:
                found = score.report.metadata
                values = (found.year, found.region, found.adcode, found.region_level, score.report.confidence)
                print("" if score.warned[field] else "SILENT", field, score.file, *values)


if __name__ == "__main__":
    main()
