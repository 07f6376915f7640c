"""500 fuzzed files in the tests; ``make test-fuzz`` examines 20,000."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emphasis.ingest.report import ingest
from fuzz.examine import FAULTS, examine
from fuzz.mutate import fuzzed
from fuzz.run import report_of, run_shard
from fuzz.seeds import MAKERS, TABLE_SUFFIXES
from support.invariants import SKIP, check_invariants
from support.outline_cases import CASES
from support.shapes import SHAPES

FILES = 500
SHARDS = 10


@pytest.mark.parametrize("shard", range(SHARDS))
def test_fuzzed_files_are_read_or_refused_with_a_message(shard: int) -> None:
    size = FILES // SHARDS
    counts = run_shard(shard * size, (shard + 1) * size)
    print(report_of(counts))
    assert not any(counts[fault] for fault in FAULTS), report_of(counts)
    assert counts["files"] == size == counts["read"] + counts["refused with a message"]
    assert counts["read"] > size / 5  # files that were all refused would show nothing


def test_a_file_follows_from_its_number() -> None:
    assert fuzzed(7) == fuzzed(7) != fuzzed(8)


TEXTS = st.one_of(
    st.sampled_from([case.source for case in CASES]),
    st.builds(lambda shape, n: SHAPES[shape](n), st.sampled_from(sorted(SHAPES)), st.integers(0, 500)),
    st.text(max_size=300),
)
FORMATS = sorted(MAKERS.keys() - set(TABLE_SUFFIXES))


@given(TEXTS, st.sampled_from(FORMATS), st.binary(max_size=50), st.integers(0, 5_000))
@settings(max_examples=60, deadline=None)
def test_text_in_any_format_with_a_damaged_place_is_not_lost(text: str, suffix: str, noise: bytes, place: int) -> None:
    data = MAKERS[suffix](text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix.lower()}"
        path.write_bytes(data[:place] + noise + data[place + len(noise) :])
        report = ingest(path, "report")
    check_invariants(report)
    assert report.sections or report.warnings


# Of a page and of rich text, the maker or the format drops characters; of a PDF, the layout of the text is another.
@given(st.sampled_from([case.source for case in CASES]), st.sampled_from([".txt", ".html", ".docx", ".odt", ".rtf"]))
@settings(max_examples=40, deadline=None)
def test_every_format_holds_the_same_text(text: str, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(MAKERS[suffix](text))
        found = ingest(path, "report").source.text
    assert [c for c in found if c not in SKIP] == [c for c in text if c not in SKIP]


@pytest.mark.parametrize("number", [244, 941])
def test_files_that_once_failed(number: int, tmp_path: Path) -> None:
    counts = examine(number, tmp_path)
    assert not any(counts[fault] for fault in FAULTS), report_of(counts)
