"""The reference's tables as files, which the paper kit is made from."""

from __future__ import annotations

from pathlib import Path

from support import REFERENCE

OWN = "themes structure frequency_parts dispersion tfidf keyness keyness_comparisons target_pairs".split()
OWN += "topics topic_sections topic_diagnostics".split()
"""Tables that a report's own tables are made from."""


def file_of(table: str) -> Path:
    return next(REFERENCE.glob(f"*/{table}.csv"))
