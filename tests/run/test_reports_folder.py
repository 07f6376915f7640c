import os
from pathlib import Path
from typing import NamedTuple

import pytest

from emphasis.errors import EmphasisError
from emphasis.run.folder_listing import LONGEST_ID
from emphasis.run.reports_folder import ReportsFolder, is_sampled, open_reports_folder


@pytest.fixture
def folder(tmp_path):
    for name in ["b.txt", "长春 2025.txt", "README.md", ".DS_Store", "b.outline.yaml", "~$b.docx"]:
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "subfolder").mkdir()
    return tmp_path


def refusals(folder_of_reports):
    return {(r.file, r.code) for r in folder_of_reports.refused}


def test_reports_are_found_by_stem(folder):
    folder_of_reports = open_reports_folder(folder, 64)
    assert list(folder_of_reports.files) == ["b", "长春 2025"]
    assert not folder_of_reports.refused


def test_of_two_files_with_one_stem_one_is_read_and_the_other_is_named(folder):
    (folder / "b.docx").write_text("x")
    folder_of_reports = open_reports_folder(folder, 64)
    assert folder_of_reports.files["b"].name == "b.txt"
    assert refusals(folder_of_reports) == {("b.docx", "same-stem")}


def test_what_cannot_be_read_is_refused_with_a_reason(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    elsewhere.write_text("x")
    (folder / "link.txt").symlink_to(elsewhere)
    (folder / "dead.txt").symlink_to(folder / "nothing.txt")
    (folder / "inner.txt").symlink_to(folder / "b.txt")
    (folder / "sheet.xlsx").write_text("x")
    (folder / "a{b}.txt").write_text("x")
    folder_of_reports = open_reports_folder(folder, 64)
    assert list(folder_of_reports.files) == ["b", "inner", "长春 2025"]
    assert refusals(folder_of_reports) == {
        ("link.txt", "outside-folder"),
        ("dead.txt", "broken-link"),
        ("sheet.xlsx", "unknown-format"),
        ("a{b}.txt", "bad-name"),
    }
    assert all(r.suggestion and r.file in r.message for r in folder_of_reports.refused)


def test_a_missing_or_empty_folder_is_named(tmp_path):
    with pytest.raises(EmphasisError, match="there is no folder"):
        open_reports_folder(tmp_path / "nowhere", 64)
    with pytest.raises(EmphasisError, match="no report in"):
        open_reports_folder(tmp_path, 64)


@pytest.mark.parametrize(
    ("reports", "size", "batches"), [(1, 64, 1), (64, 64, 1), (65, 64, 2), (140, 64, 4), (3, 1, 4), (40, 1, 32)]
)
def test_number_of_batches(tmp_path, reports, size, batches):
    for i in range(reports):
        (tmp_path / f"r{i}.txt").write_text("x")
    assert open_reports_folder(tmp_path, size).n_batches == batches


def test_reports_are_selected_by_word_or_name(tmp_path):
    folder_of_reports = ReportsFolder({name: tmp_path / name for name in ("a", "b")}, (), 1)
    assert folder_of_reports.select("all", "figures.reports") == ["a", "b"]
    assert folder_of_reports.select("none", "figures.reports") == []
    assert folder_of_reports.select(["b"], "figures.reports") == ["b"]
    with pytest.raises(EmphasisError, match=r"figures\.reports: no report c; there are: a, b"):
        folder_of_reports.select(["b", "c"], "figures.reports")


def test_one_more_report_changes_one_batch(tmp_path):
    files = {f"r{i:03}": tmp_path / f"r{i:03}.txt" for i in range(150)}
    before = ReportsFolder(files, (), 4)
    after = ReportsFolder(files | {"new": tmp_path / "new.txt"}, (), 4)
    assert sorted(f for b in before.batches for f in before.files_of(b)) == sorted(map(str, files.values()))
    assert [b for b in after.batches if after.files_of(b) != before.files_of(b)] == [after.batch_of("new")]


def test_reports_are_divided_into_parts_of_batches(tmp_path):
    for i in range(300):
        (tmp_path / f"r{i}.txt").touch()
    folder = open_reports_folder(tmp_path, 100)
    parts = folder.parts([f"r{i}" for i in range(0, 300, 2)])
    assert sorted(report_id for *_, ids in parts for report_id in ids) == sorted(f"r{i}" for i in range(0, 300, 2))
    assert 25 < len(parts) <= 32 and len({name for name, *_ in parts}) == len(parts)
    for name, batch, ids in parts:
        assert name.endswith("-of-32") and {folder.batch_of(report_id) for report_id in ids} == {batch}
    assert folder.parts([]) == []


@pytest.mark.parametrize(("reports", "most", "one_in"), [(8, 8, 1), (9, 8, 2), (16, 8, 2), (17, 8, 4), (1000, 8, 128)])
def test_a_sample_does_not_depend_on_batches_and_is_in_few_of_them(tmp_path, reports, most, one_in):
    files = {f"r{i:04}": tmp_path / f"r{i:04}.txt" for i in range(reports)}
    drawn = {name for name in files if is_sampled(name, one_in)}
    for n_batches in (1, 2, 4, 32):
        folder_of_reports = ReportsFolder(files, (), n_batches)
        found, names = folder_of_reports.sample(most)
        inside = {Path(file).stem for name in names for file in folder_of_reports.files_of(name)}
        assert found == one_in and drawn <= inside
        assert len(names) == max(1, n_batches // one_in)
        # With enough batches a draw is whole batches.
        assert drawn == inside or n_batches < one_in


def test_one_more_report_seldom_changes_a_sample(tmp_path):
    files = {f"r{i:04}": tmp_path / f"r{i:04}.txt" for i in range(1000)}
    folder_of_reports = ReportsFolder(files, (), 16)
    one_in, names = folder_of_reports.sample(100)
    added = [f"new{i}" for i in range(400)]
    touched = [name for name in added if folder_of_reports.batch_of(name) in names]
    assert one_in == 16 and names == ["0-of-16"]
    # 25 are expected; 4 standard deviations of a binomial count are 19.
    assert 6 <= len(touched) <= 44


class Row(NamedTuple):
    number: int
    name: str
    text: str


def test_sub_folders_are_read_and_their_names_come_before_the_stem(folder):
    for place in ("2024/a.txt", "2025/a.txt", "2024/x/a.txt", ".git/a.txt", "页面_files/a.html", "results/a.txt"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text("x", encoding="utf-8")
    (folder / "2024_a.txt").write_text("x", encoding="utf-8")
    (folder / "loop").symlink_to(folder)
    found = open_reports_folder(folder, 64, results=folder / "results")
    assert list(found.files) == ["2024_a", "2024_x_a", "2025_a", "b", "长春 2025"]
    assert refusals(found) == {
        ("2024_a.txt", "same-stem"),
        ("页面_files", "folder-passed-over"),
        ("loop", "folder-passed-over"),
    }


def test_a_folder_that_cannot_be_opened_stops_nothing_but_itself(folder, monkeypatch):
    (folder / "subfolder/a.txt").write_text("x", encoding="utf-8")
    known, closed = Path.iterdir, {folder / "subfolder"}

    def refuse(path):
        if path in closed:
            raise PermissionError(13, "Permission denied")
        return known(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = open_reports_folder(folder, 64)
    assert list(found.files) == ["b", "长春 2025"]
    assert [(r.file, r.message) for r in found.refused] == [
        ("subfolder", "subfolder cannot be opened (Permission denied) and was passed over")
    ]
    closed.add(folder)
    with pytest.raises(EmphasisError, match=r"cannot be opened \(Permission denied\)"):
        open_reports_folder(folder, 64)


def test_rows_of_a_table_are_reports(folder):
    rows = [Row(2, "2026_上海市", "文"), Row(3, "2026_上海市", "文"), Row(4, "2026_a/b:c", "文"), Row(5, "5", " ")]
    (folder / "all.csv").write_text("x", encoding="utf-8")
    found = open_reports_folder(folder, 64, lambda path: rows)
    assert dict(found.rows) == {"all_2026_上海市": 2, "all_2026_上海市_2": 3, "all_2026_a_b_c": 4}
    assert [r.row for r in found.reports] == [4, 2, 3, None, None]
    assert refusals(found) == {("all.csv", "empty-row")}
    (batch,) = found.batches
    assert found.files_of(batch).count(str(folder / "all.csv")) == 1
    assert found.reports_of(batch)[1] == ["all_2026_上海市", str(folder / "all.csv"), 2]
    # One more row changes no other's id.
    more = open_reports_folder(folder, 64, lambda path: [*rows, Row(6, "2026_江苏省", "文")])
    assert set(found.files) < set(more.files)


def test_rows_of_one_name_lose_none_where_a_number_makes_it_another_s(folder):
    (folder / "all.csv").write_text("x", encoding="utf-8")
    rows = [Row(n, name, "文") for n, name in enumerate(["a", "a", "a_2", "a ", "a_2"], 2)]
    found = open_reports_folder(folder, 64, lambda path: rows)
    assert dict(found.rows) == {"all_a": 2, "all_a_3": 3, "all_a_2": 4, "all_a_4": 5, "all_a_2_2": 6}
    assert not found.refused


def test_what_no_one_sees_around_a_name_is_no_part_of_it(tmp_path):
    """Folders of results are named like reports, and Windows has no name that ends in a space."""
    for name in (" a.txt", "b\u3000.txt", "\ufeffc.txt", "d /e.txt", "\u3000.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list(open_reports_folder(tmp_path, 64).files) == ["a", "b", "c", "d_e", "\u3000"]


@pytest.mark.parametrize("name", ["across.txt", "Across.md", " across.txt"])
def test_no_report_has_the_name_of_a_folder_of_results(folder, name):
    (folder / name).write_text("x", encoding="utf-8")
    assert refusals(open_reports_folder(folder, 64)) == {(name, "bad-name")}


def test_a_table_that_cannot_be_read_is_refused_with_the_reason(folder):
    def fail(path):
        raise EmphasisError(f"{path.name}: has no column of texts")

    (folder / "all.csv").write_text("x", encoding="utf-8")
    found = open_reports_folder(folder, 64, fail)
    assert [(r.code, r.message) for r in found.refused] == [("unreadable-table", "all.csv: has no column of texts")]


def test_a_name_that_is_too_long_gets_a_short_id_of_its_own(folder):
    for end in "甲乙":
        (folder / f"{'长' * 80}{end}.txt").write_text("x", encoding="utf-8")
    found = open_reports_folder(folder, 64)
    long = [name for name in found.files if name.startswith("长长")]
    assert len(long) == 2 and all(len(name.encode()) <= LONGEST_ID for name in long)
    assert {r.code for r in found.refused} == {"long-name"} and {r.report_id for r in found.refused} == set(long)
    assert found.outlines_of(found.batches[0]) == [str(folder / "b.outline.yaml")]


def test_a_name_in_the_bytes_of_gbk_is_refused_and_shown_as_it_was_meant(folder):
    try:
        (folder / os.fsdecode("报告".encode("gbk") + b".txt")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    found = open_reports_folder(folder, 64)
    assert refusals(found) == {("报告.txt", "bad-name")}
    assert "GBK" in found.refused[0].message


def test_an_outline_lies_beside_its_report_under_its_id_or_stem(folder):
    (folder / "2024").mkdir()
    for name in ("a.txt", "a.outline.yaml", "b.txt", "2024_b.outline.yaml"):
        (folder / "2024" / name).write_text("x", encoding="utf-8")
    found = open_reports_folder(folder, 64)
    outlines = {Path(path).relative_to(folder).as_posix() for path in found.outlines_of(found.batches[0])}
    assert outlines == {"b.outline.yaml", "2024/a.outline.yaml", "2024/2024_b.outline.yaml"}


def test_outlines_out_of_the_folder_and_those_without_a_report_are_named(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.outline.yaml"
    elsewhere.write_text("x", encoding="utf-8")
    (folder / "b.outline.yaml").unlink(missing_ok=True)
    (folder / "b.outline.yaml").symlink_to(elsewhere)
    (folder / "c.outline.yaml").write_text("x", encoding="utf-8")
    found = open_reports_folder(folder, 64)
    assert found.outlines_of(found.batches[0]) == []
    assert refusals(found) == {("b.outline.yaml", "outside-folder"), ("c.outline.yaml", "outline-without-report")}


def test_files_that_are_passed_over_are_named_if_they_could_be_reports(folder):
    silent = [".DS_Store", "._b.txt", "~$b.docx", "README.md", "README.zh-CN.md", "b.txt~", ".b.txt.swp"]
    for name in [*silent, ".a.txt", "README 2025.docx"]:
        (folder / name).write_text("x", encoding="utf-8")
    assert refusals(open_reports_folder(folder, 64)) == {
        (".a.txt", "file-passed-over"),
        ("README 2025.docx", "file-passed-over"),
    }
