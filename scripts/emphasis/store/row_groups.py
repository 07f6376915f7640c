"""Parquet files put together from the row groups of others, as bytes: nothing is decoded, compressed or encoded anew.

A Parquet file is its row groups, one after the other, and a footer that says where their columns begin. The footer is a structure
of Thrift in the compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md; the fields
are those of https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift). What is put together here is, byte
for byte, what one writer makes of all tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_MAGIC = b"PAR1"
_TRUE, _FALSE, _I8, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 6, 7, 8, 9, 10, 11, 12
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
"""Fields of the footer: the columns, how many rows there are, and the row groups."""
_COLUMNS, _GROUP_ROWS, _GROUP_START, _GROUP_SIZE, _ORDINAL = 1, 3, 5, 6, 7
_COLUMN_START, _COLUMN_ABOUT = 2, 3
_STATISTICS, _MOST, _LEAST = 12, 5, 6
_PAGES = (9, 10, 11)
"""Fields of a column: where its pages of data, of an index and of a dictionary begin."""

Struct = dict[int, tuple[int, Any]]
"""Type and value of each field, by its number."""


class RowGroup(NamedTuple):
    """A row group of a file: where it begins, how many bytes it has, and its entry in the footer."""

    start: int
    size: int
    about: Struct


def read_footer(data: Any) -> Struct:
    """The footer of a Parquet file, from all of its bytes."""
    if data[:4] != _MAGIC or data[-4:] != _MAGIC:
        raise ValueError("not a Parquet file")
    try:
        return _Reader(bytes(data[_end(data) : -8])).struct()
    except IndexError:
        raise ValueError("the footer of a Parquet file is damaged") from None


def _end(data: Any) -> int:
    """Where the row groups end and the footer begins."""
    return len(data) - 8 - int.from_bytes(data[-8:-4], "little")


def row_groups(footer: Struct) -> list[RowGroup]:
    """The row groups that a footer lists."""
    _, groups = footer[_GROUPS][1]
    return [RowGroup(about[_GROUP_START][1], about[_GROUP_SIZE][1], about) for about in groups]


def owner(group: RowGroup) -> str:
    """The one value of the first column: in a table with a row group for each report, the report whose rows these are.

    Raises
    ------
    ValueError
        If the footer does not say so, or the rows have several values.
    """
    about: Struct = group.about[_COLUMNS][1][1][0][_COLUMN_ABOUT][1]
    _, known = about.get(_STATISTICS, (_STRUCT, {}))
    least, most = (known.get(field, (_BINARY, None))[1] for field in (_LEAST, _MOST))
    value: bytes = _only_value(least, most)
    return value.decode()


def owners(about: pq.FileMetaData) -> list[str]:
    """The `owner` of each row group, from a footer that pyarrow has read.

    Raises
    ------
    ValueError
        As `owner` does.
    """
    known = (about.row_group(i).column(0).statistics for i in range(about.num_row_groups))
    return [_only_value(some and some.min, some and some.max) for some in known]


def _only_value(least: Any, most: Any) -> Any:
    if least is None or least != most:
        raise ValueError("it does not have a row group for each report")
    return least


class Assembly:
    """A Parquet file to which row groups of others are appended.

    Parameters
    ----------
    path : Path
        A file of the same schema that the same writer wrote; it may have rows or none.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self._footer, self._at = read_footer(data), _end(data)
        self._groups = [group.about for group in row_groups(self._footer)]
        self._out = path.open("r+b")
        self._out.truncate(self._at)
        self._out.seek(self._at)

    def add(self, data: Any, groups: Sequence[RowGroup], footer: Struct | None = None) -> None:
        """Append row groups of a file, of which `data` are all bytes and `footer`, where it is not known to be like this one's, the end.

        Raises
        ------
        ValueError
            If that file has other columns.
        """
        if footer is not None and footer[_SCHEMA] != self._footer[_SCHEMA]:
            raise ValueError("it has other columns than its table")
        for start, size, about in groups:
            self._out.write(data[start : start + size])
            self._groups.append(_moved(about, self._at - start, len(self._groups)))
            self._at += size

    def close(self) -> None:
        """Write the footer."""
        n_rows = sum(about[_GROUP_ROWS][1] for about in self._groups)
        footer = self._footer | {_ROWS: (_I64, n_rows), _GROUPS: (_LIST, (_STRUCT, self._groups))}
        encoded = _encoded(footer)
        self._out.write(encoded + len(encoded).to_bytes(4, "little") + _MAGIC)
        self._out.close()


def _moved(about: Struct, by: int, number: int) -> Struct:
    """The entry of a row group in the footer after it moved by so many bytes and got another number."""
    kind, columns = about[_COLUMNS][1]
    moved = about | {_COLUMNS: (_LIST, (kind, [_moved_column(column, by) for column in columns]))}
    moved[_GROUP_START] = (_I64, about[_GROUP_START][1] + by)
    if _ORDINAL in about:
        moved[_ORDINAL] = (about[_ORDINAL][0], number)
    return moved


def _moved_column(column: Struct, by: int) -> Struct:
    about = column[_COLUMN_ABOUT][1]
    about = about | {field: (_I64, about[field][1] + by) for field in _PAGES if field in about}
    start = column[_COLUMN_START][1]
    return column | {_COLUMN_START: (_I64, start + by if start else 0), _COLUMN_ABOUT: (_STRUCT, about)}


class _Reader:
    """Reads the compact protocol."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self) -> Struct:
        found: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = divmod(head, 16)
            number = number + step if step else self._signed()
            found[number] = (kind, kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind))
        return found

    def _value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE, _I8):  # in a list, truth takes a byte
            return self._byte()
        if kind <= _I64:
            return self._signed()
        if kind in (_DOUBLE, _BINARY):
            return self._bytes(8 if kind == _DOUBLE else self._unsigned())
        if kind in (_LIST, _SET):
            size, item = divmod(self._byte(), 16)
            size = self._unsigned() if size == 15 else size
            return item, [self._value(item) for _ in range(size)]
        if kind == _STRUCT:
            return self.struct()
        raise ValueError(f"a footer has a value of type {kind}")

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def _signed(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)


def _encoded(struct: Struct) -> bytes:
    """A structure in the compact protocol."""
    out = bytearray()
    _write_struct(struct, out)
    return bytes(out)


def _write_struct(struct: Struct, out: bytearray) -> None:
    last = 0
    for number, (kind, value) in struct.items():
        written = (_TRUE if value else _FALSE) if kind in (_TRUE, _FALSE) else kind
        if 0 < number - last < 16:
            out.append((number - last) << 4 | written)
        else:
            out.append(written)
            _write_signed(number, out)
        if kind not in (_TRUE, _FALSE):
            _write_value(kind, value, out)
        last = number
    out.append(0)


def _write_value(kind: int, value: Any, out: bytearray) -> None:
    if kind in (_TRUE, _FALSE, _I8):
        out.append(value)
    elif kind <= _I64:
        _write_signed(value, out)
    elif kind == _DOUBLE:
        out += value
    elif kind == _BINARY:
        _write_unsigned(len(value), out)
        out += value
    elif kind == _STRUCT:
        _write_struct(value, out)
    else:
        item, values = value
        out.append(min(len(values), 15) << 4 | item)
        if len(values) >= 15:
            _write_unsigned(len(values), out)
        for one in values:
            _write_value(item, one, out)


def _write_signed(value: int, out: bytearray) -> None:
    _write_unsigned(value << 1 if value >= 0 else (-value << 1) - 1, out)


def _write_unsigned(value: int, out: bytearray) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
