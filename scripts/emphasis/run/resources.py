"""Memory and minutes that a job asks a cluster for, from how much text it reads. On one machine they have no effect.

Jobs ask for two to five times the memory that was measured, and for more than that of minutes, since a cluster's nodes may be
slow. A job that is tried again asks for more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

from emphasis.run.reports_folder import ReportsFolder

_OF_BATCH, _OF_ALL = (4, 0.5), (0.5, 0.1)
"""Megabytes and seconds for each report of usual length, on top of what every job needs: for steps that handle a batch chunk by
chunk, and for steps that look at all reports."""
_NEEDS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        "outline merge terms segmentation frequency_corpus keyness_across theme_correlations tasks panel".split(),
        _OF_ALL,
    ),
    **dict.fromkeys(
        (
            "reuse similarity adoption term_trends change_points collocates groups area_changes targets_across topics across_figures datapackage "
            "manifest"
        ).split(),
        _OF_ALL,
    ),
    **dict.fromkeys("page paper_tables workbook methods".split(), _OF_ALL),
    "stata": (1.5, 0.1),
    "expand": (1, 0.5),
    "areas_model": (0.5, 2),
    "validation_draw": (1, 0.5),
    "validation": (0, 0),
    "basis": (0, 0),
    "topic_models": (0.5, 2),
    "reference_topics": (0.5, 2),
    "reference": (1, 0.5),
    "variants": (10, 3),
    "clouds": (100, 30),
    "report_figures": (200, 60),
    "batch_figures": (4, 90),
}
_USUAL = 60_000
"""Bytes of a usual report's text in UTF-8: some 20,000 characters."""
_WITHOUT_TEXT_SIZE = (".docx", ".pdf")
"""Files whose size says nothing about the length of their text: each counts as a usual report."""


def job_resources(
    step: str, folder: ReportsFolder, reports: Collection[str] | None = None
) -> dict[str, Callable[[Any, int], int]]:
    """The resources of a rule, as functions of a job's wildcards and of the number of the attempt.

    Parameters
    ----------
    step : str
        The rule's name.
    folder : ReportsFolder
    reports : collection of str, optional
        Those that the job is for, where its wildcards do not say so.

    Returns
    -------
    dict
        ``mem_mb`` in megabytes and ``runtime`` in minutes.
    """
    megabytes, seconds = _NEEDS.get(step, _OF_BATCH)

    # Snakemake asks several times for each job.
    @cache
    def load(batch: str | None, report_id: str | None) -> float:
        if report_id is not None:
            return _length(str(folder.files[report_id]))
        if reports is not None:
            return sum(_length(str(folder.files[report_id])) for report_id in reports)
        return sum(_length(file) for name in folder.batches if batch in (None, name) for file in folder.files_of(name))

    def of_job(wildcards: Any) -> float:
        return load(*(dict(wildcards.items()).get(name) for name in ("batch", "report_id")))

    return {
        "mem_mb": lambda wildcards, attempt: int(attempt * (500 + megabytes * of_job(wildcards))),
        "runtime": lambda wildcards, attempt: int(attempt * (5 + seconds * of_job(wildcards) / 60)),
    }


@cache
def _length(file: str) -> float:
    path = Path(file)
    known = path.suffix.lower() not in _WITHOUT_TEXT_SIZE and path.exists()
    return path.stat().st_size / _USUAL if known else 1
