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
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from emphasis.store.atomic import write_text
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
    quoted: tuple[str, ...]
    """Docstrings with a formula or a section of references."""


_known: dict[str, _Module] = {}
"""Modules that have been read, by the SHA-256 of their bytes, so that an entry holds for any file with these contents."""
_used: set[str] = set()


def recall(place: Path) -> None:
    """Load what an earlier run found out about files of code; files whose contents have changed are read again.

    Parameters
    ----------
    place : Path
        What `remember` wrote; it may be missing or damaged.
    """
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(place.read_text(encoding="utf-8"))
        if found["by"] == _reader():
            _known.update(
                (sha, _Module(digest, tuple(names), tuple(quoted)))
                for sha, (digest, names, quoted) in found["of"].items()
            )


def remember(place: Path) -> None:
    """Save what was found out about the files that were asked for, for the next run, if any of it is new."""
    new = json.dumps({"by": _reader(), "of": {sha: _known[sha] for sha in sorted(_used)}}, ensure_ascii=False)
    with suppress(OSError):
        if not place.exists() or place.read_text(encoding="utf-8") != new:
            write_text(place, new)


@cache
def _reader() -> str:
    """What syntax trees are read by: this module and Python."""
    return hashlib.sha256(Path(__file__).read_bytes() + sys.version.encode()).hexdigest()


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
    found: set[str] = set()
    waiting = [str(script)]
    while waiting:
        for name in _parse(waiting.pop()).imports:
            new = _files(name, root) - found
            found |= new
            waiting += new
    return tuple(sorted(found))


def fingerprint(script: Path, root: Path) -> str:
    """A hash of the script and of what `modules` finds, with their data, without comments, docstrings and what concerns only the run."""
    digest = hashlib.sha256(_parse(str(script)).digest.encode())
    for file in modules(script, root):
        digest.update(_of_module(file, root))
    return digest.hexdigest()


@cache
def _of_module(file: str, root: Path) -> bytes:
    """What a step's hash is made from, of one module."""
    path = Path(file)
    if path.relative_to(root / "emphasis").as_posix() in CONCERN_ONLY_THE_RUN:
        return b""
    # A module's data lie beside it under its name.
    data = path.with_suffix(".tsv")
    return f"{path.relative_to(root).as_posix()} {_parse(file).digest}\n".encode() + (
        data.read_bytes() if data.exists() else b""
    )


def definitions(files: Iterable[Path]) -> str:
    """A hash of the docstrings in these files that have a formula or a section of references: what is quoted in texts."""
    quoted = [text for file in files for text in _parse(str(file)).quoted]
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
def _parse(file: str) -> _Module:
    data = Path(file).read_bytes()
    sha = hashlib.sha256(data).hexdigest()
    if sha not in _known:
        _known[sha] = _read(data)
    _used.add(sha)
    return _known[sha]


def _read(data: bytes) -> _Module:
    # A hundred thousand nodes are made and soon given up; looking for cycles among them, of which there are none, would take
    # as long again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        said, imports, docstrings = _read_tree(ast.parse(data))
        quoted = tuple(text for text in docstrings if _FORMULA_OR_REFERENCES.search(text))
        return _Module(hashlib.sha256("\n".join(said).encode()).hexdigest(), tuple(imports), quoted)
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
def _files(name: str, root: Path) -> frozenset[str]:
    """The files of a module and of the packages around it; the last part of the name may be something in the module."""
    places = [root]
    found = []
    for part in name.split("."):
        places.append(places[-1] / part)
        found += [str(file) for file in (places[-1] / "__init__.py", places[-1].with_suffix(".py")) if file.is_file()]
    return frozenset(found)
