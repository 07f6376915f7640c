"""Score the grades that config/commitment.tsv gives to clauses against those that a reader gave them.

Usage: python tests/tools/score_commitment.py FOLDER

FOLDER holds the reports that tests/judgements/commitment.tsv names, in folders of the same names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.report import ingest  # noqa: E402
from emphasis.measures.commitment import GRADES, load_commitment  # noqa: E402
from emphasis.segment.lexicon import normalise  # noqa: E402

JUDGED = ROOT / "tests/judgements/commitment.tsv"


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float:
    """Cohen's kappa with linear weights: 1 less the mean distance of the grades of a unit by that of all pairs of grades."""
    a, b = np.asarray(first), np.asarray(second)
    return float(1 - np.abs(a - b).mean() / np.abs(a[:, None] - b).mean())


def graded(folder: Path) -> Iterator[tuple[str, str, int, int]]:
    """The draw, the clause, and the grades of reader and list; 0 where the list has no word of it."""
    words = load_commitment(ROOT / "config/commitment.tsv")
    text_of = cache(lambda path: ingest(path, path.stem).source.text)
    judged = pd.read_csv(JUDGED, sep="\t", comment="#")
    for file, start, end, draw, reader in judged.itertuples(index=False):
        clause = normalise(text_of(folder / file)[start:end])
        yield draw, clause, reader, words.grade(clause) or 0


def main(arguments: list[str]) -> int:
    """Print where reader and list differ, and how far they agree."""
    if len(arguments) != 1:
        print(__doc__)
        return 1
    table = pd.DataFrame(graded(Path(arguments[0])), columns=["draw", "clause", "reader", "list"])
    for row in table[table["reader"] != table["list"]].itertuples():
        print(f"{row.draw}: {row.clause}: {row.reader} by the reader, {row.list} by the list")
    for draw, own in table.groupby("draw"):
        both = own[(own["reader"] > GRADES[0]) & (own["list"] > GRADES[0])]
        alike, among = (own["reader"] == own["list"]).mean(), (both["reader"] == both["list"]).mean()
        kappa = weighted_kappa(own["reader"].tolist(), own["list"].tolist())
        print(
            f"{draw}: {alike:.0%} of {len(own)} alike, weighted kappa {kappa:.2f}; {among:.0%} of {len(both)} that both call tasks"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
