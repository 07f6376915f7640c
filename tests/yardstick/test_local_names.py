"""Places that only reports of the same city name, however many these are."""

from dataclasses import replace

import numpy as np
import pytest

from emphasis.reference.local_names import Localities, local_names
from emphasis.reference.marks import marks_of
from support.yardstick import made_up

TEXT = "沙头角街道、沙头角口岸、茅洲河、大梅沙隧道、汕尾陆河、对口东源县、广西隆林县。油画村、智慧社区、智慧社区、主次干道、致富路、公路、合作市"
TAGS = {"茅洲河": "nz", "大梅沙": "nr", "陆河": "nr", "隆林": "nr", "公路": "nz", "碧道": "n", "葵涌": "nrt"}


def found(*terms, code="440308", province="广东省", n=1):
    return local_names(dict.fromkeys(terms, n), {term: TAGS.get(term, "n") for term in terms}, TEXT, code, province)


@pytest.mark.parametrize("term", ["沙头角", "茅洲河", "大梅沙", "陆河", "东源", "隆林", "葵涌"])
def test_what_is_a_place(term):
    assert found(term) == {term}
    # A new area has no code, and some have no province.
    assert found(term, code="", province="") == {term}


def test_a_county_of_the_province_needs_nothing_behind_it():
    assert found("海丰") == {"海丰"} and found("海丰", code="220104", province="吉林省") == frozenset()


@pytest.mark.parametrize("term", ["油画", "主次干道", "致富", "公路", "碧道", "合作", "大湾区"])
def test_what_is_none(term):
    assert found(term) == frozenset()


def test_a_word_that_seldom_stands_there_is_none():
    assert found("沙头角", n=21, code="110105", province="北京市") == frozenset()
    assert found("沙头角", n=20, code="110105", province="北京市") == {"沙头角"}


def test_who_says_a_term():
    """Two districts of Shenzhen, its province, and another province: 甲 only a district, 乙 the province too, 丙 both provinces, 丁 the other."""
    counts = np.array([[1, 1, 1, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1]])
    made = made_up(counts, [100] * 4, ["丁", "丙", "乙", "甲"], adcode=["440303", "440308", "440000", "110000"])
    made = replace(made, terms=np.array(["甲", "乙", "丙", "丁"], dtype=object))
    said, places = Localities(made), np.array([0, 1, 2, 3, -1])
    assert said.said_elsewhere("440303", "广东省", places).tolist() == [False, False, True, True, False]
    # For a city of the same province Shenzhen is elsewhere, for the province it is not.
    assert said.said_elsewhere("440100", "广东省", places).tolist() == [True, True, True, True, False]
    assert said.said_elsewhere("440000", "广东省", places).tolist() == [False, False, True, True, False]
    assert said.said_elsewhere("", "广东省", places).tolist() == [False, False, True, True, False]
    assert said.said_elsewhere("", "", places).tolist() == [False, False, True, False, False]


def test_such_a_place_is_a_name_however_many_peers_name_it():
    n = np.array([9])

    def mark(term, **more):
        return marks_of([term], ["nz"], n, n / 12, other_level=False, **more)[0]

    assert mark("茅洲河") == "" and mark("茅洲河", local={"茅洲河"}) == "name"
    # Listed words of reporting stay what they are.
    assert mark("增加", local={"增加"}) == "reporting"
