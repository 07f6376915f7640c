"""The bundled report against the provinces of its year, as a notebook shows it."""

import pytest

from emphasis import EmphasisError, read_report, read_reports
from emphasis.reference.search import plain
from support import REPORT, ROOT

SEED = ROOT / f"seeds/{REPORT}.txt"


def listed(table, part):
    rows = table[(table["part"] == part) & table["rank"].notna()]
    return rows.sort_values("rank")


def test_its_peers_are_the_provinces(report):
    peers = report.peers()
    assert len(peers) >= 20 and set(peers["rule"]) == {"other level"} and peers["compared"].all()
    assert set(peers["peer_region_level"]) == {"province"}
    assert peers["peer_region"].is_unique


def test_what_it_stresses(report):
    words = listed(report.distinctive(), "whole")["term"].tolist()[:25]
    assert {"汽车", "光电信息", "历史建筑", "车型", "公交"} <= set(words)
    assert not {"建设", "发展", "提升", "全市", "长春", "大街", "新建"} & set(words)


def test_what_its_section_on_industry_stresses(report):
    table = report.distinctive()
    (section,) = report.outline.query("heading.str.contains('新质生产力') and level == 2")["section_id"]
    words = table.loc[(table["section_id"] == section) & table["rank"].notna(), "term"]
    assert {"车型", "氢能", "汽车"} <= set(words)


def test_what_is_marked_has_no_rank(report):
    table = report.distinctive()
    marks = table.drop_duplicates("term").set_index("term")["mark"]
    assert marks[["长春", "全市", "新建"]].tolist() == ["place", "level", "reporting"]
    assert table.loc[table["mark"] != "", "rank"].isna().all()
    assert (table.loc[table["new"], "peers_with"] == 0).all()


def test_what_it_passes_over_is_no_string_of_it(report):
    missing = report.missing()
    whole = missing[missing["part"] == "whole"]["term"].tolist()
    assert {"银发经济", "高效办成一件事", "中国式现代化"} <= set(whole)
    text = plain(report.text)
    assert [term for term in whole if plain(term) in text] == []


def test_where_it_stands(report):
    rows = report.standing().set_index(["kind", "measure", "part"])
    assert set(rows.index.get_level_values(0)) == {"theme", "topic", "area", "target", "structure"}
    growth = rows.loc[("target", "gdp_growth", "plan")]
    assert growth["value"] > growth["peer_median"] and growth["percentile"] > 50
    assert rows.loc[("theme", "environment", "whole"), "percentile"] < 20
    # Policy areas with the interval of areas.csv: of the environment as little as by the dictionary.
    area, own = rows.loc[("area", "7", "whole")], report.areas.set_index(["part", "area"]).loc[("whole", "7")]
    assert area[["value", "low", "high"]].tolist() == pytest.approx(own[["share", "low", "high"]].tolist(), abs=1e-6)
    assert area["percentile"] < 20 and area["n_peers"] >= 20


def test_other_peers(report):
    other = read_report(SEED, peers="广东省")
    assert set(other.peers()["rule"]) == {"setting"}
    assert other.distinctive()["n_peers"].max() == len(other.peers())


@pytest.mark.parametrize(
    ("setting", "message"), [({"reference": "nowhere"}, "nowhere"), ({"peers": "省"}, "no report of 省")]
)
def test_what_is_not_there_is_said(setting, message):
    with pytest.raises(EmphasisError, match=message):
        read_report(SEED, **setting).peers()


def test_what_another_report_says_changes_no_row(tmp_path):
    """A term that the reference has not is bounded by its words, whether it is a token of its own somewhere or lies in longer ones only."""
    text = SEED.read_text(encoding="utf-8")
    assert text.count("全国青少年阳光体育大会") == 1
    texts = {
        "a": text.replace("全国青少年阳光体育大会", "、".join(["全国青少年阳光体育大会"] * 8)),
        "b": text.replace("全国青少年阳光体育大会", "、".join(["阳光体育"] * 8)),
    }
    for name, content in texts.items():
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
    alone, together = read_report(tmp_path / "a.txt"), read_reports(tmp_path)
    held, others = alone.vocabulary, together.vocabulary
    assert "阳光体育" in set(held["unit"]) - set(held["token"]) and "阳光体育" in set(others["token"])
    rows = alone.distinctive()
    assert "阳光体育" in set(rows["term"])
    compared = together.distinctive()
    compared = compared[compared["report_id"] == "a"].reset_index(drop=True)
    assert compared.equals(rows)
