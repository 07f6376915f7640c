"""The folder of reports: which files are read, under which id and in which batch, and which are refused and why."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from emphasis.errors import EmphasisError

SUFFIXES = (".txt", ".docx", ".html", ".htm", ".pdf")
"""Formats that can be read. Of two files with the same stem, the one whose format comes first here is read."""

MOST_BATCHES = 32
"""Most batches; with more reports batches grow, since each batch costs a job for every step, some seconds in all."""

_IGNORED = re.compile(r"^(\.|~\$|README\b)|\.outline\.yaml$|~$")
_ID_REFUSED = re.compile(r"[{}\x00-\x1f\x7f\\:*?\"<>|,;]")


@dataclass(frozen=True)
class Refusal:
    """A file that is not read; becomes a row of ``warnings.csv``."""

    report_id: str
    file: str
    code: str
    message: str
    suggestion: str


@dataclass(frozen=True)
class ReportsFolder:
    """The reports of a folder by id, sorted; the files that were refused; the batches, each of which one job handles.

    The number of batches is the smallest power of two with which a batch has at most a given number of reports on average,
    but no more than `MOST_BATCHES`. A report's batch, named like ``0-of-4``, depends only on its id, so one more report
    changes one batch.
    """

    files: dict[str, Path]
    refused: tuple[Refusal, ...]
    n_batches: int

    @property
    def one_batch(self) -> bool:
        """Whether there is only one batch."""
        return self.n_batches == 1

    @property
    def batches(self) -> list[str]:
        """Names of the batches."""
        return [f"{i}-of-{self.n_batches}" for i in range(self.n_batches)]

    def batch_of(self, report_id: str) -> str:
        """The batch of a report."""
        return f"{_hash_of(report_id) % self.n_batches}-of-{self.n_batches}"

    def sample(self, most: int) -> tuple[int, list[str]]:
        """A sample of about `most` reports or fewer that one more report seldom changes.

        One in 1, 2, 4, ... reports is sampled; `is_sampled` decides which, by their ids. Batches are numbered by the same hash,
        so that a sample consists of whole batches where there are enough of them: one in 2 of 4 batches is 0-of-4 and 2-of-4.

        Returns
        -------
        int
            One in how many reports is sampled.
        list of str
            The batches that have sampled reports.
        """
        one_in = 1
        while len(self.files) > most * one_in:
            one_in *= 2
        return one_in, self.batches[:: min(one_in, self.n_batches)]

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {batch: [] for batch in self.batches}
        for report_id in self.files:
            members[self.batch_of(report_id)].append(report_id)
        return members

    def select(self, selection: str | list[str], key: str) -> list[str]:
        """The ids that a setting asks for: `all`, `none` or a list of ids; `key` is the name of the setting.

        Raises
        ------
        EmphasisError
            If the list has an id that is no report.
        """
        if isinstance(selection, str):
            return list(self.files) if selection == "all" else []
        unknown = sorted(set(selection) - set(self.files))
        if unknown:
            raise EmphasisError(
                f"configuration: {key}: no report {', '.join(unknown)}; there are: {', '.join(list(self.files)[:10])}"
            )
        return sorted(selection)

    def first(self, selection: int | list[str]) -> list[str]:
        """The ids that a setting asks for: the first so many, or a list of ids; see `select`."""
        return list(self.files)[:selection] if isinstance(selection, int) else self.select(selection, "paper.reports")

    def files_of(self, batch: str) -> list[str]:
        """The files of a batch."""
        return [str(self.files[report_id]) for report_id in self._members[batch]]

    def outlines_of(self, batch: str) -> list[str]:
        """The outline files next to the reports of a batch."""
        files = [self.files[report_id] for report_id in self._members[batch]]
        outlines = [file.with_name(f"{file.stem}.outline.yaml") for file in files]
        return [str(path) for path in outlines if path.is_file()]

    def refused_of(self, batch: str) -> list[list[str]]:
        """The refused files of a batch, each as the values of its `Refusal`."""
        return [list(astuple(refusal)) for refusal in self.refused if self.batch_of(refusal.report_id) == batch]


def is_sampled(report_id: str, one_in: int) -> bool:
    """Whether a report is in the sample of one in so many, a power of two; see `ReportsFolder.sample`."""
    return _hash_of(report_id) % one_in == 0


def _hash_of(report_id: str) -> int:
    return int.from_bytes(hashlib.blake2b(report_id.encode(), digest_size=8).digest())


def open_reports_folder(folder: Path, batch_size: int) -> ReportsFolder:
    """List the reports of a folder; hidden files, README files and outline files are skipped.

    Raises
    ------
    EmphasisError
        If the folder does not exist or holds no file that could be a report.
    """
    if not folder.is_dir():
        raise EmphasisError(f"reports: there is no folder {folder}; make it and put reports in, or set `reports`")
    refused: list[Refusal] = []
    by_id: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if path.is_dir() or _IGNORED.search(path.name):
            continue
        refusal = _refuse(path, folder)
        if refusal:
            refused.append(refusal)
        else:
            by_id[path.stem].append(path)
    files = {}
    for report_id, paths in sorted(by_id.items()):
        first, *others = sorted(paths, key=lambda p: (SUFFIXES.index(p.suffix.lower()), p.name))
        files[report_id] = first
        for other in others:
            message = f"{other.name} has the same stem as {first.name}, which was read instead"
            refused.append(
                Refusal(report_id, other.name, "same-stem", message, "rename one of them: the stem is the report_id")
            )
    if not files and not refused:
        raise EmphasisError(f"reports: no report in {folder}; put files there ({' '.join(SUFFIXES)})")
    n_batches = 1
    while n_batches * batch_size < len(files) and n_batches < MOST_BATCHES:
        n_batches *= 2
    return ReportsFolder(files, tuple(refused), n_batches)


def _refuse(path: Path, folder: Path) -> Refusal | None:
    def refusal(code: str, message: str, suggestion: str) -> Refusal:
        return Refusal(path.stem, path.name, code, message, suggestion)

    if path.suffix.lower() not in SUFFIXES:
        return refusal(
            "unknown-format",
            f"{path.name}: files of type {path.suffix or '(none)'} are not read",
            f"save it as one of {' '.join(SUFFIXES)}, or move it out of the folder",
        )
    if _ID_REFUSED.search(path.stem):
        return refusal(
            "bad-name",
            f"{path.name}: the name has a character that cannot be part of a report_id",
            'rename the file without { } : * ? " < > | , ; and backslash',
        )
    if path.is_symlink():
        try:
            inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        except (OSError, RuntimeError):
            return refusal("broken-link", f"{path.name} is a link that leads nowhere", "copy the file into the folder")
        if not inside:
            return refusal(
                "outside-folder", f"{path.name} is a link out of the folder", "copy the file into the folder"
            )
    if not path.is_file():
        return refusal("not-a-file", f"{path.name} is not a regular file", "move it out of the folder")
    return None
