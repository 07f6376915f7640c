"""The kit's tables from the reference, without a run of the workflow."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from emphasis.measures.dictionaries import Theme, load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.datapackage import datapackage
from emphasis.publish.paper.kit import kit_tables
from emphasis.publish.paper.model import Table
from emphasis.publish.paper.read import rows
from emphasis.targets.variables import load_variables, variable_fields

REFERENCE = ROOT / "tests/reference"
REPORT = "changchun-2025"
OWN = "themes structure frequency_parts dispersion tfidf keyness keyness_comparisons target_pairs".split()
OWN += "topics topic_sections topic_diagnostics".split()


def file_of(table: str) -> Path:
    return next(REFERENCE.glob(f"*/{table}.csv"))


@pytest.fixture(scope="session")
def themes() -> tuple[Theme, ...]:
    return load_themes((ROOT / "config/themes").glob("*.yaml"))


@pytest.fixture(scope="session")
def tables(themes) -> dict[str, Table]:
    own = {name: [file_of(name)] for name in ["sections", *OWN]}
    reports = list(rows(file_of("reports")))
    made = kit_tables(reports, own, rows(file_of("themes")), themes, printed=[REPORT], most=20)
    return {table.name: table for table in made}


@pytest.fixture(scope="session")
def package(schemas, themes):
    targets = variable_fields(pd.read_csv(file_of("panel"), nrows=0), load_variables(ROOT / "config/panel_targets.tsv"))
    schemas = schemas | {"panel": panel_schema(schemas["panel"], themes, targets)}
    return datapackage(REFERENCE, REFERENCE.rglob("*.csv"), schemas)
