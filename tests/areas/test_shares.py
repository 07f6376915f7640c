"""Shares of areas: by hand, what they add up to, corrections, and simulated intervals."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from areas.conftest import FOLDER, made_up
from emphasis.areas.coder import UNIT
from emphasis.areas.corrections import Correction
from emphasis.areas.shares import (
    CODING_ERROR,
    code_rows,
    correct,
    diversity,
    main_area,
    share_rows,
    stretches,
    unit_sums,
)
from emphasis.areas.tables import area_tables
from emphasis.measures.intervals import pooled_effect, rate_intervals
from emphasis.store.tables import check


def certain(areas, *shares):
    """A row of probabilities: (area, ten-thousandths), ..."""
    row = np.zeros(len(areas), "int64")
    for area, p in shares:
        row[areas.index(area)] = p
    return row


@pytest.fixture
def small(scheme):
    """Four sentences of two sections, the last of a review: 4, 4 or 6, 15a, 15b."""
    sentences = pd.DataFrame(
        [("a", "s1", 1, "粮食"), ("a", "s1.1", 2, "粮食 和学校"), ("a", "s1.1", 2, "钢铁厂房"), ("a", "s2", 3, "银行")],
        columns=["report_id", "section_id", "paragraph", "text"],
    )
    outline = pd.DataFrame(
        [("a", "s1", "计划", "plan"), ("a", "s1.1", "", "plan"), ("a", "s2", "", "review")],
        columns=["report_id", "section_id", "heading", "role"],
    )
    a = scheme.areas
    p = np.stack(
        [
            certain(a, ("4", UNIT)),
            certain(a, ("4", 6000), ("6", 4000)),
            certain(a, ("15a", UNIT)),
            certain(a, ("15b", UNIT)),
        ]
    )
    return sentences, p, outline


def test_shares_by_hand(small, scheme):
    table = share_rows(*small, scheme, ["plan", "review"]).set_index(["part", "section_id", "area"]).sort_index()
    whole = table.loc["whole", ""]
    assert whole["share"][["4", "6", "15", "15a", "15b"]].tolist() == pytest.approx([0.4, 0.1, 0.5, 0.25, 0.25])
    # Characters without white space: 2, 5, 4, 2.
    assert whole["share_characters"][["4", "6", "15"]].tolist() == pytest.approx([5 / 13, 2 / 13, 6 / 13])
    assert whole["n"][["4", "6", "15", "0"]].tolist() == [2, 0, 2, 0]
    assert table.loc["plan", ""]["share"]["4"] == pytest.approx(1.6 / 3)
    assert table.loc["review", ""]["share"]["15b"] == 1
    assert table.loc["section", "s1"]["share"]["15"] == pytest.approx(1 / 3)
    assert table.loc["section", "s1.1"]["share"].to_dict() == pytest.approx({"4": 0.3, "6": 0.2, "15": 0.5, "15a": 0.5})
    assert table["low"].isna().all(), "three paragraphs have no interval"


def test_parts_of_a_report_add_up(small, scheme, schemas):
    table = share_rows(*small, scheme, ["plan", "review"])
    codes = table[(table["part"] != "section") & (table["area"] != "15")]
    assert codes.groupby("part")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    named = table.assign(
        area_en=table["area"].map(dict(scheme.names_en)), area_zh=table["area"].map(dict(scheme.names_zh))
    )
    assert check(named, schemas["areas"])["area_en"].ne("").all()


def test_parts_that_are_not_counted_are_left_out(small, scheme):
    table = share_rows(*small, scheme, ["review"])
    assert set(table["part"]) == {"whole", "review", "section"} and set(table["section_id"]) == {"", "s2"}
    assert share_rows(*small, scheme, ["annex"]).empty


def test_the_main_area_is_that_of_sentences_and_heading(scheme):
    a = scheme.areas
    shares = certain(a, ("15d", 49), ("20", 20), ("1", 31)) / 100
    assert a[main_area(shares, None, scheme)] == "15d"
    assert a[main_area(shares, certain(a, ("20", 100)) / 100, scheme)] == "20"
    assert a[main_area(shares, certain(a, ("0", 100)) / 100, scheme)] == "15d", (
        "a heading without an area decides nothing"
    )
    assert a[main_area(certain(a, ("0", 51), ("3", 49)) / 100, None, scheme)] == "0"
    assert a[main_area(certain(a, ("0", 50), ("3", 50)) / 100, None, scheme)] == "3"
    assert a[main_area(certain(a, ("7", 50), ("3", 50)) / 100, None, scheme)] == "3", "the first of equal ones"


def test_shares_of_a_report_do_not_depend_on_the_reports_beside_it(scheme):
    rng, roles = np.random.default_rng(4), ("review", "plan", "annex")
    rows = [(f"r{n}", f"s{i % 5}.{i % 3}", i // 3, "粮 食" * (i % 4 + 1)) for n in range(6) for i in range(20 + 9 * n)]
    sentences = pd.DataFrame(rows, columns=["report_id", "section_id", "paragraph", "text"])
    keys = sorted({(report_id, name) for report_id, section_id, *_ in rows for name in (section_id, section_id[:2])})
    outlined = [(*key, "农业" if i % 2 else "", roles[int(key[1][1]) % 3]) for i, key in enumerate(keys)]
    outline = pd.DataFrame(outlined, columns=["report_id", "section_id", "heading", "role"])
    p = rng.multinomial(UNIT, rng.dirichlet(np.full(len(scheme.areas), 0.1), len(rows)))
    together = share_rows(sentences, p, outline, scheme, ["review", "plan"])
    alone = []
    for report_id in sentences["report_id"].unique():
        own = (sentences["report_id"] == report_id).to_numpy()
        alone.append(share_rows(sentences[own].reset_index(drop=True), p[own], outline, scheme, ["review", "plan"]))
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True), check_exact=True)
    assert together["low"].notna().any()


def test_long_paragraphs_are_cut_and_sections_not_joined():
    section, paragraph = np.array([0] * 6 + [1] * 2), np.array([1, *[2] * 5, 2, 3])
    assert stretches(section, paragraph).tolist() == [0, 1, 1, 1, 1, 2, 3, 4]


def test_unit_sums_by_hand():
    p = np.array([[6000, 4000], [10_000, 0], [0, 10_000]])
    sums, group = unit_sums(p, np.array([0, 0, 1]), np.array([[1, 1, 1], [0, 0, 1]]))
    assert group.tolist() == [0, 0, 1, 1]
    assert sums.n == pytest.approx([1.6, 1.4, 0, 1])
    assert sums.rate == pytest.approx([1.6 / 3, 1.4 / 3, 0, 1])
    assert sums.squares == pytest.approx([1.6**2 + CODING_ERROR * 0.24, 0.4**2 + CODING_ERROR * 0.24 + 1, 0, 1])
    assert sums.with_size == pytest.approx([3.2, 0.4 * 2 + 1, 0, 1])
    assert sums.units.tolist() == [2, 2, 1, 1]


def test_codes_and_second_areas(scheme):
    a = scheme.areas
    table = pd.DataFrame(
        [("r", "r:1", 0, 5), ("r", "r:2", 5, 9), ("r", "r:3", 9, 12)],
        columns=["report_id", "sentence_id", "start", "end"],
    )
    p = np.stack(
        [
            certain(a, ("3", 7000), ("4", 3000)),
            certain(a, ("0", 9500), ("4", 500)),
            certain(a, ("9", 5000), ("2", 5000)),
        ]
    )
    found = code_rows(table, correct(p / UNIT, {1: a.index("12")}), {1: a.index("12")}, scheme)
    assert found["area"].tolist() == ["3", "12", "2"]
    assert found["second"].tolist() == ["4", "", "9"]
    assert found["p"].tolist() == [0.7, 1.0, 0.5]
    assert found["corrected"].tolist() == [False, True, False]


def test_shares_follow_a_correction(coder, scheme, schemas):
    tables = made_up({"a": [("s1", "工作", "新增 公办 学位"), ("s1", "工作", "新增 公办 学校")]})
    before = area_tables(tables, coder, scheme, [], ["plan"])
    one = Correction("a", "a:2", None, scheme.areas.index("3"), "line 1")
    after = area_tables(tables, coder, scheme, [one], ["plan"])
    assert set(before["sentence_areas"]["area"]) == {"6"} and after["sentence_areas"]["area"].tolist() == ["6", "3"]
    whole = after["areas"].query("part == 'whole'").set_index("area")["share"]
    assert whole["3"] >= 0.5 and whole["6"] < 0.6
    assert len(check(after["sentence_areas"], schemas["sentence_areas"])) == 2


def test_diversity_by_hand(scheme, schemas):
    rows = [("r", "whole", "", area, 0.0) for area in scheme.listed]
    shares = pd.DataFrame(rows, columns=["report_id", "part", "section_id", "area", "share"]).set_index("area")
    shares.loc[["4", "15", "15a", "0"], "share"] = [0.4, 0.4, 0.4, 0.2]
    found = diversity(shares.reset_index(), scheme)
    # Two topics with one half each; sentences without an area are left out.
    assert found["entropy"].item() == pytest.approx(np.log(2) / np.log(21))
    assert found["hhi"].item() == pytest.approx(0.5) and found["n_areas"].item() == pytest.approx(2)
    assert (found["first_area"].item(), found["first_share"].item()) == (4, 0.4)
    changed = found.assign(other_id="", entropy_change=np.nan, hhi_change=np.nan)
    assert len(check(changed, schemas["area_diversity"])) == 1


def test_a_report_without_areas_has_no_diversity(scheme):
    rows = [("r", "whole", "", area, float(area == "0")) for area in scheme.listed]
    found = diversity(pd.DataFrame(rows, columns=["report_id", "part", "section_id", "area", "share"]), scheme)
    assert found["first_area"].isna().all() and found["hhi"].isna().all()


@pytest.fixture(scope="module")
def held_out(scheme):
    """Real sentences: their area by reading, and the probabilities of a coder that has not seen their reports."""
    table = pq.read_table(FOLDER / "held_out.parquet").to_pandas()
    p = table[[f"p_{area}" for area in scheme.areas]].to_numpy(dtype="int64")
    return table, table["area"].map(scheme.areas.index).to_numpy(), p


def groups(table):
    """Reports of one kind, by what their names begin with or end in: places for the districts, decades for the nation."""
    names = table["report"]
    place = names.str.extract("(罗湖|坪山|福田|光明|龙华|龙岗|盐田|国务院|广东|2025年|2026_)", expand=False).fillna("")
    decade = names.str.extract(r"国务院.*(\d\d\d)\d", expand=False).fillna("")
    return (place + decade).to_numpy(dtype=object)


@pytest.mark.simulation
def test_intervals_hold_what_readers_coded(held_out, scheme):
    """Reports put together from stretches of one kind of reports: the true share is that by reading, over all of these."""
    table, truth, p = held_out
    kind, rng = groups(table), np.random.default_rng(1)
    held, there = np.zeros(2), np.zeros(2)
    for name in sorted(set(kind)):
        own = np.flatnonzero(kind == name)
        if len(own) < 100 or not name:
            continue
        share = np.bincount(truth[own], minlength=len(scheme.areas)) / len(own)
        cuts = np.cumsum(rng.integers(1, 5, len(own)))
        pieces = [piece for piece in np.split(own, cuts[cuts < len(own)]) if len(piece)]
        for _ in range(20):
            drawn = [pieces[i] for i in rng.integers(0, len(pieces), 100)]
            rows, unit = np.concatenate(drawn), np.repeat(np.arange(100), [len(piece) for piece in drawn])
            sums, group = unit_sums(p[rows], unit, np.ones((1, len(rows)), "int64"))
            low, high = rate_intervals(sums, pooled_effect(sums, group))
            for row, areas in enumerate((share >= 0.02, (share > 0) & (share < 0.02))):
                held[row] += ((low <= share) & (share <= high))[areas].sum()
                there[row] += areas.sum()
    covered = held / there
    assert 0.92 <= covered[0] <= 0.975, covered
    assert covered[1] >= 0.92, covered


def test_shares_of_held_out_reports_are_near_those_of_readers(held_out, scheme):
    """And expected numbers neither exaggerate nor level what sets reports apart, as counts of codes do."""
    table, truth, p = held_out
    k, errors, by_reading, expected, counted = len(scheme.areas), [], [], [], []
    for own in table.groupby("report").indices.values():
        if len(own) >= 30:
            by_reading.append(np.bincount(truth[own], minlength=k) / len(own))
            expected.append(p[own].mean(axis=0) / UNIT)
            counted.append(np.bincount(p[own].argmax(axis=1), minlength=k) / len(own))
            errors.append(np.abs(expected[-1] - by_reading[-1]).mean())
    assert np.mean(errors) < 0.015
    deviations = [(np.array(rows) - np.mean(rows, axis=0)).ravel() for rows in (by_reading, expected, counted)]
    slope, of_counts = (float(deviations[0] @ d / (d @ d)) for d in deviations[1:])
    assert 0.93 < slope < 1.07 and of_counts < slope
