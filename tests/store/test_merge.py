from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.store import merge, tables
from emphasis.store.merge import merge_tables


@pytest.mark.parametrize("format_", ["csv", "parquet"])
@given(
    sizes=st.dictionaries(st.text('ab1长,"\n', min_size=1, max_size=4), st.integers(1, 4), min_size=1, max_size=6),
    splits=st.lists(st.integers(0, 2), min_size=6, max_size=6),
    block=st.sampled_from([7, 1 << 24]),
)
def test_batches_merge_to_what_one_batch_writes(schemas, tmp_path_factory, format_, sizes, splits, block):
    """Also where files are looked through in blocks that end inside a field."""
    schema = schemas["sentences"]
    folder = tmp_path_factory.mktemp("merge")

    def write(report_ids, name):
        rows = [
            (report_id, f"{report_id}:{n}", "s1.1", 1, 10 * n, 10 * n + 5, f"{report_id},\n“{n}”")
            for report_id in report_ids
            for n in range(sizes[report_id])
        ]
        path = folder / f"{name}.{format_}"
        tables.write(tables.table_from_rows(rows, schema), path, schema)
        return path

    parts = [
        write([report_id for report_id, split in zip(sizes, splits, strict=False) if split == batch], f"part{batch}")
        for batch in range(3)
    ]
    together = write(sizes, "together")
    with patch.object(merge, "_BYTES", block):
        merge_tables(parts, folder / f"merged.{format_}", schema)
    assert (folder / f"merged.{format_}").read_bytes() == together.read_bytes()
