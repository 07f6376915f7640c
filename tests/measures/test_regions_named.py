"""Regions that reports name: by hand, with nesting, ordinary words and names that several regions bear."""

import pandas as pd
import pytest

from emphasis.measures.regions_named import Place, regions_named, relation
from emphasis.store.tables import check

CHANGCHUN = ("长春市", "220100", "prefecture", "吉林省", 2025)


def named(text, schemas, of=CHANGCHUN):
    """The regions that a text names, which has words divided by spaces and sentences by 。, with the relation and number of each."""
    region, code, level, province, year = of
    rows, at = [], 0
    for number, sentence in enumerate(text.split("。")):
        for word in sentence.split():
            rows.append(("r", "s1", f"r:{number}", word, at, at + len(word)))
            at += len(word)
        at += 1
    tokens = pd.DataFrame(rows, columns=["report_id", "section_id", "sentence_id", "token", "start", "end"])
    facts = {"report_id": ["r"], "region": [region], "adcode": [code], "region_level": [level], "province": [province]}
    reports = pd.DataFrame(facts | {"year": pd.array([year], dtype="Int64")})
    return check(regions_named(tokens, reports), schemas["regions_named"])


def counts(*args, **more):
    table = named(*args, **more)
    return {name: (rel, n) for name, rel, n in zip(table["named"], table["relation"], table["n"], strict=True)}


def test_relations_and_counts(schemas):
    text = "长春 与 沈阳 、 吉林市 。 吉林省 支持 长春市 。 南关区 、 榆树 和 天津 。 沈阳 来"
    assert counts(text, schemas) == {
        "长春市": ("own", 2), "吉林省": ("superior", 1), "南关区": ("within", 1), "榆树市": ("within", 1),
        "吉林市": ("sibling", 1), "沈阳市": ("other", 2), "天津市": ("other", 1),
    }  # fmt: skip


def test_a_name_of_several_tokens_is_one_and_its_first_place_is_given(schemas):
    row = named("我们 与 杭 州市 、 延边 朝鲜族 自治州", schemas).set_index("named")
    assert row.loc["杭州市", ["start", "end", "sentence_id", "section_id"]].tolist() == [3, 6, "r:0", "s1"]
    assert row.loc["延边朝鲜族自治州", "relation"] == "sibling"


def test_a_name_that_says_where_the_next_lies_does_not_count(schemas):
    assert counts("吉林省 长春市 南关区 。 江西 赣州", schemas) == {"南关区": ("within", 1), "赣州市": ("other", 1)}
    # Neighbours in a list are no such names.
    assert counts("江西 、 赣州", schemas) == {"江西省": ("other", 1), "赣州市": ("other", 1)}


@pytest.mark.parametrize(
    "text",
    [
        "长治久安",
        "和平 发展 的 东方",
        "改造 老城区 和 新城区",
        "河南 大学 、 宁德 时代",
        "南京 路 和 长沙 头",
        "依法 治 市",
        "产业 兴县",
        "印度洋 和平区",
        "南山 的 雪",
        "幸福 安康",
        "周年 大庆",
        "中山 七 院 和 中山 小学 、 中山 纪念 学校",
        "上海 第六 人民医院",
        "长春 北路 、 南京 西路 、 长春 站 、 沈阳 火车 站",
        "吉林 港 、 哈尔滨 国际 机场",
        "科技 兴安 、 日照 中心 、 金色 朝阳",
        "盐田港 东港区 和 高 新北区",
    ],
)
def test_what_is_no_region(text, schemas):
    assert counts(text, schemas) == {}


SHENZHEN = ("深圳市", "440300", "prefecture", "广东省", 2025)


@pytest.mark.parametrize(
    "text",
    [
        # 罗湖 is a district of Shenzhen, 龙湖 one of Shantou.
        "罗 湖北 等 枢纽",
        "龙 湖南 至 普宁 段",
        # The report has the other name elsewhere, as a word or in pieces.
        "平湖 。 建成 平 湖南 枢纽",
        "香蜜湖 。 香蜜 湖北 区",
        "前 海 蛇口 。 前 海南 山 排水",
        "前 海 蛇口 。 建设 前 海城市 新 中心",
        "海山 街道 。 海 山东 一 街",
    ],
)
def test_a_name_that_is_cut_out_of_two_others_is_none(text, schemas):
    assert counts(text, schemas, SHENZHEN) == {}


def test_provinces_that_begin_with_such_characters_are_found(schemas):
    text = "在 海 上 。 与 海南 。 对 湖 区 。 对 湖北 、 新 湖南 。 新 湖 。 建设 海洋 、 建设 海南 。 深圳 站 在 新 的 起点"
    found = {"海南省": ("other", 2), "湖北省": ("other", 1), "湖南省": ("other", 1), "深圳市": ("own", 1)}
    assert counts(text, schemas, SHENZHEN) == found


def test_a_rare_word_that_is_a_name_near_by(schemas):
    """光明 and 盐田 in reports of these districts and of Shenzhen, but 前景 is 光明; 合作 is no city in 甘南."""
    text = "光明 、 盐田 。 光明 前景 、 前途 光明 、 盐田 港"
    assert counts(text, schemas, SHENZHEN) == {"光明区": ("within", 1), "盐田区": ("within", 1)}
    assert counts(text, schemas, ("光明区", "440311", "county", "广东省", 2025)) == {"光明区": ("own", 1)}
    assert counts(text, schemas) == {}
    assert counts("合作", schemas, ("甘南藏族自治州", "623000", "prefecture", "甘肃省", 2025)) == {}
    assert counts("大庆 。 周年 大庆", schemas, ("黑龙江省", "230000", "province", "黑龙江省", 2025)) == {
        "大庆市": ("within", 1)
    }
    # The city, not the county of its name.
    datong = counts("大同", schemas, ("大同市", "140200", "prefecture", "山西省", 2015))
    assert datong == {"大同市": ("own", 1)}


def test_a_zone_counts_for_the_region_whose_name_it_bears(schemas):
    assert counts("长春 新区 、 兰州 新区", schemas) == {"长春市": ("own", 1), "兰州市": ("other", 1)}


def test_a_name_of_several_regions_is_told_by_what_is_near(schemas):
    table = named("朝阳区 。 北京市 朝阳区", schemas)
    assert dict(zip(table["adcode"], table["n"], strict=True)) == {"220104": 1, "110105": 1}
    elsewhere = named("朝阳区", schemas, ("武汉市", "420100", "prefecture", "湖北省", 2025))
    assert elsewhere[["named", "adcode", "relation"]].to_numpy().tolist() == [["朝阳区", "", "unclear"]]
    # In Changchun 和平区 is a word; in Tianjin it is a district.
    tianjin = counts("和平区 、 南开", schemas, ("天津市", "120000", "province", "天津市", 2025))
    assert tianjin == {"和平区": ("within", 1), "南开区": ("within", 1)}


def test_names_are_those_of_the_time(schemas):
    assert counts("襄樊", schemas, ("全国", "", "national", "", 2005)) == {"襄樊市": ("within", 1)}
    assert counts("襄樊", schemas, ("全国", "", "national", "", 2020)) == {}


def test_a_zone_without_a_code(schemas):
    unknown = Place.of("某某新区", "", "", "广东省")
    assert [relation(unknown, code) for code in ("440000", "440300", "360000")] == ["superior", "unclear", "other"]
    for name in ("大鹏新区", "深圳市坪山新区"):
        known = Place.of(name, "", "", "广东省")
        assert [relation(known, code) for code in ("440300", "440304", "440400")] == ["superior", "sibling", "other"]


def test_a_report_that_names_nothing(schemas):
    assert not len(named("发展 经济", schemas))


def test_the_city_of_a_zone_is_above_it(schemas):
    text = "深圳市 、 广东省 、 龙岗区 、 长春市"
    assert counts(text, schemas, ("大鹏新区", "", "", "", 2022)) == {
        "深圳市": ("superior", 1), "广东省": ("superior", 1), "龙岗区": ("sibling", 1), "长春市": ("other", 1)
    }  # fmt: skip
