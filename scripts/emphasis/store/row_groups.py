"""Parquet files put together from the row groups of others, as bytes: nothing is decoded, compressed or encoded anew.

A Parquet file is its row groups, one after the other, and a footer that says where their columns begin. The footer is a structure
of Thrift in the compact protocol (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md; the fields
are those of https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift). What is put together here is, byte
for byte, what one writer makes of all tables.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_MAGIC = b"PAR1"
_TRUE, _FALSE, _I8, _I16, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12
_SCHEMA, _ROWS, _GROUPS = 2, 3, 4
"""Fields of the footer: the columns, how many rows there are, and the row groups."""
_ENTRY = -1
"""Type of a structure that is kept as the bytes that encode it."""
_PLACE, _SIZE, _GROUP_ROWS, _ORDINAL, _MOST, _LEAST, _PAGES = range(1, 8)
_ABOUT_COLUMN = {9: _PAGES, 10: _PLACE, 11: _PLACE, 12: {5: _MOST, 6: _LEAST}}
"""Of a column: where its pages of data, of an index and of a dictionary begin, and its largest and smallest value. Pages of data
each column has."""
_ABOUT_GROUP = {1: {2: _PLACE, 3: _ABOUT_COLUMN}, 3: _GROUP_ROWS, 5: _PLACE, 6: _SIZE, 7: _ORDINAL}
"""What is looked for in the entry of a row group, by the numbers of its fields and of theirs: its columns, rows, place, size, number."""

Struct = dict[int, tuple[int, Any]]
"""Type and value of each field, by its number."""


class RowGroup(NamedTuple):
    """A row group of a file: where it begins, how many bytes and rows it has, the least and the largest value of the column that its
    rows are sorted by, and its entry in the footer, with the places in it of what changes when the row group moves."""

    start: int
    size: int
    n_rows: int
    bounds: tuple[bytes | None, bytes | None]
    entry: bytes
    places: Sequence[tuple[int, int, int]]

    @classmethod
    def of(cls, data: bytes, begin: int, end: int, found: Sequence[tuple[int, int, int]], column: int) -> RowGroup:
        """From the place of its entry in a footer, the places of what was found there, and the number of the column with the bounds."""
        values: dict[int, tuple[int, int]] = {}
        current = -1
        for what, at, stop in found:
            current += what == _PAGES
            # The place of the row group comes after those of its columns.
            if what not in (_MOST, _LEAST) or current == column:
                values[what] = at, stop
        start, size, n_rows = (_signed(data, values[what][0])[0] for what in (_PLACE, _SIZE, _GROUP_ROWS))
        least, most = (data[slice(*values[what])] if what in values else None for what in (_LEAST, _MOST))
        places = [(what, at - begin, stop - begin) for what, at, stop in found if what in (_PLACE, _PAGES, _ORDINAL)]
        return cls(start, size, n_rows, (least, most), data[begin:end], places)

    def moved(self, by: int, number: int) -> bytes:
        """Its entry after it moved by so many bytes and got another number."""
        out, at = bytearray(), 0
        for what, begin, end in self.places:
            value, _ = _signed(self.entry, begin)
            if value or what == _ORDINAL:  # a column whose place is not told has 0
                out += self.entry[at:begin]
                _write_signed(number if what == _ORDINAL else value + by, out)
                at = end
        return bytes(out + self.entry[at:])


class Footer(NamedTuple):
    """The footer of a Parquet file; in its fields the row groups are as they stand there."""

    fields: Struct
    groups: Sequence[RowGroup]


def read_footer(data: Any, column: int = 0) -> Footer:
    """The footer of a Parquet file, from all of its bytes; `column` is the number of that which its rows are sorted by."""
    if data[:4] != _MAGIC or data[-4:] != _MAGIC:
        raise ValueError("not a Parquet file")
    try:
        return _Reader(bytes(data[_end(data) : -8]), column).footer()
    except (IndexError, KeyError):
        raise ValueError("the footer of a Parquet file is damaged") from None


def _end(data: Any) -> int:
    """Where the row groups end and the footer begins."""
    return len(data) - 8 - int.from_bytes(data[-8:-4], "little")


def owner(group: RowGroup) -> str:
    """The one value of the column that rows are sorted by: in a table with a row group for each report, whose rows these are.

    Raises
    ------
    ValueError
        If the footer does not say so, or the rows have several values.
    """
    value: bytes = _only_value(*group.bounds)
    return value.decode()


def owners(about: pq.FileMetaData, column: int = 0) -> list[str]:
    """The `owner` of each row group, from a footer that pyarrow has read; `column` as in `read_footer`.

    Raises
    ------
    ValueError
        As `owner` does.
    """
    known = (about.row_group(i).column(column).statistics for i in range(about.num_row_groups))
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
        self._out = path.open("r+b")
        with mmap.mmap(self._out.fileno(), 0, access=mmap.ACCESS_READ) as data:
            (self._fields, groups), self._at = read_footer(data), _end(data)
        self._entries = [group.entry for group in groups]
        self._n_rows = sum(group.n_rows for group in groups)
        self._out.truncate(self._at)
        self._out.seek(self._at)

    def add(self, data: Any, groups: Sequence[RowGroup], footer: Footer | None = None) -> None:
        """Append row groups of a file, of which `data` are all bytes and `footer`, where it is not known to be like this one's, the end.

        Raises
        ------
        ValueError
            If that file has other columns.
        """
        if footer is not None and footer.fields[_SCHEMA] != self._fields[_SCHEMA]:
            raise ValueError("it has other columns than its table")
        for group in groups:
            self._out.write(data[group.start : group.start + group.size])
            self._entries.append(group.moved(self._at - group.start, len(self._entries)))
            self._at += group.size
            self._n_rows += group.n_rows

    def close(self) -> None:
        """Write the footer."""
        encoded = _encoded(self._fields | {_ROWS: (_I64, self._n_rows), _GROUPS: (_LIST, (_ENTRY, self._entries))})
        self._out.write(encoded + len(encoded).to_bytes(4, "little") + _MAGIC)
        self._out.close()


class _Reader:
    """Reads the compact protocol."""

    def __init__(self, data: bytes, column: int) -> None:
        self._data, self._column, self._at = data, column, 0

    def footer(self) -> Footer:
        """A whole footer, whose row groups are looked through and not taken apart: in large files, this takes most of the time."""
        groups: list[RowGroup] = []
        fields = self.struct({_GROUPS: groups})
        return Footer(fields, groups)

    def struct(self, apart: Mapping[int, list[RowGroup]] | None = None) -> Struct:
        """A structure; of the fields `apart`, the row groups are put there."""
        found: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = divmod(head, 16)
            number = number + step if step else self._signed()
            if apart and number in apart:
                found[number] = (kind, self._groups(apart[number]))
            else:
                found[number] = (kind, kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind))
        return found

    def _groups(self, groups: list[RowGroup]) -> tuple[int, list[bytes]]:
        for _ in range(self._list_size()[0]):
            found: list[tuple[int, int, int]] = []
            begin, self._at = self._at, _look_through(self._data, self._at, _ABOUT_GROUP, found)
            groups.append(RowGroup.of(self._data, begin, self._at, found, self._column))
        return _ENTRY, [group.entry for group in groups]

    def _list_size(self) -> tuple[int, int]:
        """How many items a list has, and their type."""
        size, item = divmod(self._byte(), 16)
        return self._unsigned() if size == 15 else size, item

    def _value(self, kind: int) -> Any:
        if kind in (_TRUE, _FALSE, _I8):  # in a list, truth takes a byte
            return self._byte()
        if kind <= _I64:
            return self._signed()
        if kind in (_DOUBLE, _BINARY):
            return self._bytes(8 if kind == _DOUBLE else self._unsigned())
        if kind in (_LIST, _SET):
            size, item = self._list_size()
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
        value, self._at = _unsigned(self._data, self._at)
        return value

    def _signed(self) -> int:
        value, self._at = _signed(self._data, self._at)
        return value


def _look_through(data: bytes, at: int, wanted: Mapping[int, Any] | None, found: list[tuple[int, int, int]]) -> int:
    """Pass over a structure, and say where it ends.

    Parameters
    ----------
    data : bytes
    at : int
        Where it begins.
    wanted : mapping
        What of it is looked for, by number: what a number or text is, or, of a structure or a list of them, what is looked for in these.
    found : list
        Gets for each of them what it is, and where it begins and ends.
    """
    number = 0
    while head := data[at]:
        at += 1
        if head < 16:
            number, at = _signed(data, at)
        else:
            number += head >> 4
        kind = head & 15
        own = wanted.get(number) if wanted else None
        if _I16 <= kind <= _I64:  # most values are whole numbers
            begin = at
            while data[at] > 127:
                at += 1
            at += 1
            if own is not None:
                found.append((own, begin, at))
        elif kind > _FALSE:
            at = _pass(data, at, kind, own, found)
    return at + 1


def _pass(data: bytes, at: int, kind: int, own: Any, found: list[tuple[int, int, int]]) -> int:
    """Pass over a value; see `_look_through`."""
    if kind == _STRUCT:
        return _look_through(data, at, own, found)
    if kind in (_LIST, _SET):
        size, item = divmod(data[at], 16)
        size, at = _unsigned(data, at + 1) if size == 15 else (size, at + 1)
        for _ in range(size):
            at = _pass(data, at, item, own, found)
        return at
    begin = at
    if kind == _BINARY:
        size, begin = _unsigned(data, at)
        at = begin + size
    elif kind == _DOUBLE:
        at += 8
    elif kind <= _I64:
        at = _unsigned(data, at)[1] if kind > _I8 else at + 1  # in a list, truth takes a byte
    else:
        raise ValueError(f"a footer has a value of type {kind}")
    if own is not None:
        found.append((own, begin, at))
    return at


def _unsigned(data: bytes, at: int) -> tuple[int, int]:
    """The whole number that begins there, and where it ends."""
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1


def _signed(data: bytes, at: int) -> tuple[int, int]:
    value, at = _unsigned(data, at)
    return value >> 1 ^ -(value & 1), at


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
        out.append(min(len(values), 15) << 4 | (_STRUCT if item == _ENTRY else item))
        if len(values) >= 15:
            _write_unsigned(len(values), out)
        for one in values:
            if item == _ENTRY:
                out += one
            else:
                _write_value(item, one, out)


def _write_signed(value: int, out: bytearray) -> None:
    _write_unsigned(value << 1 if value >= 0 else (-value << 1) - 1, out)


def _write_unsigned(value: int, out: bytearray) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
