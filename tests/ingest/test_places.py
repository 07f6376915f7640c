"""The region of a report, from made-up titles, sessions, salutations, offices and names of files."""

from __future__ import annotations

import pytest

from emphasis.ingest.places import PlaceSources, find_region
from emphasis.ingest.regions import in_force, regions_by_name, resolve_region, stem_of


def region(**sources: object) -> tuple[str, str, str]:
    found = find_region(PlaceSources(**sources)).region  # type: ignore[arg-type]
    return found.name, found.level, found.adcode


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({"meeting": "凉山彝族自治州第十二届人民代表大会", "opening": "我代表自治州人民政府,"}, ("凉山彝族自治州", "prefecture", "513400")),
        ({"meeting": "长白朝鲜族自治县第三届人民代表大会", "opening": "我代表自治县人民政府,"}, ("长白朝鲜族自治县", "county", "220623")),
        ({"title": "西藏自治区政府工作报告", "opening": "我代表自治区人民政府,"}, ("西藏自治区", "province", "540000")),
        ({"office": "上海市市长"}, ("上海市", "province", "310000")),
        ({"office": "区委副书记、福田区人民政府区长"}, ("福田区", "county", "440304")),
        ({"title": "2025年广西政府工作报告"}, ("广西壮族自治区", "province", "450000")),
        ({"office": "凉山州人民政府州长"}, ("凉山彝族自治州", "prefecture", "513400")),
        ({"title": "一图读懂2020年坪山区政府工作报告"}, ("坪山区", "county", "440310")),
        ({"opening": "现在,我代表罗湖区人民政府,向大会报告工作"}, ("罗湖区", "county", "440303")),
        ({"opening": "我代表国务院,向大会作政府工作报告"}, ("全国", "national", "")),
        # Zones have a name and no code.
        ({"title": "苏州工业园区2024年工作报告"}, ("苏州工业园区", "", "")),
        ({"opening": "我代表大鹏新区管委会,"}, ("大鹏新区", "", "")),
        ({"opening": "我代表坪山新区管理委员会,"}, ("坪山新区", "", "")),
        ({"title": "河北雄安新区2023年工作报告"}, ("雄安新区", "", "")),
        ({"title": "合肥市高新区工作报告"}, ("合肥市高新区", "", "")),
        # New areas that are districts have one.
        ({"title": "天津市滨海新区政府工作报告"}, ("滨海新区", "county", "120116")),
        ({"title": "两江新区政府工作报告", "year": 2026}, ("两江新区", "county", "500157")),
        ({"title": "两江新区政府工作报告", "year": 2020}, ("两江新区", "", "")),
        # What the speaker calls the region is no name.
        ({"opening": "我代表新区管委会,", "title": "本市政府工作报告"}, ("", "", "")),
        ({"opening": "我代表区人民政府,"}, ("", "", "")),
    ],
)  # fmt: skip
def test_what_the_file_says(sources: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert region(**{"year": 2022, **sources}) == expected


@pytest.mark.parametrize(
    ("name", "year", "adcode"),
    [
        ("巢湖市", 2011, "341400"), ("巢湖市", 2012, "340181"), ("毕节市", 2011, "522401"), ("毕节市", 2012, "520500"),
        ("莱芜市", 2018, "371200"), ("莱芜市", 2020, ""), ("莱芜区", 2019, "370116"), ("即墨市", 2017, "370282"),
        ("即墨区", 2018, "370215"), ("天门市", 2013, "429006"), ("江干区", 2021, "330104"), ("江干区", 2022, ""),
        ("新区", 2017, ""), ("会理市", 2022, "513402"), ("会理县", 2020, "513425"), ("渝北区", 2025, "500112"),
        ("渝北区", 2026, ""), ("米林市", 2024, "540481"), ("襄樊市", 2005, "420600"),
    ],
)  # fmt: skip
def test_a_code_is_one_in_force(name: str, year: int, adcode: str) -> None:
    assert resolve_region(name, [], year).adcode == adcode


def test_late_in_the_year_of_a_change_the_new_code_is_tried_first() -> None:
    assert [resolve_region("毕节市", [], 2011, month).adcode for month in (6, 7)] == ["522401", "520500"]


@pytest.mark.parametrize(
    ("speech", "adcode"),
    [("深圳" * 5, "440305"), ("深圳" * 4, ""), ("深圳" * 6 + "鹤岗" * 3, "440305"), ("深圳" * 6 + "鹤岗" * 4, "")],
)
def test_the_rest_of_the_text_settles_which_of_several(speech: str, adcode: str) -> None:
    assert region(meeting="南山区第七届人民代表大会", speech=speech, year=2020)[2] == adcode


NAMES = [
    ("广东省政府工作报告_2014年", "440000"),
    ("2019吉林省长春市", "220100"),
    ("2026_上海市_政府工作报告", "310000"),
    ("2021年龙岗区二届人大一次会议政府工作报告", "440307"),
    ("2014年政府工作报告（在深圳市罗湖区第六届人民代表大会第三次会议上）_2014", "440303"),
    ("北京朝阳区2020", "110105"),
    ("吉林长春2025", "220100"),
    ("长春", "220100"),
    ("吉林省_长春市_2019", "220100"),
    ("22_吉林_长春_2019", "220100"),
    ("广东-深圳-南山-2018", "440305"),
    ("吉林_吉林_2019", "220000"),
    ("农安_2019", "220122"),
    ("上海_浦东新区", "310115"),
    ("广西2025", "450000"),
    ("changchun-2025", ""),
    ("政府工作报告", ""),
    ("2024", ""),
]


@pytest.mark.parametrize(("name", "adcode"), NAMES)
def test_the_name_of_the_file_where_the_text_is_silent(name: str, adcode: str) -> None:
    found = find_region(PlaceSources(names=[name], year=2020))
    assert found.region.adcode == adcode
    assert (found.origin == "name") is bool(adcode)
    stated = find_region(PlaceSources(names=[name], title="海口市政府工作报告", year=2020))
    assert (stated.region.adcode, stated.origin) == ("460100", "stated")


def test_a_folder_is_asked_after_the_file_and_must_fit_what_the_speaker_says() -> None:
    opening = "我代表市人民政府,"
    assert region(names=["长春市", "江苏省"], opening=opening, year=2020)[0] == "长春市"
    assert region(names=["a", "长春市"], opening=opening, year=2020)[0] == "长春市"
    assert region(names=["a", "江苏省"], opening=opening, year=2020)[0] == ""


def test_a_name_of_two_regions_is_the_one_the_speaker_means() -> None:
    assert region(names=["吉林_2019"], opening="我代表市人民政府,", year=2020)[2] == "220200"
    assert region(names=["吉林_2019"], opening="我代表省人民政府,", year=2020)[2] == "220000"


def test_last_the_speech_names_its_own_region_most() -> None:
    speech = "盐田" * 9 + "深圳" * 5 + "南山" * 3 + "振兴" * 20
    found = find_region(PlaceSources(opening="我代表区人民政府,", speech=speech, year=2020))
    assert (found.region.adcode, found.origin, found.named) == ("440308", "text", 9)
    assert region(opening="我代表区人民政府,", speech=speech.replace("深圳", ""), year=2020)[0] == ""
    assert region(speech="全省" * 3 + "广东" * 6 + "全市", year=2020)[0] == "广东省"


def test_stems_are_as_people_say_them() -> None:
    stems = {
        stem_of(name): name for name in ("黔东南苗族侗族自治州", "内蒙古自治区", "宁夏回族自治区", "城区", "阿里地区")
    }
    assert list(stems) == ["黔东南", "内蒙古", "宁夏", "城区", "阿里"]


def test_no_code_of_today_has_two_names() -> None:
    current = [r for regions in regions_by_name().values() for r in in_force(regions, 2026, 12)]
    assert len({r.adcode for r in current}) == len(current)
    assert 3200 < len(current) < 3300


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        # Names for short: of banners and autonomous counties, some of which were counties of that name before.
        ({"meeting": "科左中旗第十六届人民代表大会"}, ("科尔沁左翼中旗", "county", "150521")),
        ({"title": "内蒙古通辽市科左后旗政府工作报告"}, ("科尔沁左翼后旗", "county", "150522")),
        ({"title": "莫旗2022年政府工作报告"}, ("莫力达瓦达斡尔族自治旗", "county", "150722")),
        ({"title": "阿旗政府工作报告"}, ("阿旗", "", "")),  # 阿鲁科尔沁旗 and two of 阿拉善
        ({"title": "喀左县政府工作报告"}, ("喀喇沁左翼蒙古族自治县", "county", "211324")),
        ({"title": "北川县政府工作报告"}, ("北川羌族自治县", "county", "510726")),
        ({"title": "秀山县政府工作报告"}, ("秀山土家族苗族自治县", "county", "500241")),  # in 四川省 until 1997
        ({"title": "北川县政府工作报告", "year": 1995}, ("北川县", "county", "510726")),
        ({"title": "三水县政府工作报告"}, ("三水县", "county", "")),  # abolished, and not 三都水族自治县
        # Governments that are called otherwise.
        ({"title": "大兴安岭地区行署2018年工作报告"}, ("大兴安岭地区", "prefecture", "232700")),
        ({"title": "锡林郭勒盟行政公署工作报告"}, ("锡林郭勒盟", "prefecture", "152500")),
        ({"office": "阿里地区行署专员"}, ("阿里地区", "prefecture", "542500")),
        ({"opening": "我代表四川省革命委员会,向大会报告工作", "year": 1979}, ("四川省", "province", "510000")),
        ({"opening": "我受四川省人民政府的委托,向大会报告工作"}, ("四川省", "province", "510000")),
        ({"opening": "我代表山东省人民委员会,报告工作", "year": 1958}, ("山东省", "province", "370000")),
        # The place stands in the speaker's other office.
        ({"office": "中共福田区委副书记、区长"}, ("福田区", "county", "440304")),
        ({"office": "襄阳高新区党工委副书记、管委会主任"}, ("襄阳高新区", "", "")),
        ({"office": "市委副书记、市长"}, ("", "", "")),
        # Towns have no code, and not that of the county that they are in.
        ({"title": "昆山市周庄镇政府工作报告"}, ("周庄镇", "", "")),
        ({"meeting": "祥云县下庄乡第十九届人民代表大会", "opening": "我代表乡人民政府,"}, ("下庄乡", "", "")),
        ({"names": ["昆山市周庄镇2023"]}, ("周庄镇", "", "")),
        ({"title": "景德镇市政府工作报告"}, ("景德镇市", "prefecture", "360200")),
    ],
)  # fmt: skip
def test_what_places_and_governments_are_called(sources: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert region(**{"year": 2022, **sources}) == expected


def test_the_province_of_a_town_is_that_of_the_county_before_it() -> None:
    assert find_region(PlaceSources(title="昆山市周庄镇政府工作报告", year=2022)).region.province == "江苏省"


def test_a_zone_that_is_called_by_its_kind_does_not_contradict_its_name() -> None:
    found = find_region(PlaceSources(title="平潭综合实验区2021年工作报告", opening="我代表实验区管委会,", year=2021))
    assert {mention.name for mention in found.mentions.values()} == {"平潭综合实验区"}
