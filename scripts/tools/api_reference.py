"""Write docs/api.md, the reference of the functions that people call, from signatures and docstrings (part of `make docs`)."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

_INTRODUCTION = """# API reference

This page is made from the docstrings by `make docs`; a test keeps it true. [example.ipynb](example.ipynb) shows the library at
work, [results/README.md](../results/README.md) explains every column of its tables.

`pip install -e .` in a checkout makes `import emphasis` work in any folder.
"""
_DOOR = ("read_report", "read_reports", "Settings", "MeasuredReports", "MeasuredReport")
"""What `emphasis.notebook` has for people, with its settings, in the order in which they meet it."""
_HEADING = re.compile(r"^(Parameters|Returns|Yields|Raises|Attributes|Notes|References|Examples)\n-+\n", re.MULTILINE)
_ITEMS = ("Parameters", "Returns", "Yields", "Raises", "Attributes")

Definition = ast.FunctionDef | ast.ClassDef


def api_reference(library: Path) -> str:
    """The page as Markdown.

    Parameters
    ----------
    library : Path
        The folder of the package `emphasis`; its modules are read as text, nothing is imported.
    """
    modules = (library / "notebook_settings.py", library / "notebook.py")
    door = {node.name: node for module in modules for node in _definitions(module)}
    lines = [_INTRODUCTION, "## Reports in a notebook", "", "Imported from `emphasis` itself.", ""]
    for name in _DOOR:
        lines += _entry(door[name], "###")
    lines += ["## Measures", "", "Functions of tables, for tables of your own making.", ""]
    for path in sorted((library / "measures").glob("[!_]*.py")):
        summary = _docstring(ast.parse(path.read_text(encoding="utf-8")))
        lines += [f"### emphasis.measures.{path.stem}", "", _markdown(summary), ""]
        for node in _definitions(path):
            lines += _entry(node, "####")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _definitions(file: Path) -> Iterator[Definition]:
    """The public functions and classes of a module."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node


def _entry(node: Definition, level: str) -> Iterator[str]:
    yield from (f"{level} {node.name}", "")
    if isinstance(node, ast.FunctionDef):
        yield from ("```python", _signature(node), "```", "")
    yield from (_markdown(_docstring(node)), "")
    properties = [n for n in node.body if isinstance(n, ast.FunctionDef) and _is_property(n)]
    if isinstance(node, ast.ClassDef) and properties:
        yield from ("| attribute | what it is |", "|---|---|")
        yield from (f"| `{each.name}` | {' '.join(_docstring(each).split())} |" for each in properties)
        yield ""


def _is_property(node: ast.FunctionDef) -> bool:
    names = {ast.unparse(decorator) for decorator in node.decorator_list}
    return bool(names & {"property", "cached_property"}) and not node.name.startswith("_")


def _signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    arguments = ast.unparse(node.args)
    line = f"{node.name}({arguments}){returns}"
    if len(line) <= 100:
        return line
    # One argument a line; a comma inside brackets separates none.
    split = re.sub(r", (?![^\[\]()]*[\])])", ",\n    ", arguments)
    return f"{node.name}(\n    {split},\n){returns}"


def _docstring(node: Definition | ast.Module) -> str:
    return inspect.cleandoc(ast.get_docstring(node) or "")


def _markdown(text: str) -> str:
    """A docstring in the style of numpy as Markdown."""
    first, *rest = _HEADING.split(text)
    parts = [_prose(first)]
    for heading, body in zip(rest[::2], rest[1::2], strict=True):
        content = f"```python\n{body.strip()}\n```" if heading == "Examples" else _prose(body)
        parts += [f"**{heading}**", "\n".join(_items(body)) if heading in _ITEMS else content]
    return "\n\n".join(part for part in parts if part)


def _prose(text: str) -> str:
    """Paragraphs; what is indented behind a double colon is a block of code in both languages."""
    return re.sub(r"(\S)::$", r"\1:", text.strip(), flags=re.MULTILINE)


def _items(body: str) -> Iterator[str]:
    """A list of names with their types and what they mean."""
    for item in re.split(r"\n(?=\S)", body.strip()):
        head, _, meaning = item.partition("\n")
        name, colon, kind = head.partition(" : ")
        said = " ".join(inspect.cleandoc(meaning).split())
        yield f"- `{name}`" + (f" ({kind})" if colon else "") + (f": {said}" if said else "")


if __name__ == "__main__":
    root = Path(__file__).parents[2]
    (root / "docs/api.md").write_text(api_reference(root / "scripts/emphasis"), encoding="utf-8")
