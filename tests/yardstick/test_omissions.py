"""Which missing terms are listed, and which reports of the same time or level are asked."""

import numpy as np
import pandas as pd

from emphasis.reference.data import peer_counts
from emphasis.reference.distinctive import OwnTerms
from emphasis.reference.kin import Kin
from emphasis.reference.omissions import (
    FEW,
    OF_GOVERNMENT,
    Candidates,
    listed_marks,
    missing_ranks,
    omission_marks,
)
from emphasis.reference.peers import PeerRule
from emphasis.reference.variants import OtherNames
from support.yardstick import made_up


class Text:
    """What `Said` is asked, with the answers."""

    def __init__(self, said, words=()):
        self.variant = lambda term: said.get(term, "")
        self.has_words_of = set(words).__contains__


def candidates(k, **given):
    values = {"concentration": np.ones(k), "of_government": np.zeros(k)}
    values |= {name: np.zeros(k, dtype=bool) for name in ("compound", "period", "level")}
    for name, at in given.items():
        for place, value in at.items():
            values[name][place] = value
    return Candidates(**values)


def test_each_reason_has_its_mark():
    terms = [
        "银发经济",
        "底线",
        "规模化",
        "农业",
        "低空",
        "现代化产业体系",
        "增加",
        "政绩观",
        "区域协调发展",
        "创新能力",
    ]
    names = OtherNames({}, frozenset(), frozenset(terms) - {"底线"}, frozenset())
    known = candidates(
        10, concentration={2: 0.4, 5: 0.1}, level={3: True, 6: True}, period={4: True, 6: True}, of_government={7: 0.75}
    )
    text = Text({"现代化产业体系": "现代产业体系"})
    marks, instead = omission_marks(terms, [""] * 6 + ["reporting"] + [""] * 3, known, names, text)
    assert marks == ["", "word", "general", "level", "period", "variant", "reporting", "formula", "formula", ""]
    assert [said for said in instead if said] == ["现代产业体系"]


def test_words_of_any_subject_that_are_said_apart_are_no_omission():
    """A compound of them is one where the text has both words, and it is not the name of a programme."""
    terms = ["有效监管", "平台模式", "开放行动"]
    names = OtherNames({}, frozenset(["开放行动"]), frozenset(terms), frozenset())
    known = candidates(3, compound=dict.fromkeys(range(3), True))
    marks, _ = omission_marks(terms, [""] * 3, known, names, Text({}, {"有效监管", "开放行动"}))
    assert marks == ["general", "", ""]


def test_formulas_are_what_stands_in_passages_on_government_alone(shipped):
    share = dict(zip(shipped.terms, shipped.of_government, strict=True))
    assert all(share[term] >= OF_GOVERNMENT for term in ("党风廉政建设", "全面从严治党", "中央八项规定", "民主监督"))
    assert all(share[term] < OF_GOVERNMENT for term in ("高效办成一件事", "银发经济", "营商环境", "数字政府"))


def test_what_holds_a_listed_term_is_not_listed_again():
    assert missing_ranks(["特别国债", "国债", "超长期特别国债"], ["", "", ""], ["", "word", ""], {}) == [1, None, None]
    # A word is covered by a longer term only where that one is listed.
    assert missing_ranks(["国债", "特别国债"], ["特别国债", ""], ["", "variant"], {}) == [1, None]
    assert missing_ranks(["国债", "特别国债"], ["特别国债", ""], ["", ""], {}) == [None, 1]


def test_what_a_listed_term_would_say_is_not_listed_again():
    others = {"保交房": ("保交楼",), "小巨人": ("专精特新",), "专精特新": ("小巨人",)}
    terms = ["专精特新", "保交楼", "小巨人", "保交房"]
    assert missing_ranks(terms, [""] * 4, [""] * 4, others) == [1, 2, None, None]
    # Nor is what would say a listed one, if only by what it holds.
    assert missing_ranks(["隐性债务", "地方债务"], [""] * 2, [""] * 2, {"隐性债务": ("化债", "债务")}) == [1, None]
    # What is not listed itself says nothing.
    assert missing_ranks(terms, [""] * 4, ["variant", "", "", ""], others) == [None, 1, 2, None]


def test_what_four_in_ten_peers_do_not_speak_of_by_any_name_is_not_listed():
    """Of ten reports six have 量子科技 or 量子, five 商业航天, and all the third, which is marked."""
    counts = [[1, 0, 1, 1]] * 4 + [[0, 1, 1, 1]] * 2 + [[0, 0, 0, 1]] * 3 + [[0, 0, 1, 1]]
    counts = [[a, b, int(i < 5), d] for i, (a, b, _, d) in enumerate(counts)]
    reference = made_up(counts, [1000] * 10, ["量子科技", "量子", "商业航天", "增加"])
    peers = peer_counts(reference, reference.reports["report_id"].tolist())
    terms, others = ["量子科技", "商业航天", "增加"], {"量子科技": ("量子", "没有的词")}
    assert listed_marks(terms, ["", "", "reporting"], others, peers, reference) == ["", FEW, "reporting"]
    assert listed_marks(terms[:1], [""], {}, peers, reference) == [FEW]


def test_what_others_of_its_time_or_level_lack_and_say():
    """Of five such reports all have the first term, one the second, none the third."""
    reference = made_up([[4, 1, 0], *[[4, 0, 0]] * 4], [1000] * 5, ["a", "b", "c"])
    group = peer_counts(reference, reference.reports["report_id"].tolist())
    kin = Kin(group, None)
    period, level = kin.lack(np.array([0, 1, 2]))
    assert period.tolist() == [False, True, True] and not level.any()
    own = OwnTerms(np.array(["a", "b"], dtype=object), np.array(["n", "n"], dtype=object), np.array([0, 1]), {})
    period, level = Kin(None, group).say_as_often(own, np.arange(2), np.array([40.0, 10.0]))
    assert level.tolist() == [True, False] and not period.any()
    assert Kin(None, group).say_as_often(own, np.arange(2), np.array([41.0, 10.0]))[1].tolist() == [False, False]


def among(*groups):
    rows = [
        {"report_id": f"{level[0]}{i:02}-{year}", "region": f"{level}{i}", "region_level": level, "year": year}
        for level, number, year in groups
        for i in range(number)
    ]
    table = pd.DataFrame(rows)
    return table.assign(adcode=table["region"], province="某省")


def own(level, year):
    return pd.Series(
        {"report_id": "x", "region": "x", "region_level": level, "adcode": "x", "province": "某省", "year": year}
    )


def test_a_district_among_provinces_is_seen_beside_districts():
    rule = PeerRule(among(("province", 20, 2025), ("county", 6, 2024)))
    report = own("county", 2024)
    peers = rule.of(report)
    assert set(peers.report_ids) == {f"p{i:02}-2025" for i in range(20)}
    assert rule.of_own_level(report, peers) == tuple(f"c{i:02}-2024" for i in range(6))
    assert rule.contemporaries(report, peers) == ()
    zone = report.replace("county", "")
    assert rule.of_own_level(zone, rule.of(zone)) == rule.of_own_level(report, peers)
    few = PeerRule(among(("province", 20, 2025), ("county", 4, 2024)))
    assert few.of_own_level(report, few.of(report)) == ()


def test_a_province_of_other_years_than_its_peers_is_seen_beside_its_contemporaries():
    rule = PeerRule(among(("province", 20, 2025), ("county", 4, 2021), ("prefecture", 2, 2020)))
    report = own("province", 2021)
    peers = rule.of(report)
    assert len(peers.report_ids) == 20
    assert len(rule.contemporaries(report, peers)) == 6 and rule.of_own_level(report, peers) == ()


def test_among_peers_of_two_years_those_of_its_own_are_asked():
    """What was done with in its year is missing in none of them."""
    rule = PeerRule(among(("county", 6, 2023), ("county", 12, 2022)))
    report = own("county", 2023)
    peers = rule.of(report)
    assert len(peers.report_ids) == 12
    assert rule.contemporaries(report, peers) == tuple(f"c{i:02}-2023" for i in range(6))
    few = PeerRule(among(("county", 4, 2023), ("county", 12, 2022)))
    assert few.contemporaries(report, few.of(report)) == ()
    same = PeerRule(among(("county", 12, 2023)))
    assert same.contemporaries(report, same.of(report)) == ()


def test_chosen_peers_are_asked_alone():
    rule = PeerRule(among(("province", 20, 2025), ("county", 6, 2021)), ["p00-2025", "p01-2025"])
    report = own("county", 2021)
    peers = rule.of(report)
    assert rule.contemporaries(report, peers) == rule.of_own_level(report, peers) == ()


def test_a_term_is_rare_that_hardly_any_recent_report_has():
    counts = [[1, 1, 0]] * 1 + [[1, 0, 0]] * 21 + [[1, 1, 1]] * 3
    years = pd.array([2024] * 11 + [2022] * 11 + [2025] * 3, dtype="Int64")
    reference = made_up(counts, [1000] * 25, ["a", "b", "c"], year=years)
    assert reference.rare_terms(2024).tolist() == [1, 2]
    assert reference.rare_terms(2025).tolist() == []
    assert reference.rare_terms(1990).tolist() == []
