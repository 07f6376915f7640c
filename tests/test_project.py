"""What holds for the project's own files."""

import re
import subprocess
from pathlib import Path

from conftest import ROOT

from emphasis.provenance import modules
from emphasis.publish.dictionary import dictionary

FLOORS = [
    {"errors", "sections", "text", "whole"},
    {"tables", "inbox", "config", "provenance", "job"},
    {"merge", "ingest"},
    {"segment"},
    {"measures"},
    {"topics", "targets"},
    {"figures", "publish"},
]
"""Top-level modules and packages of the library from the ground up; nothing imports from a floor above its own."""


def library():
    return sorted((ROOT / "scripts/emphasis").rglob("*.py"))


def test_nothing_imports_upward():
    height = {name: i for i, floor in enumerate(FLOORS) for name in floor}
    for file in library():
        place = file.relative_to(ROOT / "scripts/emphasis").parts[0].removesuffix(".py")
        if place == "__init__":
            continue
        for imported in re.findall(r"^\s*from emphasis\.(\w+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert height[imported] <= height[place], f"{file}: {place} imports {imported}"


def test_the_library_does_not_know_snakemake():
    for file in library():
        assert not re.search(r"^\s*(from|import) snakemake", file.read_text(encoding="utf-8"), re.MULTILINE), file


def test_imports_are_of_the_forms_that_provenance_reads():
    for file in [*library(), *(ROOT / "scripts").glob("*.py")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"^\s*from \.", text, re.MULTILINE), f"{file}: relative import"
        for name in re.findall(r"^\s*from emphasis import (.+)$", text, re.MULTILINE):
            assert name == "__version__", f"{file}: name the module, not the package"


def test_a_script_s_modules_are_found_with_what_they_import():
    found = {
        Path(file).relative_to(ROOT / "scripts/emphasis").as_posix()
        for file in modules(ROOT / "scripts/tfidf.py", ROOT / "scripts")
    }
    assert {"measures/tfidf.py", "tables.py", "whole.py", "sections.py", "measures/__init__.py", "__init__.py"} <= found
    assert not any(file.startswith(("topics/", "figures/", "ingest/")) for file in found)


def test_every_step_has_a_rule_of_its_name():
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    for script in (ROOT / "scripts").glob("*.py"):
        if script.stem != "data_dictionary":
            assert re.search(rf"rule {script.stem}:", rules), script


def test_the_data_dictionary_is_up_to_date():
    expected = dictionary(ROOT / "workflow/schemas/tables", ROOT / "scripts/emphasis")
    assert (ROOT / "results/README.md").read_text(encoding="utf-8") == expected, "run: make docs"


def test_no_tracked_file_names_a_package_index():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=False, capture_output=True, text=True).stdout.split()
    names = re.compile("pypi" + r"\.org|pythonhosted|index-url|/simple\b")
    for name in listed:
        if (ROOT / name).is_file() and not name.startswith("seeds/"):
            assert not names.search((ROOT / name).read_text(encoding="utf-8", errors="ignore")) or name.endswith(
                "test_project.py"
            ), name
