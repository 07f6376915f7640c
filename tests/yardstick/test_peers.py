"""Who a report is compared with."""

import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.reference.peers import PeerRule

COLUMNS = ["report_id", "region", "region_level", "adcode", "province", "year"]


def reports(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).astype({"year": "Int64"})


def provinces(year, numbers):
    return [(f"省{i}-{year}", f"省{i}", "province", f"{i}0000", f"省{i}", year) for i in numbers]


def cities(year, numbers, province=11):
    name = f"省{province}"
    return [(f"市{i}-{year}", f"市{i}", "prefecture", f"{province}{i}00", name, year) for i in numbers]


def counties(years, numbers):
    return [(f"县{i}-{y}", f"县{i}", "county", f"1101{i}", "省11", y) for y in years for i in numbers]


def nation(*years):
    return [(f"国-{year}", "全国", "national", "", "", year) for year in years]


def peers(report, rows, chosen="auto"):
    (own,) = (row for _, row in reports(report).iterrows())
    return PeerRule(reports(*rows), chosen).of(own)


def test_same_level_one_report_a_region_the_nearest_in_time():
    rows = provinces(2024, range(20, 40)) + provinces(2025, range(20, 33)) + provinces(2026, range(30, 40))
    found = peers(provinces(2025, [20])[0], rows)
    assert found.rule == "level" and found.described == "province 2024-2025"
    assert len(found.report_ids) == 19
    # The report itself is left out, and so are other years of its region; of two as near the earlier one is taken.
    assert "省20-2024" not in found.report_ids and "省21-2025" in found.report_ids and "省39-2024" in found.report_ids


def test_a_city_among_few_cities_gets_the_provinces():
    rows = cities(2025, range(10, 14)) + provinces(2025, range(20, 35)) + counties([2025], range(10, 35)) + nation(2025)
    found = peers(cities(2025, [10])[0], rows)
    assert (found.rule, found.described, len(found.report_ids)) == ("other level", "province 2025", 15)


def test_more_years_come_before_several_of_a_region():
    rows = provinces(2020, range(20, 40)) + provinces(2024, range(20, 25))
    found = peers(provinces(2025, [20])[0], rows)
    assert (found.rule, found.described, len(found.report_ids)) == ("more years", "province 2020-2024", 19)


def test_few_regions_in_turn():
    rows = counties(range(2014, 2019), range(10, 17))
    found = peers(("县10-2016", "县10", "county", "110110", "省11", 2016), rows)
    assert found.rule == "several of a region" and len(found.report_ids) == 12
    assert all(f"县{i}-2016" in found.report_ids for i in range(11, 17))
    assert not any(name.startswith("县10") for name in found.report_ids)


def test_the_nation_is_compared_with_itself():
    found = peers(nation(2010)[0], nation(*range(2000, 2020)))
    assert found.rule == "several of a region" and len(found.report_ids) == 12
    assert {"国-2009", "国-2011", "国-2004"} <= set(found.report_ids) and "国-2010" not in found.report_ids


def test_where_no_rule_gives_enough_the_most():
    found = peers(provinces(2025, [20])[0], provinces(2025, range(20, 27)))
    assert (found.rule, len(found.report_ids)) == ("level", 6)


def test_a_zone_which_is_on_no_level_gets_the_peers_of_a_county():
    rows = counties([2025], range(10, 30)) + provinces(2025, range(20, 40)) + [("y", "乙新区", "", "", "省11", 2025)]
    found = peers(("x", "甲新区", "", "", "省11", 2025), rows)
    assert (found.rule, found.described, len(found.report_ids)) == ("other level", "county 2025", 20)
    found = peers(("x", "甲新区", "", "", "省11", 2025), counties([2023], range(10, 30)))
    assert (found.rule, found.described) == ("other level, more years", "county 2023")
    found = peers(("x", "甲新区", "", "", "省11", 2025), provinces(2025, range(20, 40)))
    assert (found.rule, found.described) == ("other level", "province 2025")
    few = peers(("x", "甲新区", "", "", "省11", 2016), counties(range(2014, 2019), range(10, 17)))
    assert few.rule == "several of a region" and len(few.report_ids) == 12


def test_without_region_or_year_there_are_none():
    assert peers(("x", "", "", "", "", 2025), provinces(2025, range(20, 40))).report_ids == ()
    assert peers(("x", "某区", "county", "", "", None), provinces(2025, range(20, 40))).report_ids == ()


def test_given_peers():
    rows = cities(2025, range(10, 20)) + cities(2024, range(10, 20)) + cities(2025, range(10, 20), 12)
    found = peers(cities(2025, [10])[0], rows, "省11")
    assert found.rule == "setting" and found.report_ids == tuple(f"市{i}-2025" for i in range(11, 20))
    assert peers(cities(2025, [10])[0], cities(2025, range(10, 20)), ["市12-2025"]).report_ids == ("市12-2025",)


@pytest.mark.parametrize("chosen", ["省99", ["nobody"]])
def test_unknown_peers_are_named(chosen):
    with pytest.raises(EmphasisError, match="peers: no report"):
        peers(cities(2025, [10])[0], cities(2025, range(10, 20)), chosen)
