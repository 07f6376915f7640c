"""Fit the weights of the words that tell a review from a plan: python scripts/tools/fit_role_words.py FOLDER

FOLDER holds reports, in sub-folders too. Only chapters count whose heading says clearly what they are. The table
scripts/emphasis/ingest/role_words.tsv is rewritten in place: its words are chosen by hand (to try another, add a row), the
weights come from a ridge logistic regression over pieces of eight sentences. Printed is how often the wording alone names
the other role, for reports that were left out of the fit (ten parts).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).parents[1]))

from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest
from emphasis.ingest.roles import cue_of_heading
from emphasis.ingest.simplify import is_traditional, simplify_text
from emphasis.ingest.wording import INTERCEPT, PIECE, WORDS_FILE, shares, split_statements

PENALTY = 0.03
"""C of the regression: the smaller, the closer the weights are to 0. Of 0.003 to 3, which differ little, the middle."""
FOLDS = 10
LEAST_SPREAD = 1e-3
"""Added to the standard deviation of a word's share, so that a word found once has no large weight."""


class Clear(NamedTuple):
    """A chapter whose heading says what it is."""

    report: str
    is_plan: bool
    statements: list[str]


def clear_chapters(report: Report) -> list[Clear]:
    """The chapters of a report that have a clear heading, without farewell."""
    text = report.source.text
    plain = simplify_text(text) if is_traditional(text) else text
    farewells = [s.start for s in report.sections if s.role == "closing"]
    found = []
    for section in report.sections:
        heading = plain[section.start : section.body_start]
        cue = cue_of_heading(heading, report.metadata.year) if section.level == 1 else None
        if cue and cue.clear and cue.role in ("review", "plan"):
            end = min([section.end, *(start for start in farewells if start > section.start)])
            statements = split_statements(plain[section.body_start : end])
            found.append(Clear(report.report_id, cue.role == "plan", statements))
    return found


def pieces(statements: list[str]) -> list[list[str]]:
    """A chapter in pieces of about `PIECE` sentences."""
    count = max(1, round(len(statements) / PIECE))
    return [[statements[i] for i in part] for part in np.array_split(np.arange(len(statements)), count)]


def fit(chapters: list[Clear], words: list[str]) -> tuple[float, np.ndarray]:
    """The constant and the weights per unit of share."""
    parts = [(piece, chapter.is_plan) for chapter in chapters for piece in pieces(chapter.statements)]
    x = np.array([shares(piece, words) for piece, _ in parts])
    spread = x.std(axis=0) + LEAST_SPREAD
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=5000)
    model.fit(x / spread, [is_plan for _, is_plan in parts])
    return float(model.intercept_[0]), model.coef_[0] / spread


def errors_when_left_out(chapters: list[Clear], words: list[str]) -> tuple[int, list[bool]]:
    """Of the chapters, how many the wording alone gets wrong when their report is left out; and the same for each piece."""
    wrong, wrong_pieces = 0, []
    for kept, left in GroupKFold(FOLDS).split(chapters, groups=[chapter.report for chapter in chapters]):
        constant, weights = fit([chapters[i] for i in kept], words)
        for chapter in (chapters[i] for i in left):
            wrong += (constant + weights @ shares(chapter.statements, words) > 0) != chapter.is_plan
            for piece in pieces(chapter.statements):
                wrong_pieces.append((constant + weights @ shares(piece, words) > 0) != chapter.is_plan)
    return wrong, wrong_pieces


def main(arguments: list[str]) -> None:
    """Rewrite the table from the reports of a folder."""
    files = sorted(path for path in Path(arguments[0]).rglob("*") if path.suffix in (".txt", ".docx"))
    chapters = [one for path in files for one in clear_chapters(ingest(path, path.stem))]
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        words = [row["word"] for row in csv.DictReader(file, delimiter="\t") if row["word"] != INTERCEPT]
    wrong, wrong_pieces = errors_when_left_out(chapters, words)
    print(f"{wrong} of {len(chapters)} chapters wrong ({wrong / len(chapters):.1%})")
    print(f"{sum(wrong_pieces)} of {len(wrong_pieces)} pieces wrong ({np.mean(wrong_pieces):.1%})")
    constant, weights = fit(chapters, words)
    rows = sorted(zip(words, weights, strict=True), key=lambda row: (round(row[1], 2), row[0]))
    lines = [f"{INTERCEPT}\t{constant:.2f}", *(f"{word}\t{weight:.2f}" for word, weight in rows)]
    WORDS_FILE.write_text("word\tweight\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
