import errno

import pyarrow as pa
import pytest

from emphasis.errors import EmphasisError
from emphasis.run.job import logged


def failing(tmp_path, capsys, error):
    with pytest.raises(SystemExit) as end, logged(str(tmp_path / "logs/step.log")):
        print("working")
        raise error
    assert end.value.code == 1
    return capsys.readouterr().err, (tmp_path / "logs/step.log").read_text(encoding="utf-8")


def test_a_fault_of_the_input_is_reported_in_its_own_words(tmp_path, capsys):
    shown, log = failing(tmp_path, capsys, EmphasisError("r.txt: line 3: no year; write it"))
    assert shown.startswith("policy-emphasis: r.txt: line 3: no year; write it\n")
    assert "Traceback" not in shown + log and "working" in shown


def test_a_full_disk_says_what_to_do(tmp_path, capsys):
    shown, _ = failing(tmp_path, capsys, OSError(errno.ENOSPC, "No space left on device", "results/x.csv"))
    assert "results/x.csv: No space left on device; make room on the disk" in shown


def test_too_little_memory_is_no_fault_to_be_reported(tmp_path, capsys):
    with pytest.raises(SystemExit), logged(str(tmp_path / "log")):
        _ = pa.allocate_buffer(2**62)
    assert "not enough memory; run snakemake again with --cores 1" in capsys.readouterr().err
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_fault_of_the_program_keeps_its_traceback_in_the_log(tmp_path, capsys):
    shown, log = failing(tmp_path, capsys, ZeroDivisionError("division by zero"))
    assert "please report it" in shown and "Traceback (most recent call last)" in log
    assert "ZeroDivisionError" in shown.splitlines()[-1]


def test_a_step_that_succeeds_keeps_its_log(tmp_path, capsys):
    with logged(str(tmp_path / "step.log")):
        print("done")
    assert (tmp_path / "step.log").read_text() == "done\n"
    assert capsys.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_is_reported_too(tmp_path, capsys):
    (tmp_path / "logs").write_text("a file where the folder should be")
    with pytest.raises(SystemExit) as end, logged(str(tmp_path / "logs/step.log")):
        raise AssertionError("the step must not run")
    assert end.value.code == 1
    shown = capsys.readouterr().err
    assert "logs" in shown and "check the disk and the path" in shown and "Traceback" not in shown
