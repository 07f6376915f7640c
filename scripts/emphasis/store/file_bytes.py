"""The bytes of a file by their places, read when they are asked for."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType


class FileBytes:
    """A file of which slices are read. Unlike a map of the file, it keeps nothing in memory of what was read. Used in a `with` statement.

    Parameters
    ----------
    path : path-like
    """

    def __init__(self, path: Path | str) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115  # closed at the end of the `with` statement
        self._size = self._file.seek(0, 2)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: slice) -> bytes:
        start, stop, _ = place.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(stop - start, 0))

    def __enter__(self) -> FileBytes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
