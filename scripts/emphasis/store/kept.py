"""Rows taken over from the run before instead of being made again.

When a report is added, a step that compares reports has to look at all of them, yet most of the rows that it would write are those
that it wrote last time. Such a step gives each report a key, a hash of everything that its rows are made from. `KeptTables` keeps
the files of the run before (as hard links, since Snakemake deletes results before it makes them again) and returns the rows of
reports whose key is still the same; `KeptFolder` does so for a folder of files. All this only saves time: without the folder,
or where a file no longer has the contents with which it was kept, everything is made anew.

`MadeFrom` makes the keys of steps whose rows depend on a report's own rows of the input tables and on what all reports share.
"""

from __future__ import annotations

import json
import os
import platform
import sysconfig
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cache, cached_property
from hashlib import file_digest, sha256
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from emphasis.store.atomic import write_text
from emphasis.store.batches import StoredTable, split_ids
from emphasis.store.damaged import name_in_errors
from emphasis.store.file_bytes import FileBytes
from emphasis.store.merge import mapped, report_runs
from emphasis.store.row_groups import RowGroup, owner, owners, read_footer
from emphasis.store.tables import CsvForm, Schema, read, read_arrow, report_slices, table_from_rows

Block: TypeAlias = Any
"""All rows of a report: lines of a CSV file as bytes, or a row group of a Parquet file; nothing where there are none."""
Made: TypeAlias = Mapping[str, pd.DataFrame]
"""Rows of some reports, by table."""


def key_of(*made_from: object) -> str:
    """A hash of what rows are made from: bytes as they are, other things as Python prints them."""
    digest = sha256()
    for part in made_from:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


class MadeFrom:
    """Hashes of what the rows of reports are made from: their own rows of the input tables, and what all reports share.

    Rows are hashed as the bytes that they take in the files, without being parsed.

    Parameters
    ----------
    tables : mapping of str to sequence of Path
        Files of tables whose rows are sorted by report_id first.
    schemas : mapping of str to Schema
    common : sequence of objects
        What all reports share, as `key_of` takes it.
    read : mapping of str to StoredTable, optional
        Those of the tables of which only the rows and columns that these read matter; they are parsed and hashed.
    """

    def __init__(
        self,
        tables: Mapping[str, Sequence[Path]],
        schemas: Mapping[str, Schema],
        common: Iterable[object],
        read: Mapping[str, StoredTable] | None = None,
    ) -> None:
        self._rows: list[dict[str, bytes]] = []
        for name in sorted(tables):
            own: dict[str, bytes] = {}
            if read and name in read:
                own.update(_read_hashes(read[name]))
            else:
                for path in tables[name]:
                    own.update(_row_hashes(path, schemas[name]))
            self._rows.append(own)
        self._common = key_of(installed(), sorted(tables), *common)

    @property
    def reports(self) -> list[str]:
        """Ids of the reports that have rows, sorted."""
        return sorted({report_id for own in self._rows for report_id in own})

    def key(self, *report_ids: str) -> str:
        """A hash of the rows of these reports and of what all reports share."""
        return key_of(
            self._common, *(part for name in report_ids for part in (name, *(own.get(name) for own in self._rows)))
        )


def _row_hashes(path: Path, schema: Schema) -> Iterator[tuple[str, bytes]]:
    """For each report in a file the hash of the bytes that its rows take."""
    with name_in_errors(path), mapped(path) as data:
        places = _places(path, schema.first) if path.suffix == ".parquet" else report_runs(data, schema)
        for report_id, start, stop in places:
            yield report_id.decode(), sha256(memoryview(data[start:stop])).digest()


def _read_hashes(table: StoredTable) -> Iterator[tuple[str, bytes]]:
    """For each report the hash of its rows as they are read."""
    for some in split_ids(table.reports):
        rows = table.of(some)
        columns = {name: rows[name].tolist() for name in rows}
        for report_id, own in report_slices(rows).items():
            yield report_id, bytes.fromhex(key_of(*((name, values[own]) for name, values in columns.items())))


def _places(path: Path, column: int) -> Iterator[tuple[bytes, int, int]]:
    """For each row group of a Parquet file, which holds one report: its id; where it begins and ends."""
    about = pq.read_metadata(path)
    for i, report_id in enumerate(owners(about, column)):
        group = about.row_group(i)
        first, last = group.column(0), group.column(about.num_columns - 1)
        yield report_id.encode(), _start(first), _start(last) + last.total_compressed_size


def _start(column: Any) -> int:
    """Where the pages of a column begin: those of its dictionary, if it has one."""
    return int(column.dictionary_page_offset or column.data_page_offset)


@cache
def installed() -> tuple[str, ...]:
    """Python and the installed libraries with their versions: rows that other versions made are not taken over."""
    python = f"python-{platform.python_version()}"  # whose tables of characters differ, for one
    with suppress(OSError):
        return python, *sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return (python,)


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
        Of CSV files; what was kept in another form, or by other schemas or libraries, is not used.
    glossaries : mapping of str to Path
        Tables about words rather than reports, such as the vocabulary. Rows are taken over only if these tables say the same in
        both runs about the words that both have.
    """

    def __init__(
        self,
        folder: Path,
        targets: Mapping[str, Path],
        schemas: Mapping[str, Schema],
        form: CsvForm,
        glossaries: Mapping[str, Path] | None = None,
    ) -> None:
        self._folder, self._targets = folder, targets
        self._glossaries = dict(glossaries or {})
        self._schemas = {name: schemas[name] for name in targets}
        self._words = {name: schemas[name] for name in self._glossaries}
        # Not every key says by which libraries and in which columns rows were made.
        self._form = key_of(installed(), form, *self._schemas.values(), *self._words.values())
        self._open = ExitStack()

    def __enter__(self) -> KeptTables:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of each report that was kept; none if a file has changed since."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads((self._folder / _INDEX).read_text(encoding="utf-8"))
            hashes = {name: hash_of(self._file(name)) for name in self._all}
            if (found["form"], found["files"]) == (self._form, hashes) and self._say_the_same():
                return dict(found["keys"])
        return {}

    @property
    def _all(self) -> dict[str, Path]:
        return {**self._targets, **self._glossaries}

    def _say_the_same(self) -> bool:
        """Whether glossaries say the same as before about the words, in their first column, that both have."""
        for name, path in self._glossaries.items():
            before, now = (read_arrow(file, self._words[name]) for file in (self._file(name), path))
            both = [
                a.filter(pc.is_in(a[0], value_set=b[0].combine_chunks())) for a, b in ((before, now), (now, before))
            ]
            if not both[0].equals(both[1]):
                return False
        return True

    def known(self, keys: Mapping[str, str], *, growing: bool = False) -> set[str]:
        """The reports whose rows were kept and made from the same; `keys` are by report_id.

        With `growing`, none if a report of the run before has changed or is gone: for a table that has only the best of all reports,
        in which another would take its place.
        """
        found = {report_id for report_id, key in keys.items() if self._keys.get(report_id) == key}
        return set() if growing and len(found) < len(self._keys) else found

    def rows(self, report_id: str) -> dict[str, Block]:
        """The kept rows of a report, by table."""
        return {name: self._block(name, report_id) for name in self._tables}

    def in_order(
        self, reports: Sequence[str], known: Collection[str], make: Callable[[Sequence[str]], Made], size: int = 32
    ) -> Iterator[Made | tuple[str, dict[str, Block]]]:
        """The kept rows of the reports that are known, and what `make` makes of the others, some at a time, as `Step.append` takes them.

        Parameters
        ----------
        reports : sequence of str
            Sorted.
        known : collection of str
            As `known` gives them.
        make : function
            The rows of some reports, by table.
        size : int
            Reports that are made at a time, at most.
        """
        for is_known, run in groupby(reports, key=known.__contains__):
            if is_known:
                yield from ((report_id, self.rows(report_id)) for report_id in run)
            else:
                yield from map(make, split_ids(list(run), size))

    def table(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of a kept table as a whole; without rows if nothing was kept that can be used."""
        schema = self._schemas[name].only(columns)
        return read(self._file(name), schema) if self._keys else table_from_rows([], schema)

    def _block(self, name: str, report_id: str) -> Block:
        data, places = self._tables[name]
        place = places.get(report_id)
        if isinstance(place, slice):
            return data[place]
        return (data, place) if place else b""

    @cached_property
    def _tables(self) -> dict[str, tuple[Any, dict[str, slice | list[RowGroup]]]]:
        return {name: self._read(self._file(name), schema) for name, schema in self._schemas.items()}

    def _read(self, path: Path, schema: Schema) -> tuple[Any, dict[str, slice | list[RowGroup]]]:
        data = self._open.enter_context(FileBytes(path))
        places: dict[str, slice | list[RowGroup]] = {}
        if path.suffix == ".parquet":
            for group in read_footer(data, schema.first).groups:
                places[owner(group)] = [group]
        else:
            with mapped(path) as whole:
                places.update((name.decode(), slice(start, stop)) for name, start, stop in report_runs(whole, schema))
        return data, places

    def _file(self, name: str) -> Path:
        return self._folder / self._all[name].name

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
            for name, target in self._all.items():
                os.link(target, self._file(name))
            hashes = {name: hash_of(self._file(name)) for name in self._all}
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
        """Put the kept files into the step's folder, and say whether that was done: not if they were made from something else or have changed.

        `key` is the hash of what the files are made from; see `key_of`.
        """
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads((self._folder / _INDEX).read_text(encoding="utf-8"))
            if found["key"] == key and all(hash_of(self._folder / name) == sha for name, sha in found["files"].items()):
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
            files = {
                file.name: hash_of(file) for file in sorted(self._target.iterdir()) if not file.name.startswith(".")
            }
            for name in files:
                os.link(self._target / name, self._folder / name)
            write_text(self._folder / _INDEX, json.dumps({"key": key, "files": files}, ensure_ascii=False) + "\n")


_INDEX = "kept.json"


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
