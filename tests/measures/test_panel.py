"""The panel: balanced, with reasons for what is missing, readable by Stata."""

import pandas as pd
import pytest

from emphasis.measures.dictionaries import Theme
from emphasis.measures.panel import codebook, panel, panel_schema
from emphasis.measures.themes import DEFINITIONS
from emphasis.store.stata import write_stata
from emphasis.store.tables import check, read, write

THEMES = [Theme("culture", "文化", "Culture", "compiled", "made up", ("文化",))]
REPORTS = [
    ("a", "长春市", "prefecture", "220100", "吉林省", 2024, "medium"),
    ("b", "长春市", "prefecture", "220100", "吉林省", 2025, "high"),
    ("b2", "长春市", "prefecture", "220100", "吉林省", 2025, "high"),
    ("c", "全国", "national", "", "", 2025, "low"),
    ("d", "", "", "", "", 2020, "low"),
    ("e", "吉林省", "province", "220000", "吉林省", None, "low"),
]


def values(**empty):
    """Attention of 0.03 in the whole; in the plan, which is half as long and which report a lacks, of 0.04."""
    rows = []
    for r in ("a", "b", "b2", "c", "d", "e"):
        for i, d in enumerate(DEFINITIONS):
            for part, length, value in (("whole", 100 + i, 0.03), ("plan", 50 + i, 0.04)):
                none = r in empty or (r == "a" and part == "plan")
                rows.append((r, part, "culture", d, 0 if none else 3, 0 if none else length, None if none else value))
    names = ["report_id", "part", "theme", "definition", "numerator", "denominator", "value"]
    return pd.DataFrame(rows, columns=names).astype({"value": float})


@pytest.fixture
def reports():
    names = ["report_id", "region", "region_level", "adcode", "province", "year", "confidence"]
    return pd.DataFrame(REPORTS, columns=names).astype({"year": "Int64"}).assign(n_chars=9_000, date="")


def test_balanced_with_reasons(schemas, reports):
    table = check(panel(reports, values(c=True)), panel_schema(schemas["panel"], THEMES))
    assert table.columns.tolist()[-3:] == ["plan_theme_culture", "missing", "note"]
    rows = table.set_index(["region", "year"])
    assert len(rows) == 4
    assert rows.loc[("长春市", 2024), ["report_id", "n_words", "n_sentences"]].tolist() == ["a", 100, 102]
    assert rows.loc[("长春市", 2025), ["report_id", "note"]].tolist() == ["b", "also: b2"]
    assert rows.loc[("长春市", 2025), "theme_culture"] == pytest.approx(0.03)
    assert rows.loc[("长春市", 2025), "plan_theme_culture"] == pytest.approx(0.04)
    assert rows.loc[("长春市", 2025), ["plan_n_words", "plan_n_characters", "plan_n_sentences"]].tolist() == [
        50,
        51,
        52,
    ]
    # A report without a plan: its length is 0, its attention unknown.
    assert rows.loc[("长春市", 2024), "plan_n_words"] == 0 and pd.isna(rows.loc[("长春市", 2024), "plan_theme_culture"])
    assert rows.loc[("全国", 2024), "missing"] == "no report"
    assert rows.loc[("全国", 2025), "missing"] == "no counted text"
    assert rows["missing"].eq("").tolist() == rows["theme_culture"].notna().tolist()
    assert set(table["adcode"]) == {"", "220100"}


def test_of_several_reports_that_of_usual_length_is_used_and_names_the_region(schemas, reports):
    better = reports.assign(
        n_chars=[9_000 if r == "b2" else 12 for r in reports["report_id"]],
        region=[
            "旧名市" if r == "b" else name for r, name in zip(reports["report_id"], reports["region"], strict=True)
        ],
    )
    table = check(panel(better, values()), panel_schema(schemas["panel"], THEMES)).set_index(["region", "year"])
    assert table.loc[("长春市", 2025), ["report_id", "note"]].tolist() == ["b2", "also: b"]


def test_a_region_that_changed_its_name_is_one_region(schemas, reports):
    renamed = reports[reports["report_id"].isin(["a", "b"])].assign(region=["旧名市", "长春市"])
    table = check(panel(renamed, values()), panel_schema(schemas["panel"], THEMES))
    assert table["region"].tolist() == ["长春市", "长春市"]


def test_regions_of_one_name_are_distinguished_by_their_codes(schemas, reports):
    two = reports[reports["report_id"].isin(["a", "b"])].assign(
        region="和平区", region_level="county", adcode=["120101", "210102"], province=["天津市", "辽宁省"], year=2025
    )
    table = check(panel(two.astype({"year": "Int64"}), values()), panel_schema(schemas["panel"], THEMES))
    assert table[["adcode", "report_id"]].to_numpy().tolist() == [["120101", "a"], ["210102", "b"]]


def test_stata_has_labels_and_the_same_bytes(schemas, reports, tmp_path):
    schema = panel_schema(schemas["panel"], THEMES)
    for name in ("one.dta", "two.dta"):
        write_stata(panel(reports, values()), tmp_path / name, schema)
    assert (tmp_path / "one.dta").read_bytes() == (tmp_path / "two.dta").read_bytes()
    with pd.io.stata.StataReader(tmp_path / "one.dta") as reader:
        table, labels = reader.read(), reader.variable_labels()
    assert table.shape == (4, len(schema.columns))
    assert labels["theme_culture"] == "Attention to Culture (文化)"
    assert all(labels.values())
    assert table.set_index(["region", "year"]).loc[("长春市", 2025), "theme_culture"] == pytest.approx(0.03)
    assert table["adcode"].tolist() == ["", "", "220100", "220100"]


def test_no_report_with_a_place_gives_an_empty_panel(schemas, reports, tmp_path):
    schema = panel_schema(schemas["panel"], THEMES)
    table = panel(reports[reports["report_id"].isin(["d", "e"])], values())
    write(table, tmp_path / "panel.csv", schema)
    write_stata(table, tmp_path / "panel.dta", schema)
    assert read(tmp_path / "panel.csv", schema).empty


def test_the_codebook_names_every_variable(schemas):
    schema = panel_schema(schemas["panel"], THEMES)
    table = check(codebook(schema, THEMES), schemas["panel_codebook"])
    assert table["variable"].tolist() == schema.columns
    assert table["stata_name"].tolist() == schema.columns
    plan, row = table.set_index("variable").loc[["plan_theme_culture", "theme_culture"]].itertuples()
    assert plan.source == row.source and plan.label == "Attention in plan to Culture (文化)"
    row = table.set_index("variable").loc["theme_culture"]
    assert (row["status"], row["source"], row["n_words"]) == ("compiled", "made up", 1)


def test_a_long_name_of_a_theme_is_cut_for_stata_and_told_in_the_codebook(schemas, reports, tmp_path):
    name = "environment_as_the_paper_has_it"
    themes = [Theme(name, "环境", "Environment", "compiled", "made up", ("环境",))]
    schema = panel_schema(schemas["panel"], themes)
    table = codebook(schema, themes).set_index("variable")["stata_name"]
    assert table[f"plan_theme_{name}"] == "plan_theme_environment_as_the_pa"
    write_stata(panel(reports, values().assign(theme=name)), tmp_path / "panel.dta", schema)
    assert list(pd.read_stata(tmp_path / "panel.dta").columns) == table.tolist()
