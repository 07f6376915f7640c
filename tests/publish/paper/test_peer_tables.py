"""Tables of a report beside its peers and by policy area: hand-made rows, and the bundled report against its tables."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.area_tables import area_names, area_table
from emphasis.publish.paper.kit_words import WORDS
from emphasis.publish.paper.peer_tables import (
    FIRST,
    TargetName,
    distinctive_table,
    missing_table,
    standing_tables,
)
from emphasis.publish.paper.table import Bilingual, cell_text
from support import ROOT
from support.kit import file_of, kit_targets

LEVEL = {"peer_region_level": "province", "compared": "true", "rule": "level"}
PEERS = [
    {"peer": "a", "peer_region": "乙省", "peer_year": "2025", **LEVEL},
    {"peer": "b", "peer_region": "甲省", "peer_year": "2025", **LEVEL},
    {"peer": "c", "peer_region": "丙省", "peer_year": "2026", **LEVEL},
]


def term(rank, name, part="whole", **more):
    row = {"part": part, "section_id": "", "rank": rank, "term": name, "new": "false", "n": "3", "per_10k": "7.0143"}
    row |= {"peer_median": "1.25", "peer_high": "4.5678", "peers_with": "0.6667", "ratio": "1.985", "q_bh": "0.0004"}
    row |= {"expected": "1.5", "chance": "0.0312", "nearest": "", "n_peers": "3"}
    return row | more


def test_distinctive_terms_of_the_whole_report_in_their_order():
    terms = [term("2", "乙"), term("", "长春"), term("1", "甲", new="true", q_bh=""), term("1", "丙", part="plan")]
    made = distinctive_table(terms, PEERS)
    assert made.rows == (
        ("1", "甲†", "3", "7.0", "1.2", "4.6", "67", "1.98", "–"),
        ("2", "乙", "3", "7.0", "1.2", "4.6", "67", "1.98", "<0.001"),
    )
    assert made.notes[0].en == "Peers: 3 reports (level: province), 2025: 乙省、甲省; 2026: 丙省."
    assert made.notes[0].zh == "同类报告为省级政府工作报告3份，2025年：乙省、甲省；2026年：丙省。"
    assert made.notes[-1] == WORDS["distinctive.new"]
    assert made.said.en == "Against its peers the report stresses 甲 and 乙; of the 2 terms listed, 1 have q below 0.05"
    none = distinctive_table([term("1", "甲", q_bh="0.05")], PEERS)
    assert "的q值均不低于0.05" in none.said.zh and none.notes[-1] != WORDS["distinctive.new"]


def test_years_of_one_region_are_listed_and_many_levels_are_said():
    state = [
        {"peer": y, "peer_region": "全国", "peer_year": y, **LEVEL, "peer_region_level": "national"}
        for y in ("2024", "2023")
    ]
    assert distinctive_table([term("1", "甲")], state).notes[0].en == "Peers: 2 reports of 国务院, of 2023、2024."
    mixed = [*PEERS, PEERS[0] | {"peer_region_level": "county"}]
    assert "level: several levels" in distinctive_table([term("1", "甲")], mixed).notes[0].en
    assert missing_table([term("1", "甲")], []).notes[0].en == "Compared with 3 reports of its kind."


def test_missing_terms():
    made = missing_table([term("1", "银发经济", nearest="养老"), term("2", "要素"), term("", "协同")], PEERS)
    assert made.rows == (
        ("1", "银发经济", "67", "1.2", "1.5", "0.031", "养老"),
        ("2", "要素", "67", "1.2", "1.5", "0.031", "–"),
    )
    assert made.notes[0].zh == "同类报告为省级政府工作报告3份（2025–2026年）。"
    assert made.said.zh == "多数同类报告提及银发经济和要素，本报告未提及"
    assert distinctive_table([], PEERS).rows == missing_table([], PEERS).rows == ()


@pytest.mark.parametrize(
    ("rule", "said"),
    [("level", []), ("more years", ["more years"]), ("other level, more years", ["other level", "more years"])],
)
def test_tables_say_what_else_sets_a_report_apart_from_peers_of_another_level_or_time(rule, said):
    peers = [row | {"rule": rule} for row in PEERS]
    (place,) = standing_tables([standing("theme", "culture", "0.1")], peers, [], {}, {})
    for made in (distinctive_table([term("1", "甲")], peers), missing_table([term("1", "甲")], peers), place):
        caveats = [note for note in made.notes if note.en.startswith("Peers are of")]
        assert caveats == [WORDS[f"peers.caveat.{name}"] for name in said]


def standing(kind, measure, value, part="whole", percentile="62.5", **more):
    row = {"kind": kind, "measure": measure, "part": part, "value": value, "low": "", "high": "", "rank": "2"}
    row |= {"peer_low": value, "peer_median": value, "peer_high": value, "percentile": percentile, "n_peers": "3"}
    return row | more


def test_where_a_report_stands_in_the_units_of_what_is_measured():
    theme = Theme("culture", "文体旅游", "Culture", "compiled", "", ("体育",))
    targets = {"grain": TargetName(Bilingual("grain output", "粮食产量"), "吨")}
    rows = [
        standing("theme", "culture", "0.012345", low="0.01", high="0.02"),
        standing("theme", "culture", "0.9", part="plan"),
        standing("theme", "own", "0.5", percentile="90.0"),
        standing("target", "grain", "13000000.000000", part="plan"),
        standing("target", "unknown", "5.500000", part="plan", percentile="10.0"),
        standing("structure", "share", "0.57", part="plan"),
        standing("structure", "mattr", "0.8774", percentile="99.0"),
        standing("structure", "n_tokens", "3110.000000"),
        standing("area", "15a", "0.08"),
        standing("odd", "thing", "0.1"),
    ]
    areas = {"15a": Bilingual("– Industry", "– 产业")}
    with pytest.raises(KeyError):
        standing_tables(rows, PEERS, [theme], targets, areas)
    made = {t.name: t for t in standing_tables(rows[:-1], PEERS, [theme], targets, areas)}
    assert list(made) == ["standing-area", "standing-theme", "standing-target", "standing-structure"]
    assert made["standing-theme"].rows == (
        ("own", "50.00", "–", "50.00", "50.00–50.00", Bilingual("2 of 4", "2/4")),
        (Bilingual("Culture", "文体旅游"), "1.23", "1.00–2.00", "1.23", "1.23–1.23", Bilingual("2 of 4", "2/4")),
    )
    assert made["standing-target"].rows[0][:2] == (Bilingual("grain output (吨)", "粮食产量（吨）"), "13,000,000")
    assert made["standing-target"].rows[1][:2] == ("unknown", "5.5")
    names = [(cell_text(row[0], "en"), row[1]) for row in made["standing-structure"].rows]
    assert names == [("MATTR", "0.88"), ("Plan, share of text (%)", "57.00"), ("Words", "3,110")]
    assert made["standing-area"].rows[0][:2] == (Bilingual("Industry", "产业"), "8.00")
    assert "highest among its peers in own (2 of 4) and lowest in Culture" in made["standing-theme"].said.en


def test_every_kind_of_figure_and_every_target_has_words():
    kinds = pd.read_csv(file_of("standing"))[["kind", "measure", "part"]]
    for kind in set(kinds["kind"]) | {"area"}:
        assert {f"standing.{what}.{kind}" for what in ("title", "unit", "said")} <= WORDS.keys()
    structure = kinds[kinds["kind"] == "structure"]
    assert all(
        f"standing.{measure}" in WORDS or f"standing.{measure}.{part}" in WORDS
        for measure, part in zip(structure["measure"], structure["part"], strict=True)
    )
    targets = kit_targets()
    assert targets["gdp_growth"] == TargetName(Bilingual("growth of GDP", "地区生产总值增速"), "%")
    assert targets["cpi"].name.zh == "居民消费价格涨幅" and targets["energy_cut"].name.zh.endswith("能耗降幅")
    assert targets["grain"].name.zh == "粮食产量"
    listed = (ROOT / "config/panel_targets.tsv").read_text(encoding="utf-8")
    assert all(f"\n{name}\t" in listed for name in targets)


def test_the_bundled_report_beside_its_peers(tables):
    data = pd.read_csv(file_of("distinctive"))
    first = data[(data["part"] == "whole") & data["rank"].notna()].sort_values("rank").head(FIRST)
    made = tables["distinctive"]
    assert [row[1].rstrip("†") for row in made.rows] == first["term"].tolist() and len(made.rows) == FIRST
    assert [float(row[3]) for row in made.rows] == pytest.approx(first["per_10k"].tolist(), abs=0.0501)
    regions = pd.read_csv(file_of("peers"))["peer_region"]
    assert all(region in made.notes[0].en for region in regions)
    data = pd.read_csv(file_of("missing"))
    first = data[(data["part"] == "whole") & data["rank"].notna()].sort_values("rank").head(FIRST)
    assert [row[1] for row in tables["missing"].rows] == first["term"].tolist()


def share(part, area, n, value, low="0.01", high="0.1"):
    names = {"15": ("business", "企业"), "15a": ("industry", "产业"), "2": ("rights", "权益"), "0": ("no area", "无")}
    row = {"part": part, "section_id": "", "area": area, "n": n, "share": value, "low": low, "high": high}
    return row | dict(zip(("area_en", "area_zh"), names[area], strict=True))


def test_areas_of_plan_and_review_with_their_change():
    shares = [share("whole", "15", "9", "0.5"), share("whole", "15a", "9", "0.5"), share("whole", "2", "0", "0.001")]
    shares += [
        share("plan", "15", "5", "0.4", "", ""),
        share("whole", "0", "1", "0.2"),
        share("section", "2", "3", "1"),
    ]
    change = {"comparison": "plan against review", "area": "15", "change": "-0.05", "low": "-0.2", "high": "0.1"}
    made = area_table(shares, [change, change | {"comparison": "year before", "change": "0.9"}])
    assert made.rows == (
        (Bilingual("Business", "企业"), "50.0 (1.0–10.0)", "–", "40.0", "-5.0 (-20.0, 10.0)"),
        (Bilingual("– Industry", "– 产业"), "50.0 (1.0–10.0)", "–", "–", "–"),
        (Bilingual("No area", "无"), "20.0 (1.0–10.0)", "–", "–", "–"),
    )
    assert made.said.en == "Most sentences are on Business (50.0 %) and Rights (0.1 %)"
    assert any("not by people" in note.en for note in made.notes)
    assert list(area_names(shares)) == ["2", "15", "15a", "0"]
    assert area_table([], []).rows == ()


def test_the_areas_of_the_bundled_report(tables):
    data = pd.read_csv(file_of("areas"), dtype={"area": str})
    parts = data[data["part"].isin(["whole", "review", "plan"])]
    kept = parts.groupby("area")["n"].sum() > 0
    made = tables["areas"]
    assert len(made.rows) == kept.sum()
    whole = parts[(parts["part"] == "whole") & parts["area"].map(kept)]
    assert sorted(row[1].split(" ")[0] for row in made.rows) == sorted(f"{100 * v:.1f}" for v in whole["share"])


@pytest.mark.parametrize(
    ("rank", "percentile", "n_peers", "en", "zh"),
    [
        ("1", "50.00", "22", "1–23 of 23", "1–23/23"),
        ("3", "82.00", "24", "3–7 of 25", "3–7/25"),
        ("1", "98.00", "24", "1 of 25", "1/25"),
        ("25", "2.00", "24", "25 of 25", "25/25"),
    ],
)
def test_equal_figures_share_their_ranks(rank, percentile, n_peers, en, zh):
    row = standing("target", "cpi", "2", part="plan", rank=rank, percentile=percentile, n_peers=n_peers)
    (made,) = standing_tables([row], [], [], {}, {})
    assert made.rows[0][-1] == Bilingual(en, zh)


def test_a_sentence_names_what_a_report_aims_at_and_not_how_large_its_region_is():
    targets = {
        "cpi": TargetName(Bilingual("consumer prices", "居民消费价格"), "%"),
        "jobs": TargetName(Bilingual("new urban jobs", "城镇新增就业"), "人"),
        "gdp": TargetName(Bilingual("growth of GDP", "地区生产总值增速"), "%"),
    }
    rows = [
        standing("target", "gdp", "5", part="plan", percentile="90.0", rank="1"),
        standing("target", "cpi", "2", part="plan", percentile="50.0", rank="2"),
        standing("target", "jobs", "90000", part="plan", percentile="5.0", rank="4"),
    ]
    (made,) = standing_tables(rows, [], [], targets, {})
    assert (
        "highest among its peers in growth of GDP (%)" in made.said.en
        and "lowest in consumer prices (%)" in made.said.en
    )
    (alone,) = standing_tables(rows[-1:], [], [], targets, {})
    assert "new urban jobs" in alone.said.en
