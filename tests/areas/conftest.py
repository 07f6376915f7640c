"""A few made-up sentences as the tables of the workflow have them, and the project's own coder."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.areas.coder import Coder, read_coder
from emphasis.areas.scheme import Scheme, read_scheme
from support import ROOT

FOLDER = ROOT / "config/areas"


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return read_scheme(FOLDER / "areas.tsv")


@pytest.fixture(scope="session")
def coder(scheme) -> Coder:
    return read_coder(FOLDER, scheme.areas)


def made_up(reports: dict[str, list[tuple[str, str, str]]]) -> dict[str, pd.DataFrame]:
    """sentences, tokens, outline and vocabulary of reports: section_id, heading and words of each sentence, spaces between words.

    A word with a hyphen holds two.
    """
    sentences, tokens, outline, held = [], [], {}, {}
    for report_id, rows in reports.items():
        at = 0
        for number, (section_id, heading, words) in enumerate(rows, 1):
            outline.setdefault((report_id, section_id), (report_id, section_id, heading, "plan"))
            text = words.replace(" ", "").replace("-", "") + "。"
            sentence_id = f"{report_id}:{number}"
            sentences.append((report_id, sentence_id, section_id, number, at, at + len(text), text))
            at += len(text)
            for word in words.split():
                token = word.replace("-", "")
                tokens.append((report_id, sentence_id, token, "number" if token.isdigit() else "word"))
                held |= {(token, unit): 1 for unit in (token, *(word.split("-") if "-" in word else []))}
    return {
        "sentences": pd.DataFrame(
            sentences, columns=["report_id", "sentence_id", "section_id", "paragraph", "start", "end", "text"]
        ),
        "tokens": pd.DataFrame(tokens, columns=["report_id", "sentence_id", "token", "kind"]),
        "outline": pd.DataFrame(outline.values(), columns=["report_id", "section_id", "heading", "role"]),
        "vocabulary": pd.DataFrame([(*key, n) for key, n in sorted(held.items())], columns=["token", "unit", "n"]),
    }
