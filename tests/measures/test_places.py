"""Names of a report's own region, which are marked wherever keywords set a report apart."""

import numpy as np
import pandas as pd
import pytest

from emphasis.errors import EmphasisError
from emphasis.ingest.regions import PLACE_WORDS_FILE, names_around, place_words, regions_by_name, short_name
from emphasis.measures.places import mark_places, place_names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("吉林省", "吉林"), ("广西壮族自治区", "广西"), ("新疆维吾尔自治区", "新疆"), ("内蒙古自治区", "内蒙古"), ("长白朝鲜族自治县", "长白"),
        ("彭水苗族土家族自治县", "彭水"), ("积石山保安族东乡族撒拉族自治县", "积石山"), ("莫力达瓦达斡尔族自治旗", "莫力达瓦"),
        ("向阳回族区", "向阳"), ("香港特别行政区", "香港"), ("神农架林区", "神农架"), ("浦东新区", "浦东"), ("蓟县", ""), ("市区", ""),
    ],
)  # fmt: skip
def test_short_names(name, short):
    assert short_name(name) == short


def test_names_of_the_region_of_its_parts_and_of_what_it_lies_in():
    found = names_around("长春市", "220100")
    assert {"长春", "吉林省", "吉林", "九台区", "九台市", "德惠", "公主岭市"} <= found
    assert not found & {"吉林市", "四平", "市区", "郊区", "白山"}
    # A region that the table lacks still has its own name.
    assert names_around("坪山新区", "") == {"坪山新区", "坪山"}


def test_words_that_are_names_by_chance_are_no_names():
    lines = PLACE_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    words = [line.removesuffix("\talways") for line in lines if not line.startswith("#")]
    assert len(set(words)) == len(words) > 150
    every = set(regions_by_name()) | {short_name(name) for name in regions_by_name()}
    assert set(words) <= every
    assert "和平区" in names_around("天津市", "120000") and "和平" not in names_around("天津市", "120000")


def test_a_wrong_mark_of_such_a_word_is_told(tmp_path):
    file = tmp_path / "words.txt"
    file.write_text("# words\n光明\n合作\tnever\n", encoding="utf-8")
    with pytest.raises(EmphasisError, match=r"words\.txt, line 3: 合作: 'never'.*allowed: always"):
        place_words(file)


def test_each_report_has_its_own_names_and_the_nation_none():
    rows = [("a", "长春市", "prefecture", "220100"), ("b", "全国", "national", ""), ("c", "", "", "")]
    found = place_names(pd.DataFrame(rows, columns=["report_id", "region", "region_level", "adcode"]))
    assert "长春" in found["a"] and found["b"] == found["c"] == frozenset()


def test_the_city_of_a_zone_is_a_name_around_it_and_its_districts_are_not():
    rows = [("a", "大鹏新区", "", ""), ("b", "某某新区", "", "")]
    found = place_names(pd.DataFrame(rows, columns=["report_id", "region", "region_level", "adcode"]))
    assert {"深圳", "广东省", "大鹏"} <= found["a"] and not {"龙岗区", "龙岗"} & found["a"]
    assert found["b"] == {"某某新区", "某某"}


def test_marks_follow_the_vocabulary_and_the_report():
    vocabulary, names = np.array(["上海", "产业", "长春"], dtype=object), [{"长春", "吉林", "龙"}, {"上海"}, ()]
    words, report = np.array([2, 1, 0, 2, 0, 2]), np.array([0, 0, 0, 1, 1, 2])
    assert mark_places(report, words, vocabulary, names).tolist() == [True, False, False, False, True, False]
    none = np.zeros(0, dtype="int64")
    assert mark_places(none, none, vocabulary, [{"长春"}]).tolist() == []
    assert mark_places(none, none, vocabulary[:0], [{"长春"}]).tolist() == []
