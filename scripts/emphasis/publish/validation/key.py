"""The key of a draw: which sentences, their strata and weights, and the machine's codes, which coders must not see.

``key.tsv`` has a row for each sentence, without its text; ``draw.yaml`` has what was drawn from and with what settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from emphasis.errors import EmphasisError
from emphasis.measures.stratified import Sample
from emphasis.store.atomic import write_atomically, write_text
from emphasis.store.markup import from_yaml
from emphasis.store.written import written_rows
from emphasis.text import visible

COLUMNS = ("number", "report_id", "sentence_id", "start", "end", "stratum", "stratum_size", "weight", "text_sha256")
_MACHINE = "machine_"


@dataclass(frozen=True)
class Key:
    """A draw as it was made.

    Attributes
    ----------
    table : DataFrame
        The columns of `COLUMNS` and ``machine_<question>`` with the machine's code; all text but number, start, end,
        stratum_size (int) and weight (float).
    about : mapping
        what (themes or areas), questions, settings, reports, sentences drawn from, strata with their sizes, how many sentences have each code by machine.
    """

    table: pd.DataFrame
    about: Mapping[str, Any]

    @property
    def questions(self) -> list[str]:
        """Names of the questions."""
        return [str(name) for name in self.about["questions"]]

    @property
    def sample(self) -> Sample:
        """The strata of the drawn sentences and their sizes."""
        strata = {str(name): int(n) for name, n in self.about["strata"].items()}
        place = {name: i for i, name in enumerate(strata)}
        return Sample(self.table["stratum"].map(place).to_numpy(dtype="int64"), np.array(list(strata.values())))

    def machine(self, question: str) -> np.ndarray:
        """The machine's codes of a question, by row."""
        return self.table[f"{_MACHINE}{question}"].to_numpy(dtype=str)

    def n_machine(self, question: str, code: str) -> int:
        """How many of all sentences the machine gave a code."""
        return int(self.about["machine"][question].get(code, 0))


def text_hash(text: str) -> str:
    """A hash of a sentence that white space does not change."""
    return hashlib.sha256(visible(text).encode("utf-8", "surrogatepass")).hexdigest()


def draw_id(table: pd.DataFrame, questions: Sequence[str]) -> str:
    """What tells one draw from another: a hash of sentences, their order and the questions."""
    rows = table[["number", "sentence_id", "text_sha256"]].astype(str).to_numpy().tolist()
    return hashlib.sha256(repr((list(questions), rows)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def make_key(
    drawn: pd.DataFrame, texts: Sequence[str], frame: pd.DataFrame, questions: Sequence[str], about: Mapping[str, Any]
) -> Key:
    """The key of drawn sentences.

    Parameters
    ----------
    drawn : DataFrame
        As `emphasis.publish.validation.draw.draw` returns it, with a column ``machine_<question>`` for each question.
    texts : sequence of str
        The drawn sentences.
    frame : DataFrame
        All sentences that were drawn from, with stratum and ``machine_<question>``.
    questions : sequence of str
    about : mapping
        what, settings and anything else that should be remembered.
    """
    names = [f"{_MACHINE}{name}" for name in questions]
    table = drawn.assign(text_sha256=[text_hash(text) for text in texts])[[*COLUMNS, *names]]
    counts = {name: frame[column].value_counts() for name, column in zip(questions, names, strict=True)}
    remembered = {
        **about,
        "questions": list(questions),
        "draw": draw_id(table, questions),
        "reports": int(frame["report_id"].nunique()),
        "sentences": len(frame),
        "strata": {str(name): int(n) for name, n in frame["stratum"].value_counts().sort_index().items()},
        "machine": {name: {str(c): int(n) for c, n in own.sort_index().items()} for name, own in counts.items()},
    }
    return Key(table, remembered)


def write_key(key: Key, table: Path, about: Path) -> None:
    """Write key.tsv and draw.yaml."""
    lines = key.table.to_csv(sep="\t", index=False, lineterminator="\n", float_format="%.6f")
    write_atomically(table, lambda part: part.write_text(lines, encoding="utf-8", errors="surrogatepass", newline="\n"))
    write_text(about, yaml.safe_dump(dict(key.about), allow_unicode=True, sort_keys=False))


def read_key(table: Path, about: Path) -> Key:
    """Read key.tsv and draw.yaml.

    Raises
    ------
    EmphasisError
        If they are damaged or do not belong together.
    """
    try:
        remembered = from_yaml(about.read_text(encoding="utf-8"))
        rows = pd.DataFrame([row for _, row in written_rows(table, COLUMNS)])
        rows = rows.astype(dict.fromkeys(("number", "start", "end", "stratum_size"), "int64") | {"weight": "float64"})
        together = remembered["draw"] == draw_id(rows, remembered["questions"])
    except (KeyError, TypeError, ValueError, yaml.YAMLError):
        together = False
    if not together:
        raise EmphasisError(
            f"{table}: does not belong to {about}, or one of them was changed; restore both as the draw wrote them"
        )
    return Key(rows, remembered)
