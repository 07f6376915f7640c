"""What a manifest certifies."""

from __future__ import annotations

import pytest

from emphasis.errors import EmphasisError
from emphasis.publish.manifest import check_inputs

READ = [
    {"file": "a.txt", "sha256": "1"},
    {"file": "a.txt", "sha256": "2"},  # of another folder
    {"file": "t.csv:2", "sha256": "3"},
]


def test_files_that_are_as_they_were_read():
    check_inputs([{"path": "a.txt", "sha256": "2"}, {"path": "t.csv", "sha256": "9"}], READ)


def test_a_file_that_was_read_otherwise_is_refused():
    with pytest.raises(EmphasisError, match=r"a\.txt: the tables were made from other contents .* --forcerun ingest"):
        check_inputs([{"path": "a.txt", "sha256": "4"}], READ)
