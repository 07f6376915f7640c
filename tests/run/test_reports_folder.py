from pathlib import Path

import pytest

from emphasis.errors import EmphasisError
from emphasis.run.reports_folder import ReportsFolder, is_sampled, open_reports_folder


@pytest.fixture
def folder(tmp_path):
    for name in ["b.txt", "长春 2025.txt", "README.md", ".hidden.txt", "b.outline.yaml", "~$b.docx"]:
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
