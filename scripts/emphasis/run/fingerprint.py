"""What a step is made from, as hashes that change when a result could change: comments, docstrings and layout do not count.

A rule has these hashes among its parameters, which Snakemake compares. Of code, the syntax trees are hashed: those of the
step's script and of the library modules that it imports, directly or not. Of data, what the files say once they are read.
"""

from __future__ import annotations

import ast
import gc
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from emphasis.store.markup import from_yaml

CONCERN_ONLY_THE_RUN = frozenset(
    {"__init__.py", "errors.py", "run/__init__.py", "run/job.py", "run/lock.py", "run/records.py"}
)
"""Modules of the library that have no part in what a step writes: the version, the class of errors, log, lock and records.
What prints the version has it as a parameter."""


_FIELDS = {
    kind: tuple(name for name in kind._fields if name != "ctx")
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
"""What the nodes of a syntax tree consist of. Whether a name is read or set (`ctx`) follows from where it is."""
_END = object()
_FORMULA_OR_REFERENCES = re.compile(r"::\n|``[^`]* = |^ *References\n", re.MULTILINE)


class _Module(NamedTuple):
    digest: str
    imports: tuple[str, ...]
    """Dotted names in the package, each of a module or of something in one."""
    docstrings: tuple[str, ...]


@cache
def modules(script: Path, root: Path) -> tuple[str, ...]:
    """Files of the library that a script imports, directly or not, sorted.

    Imports count wherever they are, in functions too. Relative imports are not used in this project.

    Parameters
    ----------
    script : Path
    root : Path
        The folder that holds the package `emphasis`.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        for name in _parse(waiting.pop()).imports:
            new = set(_files(name, root)) - found
            found |= new
            waiting += new
    return tuple(sorted(map(str, found)))


def fingerprint(script: Path, root: Path) -> str:
    """A hash of the script and of what `modules` finds, with their data, without comments, docstrings and what concerns only the run."""
    digest = hashlib.sha256(_parse(script).digest.encode())
    for file in map(Path, modules(script, root)):
        if file.relative_to(root / "emphasis").as_posix() not in CONCERN_ONLY_THE_RUN:
            digest.update(f"{file.relative_to(root).as_posix()} {_parse(file).digest}\n".encode())
            # A module's data lie beside it under its name.
            data = file.with_suffix(".tsv")
            digest.update(data.read_bytes() if data.exists() else b"")
    return digest.hexdigest()


def definitions(files: Iterable[Path]) -> str:
    """A hash of the docstrings in these files that have a formula or a section of references: what is quoted in texts."""
    quoted = [text for file in files for text in _parse(file).docstrings if _FORMULA_OR_REFERENCES.search(text)]
    return hashlib.sha256(repr(quoted).encode()).hexdigest()


@cache
def contents(file: Path) -> str:
    """A hash of what a data file says: of YAML the parsed document, of other text the lines that are no comments.

    A file that cannot be read as such is hashed as it is: the step that reads it says what is wrong.
    """
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        if file.suffix in (".yaml", ".yml"):
            data = json.dumps(from_yaml(text), default=str).encode()
        else:
            data = "\n".join(line for line in text.splitlines() if line.strip() and not line.startswith("#")).encode()
    except (ValueError, yaml.YAMLError):
        pass
    return hashlib.sha256(data).hexdigest()


@cache
def _parse(file: Path) -> _Module:
    # A hundred thousand nodes are made and soon given up; looking for cycles among them, of which there are none, would take
    # as long again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        said, imports, docstrings = _read_tree(ast.parse(file.read_bytes()))
        return _Module(hashlib.sha256("\n".join(said).encode()).hexdigest(), tuple(imports), tuple(docstrings))
    finally:
        if collecting:
            gc.enable()


def _read_tree(tree: ast.AST) -> tuple[list[str], list[str], list[str]]:
    """A syntax tree as text, without positions and docstrings (strings that are statements); what it imports; its docstrings.

    `ast.dump` says the same, in three times the time and differently in each version of Python. ``x = 1`` becomes::

        Module body [ Assign targets value Constant value 1 [ Name id 'x' ] ]
    """
    said: list[str] = []
    imports: list[str] = []
    docstrings: list[str] = []
    waiting: list[Any] = [tree]
    say, wait, following = said.append, waiting.append, waiting.pop
    while waiting:
        node = following()
        kind = node.__class__
        fields = _FIELDS.get(kind)
        if fields is not None:
            if kind is ast.Expr and node.value.__class__ is ast.Constant and isinstance(node.value.value, str):
                docstrings.append(node.value.value)
                continue
            say(kind.__name__)
            values = node.__dict__
            for name in fields:
                value = values.get(name)
                if value is not None and value != []:
                    say(name)
                    wait(value)
            if kind is ast.ImportFrom:
                imports += [f"{node.module}.{alias.name}" for alias in node.names]
            elif kind is ast.Import:
                imports += [alias.name for alias in node.names]
        elif kind is list:
            say("[")
            wait(_END)
            waiting += node
        else:
            say("]" if node is _END else repr(node))
    return said, [name for name in imports if name.split(".")[0] == "emphasis"], docstrings


@cache
def _files(name: str, root: Path) -> tuple[Path, ...]:
    """The files of a module and of the packages around it; the last part of the name may be something in the module."""
    places = [root]
    found = []
    for part in name.split("."):
        places.append(places[-1] / part)
        found += [file for file in (places[-1] / "__init__.py", places[-1].with_suffix(".py")) if file.is_file()]
    return tuple(found)
