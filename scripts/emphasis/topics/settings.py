"""The configuration's `topics` as the library's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emphasis.topics.believe import Draws
from emphasis.topics.fitting import Fitting
from emphasis.topics.model import Method


def fittings(topics: Mapping[str, Any], seed: int, threads: int) -> tuple[Fitting, Fitting]:
    """How the model of all reports is fitted, and how that of a single report."""
    draws = Draws(topics["refits"], topics["shuffles"], seed, threads)
    method = Method(topics["method"], topics["row_norm"], **topics["lda"])
    k = None if topics["k"] == "auto" else int(topics["k"])
    together = Fitting(method, k, topics["grid"], topics["level"], topics["min_df"], draws)
    return together, Fitting(method, topics["self_k"], [], 1.0, topics["self_min_df"], draws)


def basis_fitting(topics: Mapping[str, Any], seed: int, threads: int) -> Fitting:
    """How a reference basis is fitted: always by factorisation, since reports are projected on it by least squares."""
    draws = Draws(topics["refits"], topics["shuffles"], seed, threads)
    method = Method("nmf", topics["row_norm"])
    return Fitting(method, topics["basis_k"], [], 1.0, topics["min_df"], draws)
