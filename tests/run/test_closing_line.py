"""The line that a run ends with."""

from emphasis.run.closing_line import closing_line, where_things_are


def test_reports_warnings_and_what_was_left_out(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "reports.csv").write_text("report_id,confidence\na,high\nb,low\n", encoding="utf-8")
    (folder / "warnings.csv").write_text("report_id,code\nb,x\nc,unreadable\n", encoding="utf-8")
    line, confident = closing_line(tmp_path)
    assert line == f"2 reports, 2 warnings in {tmp_path}/corpus/warnings.csv; low confidence: b; left out: c."
    assert not confident


def test_a_file_that_is_there_twice_is_told(tmp_path):
    """As a browser saves it: 长春2025(1).txt. Tables of all reports would count it twice."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = ["a,9,high,f0", "b,9,high,f1", "c,9,high,f0", "d,0,low,f2", "e,0,low,f2"]
    (folder / "reports.csv").write_text("\n".join(["report_id,n_chars,confidence,sha256", *rows, ""]), encoding="utf-8")
    (folder / "warnings.csv").write_text("report_id,code\n", encoding="utf-8")
    line, _ = closing_line(tmp_path)
    assert line == "3 reports; not read: d, e; the same file again, counted twice: c (as a)."


def test_a_run_for_single_files_says_nothing_of_reports(tmp_path):
    line, confident = closing_line(tmp_path)
    assert line == f"finished; what was asked for is in {tmp_path}." and confident


def test_files_that_could_not_be_read_are_no_reports(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "reports.csv").write_text("report_id,n_chars,confidence\na,9000,high\nb,0,low\n", encoding="utf-8")
    (folder / "warnings.csv").write_text("report_id,code\nb,unreadable\n", encoding="utf-8")
    line, confident = closing_line(tmp_path)
    assert line == f"1 report, 1 warning in {tmp_path}/corpus/warnings.csv; not read: b." and not confident


def test_only_what_is_there_is_named(tmp_path):
    assert where_things_are(tmp_path) == []
    for name in (
        "tables/tfidf.csv",
        "tables/areas.csv",
        "figures/r/profile.svg",
        "figures/r/clouds/plan.svg",
        "site/index.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert where_things_are(tmp_path) == [
        f"  page     {tmp_path}/site/index.html",
        f"  tables   {tmp_path}/tables, 2 of them",
        f"  figures  {tmp_path}/figures, 2 as PNG, SVG and PDF",
    ]
