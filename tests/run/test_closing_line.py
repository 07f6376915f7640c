"""The line that a run ends with."""

from emphasis.run.closing_line import closing_line


def test_reports_warnings_and_what_was_left_out(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "reports.csv").write_text("report_id,confidence\na,high\nb,low\n", encoding="utf-8")
    (folder / "warnings.csv").write_text("report_id,code\nb,x\nc,unreadable\n", encoding="utf-8")
    line, confident = closing_line(tmp_path)
    assert line == f"2 reports, 2 warnings in {tmp_path}/corpus/warnings.csv; low confidence: b; left out: c."
    assert not confident


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
