"""What can be said of Windows without one: nothing of the project needs what only POSIX has."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pandas as pd

from support import ROOT, TESTS
from support.project import SNAKEMAKE

REPORT = """各位代表：
  现在，我代表市政府，向大会报告工作。
  一、2024年工作回顾
  （一）经济稳步增长。地区生产总值增长5%，固定资产投资增长6%。空气质量改善。
  二、2025年工作安排
  （一）扩大有效需求。地区生产总值增长5.5%以上，城镇新增就业3万人以上。
"""
# Steps, the processes that they start, and all that these import do without POSIX.
WITHOUT_POSIX = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, [TESTS / "support/windows", ROOT / "scripts"]))}


def call(command, folder):
    done = subprocess.run(
        command, cwd=folder, env=WITHOUT_POSIX, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_a_run_without_posix(tmp_path):
    """A page is read by a process of its own, whose limits `resource` would set."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/长春-2025.txt").write_bytes(REPORT.encode("gb18030"))
    page = "".join(f"<p>{line.strip()}</p>" for line in REPORT.splitlines())
    (tmp_path / "seeds/b-2025.html").write_text(
        f"<html><meta charset=utf-8><body>{page}</body></html>", encoding="utf-8"
    )
    said = call(
        [str(SNAKEMAKE), "-s", str(ROOT / "workflow/Snakefile"), "--cores", "1", "results/corpus/tokens.parquet"],
        tmp_path,
    )
    assert "policy-emphasis: 2 reports" in said
    tokens = pd.read_parquet(tmp_path / "results/corpus/tokens.parquet")
    terms = [tokens.loc[tokens["report_id"] == name, "token"].tolist() for name in ("长春-2025", "b-2025")]
    assert "地区生产总值" in terms[0]
    assert terms[0] == terms[1]


def test_every_step_is_imported_without_posix(tmp_path):
    program = """
import os, runpy, sys
for script in sys.argv[1:]:
    runpy.run_path(script, run_name="loaded")
try:
    os.fork()
except AttributeError:
    print("all of them")
"""
    steps = sorted(map(str, (ROOT / "scripts/steps").glob("*.py")))
    assert "all of them" in call([sys.executable, "-c", program, *steps], tmp_path)


def test_what_is_refused_is_refused_to_the_project(tmp_path):
    """Else the tests above would say nothing."""
    place = ROOT / "scripts/emphasis/made_up.py"
    for line in ("import fcntl", "from resource import getrlimit", "import os; os.getuid()"):
        program = f"exec(compile({line!r}, {str(place)!r}, 'exec'))"
        done = subprocess.run([sys.executable, "-c", program], env=WITHOUT_POSIX, capture_output=True, check=False)
        assert done.returncode == 1
        assert b"has no attribute" in done.stderr or b"No module named" in done.stderr


def calls(file):
    """Calls of functions by name, with their arguments."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            constants = {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
            yield name, constants, {word.arg for word in node.keywords}, f"{file}, line {node.lineno}"


def test_texts_are_read_and_written_in_utf_8_with_one_kind_of_line_end():
    """Python's own choices are those of the system: on a Chinese Windows GBK, and line ends of two characters."""
    files = [*(ROOT / "scripts/emphasis").rglob("*.py"), *(ROOT / "scripts/steps").glob("*.py")]
    found = [call for file in files for call in calls(file)]
    assert len([name for name, *_ in found if name == "read_text"]) > 20
    for name, constants, named, where in found:
        if name == "read_text":
            assert "encoding" in named, where
        if name == "write_text" and "encoding" in named:
            assert "newline" in named, where
        if name == "open" and constants & {"w", "a", "x"} and "workbook.py" not in where:  # members of an archive
            assert {"encoding", "newline"} <= named, where
