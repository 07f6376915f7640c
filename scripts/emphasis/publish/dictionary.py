"""What every table and column means, generated from the schemas and the measures' docstrings.

`dictionary` is the page results/README.md; `captions` are those of the tables in Snakemake's report.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from emphasis.errors import EmphasisError

if TYPE_CHECKING:
    from emphasis.store.tables import Field, Schema

_CORPUS = ("reports", "sections", "sentences", "tokens", "glossary", "warnings")
_STEPS = (
    *("outline", "found_terms", "counts", "report_terms", "report_sizes", "term_counts"),
    *("topic_models", "topic_fits", "topic_parts", "topic_evidence"),
)

DEFINITIONS = {
    "Keyword frequency": ("measures/frequency.py", "frequency"),
    "Keyword frequency by part": ("measures/frequency.py", "frequency_parts"),
    "Keyword frequency by section, intervals": ("measures/frequency.py", "section_intervals"),
    "Keyword frequency in the corpus": ("measures/frequency.py", "frequency_corpus"),
    "Keyword frequency: Poisson bounds": ("measures/frequency.py", "poisson_interval"),
    "Dispersion": ("measures/dispersion.py", "dispersion"),
    "TF-IDF": ("measures/tfidf.py", "tfidf"),
    "Keyness: effect sizes": ("measures/keyness.py", "effect_sizes"),
    "Keyness: permutation test": ("measures/significance.py", "permutation_p"),
    "Keyness: test in closed form, between reports whatever the setting": ("measures/significance.py", "closed_form_p"),
    "Keyness: many tests": ("measures/significance.py", "benjamini_hochberg"),
    "Attention to themes": ("measures/themes.py", "theme_values"),
    "Attention: agreement of definitions": ("measures/themes.py", "theme_correlations"),
    "Structure and style": ("measures/structure.py", "structure"),
    "Structure: MATTR": ("measures/structure.py", "mattr"),
    "Structure: MTLD": ("measures/structure.py", "mtld"),
    "Structure: order of tasks": ("measures/structure.py", "tasks"),
    "Panel": ("measures/panel.py", "panel"),
    "Shared text": ("measures/reuse.py", "reuse"),
    "Shared text: passages": ("measures/shared_text.py", "shared_passages"),
    "Shared text: which reports": ("measures/report_pairs.py", "related_pairs"),
    "Formulaic sentences": ("measures/shared_text.py", "formula_table"),
    "Similarity of reports": ("measures/similarity.py", "similarity"),
    "New and vanished terms": ("measures/similarity.py", "term_changes"),
    "First use of terms": ("measures/similarity.py", "first_use"),
    "Sensitivity of attention": ("measures/themes.py", "theme_ranges"),
    "Sensitivity of keywords": ("measures/themes.py", "keyword_ranges"),
    "Targets: comparable or not": ("targets/pairs.py", "pairs"),
    "Targets: attainment": ("targets/pairs.py", "attainment"),
    "Targets: against the level above": ("targets/pairs.py", "gaps"),
    "Targets: hardness": ("targets/relations.py", "hardness"),
    "Topics: model": ("topics/model.py", "fit"),
    "Topics: words inside terms": ("topics/corpus.py", "decompound"),
    "Topics: number": ("topics/validation.py", "completion_curve"),
    "Topics: shares of a text": ("topics/model.py", "shares"),
    "Topics: shares of sections": ("topics/shares.py", "share_rows"),
    "Topics: large corpora": ("topics/fitting.py", "update_online"),
    "Topics: coherence": ("topics/validation.py", "coherence"),
    "Topics: validation": ("topics/validation.py", "validate"),
    "Topics: policy or formula": ("topics/tables.py", "topic_prevalence"),
    "Topics: coverage": ("topics/tables.py", "coverage"),
    "Topics: labels": ("topics/tables.py", "topic_label"),
    "Topics: tree": ("topics/tables.py", "topic_tree"),
    "Topics: changes": ("topics/changes.py", "topic_changes"),
}
"""Heading, and the function whose docstring is the definition; see also `_by_convention`."""

_INTRODUCTION = """# What is in this folder

This page is made from the table schemas and the docstrings by `make docs`; a test keeps it true.

- `corpus/`: the reports as data. Offsets count characters of the decoded file, from 0, the end excluded.
- `tables/`: one table for each question, CSV in UTF-8 with a header; an empty field is a missing value.
- `figures/<report_id>/`: charts (profile, themes, terms, topics, targets, network), one column of a journal wide, as PNG (300
  dpi), SVG and PDF; `clouds/` has word clouds, each with its words as bars, a page wide. A chart that has nothing to show says why.
- `figures/across/`: with several reports, themes over the years and by region, shared text, similarity.
- `site/index.html`: the page, which opens from disk: every number with the sentences behind it.
- `paper/`: for a paper: tables as LaTeX (`tex/`, shown by `sample.tex`) and Word, `workbook.xlsx`, methods texts, captions,
  `references.bib`, `citations.txt` (GB/T 7714). Chinese files have `.zh` before their ending.
- `manifest.json`: inputs, configuration, versions and the hash of every file here; `ro-crate-metadata.json` says the same as an
  RO-Crate, `datapackage.json` describes the tables as a Frictionless data package.
- `steps/`: what one step hands to the next.
- `logs/`: what each step said.

Spreadsheet programs that do not recognise UTF-8 by themselves show Chinese right when the file is imported with that
encoding.
"""


def dictionary(schema_folder: Path, library: Path) -> str:
    """The data dictionary as Markdown.

    Parameters
    ----------
    schema_folder : Path
        The table schemas.
    library : Path
        The folder of the package `emphasis`; its docstrings are read as text, nothing is imported.
    """
    schemas = _load(schema_folder)
    tables = [name for name in schemas if name not in _CORPUS + _STEPS]
    lines = [_INTRODUCTION]
    for folder, names in {"corpus": _CORPUS, "tables": tables, "steps": _STEPS}.items():
        lines += [f"## {folder}/", *_table_lines(schemas[name] for name in names)]
    lines += ["## Definitions", ""]
    for heading, (file, function) in (
        DEFINITIONS | _by_convention((schemas[name] for name in tables), library)
    ).items():
        definition = read_docstring(library / file, function)
        if not definition:
            raise EmphasisError(f"{library / file}: no function {function} with a docstring, which defines {heading!r}")
        lines += [f"### {heading}", "", "```text", definition, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


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
    return f"{folder}/{name}.{'parquet' if folder == 'steps' or name in ('sentences', 'tokens') else 'csv'}"


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
    """The docstring of a function, read as text without importing its module; empty where there is none."""
    tree = ast.parse(file.read_text(encoding="utf-8") if file.is_file() else "")
    found = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function)
    return next((inspect.cleandoc(ast.get_docstring(node) or "") for node in found), "")


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


def caption(schema: Schema) -> str:
    """What a table holds, which columns identify a row, and what each column is."""
    columns = [f"``{field.name}``\n    {_escape_markup(field.description)}" for field in schema.fields]
    key = ", ".join(f"``{name}``" for name in schema.key)
    head = f"**{schema.title}.** {_escape_markup(schema.description)} A row is identified by {key}."
    return "\n\n".join([head, "\n".join(columns)]) + "\n"


def _escape_markup(text: str) -> str:
    """Text without what reStructuredText or Jinja would read as markup."""
    return (
        text.replace("\\", "\\\\")
        .replace("*", "\\*")
        .replace("|", "\\|")
        .replace("_", "\\_")
        .replace("`", "\\`")
        .strip()
    )
