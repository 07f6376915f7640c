"""How fast quantities are found and paired: characters per second on one core.

Usage: python benchmarks/targets.py [FOLDER ...]

The reports of the folders (by default the bundled one) are parsed; then their targets are extracted and paired again and
again. The best of five rounds counts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.records import Report  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402
from emphasis.targets.extract import extract  # noqa: E402
from emphasis.targets.indicators import Indicators, load_indicators  # noqa: E402
from emphasis.targets.pairs import pairs  # noqa: E402

ROUNDS = 5
LEAST_CHARACTERS = 500_000
KNOWN = (".txt", ".docx", ".html")


def measure(reports: list[Report], indicators: Indicators) -> float:
    """Characters of sentences read in a second of processor time."""
    characters = 0
    started = time.process_time()
    while characters < LEAST_CHARACTERS:
        for report in reports:
            pairs(report.report_id, extract(report, indicators))
            characters += sum(len(sentence.text) for sentence in report.sentences)
    return characters / (time.process_time() - started)


def main(arguments: list[str]) -> int:
    """Print the characters per second."""
    folders = [Path(a) for a in arguments] or [ROOT / "seeds"]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in KNOWN)
    if not files:
        print("no reports in " + ", ".join(map(str, folders)))
        return 1
    reports = [ingest(file, file.stem) for file in files]
    indicators = load_indicators(ROOT / "config/indicators.tsv")
    best = max(measure(reports, indicators) for _ in range(ROUNDS))
    print(f"targets: {best / 1e6:.2f} million characters per second and core, {len(reports)} reports")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
