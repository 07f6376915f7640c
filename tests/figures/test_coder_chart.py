"""The picture of the coder: rows are what was read, in per cent, and nothing is cut off."""

import pandas as pd
import pytest

from emphasis.areas.scheme import read_scheme
from emphasis.figures.coder_chart import coder_chart
from emphasis.figures.look import shade
from support import ROOT
from support.chart_text import faults, shapes

AREAS = ROOT / "config/areas"


@pytest.fixture(scope="module")
def tables():
    read = [pd.read_csv(AREAS / f"{name}.tsv", sep="\t", dtype={"area": str}) for name in ("confusion", "validation")]
    return read_scheme(AREAS / "areas.tsv"), read[0].set_index("area"), read[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cells_are_shares_of_what_was_read(language, tables, style):
    scheme, confusion, validation = tables
    sheet = coder_chart(style(language), scheme, confusion, validation)
    assert not faults(sheet)
    counts = confusion.loc[list(scheme.areas), list(scheme.areas)].to_numpy(dtype=float)
    parts = counts / counts.sum(axis=1, keepdims=True)
    cells = [r["fill"] for r in shapes(sheet, "rect")]
    assert cells == [shade(part) if part else "#ffffff" for part in parts.ravel()]
    words = " ".join(sheet.drawing.texts)
    accuracy = counts.trace() / counts.sum()
    assert f"{100 * accuracy:.0f}%" in words.replace(" %", "%") and f"{counts.sum():,.0f}" in words
    assert "…" not in words, "no name is cut"
    assert not any(word.startswith("nan") for word in words.split())
