"""Lay out the sources of the documentation site for one language: pages by docs/site/contents.yaml, links as they are on the site."""

from __future__ import annotations

import csv
import json
import os
import re
import runpy
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mdit_py_plugins.anchors.index import slugify

ROOT = Path(__file__).parents[2]
CONTENTS = "docs/site/contents.yaml"
LANGUAGES = ("en", "zh")

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_CODE = re.compile(r"^(```.*?^```$)|(`[^`\n]+`)|(^<pre>.*?</pre>$)", re.MULTILINE | re.DOTALL)
_SWITCH = re.compile(r"^\[(?:中文|中文说明|English)\]\([^)]*\)\n+", re.MULTILINE)
_OTHER = {"en": "中文", "zh": "English"}


@dataclass
class Sources:
    """Where the pages of the site come from and go to.

    Attributes
    ----------
    root : Path
        The project.
    places : dict of str to str
        The page of each file of the project, without suffix.
    parts : dict of str to dict of str to str
        Of files that are several pages: the page of each anchor.
    faults : list of str
        Links that lead nowhere, with their files.
    files : set of str
        What is linked to and no page.
    """

    root: Path
    contents: dict[str, Any]
    places: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Path) -> Sources:
        """The sources of a project."""
        contents = yaml.safe_load((root / CONTENTS).read_text(encoding="utf-8"))
        sources = cls(root, contents)
        for page in [{"file": contents["home"], "as": "index"}, *sources.pages()]:
            place = page.get("as") or page["file"].removeprefix("docs/").rpartition(".")[0].lower()
            sources.places |= {page["file"]: place, _chinese(page["file"]): place}
            if page.get("split"):
                parts = _split((root / page["file"]).read_text(encoding="utf-8"), place)
                sources.parts[page["file"]] = {
                    slugify(heading): name
                    for name, part in parts.items()
                    for heading in re.findall(r"^#+ (.*)", part, re.MULTILINE)
                }
        for file, page in contents["elsewhere"].items():
            sources.places |= {file: sources.places[page], _chinese(file): sources.places[page]}
        return sources

    def pages(self) -> Iterator[dict[str, Any]]:
        """The pages other than the first, in order."""
        for part in self.contents["parts"]:
            yield from part["pages"]

    def lay_out(self, language: str, target: Path) -> None:
        """Write the pages of a language.

        Raises
        ------
        SystemExit
            If a link leads nowhere; the message has every one.
        """
        titles = {}
        for page in self.pages():
            titles[page["file"]] = self._write(page, language, target)
        home = self._file(self.contents["home"], language)
        text = self._on_site(home.read_text(encoding="utf-8"), home, "index")
        _put(target / "index.md", _switch(text, "index", language) + "\n" + self._trees(language, titles))
        if self.faults:
            sys.exit("\n".join(dict.fromkeys(self.faults)))

    def _write(self, page: dict[str, Any], language: str, target: Path) -> list[str]:
        """Write a page, or the pages it is split into; returns their places."""
        file, place = self._file(page["file"], language), self.places[page["file"]]
        text = _text(file, page, language)
        if not page.get("split"):
            _put(target / f"{place}.md", _switch(self._on_site(text, file, place), place, language))
            return [place]
        parts = _split(_named(text, self.root, language), place)
        for name, part in parts.items():
            _put(target / f"{name}.md", _switch(self._on_site(part, file, name), name, language))
        return list(parts)

    def _file(self, file: str, language: str) -> Path:
        """The page in a language or, where there is none, the one there is."""
        chinese = self.root / _chinese(file)
        return chinese if language == "zh" and chinese.is_file() else self.root / file

    def _trees(self, language: str, places: dict[str, list[str]]) -> str:
        blocks = []
        for part in self.contents["parts"]:
            lines = [line for page in part["pages"] for line in _entries(page, places[page["file"]], language)]
            head = f":caption: {part['title'][language]}\n:hidden:\n:maxdepth: 1\n"
            blocks.append(f"```{{toctree}}\n{head}\n" + "\n".join(lines) + "\n```\n")
        return "\n".join(blocks)

    def _on_site(self, text: str, file: Path, place: str) -> str:
        """The text of a file with its links as they are on the site; code is left alone."""
        text = _SWITCH.sub("", text, count=1)

        def link(match: re.Match[str]) -> str:
            mark, said, address = match.groups()
            if re.match(r"[a-z]+:", address) or address.startswith("#"):
                return match[0]
            path, _, anchor = address.partition("#")
            found = (file.parent / path).resolve()
            if not found.exists() or not found.is_relative_to(self.root):
                self.faults.append(f"{file.relative_to(self.root)}: a link to {address}, which is not there")
                return match[0]
            name = found.relative_to(self.root).as_posix()
            if found.is_dir():
                return said
            if name not in self.places:
                return f"{mark}[{said}]({self._copied(name, place)})"
            page = self.parts.get(name, {}).get(anchor, self.places[name])
            to = os.path.relpath(page, Path(place).parent)
            return f"{mark}[{said}]({to}.md{'#' * bool(anchor)}{anchor})"

        pieces = []
        end = 0
        for code in _CODE.finditer(text):
            pieces += [_LINK.sub(link, text[end : code.start()]), code[0]]
            end = code.end()
        return "".join([*pieces, _LINK.sub(link, text[end:])])

    def _copied(self, name: str, place: str) -> str:
        """The address of a file that is no page; `copy_files` takes it along."""
        self.files.add(name)
        return os.path.relpath(f"files/{name}", Path(place).parent)

    def copy_files(self, target: Path) -> None:
        """Take along the pictures and data that pages lead to."""
        for name in sorted(self.files):
            to = target / "files" / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.root / name, to)


def _chinese(file: str) -> str:
    stem, _, suffix = file.rpartition(".")
    return f"{stem}.zh-CN.{suffix}"


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _entries(page: dict[str, Any], places: list[str], language: str) -> list[str]:
    """The lines of a table of contents for a page and its parts; a page may be called otherwise there than it is titled."""
    title = page.get("title", {}).get(language)
    return [f"{title} </{places[0]}>" if title else f"/{places[0]}", *(f"/{place}" for place in places[1:])]


def _split(text: str, place: str) -> dict[str, str]:
    """A page in parts, one for each heading of level 2, which becomes a title; the first is what comes before."""
    head, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    parts = {f"{place}-{slugify(each.partition(chr(10))[0]).strip('-')}": each for each in rest}
    return {place: head} | {
        name: "# " + re.sub(r"^###", "##", part, flags=re.MULTILINE) for name, part in parts.items()
    }


def _switch(text: str, place: str, language: str) -> str:
    """The text with a link to the same page in the other language, above its title."""
    other = next(each for each in LANGUAGES if each != language)
    up = "../" * (place.count("/") + 1)
    return f'<p class="other-language"><a href="{up}{other}/{place}.html" lang="{other}">{_OTHER[language]}</a></p>\n\n{text}'


def _text(file: Path, page: dict[str, Any], language: str) -> str:
    """A file as Markdown."""
    text = file.read_text(encoding="utf-8")
    if page["file"] == "docs/figures.md":
        # The page in docs has both languages; its maker can write one.
        text = runpy.run_path(str(ROOT / "scripts/tools/figures_page.py"))["page"]([language])
    if file.suffix == ".ipynb":
        return "\n\n".join(_cell(cell) for cell in json.loads(text)["cells"])
    if file.suffix == ".yaml":
        return f"# {page['title'][language]}\n\n```yaml\n{text.rstrip()}\n```\n"
    return _half(text, language)


def _half(text: str, language: str) -> str:
    """Of a page that says the same in English and, under a second title, in Chinese, the half in a language."""
    halves = re.split(r"^(?=# .*[一-鿿])", _without_code(text), maxsplit=1, flags=re.MULTILINE)
    if len(halves) == 1 or not halves[0].strip():
        return text
    return text[: len(halves[0])] if language == "en" else text[len(halves[0]) :]


def _without_code(text: str) -> str:
    """The text with code blanked out."""
    return _CODE.sub(lambda match: " " * len(match[0]), text)


def _cell(cell: dict[str, Any]) -> str:
    """A cell of a notebook: text, or code with what it gives."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return source
    parts = [f"```python\n{source}\n```"]
    for output in cell["outputs"]:
        data = output.get("data", {"text/plain": output.get("text", [])})
        if "text/html" in data:
            parts.append('<div class="output">' + "".join(data["text/html"]).replace("\n", "") + "</div>")
        else:
            parts.append(f"```text\n{''.join(data['text/plain']).rstrip()}\n```")
    return "\n\n".join(parts)


def _named(text: str, root: Path, language: str) -> str:
    """The data dictionary with the Chinese names of its tables and columns, for readers of Chinese."""
    if language != "zh":
        return text
    with (root / "workflow/schemas/names.zh.tsv").open(encoding="utf-8", newline="") as lines:
        names = {(row["kind"], row["name"]): row["zh"] for row in csv.DictReader(lines, delimiter="\t")}
    out: list[str] = []
    table = ""
    for line in text.splitlines():
        if heading := re.match(r"(#+ )(\w+)(\.\w+): (.*)", line):
            table = heading[2]
            line = f"{heading[1]}{table}{heading[3]}：{names.get(('table', table), heading[4])}"  # noqa: PLW2901
        elif line == "| column | type | meaning |":
            line = "| 列 | 中文名 | 类型 | 含义 |"  # noqa: PLW2901
        elif out and out[-1].startswith("| 列 |"):
            line = "|---" + line  # noqa: PLW2901
        elif table and (row := re.match(r"\| (\w+) \| (\w+ \|.*)", line)):
            name = names.get(("column", f"{table}.{row[1]}")) or names.get(("column", row[1]), "")
            line = f"| {row[1]} | {name} | {row[2]}"  # noqa: PLW2901
        out.append(line)
    return "\n".join(out) + "\n"
