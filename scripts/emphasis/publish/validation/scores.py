"""What the coders' codes say: precision and recall of the machine, agreement of the coders, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from emphasis.measures.agreement import agreement
from emphasis.measures.stratified import Ratio, precision_recall, share
from emphasis.publish.validation.filled import Coded
from emphasis.publish.validation.key import Key
from emphasis.publish.validation.questions import ALL, AREA, Question

FIRST, SECOND, DECIDED = "1", "2", "decided"
"""Whose codes the machine is measured by."""

_VALIDATION = ["what", "name", "coder", "n", "n_machine", "n_coder"]
_BOUNDS = ["", "_low", "_high"]
_AGREEMENT = ["what", "name", "n", "agreed", "kappa", "kappa_low", "kappa_high", "alpha", "alpha_low", "alpha_high"]


def coders(coded: Coded, questions: Sequence[Question]) -> dict[str, Mapping[str, np.ndarray]]:
    """The codes that the machine is measured by: of each coder, and those that both agree on or that were decided.

    The last are there once no disagreement is left undecided.
    """
    decided = {}
    for name in (question.name for question in questions):
        first, second, own = coded.first[name], coded.second[name], coded.decided[name]
        codes = np.where(own != "", own, np.where(first == second, first, ""))
        if (codes == "").any():
            return {FIRST: coded.first, SECOND: coded.second}
        decided[name] = codes
    return {FIRST: coded.first, SECOND: coded.second, DECIDED: decided}


def validation(key: Key, coded: Coded, questions: Sequence[Question]) -> pd.DataFrame:
    """Precision, recall and F1 of each theme or area, by the codes of each coder and by those that were decided.

    See `emphasis.measures.stratified.precision_recall` for precision, recall and bounds. F1 = 2 P R / (P + R). For policy areas, in the row ``all`` recall
    is the accuracy: the share of all sentences that the machine codes as the coder does; precision is empty.

    Parameters
    ----------
    key : Key
    coded : Coded
    questions : sequence of Question

    Returns
    -------
    DataFrame
        what, name, coder, n, n_machine, n_coder, precision, recall, f1 and bounds.
    """
    what, sample, rows = str(key.about["what"]), key.sample, []
    for coder, codes in coders(coded, questions).items():
        for question in questions:
            machine, person = key.machine(question.name), codes[question.name]
            if question.name == AREA:
                accuracy = share(sample, np.ones(len(machine), dtype=bool), machine == person)
                nothing = Ratio(0, np.nan, np.nan, np.nan)
                rows.append((what, ALL, coder, len(machine), *_figures(nothing, accuracy, len(machine), len(machine))))
            for code in question.measured:
                hit, own = machine == code, person == code
                if question.name == AREA and not (hit.any() or own.any()):
                    continue
                precision, recall = precision_recall(sample, hit, own, key.n_machine(question.name, code))
                name = code if question.name == AREA else question.name
                rows.append(
                    (what, name, coder, len(machine), *_figures(precision, recall, int(hit.sum()), int(own.sum())))
                )
    values = [f"{name}{end}" for name in ("precision", "recall") for end in _BOUNDS]
    return pd.DataFrame(rows, columns=[*_VALIDATION, *values, "f1"])


def _figures(precision: Ratio, recall: Ratio, n_hit: int, n_coded: int) -> tuple[Any, ...]:
    p, r = precision.value, recall.value
    f1 = 2 * p * r / (p + r) if p + r > 0 else np.nan
    bounds = (precision.value, precision.low, precision.high, recall.value, recall.low, recall.high)
    return n_hit, n_coded, *bounds, f1


def validation_agreement(key: Key, coded: Coded, questions: Sequence[Question], seed: int) -> pd.DataFrame:
    """How far the two coders agree on each theme; on all policy areas together (``all``) and on each against all others.

    See `emphasis.measures.agreement.agreement`.

    Returns
    -------
    DataFrame
        what, name, n, agreed, kappa, alpha and bounds.
    """
    rows = []
    for question in questions:
        first, second = coded.first[question.name], coded.second[question.name]
        for name, one, two in _compared(question, first, second):
            found = agreement(one, two, seed)
            rows.append((str(key.about["what"]), name, *vars(found).values()))
    return pd.DataFrame(rows, columns=_AGREEMENT)


def _compared(
    question: Question, first: np.ndarray, second: np.ndarray
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    if question.name != AREA:
        yield question.name, first, second
        return
    yield ALL, first, second
    for code in question.codes:
        one, two = first == code, second == code
        if one.any() or two.any():
            yield code, one, two


def validation_disagreements(key: Key, coded: Coded, questions: Sequence[Question]) -> pd.DataFrame:
    """The sentences that the coders code differently, with their numbers in the workbook and what was decided, by question.

    Returns
    -------
    DataFrame
        question, number, report_id, sentence_id, coder_1, coder_2, decided; without the machine's code, so that it can be talked over blind.
    """
    found = []
    for question in questions:
        name = question.name
        columns = {"coder_1": coded.first[name], "coder_2": coded.second[name], "decided": coded.decided[name]}
        table = key.table[["number", "report_id", "sentence_id"]].assign(question=name, **columns)
        found.append(table[table["coder_1"] != table["coder_2"]])
    return pd.concat(found, ignore_index=True)[
        ["question", "number", "report_id", "sentence_id", "coder_1", "coder_2", "decided"]
    ]
