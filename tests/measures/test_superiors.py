"""The regions that a region lies in."""

import pytest

from emphasis.measures.superiors import superiors


@pytest.mark.parametrize(
    ("report", "codes"),
    [
        (("朝阳区", "county", "220104", "吉林省"), ["220100", "220000"]),
        (("长春市", "prefecture", "220100", "吉林省"), ["220000"]),
        (("吉林省", "province", "220000", "吉林省"), []),
        (("全国", "national", "", ""), []),
        (("大鹏新区", "", "", ""), ["440300", "440000"]),
        (("雄安新区", "", "", "河北省"), ["130000"]),
        (("某某新区", "", "", "广东省"), []),
        (("某某新区", "", "", "上海市"), ["310000"]),
        (("某某县", "county", "", "广东省"), []),
        (("某某州", "prefecture", "", "云南省"), ["530000"]),
        (("", "", "", ""), []),
    ],
)
def test_the_nearest_is_known_or_none_is(report: tuple[str, str, str, str], codes: list[str]) -> None:
    assert superiors(*report) == codes
