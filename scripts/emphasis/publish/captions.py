"""Captions of tables for `snakemake --report`, made from the schemas."""

from __future__ import annotations

from pathlib import Path

from emphasis.tables import Schema, load_schemas

_WITHOUT_SCHEMA = {"segmentation": "The text of the reports with every token marked, to be looked through."}


def captions(folder: Path) -> dict[str, str]:
    """The caption of each table by its name, as reStructuredText.

    Parameters
    ----------
    folder : Path
        workflow/schemas/tables.
    """
    schemas = load_schemas(sorted(folder.glob("*.yaml")))
    made = {name: caption(schema) for name, schema in schemas.items()}
    return made | {name: f"{text}\n" for name, text in _WITHOUT_SCHEMA.items()}


def caption(schema: Schema) -> str:
    """What a table holds, which columns identify a row, and what each column is."""
    columns = [f"``{field.name}``\n    {_plain(field.description)}" for field in schema.fields]
    key = ", ".join(f"``{name}``" for name in schema.key)
    head = f"**{schema.title}.** {_plain(schema.description)} A row is identified by {key}."
    return "\n\n".join([head, "\n".join(columns)]) + "\n"


def _plain(text: str) -> str:
    """Text without what reStructuredText or Jinja would read as markup."""
    return (
        text.replace("\\", "\\\\")
        .replace("*", "\\*")
        .replace("|", "\\|")
        .replace("_", "\\_")
        .replace("`", "\\`")
        .strip()
    )
