"""Name every place that a new table, step, reader or theme still lacks, and say what to write there (part of `make docs`)."""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import load_themes, theme_files
from emphasis.publish.dictionary import captions, dictionary
from emphasis.store.tables import Schema, load_schemas

SCHEMAS = "workflow/schemas/tables"
NAMES = "workflow/schemas/names.zh.tsv"
READERS = "scripts/emphasis/ingest/readers"
RESULTS = (
    "CORPUS",
    "TABLES",
    "INTERVAL_TABLES",
    "SENSITIVITY_TABLES",
    "COLLOCATE_TABLES",
    "EXPANSION_TABLES",
    "SECTION_TABLES",
    "VALIDATION_TABLES",
)
"""Lists of the rules that name the tables which are results."""
STANDARD = ("code", "log", "message", "needs")
"""What every rule of a step has: its library modules, a log, a message, and what it asks a cluster for."""


def forgotten(root: Path) -> list[str]:
    """One line for each forgotten place, beginning with the file.

    Parameters
    ----------
    root : Path
        The project.
    """
    rules = Rules(root / "workflow/rules")
    found = [*imports(root), *steps(root, rules), *tables(root, rules), *tests(root), *readers(root), *themes(root)]
    return list(dict.fromkeys(found))


class Rules:
    """The rules, read as text.

    Attributes
    ----------
    files : dict
        The file of each rule, by its name.
    blocks : dict
        The text of each rule, by its name.
    """

    def __init__(self, folder: Path) -> None:
        texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.smk"))}
        found = [(path, *pair) for path, text in texts.items() for pair in _rules_of(text)]
        self.files = {name: f"workflow/rules/{path.name}" for path, name, _ in found}
        self.blocks = {name: block for _, name, block in found}
        every = "\n".join(texts.values())
        self._lists: dict[str, str] = {}
        for match in re.finditer(
            r"^ *([A-Z][A-Z_]+) \+?= (.*?)(?=^ *\S+ \+?= |^\S|\Z)", every, re.MULTILINE | re.DOTALL
        ):
            self._lists[match[1]] = self._lists.get(match[1], "") + match[2]

    def part(self, rule: str, name: str) -> str:
        """The text of one part of a rule, such as `output`."""
        found = re.search(rf"^ +{name}:\n(.*?)(?=^ +\w+:\n|\Z)", self.blocks[rule], re.MULTILINE | re.DOTALL)
        return found[1] if found else ""

    def words(self, text: str) -> set[str]:
        """The words of a text, and those of the lists that it names."""
        words, waiting = set[str](), [text]
        while waiting:
            new = set(re.findall(r"\w+", waiting.pop())) - words
            words |= new
            waiting += [self._lists[word] for word in new if word in self._lists]
        return words

    def schemas(self, rule: str) -> list[str]:
        """The tables whose schemas a rule names one by one."""
        named = re.search(r"schemas=schemas\((.*?)\),\n", self.blocks[rule], re.DOTALL)
        return re.findall(r'"(\w+)"', named[1]) if named else []


def _rules_of(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"^( *)rule (\w+):\n(.*?)(?=^\1?\S|\Z)", text, re.MULTILINE | re.DOTALL):
        yield match[2], match[3]


def imports(root: Path) -> Iterator[str]:
    """What steps import from the library but the library has not."""
    for script in sorted((root / "scripts/steps").glob("*.py")):
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("emphasis."):
                continue
            path = "scripts/" + str(node.module).replace(".", "/")
            file = f"{path}/__init__.py" if (root / path).is_dir() else f"{path}.py"
            if not (root / file).is_file():
                yield f"{file}: missing; scripts/steps/{script.name} imports it: write the measure as a pure function"
                continue
            text = (root / file).read_text(encoding="utf-8")
            for name in node.names:
                if not re.search(rf"\b{name.name}\b", text) and not (root / path / f"{name.name}.py").is_file():
                    yield f"{file}: no {name.name}, which scripts/steps/{script.name} imports; write it"


def steps(root: Path, rules: Rules) -> Iterator[str]:
    """Steps without a rule, rules without a step, rules that lack what every rule has, schemas that rules name."""
    scripts = {path.stem for path in (root / "scripts/steps").glob("*.py")}
    for name in sorted(scripts - set(rules.blocks)):
        yield f"workflow/rules: no rule {name} for scripts/steps/{name}.py; write one like those in measures.smk"
    for name, block in rules.blocks.items():
        file = rules.files[name]
        if script := re.search(r"scripts/steps/(\w+)\.py", block):
            if script[1] not in scripts:
                yield f"scripts/steps/{script[1]}.py: missing; rule {name} in {file} runs it: write inputs, one call, outputs"
            for part in STANDARD:
                if not re.search(rf"\b{part}\b", block):
                    yield f"{file}: rule {name} has no {part}; copy it from the rule above and put in the rule's name"
        for table in rules.schemas(name):
            if not (root / SCHEMAS / f"{table}.yaml").is_file():
                yield f"{SCHEMAS}/{table}.yaml: missing; rule {name} in {file} names it: write title, description, key, fields"


def tables(root: Path, rules: Rules) -> Iterator[str]:
    """Tables that nothing makes or asks for, that have no name in Chinese, or whose pages are not up to date."""
    schemas = load_schemas(sorted((root / SCHEMAS).glob("*.yaml")))
    try:
        expected = dictionary(root / SCHEMAS, root / "scripts/emphasis", root / "config/areas")
    except EmphasisError as error:
        yield str(error)
        return
    made = set[str]().union(*(rules.words(rules.part(name, "output")) for name in rules.blocks))
    results = rules.words(" ".join(RESULTS))
    on_the_way = expected.partition("## steps/")[2]
    for name, schema in schemas.items():
        if name not in made:
            yield f'workflow/rules: no rule makes the table {name}; write one with {name}=in_batch(table("{name}")) as output'
        elif not (name in results or _is_of_section(schema) or f"\n### {name}." in on_the_way):
            yield f"workflow/rules: no target asks for the table {name}; add it to TABLES in measures.smk"
    yield from _names(root, schemas)
    if not _is(root / "results/README.md", expected):
        yield "results/README.md: not what the schemas and docstrings say; run `make docs`"
    for name, caption in captions(root / SCHEMAS).items():
        if not _is(root / f"workflow/report/tables/{name}.rst", caption):
            yield f"workflow/report/tables/{name}.rst: not what the schema says; run `make docs`"
    for name, schema in schemas.items():
        if _is_of_section(schema) and f"### {schema.title}\n" not in expected:
            yield f"scripts/emphasis/measures/{name}.py: no function {name}, whose docstring defines the table; write it"


def _is_of_section(schema: Schema) -> bool:
    by_section = schema.key in (("report_id", "section_id"), ("report_id", "unit", "name"))
    return by_section and schema.name not in ("outline", "sections")


def _names(root: Path, schemas: dict[str, Schema]) -> Iterator[str]:
    with (root / NAMES).open(encoding="utf-8", newline="") as lines:
        known = {(row["kind"], row["name"]) for row in csv.DictReader(lines, delimiter="\t")}
    wanted = dict.fromkeys(("table", name) for name in schemas)
    wanted |= dict.fromkeys(("column", name) for schema in schemas.values() for name in schema.columns)
    for kind, name in wanted:
        if (kind, name) not in known:
            yield f"{NAMES}: no Chinese name of the {kind} {name}; add a line: {kind}, {name} and the name, separated by tabs"


def tests(root: Path) -> Iterator[str]:
    """Modules of measures that no test imports."""
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "tests").rglob("*.py")))
    for path in sorted((root / "scripts/emphasis/measures").glob("[!_]*.py")):
        if f"emphasis.measures.{path.stem} import" not in texts:
            yield f"tests/measures/test_{path.stem}.py: missing; test {path.stem} with a case computed by hand"


def readers(root: Path) -> Iterator[str]:
    """Formats that are not known in all places."""
    registry = (root / READERS / "__init__.py").read_text(encoding="utf-8")
    known = set(re.findall(r'^ +"(\.\w+)": \(', registry, re.MULTILINE))
    accepted = (root / "scripts/emphasis/run/folder_listing.py").read_text(encoding="utf-8")
    listed = set(re.findall(r'"(\.\w+)"', re.search(r"^SUFFIXES = \((.*?)\)", accepted, re.MULTILINE | re.DOTALL)[1]))  # type: ignore[index]
    for path in sorted((root / READERS).glob("[!_]*.py")):
        is_reader = re.search(r"^def read\(", path.read_text(encoding="utf-8"), re.MULTILINE)
        if is_reader and not re.search(rf"\b{path.stem}\.read\b", registry):
            yield f"{READERS}/__init__.py: READERS has no entry for {path.name}; add its suffix, its `read`, the largest file"
    for suffix in sorted(known - listed):
        yield f"scripts/emphasis/run/folder_listing.py: SUFFIXES lacks {suffix}; add it where it comes in preference"
    for suffix in sorted(listed - known):
        yield f"{READERS}/__init__.py: READERS lacks {suffix}, which SUFFIXES has; add its reader"
    for file in ("seeds/README.md", "README.md", "README.zh-CN.md", "tests/ingest/test_readers.py"):
        text = (root / file).read_text(encoding="utf-8")
        for suffix in sorted(known - {".htm"}):
            if suffix not in text and suffix[1:] not in text:
                yield f"{file}: does not mention {suffix}; " + (
                    "test it" if file.endswith(".py") else "say that it is read"
                )


def themes(root: Path) -> Iterator[str]:
    """Dictionaries that the workflow would refuse."""
    for file in theme_files(root / "config/themes"):
        try:
            load_themes([file])
        except EmphasisError as error:
            yield str(error).replace(f"{root}/", "")


def _is(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    missing = forgotten(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2])
    sys.exit("\n".join(missing) or 0)
