"""Score the roles of sections of level 1 against those that readers gave them.

Usage: python tests/tools/score_roles.py FOLDER

FOLDER holds the reports that tests/judgements/corpus_roles.tsv names, in folders of the same names. A section judged
`mixed` is of two kinds, so that both review and plan are right. A wrong role counts as told of if a warning points to its
section.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.records import Report  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402

JUDGED = ROOT / "tests/judgements/corpus_roles.tsv"
ABOUT_ROLES = frozenset({"role-disputed", "role-guessed"})
"""Codes of the warnings that point to a role."""


@dataclass(frozen=True)
class Judgement:
    """What readers decided about one section."""

    start: int
    role: str
    outlook: bool

    @property
    def right(self) -> frozenset[str]:
        """The roles that count as right."""
        return frozenset({"review", "plan"} if self.role == "mixed" else {self.role})


@dataclass
class Score:
    """How many sections of a group of reports have the right role and horizon."""

    sections: int = 0
    right: int = 0
    lost: int = 0  # no section of the outline begins there
    told: int = 0  # of those with a wrong role, how many are warned of
    warned: int = 0  # of all, how many are warned of
    horizons: int = 0  # plans whose horizon is right
    plans: int = 0
    wrong: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self


def read_judgements(path: Path = JUDGED) -> dict[str, list[Judgement]]:
    """The judged sections of each file, in order."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["file"]].append(Judgement(int(row["start"]), row["role"], row["outlook"] == "true"))
    return dict(found)


def score_report(name: str, report: Report, judged: list[Judgement]) -> Score:
    """Compare a report's sections with their judgements."""
    score = Score()
    sections = {s.start: s for s in report.sections if s.level == 1}
    warned = {w.start for w in report.warnings if w.code in ABOUT_ROLES}
    for one in judged:
        section = sections.get(one.start)
        if section is None:
            score.lost += 1
            score.wrong.append(f"{name} {one.start}: no section begins here")
            continue
        score.sections += 1
        score.warned += one.start in warned
        if section.role in one.right:
            score.right += 1
            if section.role == "plan":
                score.plans += 1
                score.horizons += (section.horizon == "multi-year") == one.outlook
                if (section.horizon == "multi-year") != one.outlook:
                    score.wrong.append(f"{name} {one.start}: horizon {section.horizon!r} {section.heading}")
        else:
            score.told += one.start in warned
            told = " (warned of)" if one.start in warned else ""
            score.wrong.append(f"{name} {one.start}: {section.role} instead of {one.role}{told} {section.heading}")
    return score


def score_folder(folder: Path) -> Iterator[tuple[str, Score]]:
    """The group and score of each judged file in the folder."""
    for name, judged in sorted(read_judgements().items()):
        path = folder / name
        if path.is_file():
            yield name.split("/")[0], score_report(name, ingest(path, path.stem), judged)


def main(arguments: list[str]) -> int:
    """Print what is wrong and a line per group."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    groups: dict[str, Score] = defaultdict(Score)
    for group, score in score_folder(Path(arguments[0])):
        groups[group] += score
        groups["all"] += score
    for name, score in groups.items():
        if name != "all":
            print(*score.wrong, sep="\n")
    for name, score in sorted(groups.items(), key=lambda item: (item[0] == "all", item[0])):
        share = score.right / max(1, score.sections)
        print(
            f"{name:<16} roles {score.right}/{score.sections} ({share:.1%}), {score.sections - score.right} wrong of which {score.told} "
            f"warned of; {score.warned} warned of in all; {score.lost} not found; horizons {score.horizons}/{score.plans}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
