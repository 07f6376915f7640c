"""What each step read and wrote, by contents: how a result that is no longer what its step made is noticed.

Snakemake looks at dates first, and what it knows of a result's contents it knows of those that are read by another step. A record
lies beside the log of its step, paths being relative to the folder of results::

    {
        "read": {"steps/counts.parquet": "<sha256>"},
        "made": {"tables/tfidf.csv": ["<sha256>", [size, mtime, ctime, inode]]},
    }

A file whose size, times and place on the disk are those of the record is not read again: other than the time of the last
change, which anyone can set, that of the last change of the entry (ctime) is the file system's own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.store.atomic import write_text

LOGS = "logs"
CHANGED = f"{LOGS}/changed"
"""Where results that someone changed are kept when they are made again."""
_ENDING = ".json"

Made = tuple[str, list[int]]
"""SHA-256 and signature of a file."""


def hash_file(path: Path | str) -> str:
    """The SHA-256 of a file's bytes; empty if there is no such file."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # for thousands of files, Path costs as much as reading
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def signature(path: Path | str) -> list[int]:
    """Size, times in nanoseconds and inode of a file."""
    found = os.stat(path)  # noqa: PTH116  # as above
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def check_unchanged(hashes: Mapping[str, str]) -> None:
    """Refuse files that are no longer what they were when the run began.

    Parameters
    ----------
    hashes : mapping of str to str
        SHA-256 by path.

    Raises
    ------
    EmphasisError
        Names the files.
    """
    changed = [path for path, known in hashes.items() if hash_file(path) != known]
    if changed:
        more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise EmphasisError(
            f"{', '.join(changed[:5])}{more} changed after this run had begun; run snakemake again: it reads what is there now"
        )


def files_in(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Files, and those in folders, in order; hidden ones, in which Snakemake notes times, are left out."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        elif path.is_file():
            yield path


@contextmanager
def recorded(log: str, read: Iterable[str], made: Iterable[str], data: Mapping[str, str]) -> Iterator[None]:
    """Record what a step reads and writes while it runs, and refuse what changes meanwhile.

    Parameters
    ----------
    log : str
        The step's log, below the folder `logs` of its results.
    read, made : iterable of str
        The step's inputs and outputs.
    data : mapping of str to str
        SHA-256 of the inputs that are no results, as they were when the run began.

    Raises
    ------
    EmphasisError
        If an input is not what it was when the run began, or changed while it was read.
    """
    results = folder_of(log)
    record = Path(log).with_suffix(_ENDING)
    # A step that is killed leaves no record, rather than that of the run before.
    with suppress(OSError):
        record.unlink(missing_ok=True)
    check_unchanged(data)
    before = {file: (hash_file(file), signature(file)) for file in files_in(read) if file.is_relative_to(results)}
    yield
    check_unchanged(data)
    check_unchanged({str(file): sha for file, (sha, seen) in before.items() if not _is_as(file, seen)})
    inputs = {file.relative_to(results).as_posix(): sha for file, (sha, _) in before.items()}
    outputs = {
        file.relative_to(results).as_posix(): (hash_file(file), signature(file))
        for file in files_in(made)
        if file.is_relative_to(results)
    }
    write_text(record, _as_json({"read": inputs, "made": outputs}))


def _as_json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def folder_of(log: str) -> Path:
    """The folder of results that a log belongs to; that of the log if it is in no folder `logs`."""
    path = Path(log)
    return next((folder.parent for folder in path.parents if folder.name == LOGS), path.parent)


def _is_as(file: Path, seen: list[int]) -> bool:
    try:
        return signature(file) == seen
    except OSError:
        return False


@dataclass(frozen=True)
class Records:
    """The records in a folder of results.

    Parameters
    ----------
    results : Path
    steps : mapping of str to pattern, optional
        For each step the logs that it can have, relative to the folder of logs. Records of other logs, left by a run with
        another number of batches, do not count.
    """

    results: Path
    steps: Mapping[str, re.Pattern[str]] | None = None

    @cached_property
    def _all(self) -> dict[Path, dict[str, Any]]:
        found = {}
        for file in self._files:
            # A damaged one is none.
            with suppress(OSError, ValueError):
                found[file] = json.loads(file.read_text(encoding="utf-8"))
        return found

    @cached_property
    def _files(self) -> list[Path]:
        return [file for file in self._written() if self._counts(file)]

    def _written(self) -> list[Path]:
        logs = self.results / LOGS
        return sorted(file for file in logs.rglob(f"*{_ENDING}") if not file.is_relative_to(self.results / CHANGED))

    def _counts(self, file: Path) -> bool:
        if self.steps is None:
            return True
        log = file.with_suffix(".log").relative_to(self.results / LOGS).as_posix()
        pattern = self.steps.get(re.split(r"[/.]", log, maxsplit=1)[0])
        return bool(pattern and pattern.fullmatch(log))

    @cached_property
    def made(self) -> dict[str, Made]:
        """What steps wrote, by path relative to the results."""
        return {path: (sha, seen) for record in self._all.values() for path, (sha, seen) in record["made"].items()}

    @cached_property
    def changed(self) -> list[str]:
        """Results that are not as their steps left them, by path relative to the results; missing ones are none."""
        return sorted(
            path
            for path, (sha, seen) in self.made.items()
            if not _is_as(file := self.results / path, seen) and file.exists() and hash_file(file) != sha
        )

    @cached_property
    def stale(self) -> set[str]:
        """Results that are to be made again, by path relative to the results: those changed, and those made from others than there are."""
        stale = set(self.changed)
        for record in self._all.values():
            if any(path in self.made and self.made[path][0] != sha for path, sha in record["read"].items()):
                stale |= set(record["made"])
        return stale

    def sign(self) -> None:
        """Write down the signatures that files have after a run: Snakemake dates what a step made anew when the step has ended."""
        for file, record in self._all.items():
            made = record["made"]
            current = {
                path: [sha, signature(self.results / path)]
                for path, (sha, seen) in made.items()
                if not _is_as(self.results / path, seen) and hash_file(self.results / path) == sha
            }
            if current:
                write_text(file, _as_json(record | {"made": made | current}))

    def keep_changed(self) -> None:
        """Copy results that someone changed to a folder of their own, before they are made again."""
        for path in self.changed:
            kept = self.results / CHANGED / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.results / path, kept)

    def forget_others(self) -> None:
        """Delete the records that do not count."""
        for file in set(self._written()) - set(self._files):
            file.unlink(missing_ok=True)

    def check_made(self, hashes: Mapping[str, str]) -> None:
        """Refuse results that are not what their steps made.

        Parameters
        ----------
        hashes : mapping of str to str
            SHA-256 by path relative to the results.

        Raises
        ------
        EmphasisError
            Names the files.
        """
        changed = [path for path, sha in hashes.items() if path in self.made and self.made[path][0] != sha]
        if changed:
            raise EmphasisError(
                f"{', '.join(f'{self.results}/{path}' for path in changed[:5])}: not what its step made; run snakemake again, which "
                "makes it anew"
            )


def date_now(paths: Iterable[Path | str]) -> list[str]:
    """Give files that are dated in the future the present date; Snakemake takes what is made from them for older, and fails.

    Returns
    -------
    list of str
        Those files.

    Raises
    ------
    EmphasisError
        If a date cannot be set.
    """
    now, dated = time.time(), []
    for path in map(str, paths):
        try:
            if os.stat(path).st_mtime <= now:  # noqa: PTH116  # as above
                continue
            os.utime(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise EmphasisError(
                f"{path} is dated in the future, and its date cannot be set ({error.strerror}); correct the clock, or copy the file"
            ) from error
        dated.append(path)
    return dated


def take_for_incomplete(persistence: Any, stale: Collection[str]) -> None:
    """Have Snakemake take results for incomplete, as those of killed jobs are: it makes those again that a run is asked for.

    There is no other way to name files to be made again that does not also ask for them.

    Parameters
    ----------
    persistence : type
        Snakemake's class that knows which results are incomplete.
    stale : collection of str
        As the workflow names them: files, or folders that steps made.
    """
    known = persistence.incomplete

    async def incomplete(self: Any, job: Any) -> list[Any]:
        found = await known(self, job)
        return [*found, *(file for file in job.output if str(file) in stale and file not in found)]

    persistence.incomplete = incomplete
