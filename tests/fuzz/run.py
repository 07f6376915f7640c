"""Fuzz the readers and what follows: `python -m fuzz.run --files 20000`; prints counts and each file that shows a fault.

A file follows from its number: `python -m fuzz.run --write 4711 folder` writes it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from emphasis.ingest.readers.apart import READER_PROCESS
from fuzz.examine import FAULTS, OUTCOMES, examine
from fuzz.mutate import fuzzed

SHARD = 50
"""Files that a process takes at a time."""


def run_shard(first: int, last: int) -> Counter[str]:
    """Counts of the files with these numbers, the last left out."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, last):
            counts += examine(number, Path(folder))
    READER_PROCESS.close()
    return counts


def run(first: int, last: int, processes: int) -> Counter[str]:
    """The same, in several processes; the counts do not depend on how many."""
    firsts = range(first, last, SHARD)
    with ProcessPoolExecutor(processes) as pool:
        found = pool.map(run_shard, firsts, [min(last, at + SHARD) for at in firsts])
        return sum(found, Counter())


def report_of(counts: Counter[str]) -> str:
    """The counts, one a line, and the files that show a fault."""
    lines = [f"{counts[outcome]:>7,}  {outcome}" for outcome in OUTCOMES]
    return "\n".join([*lines, *sorted(key for key in counts if key not in OUTCOMES)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", nargs=2, metavar=("NUMBER", "FOLDER"), help="write one file and do no more")
    arguments = parser.parse_args()
    if arguments.write:
        number, folder = arguments.write
        suffix, data = fuzzed(int(number))
        path = Path(folder) / f"{number}{suffix}"
        path.write_bytes(data)
        print(path)
        return 0
    counts = run(arguments.first, arguments.first + arguments.files, arguments.processes)
    print(report_of(counts))
    return int(any(counts[fault] for fault in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
