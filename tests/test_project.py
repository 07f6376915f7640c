"""What holds for the project's own files."""

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from emphasis.publish.dictionary import dictionary
from emphasis.run.fingerprint import modules
from emphasis.store.markup import from_yaml
from support import ROOT
from support.project import made_once
from tools.update_reference import LANGUAGES, findings

FLOORS = [
    {"errors", "font", "project", "sections", "text"},
    {"store"},
    {"run"},
    {"ingest"},
    {"segment"},
    {"measures"},
    {"topics", "targets", "areas"},
    {"reference"},
    {"figures", "publish"},
    {"notebook", "notebook_settings"},
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
    for file in [*library(), *(ROOT / "scripts/steps").glob("*.py")]:
        assert not re.search(r"^\s*from \.", file.read_text(encoding="utf-8"), re.MULTILINE), f"{file}: relative import"


def test_a_script_s_modules_are_found_with_what_they_import():
    found = {
        Path(file).relative_to(ROOT / "scripts/emphasis").as_posix()
        for file in modules(ROOT / "scripts/steps/tfidf.py", ROOT / "scripts")
    }
    assert {
        "measures/tfidf.py",
        "store/tables.py",
        "store/atomic.py",
        "sections.py",
        "measures/__init__.py",
        "__init__.py",
    } <= found
    assert not any(file.startswith(("topics/", "figures/", "ingest/")) for file in found)


BY_HAND = {"evidence"}
"""Scripts that a person runs; every other is a step of the workflow."""


def test_every_step_has_a_rule_of_its_name():
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    for script in (ROOT / "scripts/steps").glob("*.py"):
        assert bool(re.search(rf"rule {script.stem}:", rules)) == (script.stem not in BY_HAND), script


def test_no_key_of_a_file_is_there_twice():
    """Of two the second counts, and whoever edits the first changes nothing."""
    listed = subprocess.run(["git", "ls-files", "*.yaml"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = listed.stdout.splitlines()
    assert len(files) > 100
    for file in files:
        from_yaml((ROOT / file).read_text(encoding="utf-8"))


def test_the_data_dictionary_is_up_to_date():
    expected = dictionary(ROOT / "workflow/schemas/tables", ROOT / "scripts/emphasis", ROOT / "config/areas")
    assert (ROOT / "results/README.md").read_text(encoding="utf-8") == expected, "run: make docs"


def test_the_api_reference_is_up_to_date():
    tool = runpy.run_path(str(ROOT / "scripts/tools/api_reference.py"))
    assert (ROOT / "docs/api.md").read_text(encoding="utf-8") == tool["api_reference"](ROOT / "scripts/emphasis"), (
        "run: make docs"
    )


def test_what_tests_share_is_made_once_and_again_after_a_failure(tmp_path_factory):
    begun = []

    def make(folder):
        folder.mkdir()
        begun.append(folder)
        if len(begun) == 1:
            raise ValueError("the first fails")

    with pytest.raises(ValueError, match="the first fails"):
        made_once(tmp_path_factory, "shared-by-tests", make)
    folders = [made_once(tmp_path_factory, "shared-by-tests", make) for _ in range(2)]
    assert begun == [folders[0]] * 2 == folders and folders[0].is_dir()


def test_the_plan_for_every_county_is_up_to_date():
    tool = runpy.run_path(str(ROOT / "scripts/tools/scale_page.py"))
    written = dict(tool["pages"]())
    assert {page.name for page in written} == {"scale.md", "scale.zh-CN.md"}
    for page, text in written.items():
        assert page.read_text(encoding="utf-8") == text, "run: make docs"
    # Both have the same large numbers.
    english, chinese = (set(re.findall(r"\d{1,3}(?:,\d{3})+", text.partition("## ")[2])) for text in written.values())
    assert english == chinese


def test_what_was_measured_is_carried_on_along_a_line_or_faster():
    carried_on = runpy.run_path(str(ROOT / "scripts/tools/scale_page.py"))["carried_on"]
    assert carried_on(10, 100, (10, 100), 1000) == pytest.approx(1000)
    # Twice as dear per report at the larger size: ten times the reports cost 20 times as much, and so on.
    assert carried_on(10, 200, (10, 100), 1000) == pytest.approx(4000)
    # 5 and 0.5 for each report: what comes once does not grow.
    assert carried_on(10, 55, (10, 100), 1000) == pytest.approx(505)
    # What took less of more reports does not go on falling.
    assert carried_on(10, 8, (10, 100), 1000) == pytest.approx(8)


def test_the_example_notebook_shows_what_its_cells_give():
    """Every output of docs/example.ipynb, as text and as HTML."""
    command = [sys.executable, "scripts/tools/run_notebook.py", "--check"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cells = json.loads((ROOT / "docs/example.ipynb").read_text(encoding="utf-8"))["cells"]
    assert all(cell["outputs"] for cell in cells if cell["cell_type"] == "code")
    # Each step has a line in Chinese.
    assert all(re.search("[一-鿿]", "".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown")


def test_the_readmes_show_the_reference_tables():
    for readme in LANGUAGES:
        assert findings(readme) in (ROOT / readme).read_text(encoding="utf-8"), "run: make reference"


def test_no_tracked_file_names_a_package_index():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=False, capture_output=True, text=True).stdout.split()
    names = re.compile("pypi" + r"\.org|pythonhosted|index-url|/simple\b")
    for name in listed:
        if (ROOT / name).is_file() and not name.startswith("seeds/"):
            assert not names.search((ROOT / name).read_text(encoding="utf-8", errors="ignore")) or name.endswith(
                "test_project.py"
            ), name


def test_provenance_agrees_with_python():
    """What a step imports when it is loaded, as Python itself says, is what its rule names as inputs."""
    program = """
import json, runpy, sys
for script in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] == "emphasis"]:
        del sys.modules[name]
    runpy.run_path(script, run_name="loaded")
    files = [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "emphasis"]
    print(json.dumps([script, files]))
"""
    scripts = sorted(map(str, (ROOT / "scripts/steps").glob("*.py")))
    done = subprocess.run(
        [sys.executable, "-c", program, *scripts], env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    shown = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert [script for script, _ in shown] == scripts
    for script, files in shown:
        found = set(modules(Path(script), ROOT / "scripts"))
        assert set(files) <= found, script
        # What is found beyond that is imported inside functions: what takes rows over, and what cuts tokens for some of a module's functions.
        assert len(found - set(files)) <= 20, (script, found - set(files))


def test_the_design_page_names_every_module_of_a_floor():
    page = (ROOT / "workflow/README.md").read_text(encoding="utf-8")
    floors = page[page.index("publish/    ") : page.index("text.py     ")].replace("\n            ", " ")
    named = {line.split("/", 1)[0]: set(line.split("/", 1)[1].strip().split(", ")) for line in floors.splitlines()}
    library = ROOT / "scripts/emphasis"
    there = {
        folder.name: {
            path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
        }
        - {"__init__"}
        for folder in library.iterdir()
        if (folder / "__init__.py").is_file()
    }
    assert named == there


STARTED = {
    "pytest-xdist": "make test: -n",
    "ruff": "make lint",
    "snakefmt": "make lint",
    "mypy": "make lint",
    "pandas-stubs": "make lint: mypy",
    "types-pyyaml": "make lint: mypy",
    "types-jsonschema": "make lint: mypy",
    "myst-parser": "scripts/docs_site/build.py: an extension of Sphinx",
    "furo": "scripts/docs_site/build.py: a theme of Sphinx",
    "uv": "scripts/tools/install.sh",
    "snakemake-logger-plugin-rich": "profiles/default",
    "snakemake-storage-plugin-s3": "tests/workflow/test_s3.py",
    "snakemake-executor-plugin-slurm": "profiles/slurm",
    "snakemake-executor-plugin-kubernetes": "profiles/kubernetes",
    "moto": "tests/workflow/test_s3.py: moto_server",
    "flask": "moto_server",
    "flask-cors": "moto_server",
    "justmytype-intl-cjk": "emphasis/font.py: its files",
}
"""Declared packages that no code imports, and who needs them."""


def test_every_declared_package_is_imported_or_has_a_user():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(name for group in project["dependency-groups"].values() for name in group),
    ]
    declared = {re.match(r"[\w.-]+", name).group().lower().replace(".", "-").replace("_", "-") for name in wanted}
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("scripts", "workflow", "tests", "benchmarks")
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in (".py", ".smk")
    ) + (ROOT / "Snakefile").read_text(encoding="utf-8")
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE))
    used = {
        name.lower().replace(".", "-").replace("_", "-")
        for module, names in packages_distributions().items()
        if module in imported
        for name in names
    }
    assert declared - used - set(STARTED) == set(), "declared in pyproject.toml, used by nothing"
    assert set(STARTED) <= declared


def test_locks_agree():
    """A package that two locks name has the same versions in both."""
    pins = {}
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-cluster.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for package, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
            pins.setdefault(package, {}).setdefault(name, set()).add(version)
    base = {package for package, files in pins.items() if "requirements.lock" in files}
    assert {"snakemake", "jieba"} <= base and not base & {"pytest", "kubernetes", "duckdb"}
    for package, files in pins.items():
        assert len({frozenset(versions) for versions in files.values()}) == 1, f"{package}: {files}"
    assert all({"requirements-dev.lock", "requirements-cluster.lock"} <= set(pins[package]) for package in base)


def test_files_about_the_project_say_the_same():
    """Version, licence and key words in every file that other programs read them from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert project["version"] == citation["version"] == codemeta["version"]
    assert project["license"] == citation["license"] == codemeta["license"].rpartition("/")[2]
    assert project["description"] == codemeta["description"]
    assert citation["keywords"] == codemeta["keywords"]
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in codemeta["author"]]


def test_the_rules_import_nothing_that_takes_long():
    """They are read at every start, and by every job."""
    texts = [
        path.read_text(encoding="utf-8") for path in [ROOT / "Snakefile", *(ROOT / "workflow/rules").glob("*.smk")]
    ]
    imported = sorted(
        {name for text in texts for name in re.findall(r"^from (emphasis[\w.]*) import", text, re.MULTILINE)}
    )
    code = f"""
import sys
from importlib import import_module
sys.modules.update(dict.fromkeys(("pandas", "numpy", "scipy", "sklearn", "pyarrow")))
for name in {imported}:
    import_module(name)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert imported and done.returncode == 0, done.stderr
