"""Headline targets as variables of the panel: which row is taken, units, what is refused."""

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Theme
from emphasis.measures.panel import panel, panel_schema
from emphasis.measures.themes import DEFINITIONS
from emphasis.store.tables import check, concat
from emphasis.targets.indicators import (
    Variable,
    load_indicators,
    load_variables,
    panel_candidates,
    target_variables,
    variable_fields,
)
from support import ROOT

GDP = Variable("gdp_growth", "地区生产总值", "growth_rate", "%", "growth of GDP")
GRAIN = Variable("grain", "粮食产量", "level", "吨", "grain output")
INCOME = Variable("income_growth", "居民人均可支配收入", "growth_rate", "%", "growth of incomes")
VARIABLES = (GDP, GRAIN, INCOME)


def row(canonical, comparator, value, **others):
    about = {"report_id": "a", "start": 10, "period": "target", "horizon": "year", "headline": True, "base_unit": "%"}
    about |= {"canonical": canonical, "comparator": comparator, "kind": "growth_rate", "base_high": None}
    return about | {"base_value": value} | others


def variables(*rows):
    table = pd.DataFrame(rows).astype({"base_value": float, "base_high": float})
    return target_variables(panel_candidates(table, VARIABLES), VARIABLES).set_index("report_id")


def test_the_headline_target_is_taken_with_how_it_binds():
    found = variables(
        row("地区生产总值", "eq", 9.0, headline=False, start=1),
        row("地区生产总值", "range", 5.5, base_high=6.0, start=50),
        row("地区生产总值", "eq", 8.0, start=90),
        row("地区生产总值", "eq", 4.8, period="outturn", start=2),
        row("地区生产总值", "eq", 7.0, horizon="multi-year", start=3),
        row("地区生产总值", "qualifier", None, start=4),
        row("地区生产总值", "approx", 5.0, report_id="b"),
    )
    assert found["target_gdp_growth"].to_dict() == {"a": 5.5, "b": 5.0}
    assert found["target_gdp_growth_is"].to_dict() == {"a": "range", "b": "approx"}
    assert found.loc["a", "target_gdp_growth_high"] == 6.0
    assert pd.isna(found.loc["b", "target_gdp_growth_high"])
    assert "target_grain" not in found


def test_a_value_takes_precedence_over_words_and_words_alone_have_no_value():
    words = row("居民人均可支配收入", "sync_relational", None, base_unit="", start=1)
    found = variables(words, row("居民人均可支配收入", "eq", 6.0, start=9), words | {"report_id": "b"})
    assert found["target_income_growth_is"].to_dict() == {"a": "eq", "b": "sync_relational"}
    assert pd.isna(found.loc["b", "target_income_growth"])


def test_units_are_made_alike_and_others_left_out():
    level = {"kind": "level", "headline": True}
    found = variables(
        row("粮食产量", "ge", 260e8, base_unit="斤", **level),
        row("粮食产量", "ge", 1285e4, base_unit="吨", report_id="b", **level),
        row("粮食产量", "ge", 6000.0, base_unit="亩", report_id="c", **level),
    )
    assert found["target_grain"].to_dict() == {
        "a": pytest.approx(13e6),
        "b": 1285e4,
        "c": pytest.approx(float("nan"), nan_ok=True),
    }


def test_the_panel_has_them_before_missing(schemas):
    names = ["report_id", "region", "region_level", "adcode", "province", "year", "confidence"]
    reports = pd.DataFrame(
        [
            ("a", "长春市", "prefecture", "220100", "吉林省", 2025, "high"),
            ("z", "吉林省", "province", "220000", "吉林省", 2025, "high"),
        ],
        columns=names,
    ).astype({"year": "Int64"})
    reports = reports.assign(n_chars=9_000, date="")
    themes = [Theme("culture", "文化", "Culture", "compiled", "made up", ("文化",))]
    values = pd.DataFrame(
        [(r, part, "culture", d, 3, 100, 0.03) for r in "az" for part in ("whole", "plan") for d in DEFINITIONS],
        columns=["report_id", "part", "theme", "definition", "numerator", "denominator", "value"],
    )
    targets = variables(row("地区生产总值", "ge", 5.5)).reset_index()
    schema = panel_schema(schemas["panel"], themes, variable_fields(targets, VARIABLES))
    table = check(panel(reports, values, targets), schema).set_index("region")
    assert table.loc["长春市", "target_gdp_growth"] == 5.5
    assert pd.isna(table.loc["吉林省", "target_gdp_growth"])
    assert table.columns.tolist()[-5:-2] == ["target_gdp_growth", "target_gdp_growth_high", "target_gdp_growth_is"]


def test_no_target_at_all(schemas):
    nothing = target_variables(panel_candidates(concat([], schemas["targets"]), VARIABLES), VARIABLES)
    assert nothing.columns.tolist() == ["report_id"]
    assert variable_fields(nothing, VARIABLES) == ()


def test_the_shipped_variables_are_indicators_that_the_table_has():
    shipped = load_variables(ROOT / "config/panel_targets.tsv")
    known = set(load_indicators(ROOT / "config/indicators.tsv").names.values())
    assert {v.canonical for v in shipped} <= known
    # Stata's limits: a name of 32 characters, a label of 80.
    assert all(len(f"target_{v.name}_high") <= 32 for v in shipped)
    names = {f"target_{v.name}": [1.0] for v in shipped}
    assert all(len(f.description) <= 80 for f in variable_fields(pd.DataFrame(names), shipped))


HEAD = "variable\tcanonical\tmeasure\tunit\tlabel\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("variable\tcanonical\n", ["columns", "measure"]),
        (HEAD + "gdp\t地区生产总值\tgrowth_rate\t%\n", ["line 2", "gdp", "label has 1 to 45"]),
        (HEAD + "GDP\t地区生产总值\tgrowth_rate\t%\tx\n", ["GDP", "small letters"]),
        (HEAD + "gdp\t地区生产总值\trate\t%\tx\n", ["'rate'", "growth_rate, level"]),
        (HEAD + "gdp\t地区生产总值\tlevel\t%\tx\n" * 2, ["gdp", "twice"]),
        (HEAD + f"gdp\t地区生产总值\tlevel\t%\t{'x' * 46}\n", ["line 2", "label", "45"]),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(tmp_path, text, words):
    file = tmp_path / "panel_targets.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EmphasisError) as error:
        load_variables(file)
    assert all(word in str(error.value) for word in [str(file), *words]), error.value
