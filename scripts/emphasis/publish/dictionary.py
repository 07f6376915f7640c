"""What every table and column means, generated from the schemas and the measures' docstrings.

`dictionary` is the page results/README.md; `captions` are those of the tables in Snakemake's report.
"""

from __future__ import annotations

import ast
import csv
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.errors import EmphasisError
from emphasis.store.markup import from_yaml

if TYPE_CHECKING:
    from emphasis.store.tables import Field, Schema

_CORPUS = ("reports", "sections", "sentences", "sentence_areas", "tokens", "vocabulary", "glossary", "warnings")
_STEPS = (
    *(
        "outline",
        "found_terms",
        "counts",
        "report_terms",
        "report_sizes",
        "term_counts",
        "term_uses",
        "sentence_hashes",
    ),
    *("topic_models", "topic_fits", "topic_parts", "topic_evidence"),
)

_PARQUET = ("sentences", "sentence_areas", "tokens", "vocabulary")
_FILES = {"sentence_areas": "corpus/areas.parquet"}
"""Tables whose file has another name: the areas of sentences lie beside the sentences, their shares in tables/areas.csv."""

DEFINITIONS: dict[str, list[str]] = from_yaml(Path(__file__).with_name("definitions.yaml").read_text(encoding="utf-8"))
"""Heading, and the function whose docstring is the definition: its file and its name; see also `_by_convention`."""


def dictionary(schema_folder: Path, library: Path, areas: Path) -> str:
    """The data dictionary as Markdown.

    Parameters
    ----------
    schema_folder : Path
        The table schemas.
    library : Path
        The folder of the package `emphasis`; its docstrings are read as text, nothing is imported.
    areas : Path
        The folder of the coder of policy areas, for how well it codes.
    """
    schemas = _load(schema_folder)
    tables = [name for name in schemas if name not in _CORPUS + _STEPS]
    lines = [Path(__file__).with_name("introduction.md").read_text(encoding="utf-8")]
    for folder, names in {"corpus": _CORPUS, "tables": tables, "steps": _STEPS}.items():
        lines += [f"## {folder}/", *_table_lines(schemas[name] for name in names)]
    lines += ["## How well sentences are coded", "", *_coding_lines(areas), "", "## Definitions", ""]
    for heading, (file, function) in (
        DEFINITIONS | _by_convention((schemas[name] for name in tables), library)
    ).items():
        definition = read_docstring(library / file, function)
        if not definition:
            raise EmphasisError(f"{library / file}: no function {function} with a docstring, which defines {heading!r}")
        lines += [f"### {heading}", "", "```text", definition, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _coding_lines(folder: Path) -> Iterator[str]:
    """Precision, recall and F1 of each area on reports that the coder had not seen, from its validation."""
    with (folder / "areas.tsv").open(encoding="utf-8", newline="") as lines:
        names = {row["area"]: f"{row['name_en']} {row['name_zh']}" for row in csv.DictReader(lines, delimiter="\t")}
    with (folder / "validation.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["sample"] == "held-out reports"]
    (whole,) = (row for row in rows if row["area"] == "all")
    yield (
        f"Of {int(whole['n']):,} coded sentences, each coded by models that had seen no sentence of its report, {float(whole['recall']):.1%} have the "
        f"area that a reader gave them; macro-F1 is {float(whole['f1']):.3f}. The readers were language models, no human. "
        "[Which areas are taken for which](../docs/figures/coder.png); how this was measured: [docs/areas.md](../docs/areas.md)."
    )
    yield from ("", "| area | | sentences | precision | recall | F1 |", "|---|---|---|---|---|---|")
    for row in rows:
        if row["area"] in names:
            figures = " | ".join(f"{float(row[name]):.2f}" for name in ("precision", "recall", "f1"))
            yield f"| {row['area']} | {names[row['area']]} | {row['n']} | {figures} |"


def _by_convention(schemas: Iterable[Schema], library: Path) -> dict[str, tuple[str, str]]:
    """Definitions of tables that have the name of a function in a module of measures with that name too, under their titles."""
    listed = {function for _, function in DEFINITIONS.values()}
    places = {table.title: (f"measures/{table.name}.py", table.name) for table in schemas if table.name not in listed}
    return {title: place for title, place in places.items() if read_docstring(library / place[0], place[1])}


def table_path(name: str) -> str:
    """Where a table lies in the results: of those of the corpus and of steps, what grows fastest is Parquet.

    Examples
    --------
    >>> table_path("reports"), table_path("tokens"), table_path("counts"), table_path("tfidf")
    ('corpus/reports.csv', 'corpus/tokens.parquet', 'steps/counts.parquet', 'tables/tfidf.csv')
    """
    folder = "steps" if name in _STEPS else "corpus" if name in _CORPUS else "tables"
    ending = "parquet" if folder == "steps" or name in _PARQUET else "csv"
    return _FILES.get(name, f"{folder}/{name}.{ending}")


def table_name(path: str) -> str:
    """The table that lies at a place in the results, in those of a batch or of all reports.

    Examples
    --------
    >>> table_name("tables/areas.csv"), table_name("results/batches/0-of-2/corpus/areas.parquet")
    ('areas', 'sentence_areas')
    """
    at = "/".join(path.split("/")[-2:])
    return next((name for name, file in _FILES.items() if file == at), Path(path).stem)


def _load(folder: Path) -> dict[str, Schema]:
    from emphasis.store.tables import load_schemas  # noqa: PLC0415 - pandas comes with it; the methods text needs none

    return load_schemas(sorted(folder.glob("*.yaml")))


def _table_lines(schemas: Iterable[Schema]) -> Iterable[str]:
    for schema in schemas:
        file = table_path(schema.name).partition("/")[2]
        yield from ("", f"### {file}: {schema.title}", "", schema.description.strip(), "")
        yield f"A row is identified by {', '.join(schema.key)}; rows are sorted by {', '.join(schema.order)}."
        yield from ("", "| column | type | meaning |", "|---|---|---|")
        yield from (f"| {field.name} | {_type(field)} | {field.description} |" for field in schema.fields)
    yield ""


def _type(field: Field) -> str:
    return f"number, {field.decimals} decimals" if field.type == "number" else field.type


def read_docstring(file: Path, function: str) -> str:
    """The docstring of a function or class, read as text without importing its module; empty where there is none."""
    tree = ast.parse(file.read_text(encoding="utf-8") if file.is_file() else "")
    found = (n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == function)
    return next((inspect.cleandoc(ast.get_docstring(node) or "") for node in found), "")


_REPORT_ID = "**{{ snakemake.wildcards.report_id }}** "
_WITHOUT_SCHEMA = {"segmentation": "The text of the reports with every token marked, to be looked through."}


def captions(folder: Path) -> dict[str, str]:
    """The caption of each table by its name, as reStructuredText.

    Parameters
    ----------
    folder : Path
        workflow/schemas/tables.
    """
    made = {name: caption(schema) for name, schema in _load(folder).items()}
    return made | {name: f"{text}\n" for name, text in _WITHOUT_SCHEMA.items()}


def picture_captions(folder: Path) -> str:
    """The captions of all pictures of a report in one, for `snakemake --report` to choose from where a folder of pictures is one output.

    Snakemake has one caption for an output, and says which picture of the folder is meant: wildcard `chart`, or `name` of a cloud.
    The report is named by the heading that its pictures stand under.

    Parameters
    ----------
    folder : Path
        workflow/report.
    """
    own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rst"))}
    own = {name: text.replace(_REPORT_ID, "") for name, text in own.items() if _REPORT_ID in text}
    cases = [f"{{% elif picture == '{name}' %}}\n{text}" for name, text in own.items()]
    chosen = "{% set picture = snakemake.wildcards.get('chart', 'clouds') %}\n"
    return chosen + "".join(cases).replace("{% elif", "{% if", 1) + "{% endif %}\n"


def caption(schema: Schema) -> str:
    """What a table holds, which columns identify a row, and what each column is."""
    columns = [f"``{field.name}``\n    {_escape_markup(field.description)}" for field in schema.fields]
    key = ", ".join(f"``{name}``" for name in schema.key)
    head = f"**{schema.title}.** {_escape_markup(schema.description)} A row is identified by {key}."
    return "\n\n".join([head, "\n".join(columns)]) + "\n"


def _escape_markup(text: str) -> str:
    """Text without what reStructuredText or Jinja would read as markup."""
    return re.sub(r"([\\*|_`])", r"\\\1", text).strip()
