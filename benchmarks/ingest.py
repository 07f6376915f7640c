"""How fast text is read and parsed: characters per second on one core.

Usage: python benchmarks/ingest.py [FOLDER ...]

Every .txt file of the folders (by default the bundled report) is read and parsed again and again, one after another,
each as a report of its own; the best of five rounds counts.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.report import ingest  # noqa: E402

ROUNDS = 5
LEAST_CHARACTERS = 1_000_000


def measure(files: list[Path]) -> tuple[int, float]:
    """Characters read and parsed, and the seconds of processor time it took."""
    characters = 0
    started = time.process_time()
    while characters < LEAST_CHARACTERS:
        for file in files:
            characters += len(ingest(file, file.stem).source.text)
    return characters, time.process_time() - started


def main(arguments: list[str]) -> int:
    """Print the figures."""
    folders = [Path(a) for a in arguments] or [ROOT / "seeds"]
    files = sorted(file for folder in folders for file in folder.rglob("*.txt"))
    if not files:
        print("no .txt files in " + ", ".join(map(str, folders)))
        return 1
    best = max(characters / seconds for characters, seconds in (measure(files) for _ in range(ROUNDS)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = f"{best / 1e6:.2f} million characters per second and core"
    print(f"ingest: {speed}, {len(files)} reports, at most {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
