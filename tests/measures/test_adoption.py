"""First use by region: histories that were planted, bounds by hand, and every number counted again."""

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from emphasis.measures.adoption import adoption, count_uses
from emphasis.store.tables import check, load_schema
from support import ROOT

NATION, JILIN, CHANGCHUN, NANGUAN = ("全国", ""), ("吉林省", "220000"), ("长春市", "220100"), ("南关区", "220102")
HAINAN, QIONGHAI, LIAONING = ("海南省", "460000"), ("琼海市", "469002"), ("辽宁省", "210000")
LEVELS = {NATION: "national", JILIN: "province", HAINAN: "province", LIAONING: "province", CHANGCHUN: "prefecture"}


def follow(histories, schemas, min_reports=1):
    """The tables for reports (region, year) with occurrences of terms by name."""
    rows = [(f"r{i:03}", *region, LEVELS.get(region, "county"), year) for i, (region, year) in enumerate(histories)]
    reports = pd.DataFrame(rows, columns=["report_id", "region", "adcode", "region_level", "year"])
    reports = reports.assign(confidence="high", n_chars=9_000, date="").astype({"year": "Int64"})
    counted = dict(zip(reports["report_id"], histories.values(), strict=True))
    terms = sorted({term for own in histories.values() for term in own})
    hits = pd.DataFrame(columns=["report_id", "theme", "n"])

    def count(report_id):
        return np.array([counted[report_id].get(term, 0) for term in terms], dtype="int64")

    counts = np.array([count(report_id) for report_id in counted]).reshape(len(counted), len(terms))
    uses = count_uses(list(counted), terms, counts, hits, min_reports)
    parts = [adoption(some, reports) for some in uses.chunks()]
    first, shares = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    return check(first, schemas["adoption"]), check(shares, schemas["adoption_years"])


def row(table, item, region):
    (found,) = table[(table["item"] == item) & (table["region"] == region)].to_dict("records")
    return {name: None if pd.isna(value) else value for name, value in found.items()}


def test_a_planted_history_is_found_with_its_bounds(schemas):
    term = "新质生产力"
    histories = {
        (NATION, 2023): {}, (NATION, 2024): {term: 4},
        (JILIN, 2022): {}, (JILIN, 2025): {term: 2},
        (CHANGCHUN, 2023): {term: 1}, (CHANGCHUN, 2024): {},
        (NANGUAN, 2024): {}, (NANGUAN, 2025): {},
    }  # fmt: skip
    table, _ = follow(histories, schemas)
    found = {region: row(table, term, region) for region in ("全国", "吉林省", "长春市", "南关区")}
    columns = ["first_year", "n", "censoring", "earliest", "latest"]
    assert {region: [own[name] for name in columns] for region, own in found.items()} == {
        "全国": [2024, 4, "exact", 2024, 2024],
        # The reports of 2023 and 2024 are not at hand: the first use was in 2023, 2024 or 2025.
        "吉林省": [2025, 2, "interval", 2023, 2025],
        "长春市": [2023, 1, "left", None, 2023],
        "南关区": [None, 0, "right", 2026, None],
    }
    behind = ["lag_nation", "lag_nation_min", "lag_nation_max"]
    assert {region: [own[name] for name in behind] for region, own in found.items()} == {
        "全国": [None, None, None],
        "吉林省": [1, -1, 1],
        "长春市": [-1, None, -1],
        "南关区": [None, 2, None],
    }
    above = ["superior", "lag_superior", "lag_superior_min", "lag_superior_max"]
    assert {region: [own[name] for name in above] for region, own in found.items()} == {
        "全国": ["", None, None, None],
        "吉林省": ["全国", 1, -1, 1],
        "长春市": ["吉林省", -2, None, 0],
        "南关区": ["长春市", None, 3, None],
    }
    assert found["吉林省"]["report_id"] == "r003"
    assert not found["南关区"]["report_id"]


def test_a_county_without_a_prefecture_looks_to_its_province_and_then_to_the_nation(schemas):
    history = {(place, year): {"双碳": 1} for place in (QIONGHAI, NANGUAN, NATION, HAINAN) for year in (2021, 2022)}
    table, _ = follow(history, schemas)
    assert dict(zip(table["region"], table["superior"], strict=True)) == {
        "琼海市": "海南省", "南关区": "全国", "海南省": "全国", "全国": ""
    }  # fmt: skip


def test_shares_count_regions_with_a_report(schemas):
    histories = {
        (JILIN, 2021): {"双碳": 1}, (JILIN, 2022): {},
        (HAINAN, 2021): {}, (HAINAN, 2022): {},
        (LIAONING, 2022): {"双碳": 2},
        (NANGUAN, 2022): {"双碳": 1},
    }  # fmt: skip
    table, shares = follow(histories, schemas)
    found = shares.set_index("year")[["region_level", "n_regions", "n_using", "n_ever", "share_using", "share_ever"]]
    assert {year: own.tolist() for year, own in found.iterrows()} == {
        2021: ["province", 2, 1, 1, 0.5, 0.5],
        2022: ["province", 3, 1, 2, 0.3333, 0.6667],
    }
    # A region with one report tells nothing of when.
    assert sorted(table["region"]) == ["吉林省", "海南省"]


def test_several_reports_of_a_region_and_year_are_one(schemas):
    rows = [("a", 2021), ("b", 2021), ("c", 2022), ("d", 2022)]
    reports = pd.DataFrame(rows, columns=["report_id", "year"]).assign(
        region="吉林省", adcode="220000", region_level="province", confidence="high", n_chars=9_000, date=""
    )
    counted = {"a": 0, "b": 0, "c": 3, "d": 4}
    hits = pd.DataFrame({"report_id": ["b", "c"], "theme": ["t", "t"], "n": [2.0, 1.0]})
    uses = count_uses(list(counted), ["双碳"], np.array([[n] for n in counted.values()]), hits, 2)
    table, _ = adoption(uses, reports)
    table = check(table, schemas["adoption"])
    found = table.set_index("item")[["kind", "first_year", "report_id", "n", "censoring"]]
    assert found.loc["双碳"].tolist() == ["term", 2022, "c", 7, "exact"]
    better, _ = adoption(uses, reports.assign(confidence=["high", "high", "low", "high"]))
    assert check(better, schemas["adoption"]).set_index("item").loc["双碳", ["report_id", "n"]].tolist() == ["d", 7]
    assert found.loc["t"].tolist() == ["theme", 2021, "b", 2, "left"]


def test_nothing_to_follow_gives_empty_tables(schemas):
    unknown = pd.DataFrame({"report_id": ["x"], "region": [""], "adcode": [""], "region_level": [""], "year": [pd.NA]})
    unknown = unknown.assign(confidence="high", n_chars=9_000, date="")
    none = pd.DataFrame(columns=["report_id", "theme", "n"])
    for reports, ids in ((unknown, []), (unknown.iloc[:0], [])):
        uses = count_uses(ids, ["双碳"], np.zeros((0, 1), dtype="int64"), none, 1)
        assert [adoption(some, reports) for some in uses.chunks()] == []
    table, shares = follow({(JILIN, 2021): {"双碳": 1}}, schemas)
    assert not len(table)
    assert not len(shares)


def test_rare_terms_are_left_out(schemas):
    histories = {(JILIN, 2021): {"双碳": 9, "稀有": 1}, (JILIN, 2022): {"双碳": 1}}
    table, _ = follow(histories, schemas, min_reports=2)
    assert table["item"].tolist() == ["双碳"]


PLACES = [NATION, JILIN, CHANGCHUN, NANGUAN, HAINAN, QIONGHAI]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(PLACES), st.integers(2015, 2022)),
        st.dictionaries(st.sampled_from(["甲乙", "丙丁"]), st.integers(0, 3)),
        max_size=24,
    )
)
def test_every_number_is_that_of_a_plain_count(histories):
    schemas = {n: load_schema(ROOT / f"workflow/schemas/tables/{n}.yaml") for n in ("adoption", "adoption_years")}
    used = {term for own in histories.values() for term, n in own.items() if n}
    if not used:
        return
    table, shares = follow(histories, schemas)
    years = {place: sorted(y for p, y in histories if p == place) for place in PLACES}

    def bounds(place, term):
        """The first year with the term, and the years in which the first use can have been, from a wide range."""
        has = [y for y in years[place] if histories[place, y].get(term, 0)]
        lacking = [y for y in years[place] if not has or y < has[0]]
        possible = [y for y in range(1900, 2100) if (not has or y <= has[0]) and all(y > out for out in lacking)]
        return (has[0] if has else None), possible

    expected = {}
    for term in used:
        for place in PLACES:
            if len(years[place]) < 2:
                continue
            first, possible = bounds(place, term)
            lag = [None] * 3
            if place != NATION and years[NATION]:
                other, others = bounds(NATION, term)
                low = None if possible[0] == 1900 or others[-1] == 2099 else possible[0] - others[-1]
                high = None if possible[-1] == 2099 or others[0] == 1900 else possible[-1] - others[0]
                lag = [first - other if first and other else None, low, high]
            expected[term, place[0]] = [first, *lag]
    columns = ["first_year", "lag_nation", "lag_nation_min", "lag_nation_max"]
    found = {
        (item, region): [None if pd.isna(value) else int(value) for value in values]
        for item, region, *values in table[["item", "region", *columns]].itertuples(index=False)
    }
    assert found == expected
    for own in shares.to_dict("records"):
        places = [p for p in PLACES if LEVELS.get(p, "county") == own["region_level"] and own["year"] in years[p]]
        using = [p for p in places if histories[p, own["year"]].get(own["item"], 0)]
        ever = [p for p in places if any(histories[p, y].get(own["item"], 0) for y in years[p] if y <= own["year"])]
        assert [own["n_regions"], own["n_using"], own["n_ever"]] == [len(places), len(using), len(ever)]


def test_chunks_hold_all_items_in_order():
    n_terms = 700
    terms = [f"t{i:03}" for i in range(n_terms)]
    hits = pd.DataFrame({"report_id": ["a"], "theme": ["t255"], "n": [1.0]})
    uses = count_uses(["a"], terms, np.ones((1, n_terms), dtype="int64"), hits, 1)
    parts = [some.items.tolist() for some in uses.chunks()]
    assert [item for own in parts for item in own] == sorted([*terms, "t255"])
    assert all(a[-1] < b[0] for a, b in pairwise(parts))
