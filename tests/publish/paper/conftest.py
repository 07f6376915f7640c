"""The kit's tables from the reference, without a run of the workflow."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.areas.panel import panel_fields
from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import Theme, load_themes
from emphasis.measures.panel import panel_schema
from emphasis.publish.manifest import datapackage
from emphasis.publish.paper.kit import kit_tables
from emphasis.publish.paper.table import Table
from emphasis.targets.indicators import load_variables, variable_fields
from support import REFERENCE, REPORT, ROOT
from support.kit import file_of, kit_results, kit_targets


@pytest.fixture(scope="session")
def themes() -> tuple[Theme, ...]:
    return load_themes((ROOT / "config/themes").glob("*.yaml"))


@pytest.fixture(scope="session")
def tables(themes) -> dict[str, Table]:
    made = kit_tables(kit_results(), themes, kit_targets(), printed=[REPORT], most=20)
    return {table.name: table for table in made}


@pytest.fixture(scope="session")
def package(schemas, themes):
    columns = pd.read_csv(file_of("panel"), nrows=0)
    targets = variable_fields(columns, load_variables(ROOT / "config/panel_targets.tsv"))
    areas = [field for field in panel_fields(read_scheme(ROOT / "config/areas/areas.tsv")) if field.name in columns]
    schemas = schemas | {"panel": panel_schema(schemas["panel"], themes, [*targets, *areas])}
    return datapackage(REFERENCE, REFERENCE.rglob("*.csv"), schemas)
