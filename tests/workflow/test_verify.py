"""`make verify`: what counts as equal, and what is said of what is not."""

from __future__ import annotations

import shutil
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from support import ROOT
from support.pictures import LISTED, Comparison, compare, fingerprint, fingerprints, rms, write_fingerprints
from tools import verify
from tools.verify import told


def picture(path, place, level=6):
    image = Image.new("RGB", (1600, 1000), "white")
    image.paste((200, 30, 30), (place, 300, place + 200, 500))
    image.save(path, compress_level=level)


def archive(path, method, names=("a", "b")):
    with zipfile.ZipFile(path, "w", method) as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), f"content of {name} " * 50, method)


@pytest.fixture
def run(tmp_path):
    """Results and a reference that was made from them."""
    results, reference = tmp_path / "results", tmp_path / "reference"
    for folder in ("tables", "corpus", "figures/r/clouds", "paper", "logs"):
        (results / folder).mkdir(parents=True)
    (results / "tables/t.csv").write_text("term,n\n创新,3\n改革,2\n", encoding="utf-8")
    (results / "figures/r/clouds/whole.svg").write_text("<svg/>", encoding="utf-8")
    (results / "logs/x.log").write_text("x", encoding="utf-8")
    (results / "manifest.json").write_text("{}", encoding="utf-8")
    picture(results / "figures/r/clouds/whole.png", 300)
    archive(results / "paper/tables.docx", zipfile.ZIP_DEFLATED)
    pq.write_table(pa.table({"n": [1, 2], "text": ["甲", None]}), results / "corpus/sentences.parquet")
    (reference / "tables").mkdir(parents=True)
    shutil.copy(results / "tables/t.csv", reference / "tables/t.csv")
    write_fingerprints(fingerprints(results), reference / LISTED)
    return results, reference


def test_equal_results(run):
    comparison = compare(*run)
    assert comparison == Comparison(5, (), ())
    assert told(comparison) == ["OK: all 5 results are those of tests/reference"]


def test_a_table_differs_in_a_cell(run):
    results, reference = run
    (results / "tables/t.csv").write_text("term,n\n创新,3\n改革,4\n", encoding="utf-8")
    assert compare(results, reference).different == ("tables/t.csv: line 3, n: '4', in the reference '2'",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("term,n\n创新,3\n", "line 3: is missing"),
        ("term,n\n创新,3\n改革,2\n开放,1\n", "line 4: is one too many"),
        ("term,n\r\n创新,3\r\n改革,2\r\n", "the same cells in other bytes (line ends or quotation marks)"),
        ("word,n\n创新,3\n改革,2\n", "line 1, term: 'word', in the reference 'term'"),
        ("term,n\n创新,3,5\n改革,2\n", "line 2, column 3: '5', in the reference None"),
    ],
)
def test_a_table_differs_otherwise(run, text, said):
    results, reference = run
    (results / "tables/t.csv").write_bytes(text.encode())
    assert compare(results, reference).different == (f"tables/t.csv: {said}",)


def test_a_picture_differs(run):
    results, reference = run
    picture(results / "figures/r/clouds/whole.png", 500)
    (line,) = compare(results, reference).different
    # The square moves by two fields of 160 by 100 pixels: two by one and a quarter fields change there and two here.
    assert line.startswith("figures/r/clouds/whole.png: another picture, brightness differs by ")
    assert 10 < float(line.split("by ")[1].split()[0]) < 60


def test_the_same_content_packed_otherwise_is_equal_and_said(run):
    results, reference = run
    picture(results / "figures/r/clouds/whole.png", 300, level=1)
    archive(results / "paper/tables.docx", zipfile.ZIP_STORED)
    table = pq.read_table(results / "corpus/sentences.parquet")
    pq.write_table(table, results / "corpus/sentences.parquet", compression="zstd")
    comparison = compare(results, reference)
    assert comparison.different == () and len(comparison.repacked) == 3
    assert told(comparison)[1].startswith("  3 of them hold the same in other bytes")


def test_other_content_is_found_in_packed_files(run):
    results, reference = run
    archive(results / "paper/tables.docx", zipfile.ZIP_DEFLATED, ("a", "c"))
    pq.write_table(pa.table({"n": [1, 2], "text": ["甲", "乙"]}), results / "corpus/sentences.parquet")
    (results / "figures/r/clouds/whole.svg").write_text("<svg />", encoding="utf-8")
    found = [line.partition(":")[0] for line in compare(results, reference).different]
    assert found == ["corpus/sentences.parquet", "figures/r/clouds/whole.svg", "paper/tables.docx"]


def test_files_that_are_missing_or_new(run):
    results, reference = run
    (results / "figures/r/clouds/whole.svg").rename(results / "figures/r/clouds/plan.svg")
    different = compare(results, reference).different
    assert different == ("figures/r/clouds/whole.svg: not made", "figures/r/clouds/plan.svg: not in the reference")
    lines = told(compare(results, reference))
    assert lines[0] == "2 of 5 results differ from tests/reference:" and lines[1].startswith("  figures/")


def test_the_status_says_whether_all_is_well(run, monkeypatch, capsys):
    results, reference = run
    monkeypatch.setattr(verify, "REFERENCE", reference)
    assert verify.main([str(results)]) == 0 and "policy-emphasis: OK" in capsys.readouterr().out
    (results / "tables/t.csv").unlink()
    assert verify.main([str(results)]) == 1 and "tables/t.csv: not made" in capsys.readouterr().out


def test_only_the_bundled_report_is_used(tmp_path, monkeypatch):
    project = verify.bundled_project(tmp_path / "project")
    assert {file.name for file in (project.folder / "seeds").iterdir()} == {"README.md", "changchun-2025.txt"}


def test_brightness_differs_by_its_root_mean_square():
    # ((16 - 0)^2 + 0 + 0 + 0) / 4 = 64.
    assert rms("10000000", "00000000") == 8
    assert rms("0a0b", "0a0b") == 0


def test_pixels_not_bytes_are_a_picture_s_content(tmp_path):
    for name, level in (("a", 1), ("b", 9)):
        picture(tmp_path / f"{name}.png", 300, level)
    one, other = (fingerprint(tmp_path / f"{name}.png", "x") for name in "ab")
    assert one.sha256 != other.sha256 and (one.content, one.grid) == (other.content, other.grid)


def test_the_reference_lists_the_tables_it_has():
    listed = pd.read_csv(ROOT / "tests/reference" / LISTED, sep="\t", keep_default_na=False)["path"].tolist()
    tables = [path for path in listed if path.endswith(".csv")]
    kept = [p.relative_to(ROOT / "tests/reference").as_posix() for p in (ROOT / "tests/reference").rglob("*.csv")]
    assert sorted(tables) == sorted(kept)
    assert not any(path.startswith(("logs/", "steps/", "manifest")) for path in listed)
