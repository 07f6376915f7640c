"""How firmly the tasks of a plan that have no figures commit the government: by a published list of words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.sections import ancestors
from emphasis.segment.lexicon import normalise
from emphasis.store.written import written_rows

GRADES = (0, 1, 2, 3, 4)
NO_TASK, STRIVING, FIRM = 0, 2, 4
COLUMNS = ["n_commitments", "commitment", "share_firm", "share_tentative"]
_WHERE = ("first", "anywhere")
_CLAUSE = re.compile(r"[^,。;:!?、\n]+(?:、[^,。;:!?、\n]+)*")
_FIGURE = re.compile(r"\d|百分之|翻番|翻一番|倍")


@dataclass(frozen=True)
class CommitmentWords:
    """Grades of words that decide where they stand first in a clause, and of those that decide anywhere in it."""

    first: Mapping[str, int]
    anywhere: Mapping[str, int]

    def grade(self, clause: str) -> int | None:
        """The grade of a clause, 0 to 4; None where it has no word of the list.

        Examples
        --------
        >>> words = CommitmentWords({"确保": 4, "支持": 2, "推动": 3}, {"试点": 1})
        >>> [words.grade(clause) for clause in ("确保支持到位", "推动支持政策落地", "推动改革试点", "大家携手")]
        [4, 3, 1, None]
        """
        for pattern, grades in self._searched:
            if found := pattern.search(clause):
                return grades[found.group()]
        return None

    @cached_property
    def _searched(self) -> list[tuple[re.Pattern[str], Mapping[str, int]]]:
        """Either list, as a pattern that finds the first of its words, of those that begin at one place the longest."""
        lists = [words for words in (self.anywhere, self.first) if words]
        return [(re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True)))), words) for words in lists]


def load_commitment(path: Path | str) -> CommitmentWords:
    """The list of config/commitment.tsv; its first lines say what the grades mean.

    Raises
    ------
    EmphasisError
        With file and line: a column that is missing, another grade or place than there are, a word twice.
    """
    by_place: dict[str, dict[str, int]] = {where: {} for where in _WHERE}
    for number, row in written_rows(path, ("word", "grade", "where")):
        word, grade, where = normalise(row["word"]), row["grade"], row["where"]
        if not word or grade not in map(str, GRADES) or where not in _WHERE:
            raise EmphasisError(
                f"{path}, line {number}: {' '.join(row.values()).strip()!r} is no word with a grade from 0 to 4 and `first` or "
                "`anywhere`, separated by tabs"
            )
        if word in by_place["first"] or word in by_place["anywhere"]:
            raise EmphasisError(f"{path}, line {number}: {word} is listed twice; leave one")
        by_place[where][word] = int(grade)
    return CommitmentWords(by_place["first"], by_place["anywhere"])


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Where the clauses without figures are in a sentence as it is searched: between commas, colons and stops.

    Examples
    --------
    >>> sentence = "加强、改进管理,增长5%;确保安全。"
    >>> [sentence[start:end] for start, end in clauses(sentence)]
    ['加强、改进管理', '确保安全']
    """
    found = _CLAUSE.finditer(sentence)
    return [clause.span() for clause in found if not _FIGURE.search(clause.group())]


def commitment(tasks: pd.DataFrame, sentences: pd.DataFrame, words: CommitmentWords) -> pd.DataFrame:
    """How firmly each task commits the government where it has no figures.

    A clause, which is what stands between commas, colons and stops, has the grade of the word of config/commitment.tsv that stands
    first in it (of two that begin at one place the longer one; a few words decide wherever they stand): 4 firm, 3 doing, 2 striving or
    supporting, 1 exploring, 0 no task. Clauses with a figure are for targets.csv and left out, so are those without a word
    of the list and those of grade 0. Over the n others of a task, subsections included::

        commitment      = mean of the grades, 1 to 4
        share_firm      = clauses of grade 4 / n
        share_tentative = clauses of grades 1 and 2 / n

    The grades are an order; their mean presumes that steps are equal. Most clauses announce an action (3), so that the two
    shares say more than the mean. What a word promises and what is done are two things.

    Parameters
    ----------
    tasks : DataFrame
        report_id, section_id.
    sentences : DataFrame
        report_id, section_id, text.
    words : CommitmentWords

    Returns
    -------
    DataFrame
        As `tasks`, with n_commitments, commitment, share_firm, share_tentative; the last three missing without such a clause.
    """
    wanted = set(zip(tasks["report_id"], tasks["section_id"], strict=True))
    graded: dict[tuple[str, str], list[int]] = {key: [] for key in wanted}
    columns = (sentences[name].tolist() for name in ("report_id", "section_id", "text"))
    for report_id, section_id, text in zip(*columns, strict=True):
        owners = [key for key in ((report_id, above) for above in ancestors(section_id)) if key in wanted]
        if not owners:
            continue
        plain = normalise(text)
        grades = [grade for a, b in clauses(plain) if (grade := words.grade(plain[a:b]))]
        for key in owners:
            graded[key] += grades
    rows = [_summary(graded[key]) for key in zip(tasks["report_id"], tasks["section_id"], strict=True)]
    return tasks.assign(**pd.DataFrame(rows, columns=COLUMNS, index=tasks.index))


def _summary(grades: list[int]) -> tuple[int, float, float, float]:
    own = np.array(grades)
    if not len(own):
        return 0, np.nan, np.nan, np.nan
    return len(own), float(own.mean()), float((own == FIRM).mean()), float((own <= STRIVING).mean())
