"""The ledger as tables and as a chart."""

from pathlib import Path

import pandas as pd
import pytest

from emphasis.figures.look import Style
from emphasis.figures.targets_chart import comparable_rows
from emphasis.figures.typeface import typeface
from emphasis.ingest.records import Report, Source
from emphasis.ingest.report import ingest, parse
from emphasis.ingest.tables import rebuild_reports, tabulate_reports
from emphasis.store.tables import check, read_arrow, write
from emphasis.targets.entries import LedgerEntry
from emphasis.targets.extract import extract
from emphasis.targets.indicators import Indicators, load_indicators
from emphasis.targets.ledger import (
    COMPARISON_COLUMNS,
    Ledger,
    are_main_or_canonical,
    are_outturns,
    attainment_rows,
    gap_rows,
    pair_rows,
    target_rows,
)
from support import ROOT

SEED = ROOT / "seeds/changchun-2025.txt"
TEXT = """{place}{year}年政府工作报告
各位代表：
现在，我代表政府，向大会报告工作，请予审议。
一、{last}年工作回顾
（一）经济稳步增长。地区生产总值增长{reached}%，城镇新增就业12万人。
（二）民生持续改善。新建学校3所，农村公路建成通车。
二、{year}年工作安排
经济社会发展主要预期目标是：地区生产总值增长{target}%以上，城镇新增就业10万人以上。
（一）扩大有效需求。发展消费新业态，扩大有效投资。
（二）保障改善民生。办好民生实事，加强社会保障。
各位代表！让我们团结奋斗！
"""

STYLE = Style("zh", typeface(500))


@pytest.fixture(scope="module")
def indicators() -> Indicators:
    return load_indicators(ROOT / "config/indicators.tsv")


def report(report_id: str, **values: object) -> Report:
    text = TEXT.format(**values)
    return parse(Source(f"{report_id}.txt", "0" * 64, "utf-8", text), report_id)


def frames(*reports: Report) -> dict[str, pd.DataFrame]:
    return tabulate_reports(reports)


def test_a_stored_report_gives_the_same_statements(indicators: Indicators, schemas, tmp_path: Path) -> None:
    found = ingest(SEED, "changchun-2025")
    tables = frames(found)
    checked = (check(tables[name], schemas[name]) for name in ("reports", "outline", "sentences"))
    (stored,) = rebuild_reports(*checked)
    entries = extract(stored, indicators)
    assert entries == extract(found, indicators)
    rows = check(target_rows({"changchun-2025": entries}), schemas["targets"])
    assert len(rows) > 150
    text = found.source.text
    percentages = rows[rows["value"].notna() & (rows["unit"] == "%")]
    assert all("%" in text[a:b] for a, b in zip(percentages["start"], percentages["end"], strict=True))
    write(rows, tmp_path / "targets.csv", schemas["targets"])
    back = Ledger()
    back.add(read_arrow(tmp_path / "targets.csv", schemas["targets"]))
    assert sorted(back["changchun-2025"], key=lambda e: (e.start, e.end, e.indicator)) == sorted(
        entries, key=lambda e: (e.start, e.end, e.indicator)
    )


def test_the_ledger_has_what_is_compared(indicators: Indicators, schemas, tmp_path: Path) -> None:
    parsed = [
        report("a-2024", place="长春市", year=2024, last=2023, reached=5.0, target=6),
        report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5),
        report("p-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=5),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    main, reached = Ledger(), Ledger()
    for number, batch in enumerate((["a-2024", "p-2025"], [], ["a-2025"])):
        path = tmp_path / f"{number}.csv"
        write(target_rows({report_id: entries[report_id] for report_id in batch}), path, schemas["targets"])
        table = read_arrow(path, schemas["targets"].only(COMPARISON_COLUMNS))
        main.add(table.filter(are_main_or_canonical(table)))
        reached.add(table.filter(are_outturns(table)))
    assert sorted(main) == sorted(reached) == ["a-2024", "a-2025", "p-2025"]
    assert main["b-2025"] == ()
    assert {e.period for e in reached["a-2025"]} == {"outturn"}
    reports = check(frames(*parsed)["reports"], schemas["reports"])
    for name, rows, stored in (
        (
            "target_attainment",
            attainment_rows(reports, entries, entries, indicators),
            attainment_rows(reports, main, reached, indicators),
        ),
        ("target_gaps", gap_rows(reports, entries), gap_rows(reports, main)),
    ):
        pd.testing.assert_frame_equal(check(stored, schemas[name]), check(rows, schemas[name]))
    assert (len(attainment_rows(reports, main, reached, indicators)), len(gap_rows(reports, main))) == (2, 2)


def test_across_years_and_levels(indicators: Indicators, schemas) -> None:
    parsed = [
        report("a-2024", place="长春市", year=2024, last=2023, reached=5.0, target=6),
        report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5),
        report("p-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=5),
    ]
    entries: dict[str, list[LedgerEntry]] = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"])
    attained = check(attainment_rows(reports, entries, entries, indicators), schemas["target_attainment"])
    assert attained[["year", "indicator", "difference", "verdict"]].to_numpy().tolist() == [
        [2024, "地区生产总值", -1.2, "missed"],
        [2024, "城镇新增就业", 20_000.0, "met"],
    ]
    gaps = check(gap_rows(reports, entries), schemas["target_gaps"]).set_index(["report_id", "indicator"])
    assert set(gaps["superior_id"]) == {"p-2025"}
    assert gaps.loc[("a-2025", "地区生产总值"), "difference"] == pytest.approx(0.5)


def test_the_level_above_a_county_is_its_prefecture_if_that_is_at_hand(indicators: Indicators, schemas) -> None:
    parsed = [
        report("c-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5),
        report("k-2025", place="南关区", year=2025, last=2024, reached=4.8, target=6),
        report("p-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=5),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"]).assign(
        adcode=["220100", "220102", "220000"], region_level=["prefecture", "county", "province"], province="吉林省"
    )
    found = {}
    for some in (reports, reports[reports["report_id"] != "c-2025"]):
        gaps = check(gap_rows(some, entries), schemas["target_gaps"])
        own = gaps[(gaps["report_id"] == "k-2025") & (gaps["indicator"] == "地区生产总值")]
        found[len(some)] = own[["superior_id", "difference"]].to_numpy().tolist()
    assert found == {3: [["c-2025", 0.5]], 2: [["p-2025", 1.0]]}


def test_of_several_reports_of_a_year_the_first_by_name_is_compared(indicators: Indicators, schemas) -> None:
    """As where words are compared with the year before: `emphasis.measures.report_pairs.year_pairs`."""
    parsed = [
        report("a-2024", place="长春市", year=2024, last=2023, reached=5.0, target=6),
        report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5),
        report("copy-2024", place="长春市", year=2024, last=2023, reached=5.0, target=9),
        report("copy-2025", place="长春市", year=2025, last=2024, reached=3.0, target=9),
        report("p-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=5),
        report("q-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=9),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"])
    attained = check(attainment_rows(reports, entries, entries, indicators), schemas["target_attainment"])
    assert attained["difference"].tolist() == [-1.2, 20_000.0]
    assert set(check(gap_rows(reports, entries), schemas["target_gaps"])["superior_id"]) == {"p-2025"}


def test_a_report_of_an_unknown_region_is_not_compared_with_the_nation(indicators: Indicators, schemas) -> None:
    parsed = [
        report("n-2025", place="国务院", year=2025, last=2024, reached=5.0, target=5),
        report("p-2025", place="吉林省", year=2025, last=2024, reached=4.3, target=5),
        report("x-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"]).assign(
        region=["全国", "吉林省", ""], adcode=["", "220000", ""], region_level=["national", "province", ""], province=""
    )
    gaps = check(gap_rows(reports, entries), schemas["target_gaps"])
    assert set(zip(gaps["report_id"], gaps["superior_id"], strict=True)) == {("p-2025", "n-2025")}


def test_a_zone_is_compared_with_its_city_and_not_with_the_province(indicators: Indicators, schemas) -> None:
    parsed = [
        report("c-2025", place="深圳市", year=2025, last=2024, reached=4.8, target=5.5),
        report("p-2025", place="广东省", year=2025, last=2024, reached=4.3, target=5),
        report("z-2025", place="大鹏新区", year=2025, last=2024, reached=4.3, target=6),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"])
    for zone, superior in (("大鹏新区", {"c-2025"}), ("某某新区", set())):
        own = reports.assign(
            region=["深圳市", "广东省", zone],
            adcode=["440300", "440000", ""],
            region_level=["prefecture", "province", ""],
            province="广东省",
        )
        gaps = check(gap_rows(own, entries), schemas["target_gaps"])
        assert set(gaps.loc[gaps["report_id"] == "z-2025", "superior_id"]) == superior


def test_regions_of_one_name_are_not_compared(indicators: Indicators, schemas) -> None:
    parsed = [
        report("h-2024", place="和平区", year=2024, last=2023, reached=5.0, target=6),
        report("s-2025", place="和平区", year=2025, last=2024, reached=4.8, target=5.5),
    ]
    entries = {r.report_id: extract(r, indicators) for r in parsed}
    reports = check(frames(*parsed)["reports"], schemas["reports"])
    apart = reports.assign(adcode=["120101", "210102"], region_level="county")
    assert check(attainment_rows(apart, entries, entries, indicators), schemas["target_attainment"]).empty
    same = reports.assign(adcode="120101", region_level="county")
    assert len(check(attainment_rows(same, entries, entries, indicators), schemas["target_attainment"])) == 2


def test_one_report_has_nothing_to_compare_with(indicators: Indicators, schemas) -> None:
    alone = report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5)
    reports, entries = frames(alone)["reports"], {"a-2025": extract(alone, indicators)}
    reports = check(reports, schemas["reports"])
    assert check(attainment_rows(reports, entries, entries, indicators), schemas["target_attainment"]).empty
    assert check(gap_rows(reports, entries), schemas["target_gaps"]).empty


def test_the_chart_shows_comparable_pairs_as_printed(indicators: Indicators, schemas) -> None:
    made = report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5)
    pairs = check(pair_rows({"a-2025": extract(made, indicators)}), schemas["target_pairs"])
    assert pairs[["outturn_comparator", "comparator", "kind", "direction"]].iloc[0].tolist() == [
        "eq",
        "ge",
        "growth_rate",
        "增长",
    ]
    rows = comparable_rows(STYLE, pairs)
    nearly = comparable_rows(
        STYLE, pairs.assign(outturn_comparator=["near_below", "gt"][: len(pairs)] + ["eq"] * (len(pairs) - 2))
    )
    assert [r.outturn_text for r in nearly][:2] == ["近4.8%", "> 12万人"]
    assert [(r.indicator, r.outturn_text, r.target_text) for r in rows] == [
        ("地区生产总值增长", "4.8%", "≥ 5.5%"),
        ("城镇新增就业", "12万人", "≥ 10万人"),
    ]


def test_a_fall_beside_a_rise_is_negative_in_the_chart(indicators: Indicators, schemas) -> None:
    made = report("a-2025", place="长春市", year=2025, last=2024, reached=4.8, target=5.5)
    pairs = check(pair_rows({"a-2025": extract(made, indicators)}), schemas["target_pairs"])
    fell = comparable_rows(STYLE, pairs.assign(outturn_direction=["下降", ""]))[0]
    assert (fell.outturn, fell.outturn_text, fell.target_text) == (-4.8, "-4.8%", "≥ 5.5%")
