"""Files put together from row groups are those that one writer makes."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from emphasis.store.batches import StoredTable
from emphasis.store.merge import merge_tables
from emphasis.store.row_groups import Assembly, owner, read_footer
from emphasis.store.tables import Field, Schema, Writer, table_from_rows, write

FIELDS = (
    Field("report_id", "string", ""),
    Field("n", "integer", ""),
    Field("x", "number", ""),
    Field("b", "boolean", ""),
)
SCHEMA = Schema("t", "", "", FIELDS, ("report_id", "n"), ("report_id", "n"))


def rows(name, n):
    return table_from_rows([(name, i, None if i % 3 else i / 7, bool(i % 2)) for i in range(n)], SCHEMA)


def test_a_footer_that_is_read_and_written_again_is_the_same(tmp_path):
    """With more columns, row groups and digits than one byte takes."""
    table = pa.table({f"column {i}": [i * 10**12, -i, None] for i in range(20)} | {"text": ["甲" * 200, "", None]})
    file = tmp_path / "t.parquet"
    for compression in ("zstd", "none"):
        pq.write_table(table, file, row_group_size=1, compression=compression)
        before = file.read_bytes()
        assert len(read_footer(before).groups) == 3
        Assembly(file).close()
        assert file.read_bytes() == before


@pytest.mark.parametrize("copied", [(), ("a",), ("b",), ("b", "d"), ("a", "b", "d", "e"), ("e",)])
def test_rows_written_and_rows_copied_are_the_file_of_one_writer(tmp_path, copied):
    sizes = {"a": 3, "b": 40_000, "c": 0, "d": 1, "e": 2}
    whole, held, made = (tmp_path / f"{name}.parquet" for name in ("whole", "held", "made"))
    with Writer(whole, SCHEMA) as out:
        for name, n in sizes.items():
            out.add(rows(name, n))
    # Where the copied rows lie, others are around them.
    with Writer(held, SCHEMA) as out:
        for name in ("a", "aa", "b", "d", "dd", "e"):
            out.add(rows(name, sizes.get(name, 7)))
    data = held.read_bytes()
    groups = {owner(group): group for group in read_footer(data).groups}
    with Writer(made, SCHEMA) as out:
        for name, n in sizes.items():
            if name in copied:
                out.copy(name, (data, [groups[name]]))
            else:
                out.add(rows(name, n))
    assert made.read_bytes() == whole.read_bytes()
    assert pq.read_table(made).equals(pq.read_table(whole))


def test_of_a_table_that_begins_with_another_column_the_owner_is_the_report(tmp_path):
    """As of topic_sections, which names the model first: a report has a row group, with rows of several models."""
    fields = (Field("model", "string", ""), *FIELDS[:2])
    schema = Schema("t", "", "", fields, ("report_id", "model", "n"), ("report_id", "model", "n"))
    files = [tmp_path / f"{name}.parquet" for name in ("whole", "one", "other", "merged")]
    of = {name: [(model, name, 1) for model in ("basis", "corpus")] for name in "abcd"}
    for file, names in zip(files[:3], ("abcd", "ac", "bd"), strict=True):
        write(table_from_rows([row for name in names for row in of[name]], schema), file, schema)
    assert [owner(group) for group in read_footer(files[0].read_bytes(), schema.first).groups] == list("abcd")
    merge_tables(files[1:3], files[3], schema)
    assert files[3].read_bytes() == files[0].read_bytes()
    assert StoredTable(files[1:3], schema, ["n"]).of(["b"])["n"].tolist() == [1, 1]


def test_row_groups_of_other_columns_are_refused(tmp_path):
    file, other = tmp_path / "t.parquet", tmp_path / "other.parquet"
    write(rows("a", 2), file, SCHEMA)
    pq.write_table(pa.table({"report_id": ["b"], "m": [1]}), other)
    data = other.read_bytes()
    footer = read_footer(data)
    assembly = Assembly(file)
    with pytest.raises(ValueError, match="other columns"):
        assembly.add(data, footer.groups, footer)
    assembly.close()


@pytest.mark.parametrize(
    "data", [b"", b"PAR1", b"PAR1" + b"\xff" * 20 + (20).to_bytes(4, "little") + b"PAR1", b"x" * 30]
)
def test_what_is_no_parquet_file_is_refused(data):
    with pytest.raises(ValueError, match=r"Parquet|footer"):
        read_footer(data)
