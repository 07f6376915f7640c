"""What a file may take: readers of risky formats in a process with limits, and elements and expansion bounded before it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
import zlib
from pathlib import Path

import pytest

from emphasis.ingest.readers import READERS, apart, read_source
from emphasis.ingest.readers.apart import READER_PROCESS
from emphasis.ingest.records import Report
from emphasis.ingest.report import ingest, ingest_files
from support import ROOT, samples

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(report: Report) -> str:
    assert [warning.code for warning in report.warnings] == ["unreadable"]
    return report.warnings[0].message


def packed(data: bytes, filters: str) -> bytes:
    """A PDF of one page whose content these filters unpack."""
    return samples.packed_pdf(data, filters)


PARTS = {
    "word/document.xml": f"<w:document xmlns:w='{WORD}'>{'<w:p/>' * 6_500_000}</w:document>",
    "word/styles.xml": b" " * 39_000_000,
}
HOSTILE = {
    # Three parts of 39 MB each, of which each alone was let through.
    "parts.docx": (lambda: samples.container({"[Content_Types].xml": "<Types/>", **PARTS}), "MB of markup"),
    "elements.docx": (lambda: samples.document("<w:p/>" * 600_000), "tags, a report fewer than"),
    "styles.odt": (lambda: samples.container({"content.xml": "<a/>", "styles.xml": b" " * 180_000_000}), "MB of markup"),
    "encoded.docx": (
        lambda: samples.container({"word/document.xml": '<!DOCTYPE d [<!ENTITY x "文">]><d>&x;</d>'.encode("utf-16")}),
        "declares entities",
    ),
    "stacked.pdf": (lambda: packed(zlib.compress(zlib.compress(b"q " * 30_000_000)), "/FlateDecode /FlateDecode"), "more than 50 MB"),
    "deflated.pdf": (lambda: packed(zlib.compress(b"q " * 30_000_000), "/FlateDecode"), "unpacks to more than 50 MB"),
    "runs.pdf": (lambda: packed(zlib.compress(b"z" * 40_000_000), "/FlateDecode /ASCII85Decode"), "MB of memory"),
    "attributes.html": (lambda: page(" ".join(f"a{i}" for i in range(300_000))), "300,000 attributes"),
    "quoted.html": (lambda: page(" ".join(f"a{i}='<'" for i in range(5_000))), "5,000 attributes"),
    "nested.html": (lambda: b"<div>" * 50_000, "nests 50,000 tags"),
}  # fmt: skip


def page(attributes: str) -> bytes:
    return f"<html><body><p {attributes}>稳</p></body></html>".encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_that_unpacks_to_much_is_refused_and_the_next_is_read(tmp_path: Path, name: str) -> None:
    make, words = HOSTILE[name]
    files = [write(tmp_path, name, make()), write(tmp_path, "good.docx", samples.word(samples.REPORT))]
    started = time.process_time()
    bad, good = ingest_files(files, {}, [])
    assert words in refusal(bad)
    assert refusal(bad).startswith(name)
    assert good.metadata.region == "长春市"
    assert time.process_time() - started < 2  # of this process: the work is done in the other


@pytest.mark.parametrize(
    ("name", "data"),
    [
        # A line that was front matter in two ways, so that n of them were read in 2^n ways.
        ("front.md", b"---\n" + b"-:\n" * 60 + b"x"),
        ("comments.md", b"<!--" * 100_000),
        # A stream whose first bytes are sound, which the library took byte by byte.
        ("damaged.pdf", packed(zlib.compress(bytes(400_000), 0)[:-4], "/FlateDecode")),
        ("emphasis.md", b"*a " * 200_000),
        ("digits.rtf", b"{\\rtf1 " + (b"a" * 3999 + b"x") * 150 + b"}"),
        ("selectors.html", b"<style>" + b"a.b" * 200_000 + b"</style>" + b"<p>\xe7\xa8\xb3</p>"),
    ],
)
def test_what_a_pattern_began_anew_at_every_place_takes_little_time(tmp_path: Path, name: str, data: bytes) -> None:
    READER_PROCESS.close()
    before = os.times()
    ingest(write(tmp_path, name, data), "report")
    READER_PROCESS.close()  # the time of a process counts when it has ended
    after = os.times()
    assert after.children_user - before.children_user < 8


def test_a_comment_that_nothing_ends_is_text(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, "a.md", "<!-- 甲 -->乙<!-- 丙".encode())).text == "乙<!-- 丙"


@pytest.fixture
def slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that answers nothing."""
    monkeypatch.setattr(apart, "_START", "import time; time.sleep(600)")
    READER_PROCESS.close()
    yield
    READER_PROCESS.close()


@pytest.mark.usefixtures("slow_reader")
def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_WAITING", 0.3)
    report = ingest(write(tmp_path, "slow.docx", samples.word(samples.REPORT)), "report")
    assert refusal(report) == "slow.docx: takes longer than 60 s to read; save its text as .txt"
    assert READER_PROCESS.pid is None


def test_a_reader_that_crashes_or_is_killed_costs_its_own_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.docx", samples.word(samples.REPORT))
    READER_PROCESS.close()
    with monkeypatch.context() as patch:
        patch.setattr(apart, "_START", "import sys; sys.stdin.buffer.readline()")
        assert "ends the program that reads it" in refusal(ingest(path, "a"))
    assert ingest(path, "a").metadata.region == "长春市"
    pid = READER_PROCESS.pid
    assert pid is not None
    os.kill(pid, 9)
    # Whether the request or the start finds the process gone, the file after it is read.
    ingest(path, "a")
    assert ingest(path, "a").metadata.region == "长春市"


def test_one_process_serves_many_files(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{n}.docx", samples.word(samples.REPORT)) for n in range(3)]
    pids = {READER_PROCESS.pid for _ in ingest_files(paths, {}, [])}
    assert len(pids) == 1


def test_without_posix_modules_files_are_read_with_a_limit_of_time_alone(tmp_path: Path) -> None:
    """As on Windows: neither `resource` nor `fcntl` nor `fork`."""
    write(tmp_path, "a.docx", samples.word(samples.REPORT))
    blocked = "import sys; sys.modules.update(dict.fromkeys(('resource', 'fcntl', 'pwd', 'grp')))"
    script = f"""
        {blocked}
        import os
        del os.fork
        from pathlib import Path
        from emphasis.ingest.readers import apart
        from emphasis.ingest.report import ingest
        apart._START = {blocked!r} + "\\n" + apart._START
        print(ingest(Path("a.docx"), "a").metadata.region)
    """
    env = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "长春市"


def test_only_formats_of_linear_readers_are_read_in_process(tmp_path: Path) -> None:
    READER_PROCESS.close()
    ingest(write(tmp_path, "a.txt", samples.REPORT.encode()), "a")
    assert READER_PROCESS.pid is None
    assert READERS.keys() >= {".docx", ".pdf", ".html", ".md", ".rtf", ".odt"}
