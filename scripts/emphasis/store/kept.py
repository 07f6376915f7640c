"""Rows of reports that are what they were in the run before, taken over instead of being made again.

A step that compares reports has to look at all of them when one is added; but most rows are those that it wrote before. Such a
step says of each report by a key what its rows are made from. `KeptTables` holds the files of the run before (under another name
of the same bytes on the disk, since Snakemake deletes results before it makes them again) and gives the rows of a report whose
key is the same; `KeptFolder` does so for a folder of files. It is a help and no result: without the folder, or where a file has
other contents than when it was kept, all is made anew.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, TypeAlias

from emphasis.store.atomic import write_text
from emphasis.store.batches import StoredTable
from emphasis.store.merge import report_runs
from emphasis.store.tables import CsvForm, Schema

Block: TypeAlias = Any
"""All rows of a report: lines of a CSV file as bytes, or an Arrow table of what Parquet has in a row group."""


def key_of(*made_from: object) -> str:
    """A hash of what rows are made from: bytes as they are, other things as Python prints them."""
    digest = sha256()
    for part in made_from:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


class KeptTables:
    """Tables of the run before, of which the rows of reports are taken over. Used in a `with` statement.

    Parameters
    ----------
    folder : Path
        Where they are kept.
    targets : mapping of str to Path
        Where the tables of this run will be, by name.
    schemas : mapping of str to Schema
        Tables whose rows are sorted by report_id first.
    form : CsvForm
        Of CSV files; what was kept in another form is not used.
    """

    def __init__(self, folder: Path, targets: Mapping[str, Path], schemas: Mapping[str, Schema], form: CsvForm) -> None:
        self._folder, self._targets = folder, targets
        self._schemas = {name: schemas[name] for name in targets}
        self._form = repr(form)
        self._open = ExitStack()

    def __enter__(self) -> KeptTables:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of each report that was kept; none if a file is not what it was."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads((self._folder / _INDEX).read_text(encoding="utf-8"))
            hashes = {name: _hash(self._file(name)) for name in self._targets}
            if (found["form"], found["files"]) == (self._form, hashes):
                return dict(found["keys"])
        return {}

    def known(self, keys: Mapping[str, str]) -> set[str]:
        """The reports whose rows were kept and made from the same; `keys` are by report_id."""
        return {report_id for report_id, key in keys.items() if self._keys.get(report_id) == key}

    def rows(self, report_id: str) -> dict[str, Block]:
        """The kept rows of a report, by table."""
        return {name: self._block(name, report_id) for name in self._tables}

    def _block(self, name: str, report_id: str) -> Block:
        held = self._tables[name]
        if isinstance(held, StoredTable):
            return held.arrow([report_id])
        data, places = held
        start, stop = places.get(report_id, (0, 0))
        found: bytes = data[start:stop]
        return found

    @cached_property
    def _tables(self) -> dict[str, StoredTable | tuple[Any, dict[str, tuple[int, int]]]]:
        return {name: self._read(self._file(name), schema) for name, schema in self._schemas.items()}

    def _read(self, path: Path, schema: Schema) -> StoredTable | tuple[Any, dict[str, tuple[int, int]]]:
        if path.suffix == ".parquet":
            return StoredTable([path], schema)
        file = self._open.enter_context(path.open("rb"))
        data = self._open.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return data, {name.decode(): (start, stop) for name, start, stop in report_runs(data, schema)}

    def _file(self, name: str) -> Path:
        return self._folder / self._targets[name].name

    def keep(self, keys: Mapping[str, str]) -> None:
        """Keep the tables that were written, in place of those of the run before; `keys` are by report_id.

        Where the disk has no two names for one file, nothing is kept.
        """
        self._open.close()
        self.__dict__.pop("_tables", None)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for file in self._folder.iterdir():
                file.unlink()
            for name, target in self._targets.items():
                os.link(target, self._file(name))
            hashes = {name: _hash(self._file(name)) for name in self._targets}
            index = {"form": self._form, "files": hashes, "keys": dict(sorted(keys.items()))}
            write_text(self._folder / _INDEX, json.dumps(index, ensure_ascii=False) + "\n")


class KeptFolder:
    """The files that a step made in a folder in the run before, taken over if they would be made from the same again.

    Parameters
    ----------
    folder : Path
        Where they are kept.
    target : Path
        The folder that the step makes; it has no folders in it.
    """

    def __init__(self, folder: Path, target: Path) -> None:
        self._folder, self._target = folder, target

    def take(self, key: str) -> bool:
        """Put the kept files into the step's folder; False, and none, if they were made from other things or are not what they were.

        `key` says what the files are made from; see `key_of`.
        """
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads((self._folder / _INDEX).read_text(encoding="utf-8"))
            if found["key"] == key and all(_hash(self._folder / name) == sha for name, sha in found["files"].items()):
                self._target.mkdir(parents=True, exist_ok=True)
                for name in found["files"]:
                    os.link(self._folder / name, self._target / name)
                return True
        return False

    def keep(self, key: str) -> None:
        """Keep the files of the step's folder in place of those of the run before; nothing where the disk has no two names for one file."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for file in self._folder.iterdir():
                file.unlink()
            files = {file.name: _hash(file) for file in sorted(self._target.iterdir()) if not file.name.startswith(".")}
            for name in files:
                os.link(self._target / name, self._folder / name)
            write_text(self._folder / _INDEX, json.dumps({"key": key, "files": files}, ensure_ascii=False) + "\n")


_INDEX = "kept.json"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
