"""Numbers, units and comparators: what is printed is what is read, and what only looks like a quantity is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emphasis.targets.composition import compose_quantities
from emphasis.targets.quantities import find_quantities
from emphasis.targets.units import read_number, to_base
from emphasis.text import fold

FULL_WIDTH = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """A whole number below 100,000 in Chinese numerals."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        return chinese(high) + "万" + (("零" if low < 1000 else "") + chinese(low) if low else "")
    out, zero = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, n = divmod(n, power)
        if digit:
            out += ("零" if zero else "") + DIGITS[digit] + unit
            zero = False
        elif out and n:
            zero = True
    return out


@given(st.integers(1, 99_999))
def test_chinese_numeral_round_trip(n: int) -> None:
    number = read_number(chinese(n))
    value, _ = to_base(number.value, number.scale)
    assert value == n


@given(
    st.integers(1, 999_999),
    st.integers(0, 9),
    st.sampled_from(["亿元", "万亩", "%", "公里", "万人次", "个", "万千瓦"]),
    st.sampled_from(
        [
            ("", "", "eq"),
            ("", "以上", "ge"),
            ("超过", "", "gt"),
            ("", "左右", "approx"),
            ("近", "", "near_below"),
            ("不低于", "", "ge"),
            ("", "以内", "le"),
            ("约", "", "approx"),
            ("不超过", "", "le"),
        ]
    ),
    st.sampled_from(["plain", "full", "spaced", "separators"]),
)
def test_quantity_round_trip(whole: int, tenth: int, unit: str, words: tuple[str, str, str], form: str) -> None:
    before, after, comparator = words
    digits = f"{whole:,}" if form == "separators" else str(whole)
    if form == "spaced":
        digits = " ".join(digits)
    printed = f"{digits}.{tenth}" if tenth and form != "spaced" else digits
    text = f"规模{before}{printed}{unit}{after}。"
    if form == "full":
        text = text.translate(FULL_WIDTH)
    (quantity,) = find_quantities(fold(text))
    expected = whole + (tenth / 10 if tenth and form != "spaced" else 0)
    assert (quantity.value, quantity.unit, quantity.comparator) == (pytest.approx(expected), unit, comparator)
    assert text[quantity.start : quantity.end] == text[2:-1]


@given(st.integers(1, 50), st.integers(1, 20), st.sampled_from(["-", "—", "－", "至", "~"]))
def test_range_round_trip(low: int, step: int, to: str) -> None:
    (quantity,) = find_quantities(fold(f"增长{low}%{to}{low + step}%"))
    assert (quantity.value, quantity.high, quantity.unit, quantity.comparator) == (low, low + step, "%", "range")


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "comparator"),
    [
        ("增长百分之十五点六", 15.6, None, "%", "eq"),
        ("增长百分之四到五", 4, 5, "%", "range"),
        ("人口自然增长率降到6.45‰", 6.45, None, "‰", "eq"),
        ("再建2-3所高职院校", 2, 3, "所", "range"),
        ("完成投资接近百亿元", 100, None, "亿元", "near_below"),
        ("130余个科技项目", 130, None, "个", "approx_above"),
        ("1亿3千多万人", 130_000_000, None, "人", "approx_above"),
        ("三千五百多万人", 3500, None, "万人", "approx_above"),
        ("上千家企业", 1000, None, "家", "ge"),
        ("占全国1/4", 0.25, None, "", "eq"),
        ("缩短三分之一以上", 1 / 3, None, "", "ge"),
        ("算力规模翻一番", 2, None, "倍", "eq"),
        ("国内生产总值翻两番", 4, None, "倍", "eq"),
        ("产值翻了近一番", 2, None, "倍", "near_below"),
        ("均保持两位数增长", 10, None, "%", "ge"),
        ("提高到每人每年670元", 670, None, "元/人·年", "eq"),
        ("降至20.6微克/立方米", 20.6, None, "微克/立方米", "eq"),
        ("居粮食主产省第1位", 1, None, "位", "eq"),
        ("居民满意度全市第一", 1, None, "位", "eq"),
        ("跻身全国前5位", 5, None, "位", "le"),
        ("收入比缩小至2.31:1", 2.31, None, ":1", "eq"),
        ("占比超4成", 4, None, "成", "gt"),
        ("8000至1万人", 8000, 10_000, "人", "range"),
        ("死亡率控制在万分之五以内", 5, None, "‱", "le"),
        ("十万分之三", 3, None, "/10万", "eq"),
        ("孕产妇死亡率10.4/10万", 10.4, None, "/10万", "eq"),
        ("出口增长-2.3%", -2.3, None, "%", "eq"),
        ("增速为负2.3%", -2.3, None, "%", "eq"),
        ("最低工资2360元/月", 2360, None, "元/月", "eq"),
        ("低保标准每人1200元/月", 1200, None, "元/月", "eq"),
        ("签约5个", 5, None, "个", "eq"),
        ("节约3亿元", 3, None, "亿元", "eq"),
        ("附近5个", 5, None, "个", "eq"),
        ("财政收入增长两位数", 10, None, "%", "ge"),
        ("提高2个多百分点", 2, None, "个百分点", "approx_above"),
        ("增长1成4,", 1.4, None, "成", "eq"),
        ("增长一成五。", 1.5, None, "成", "eq"),
        ("财政收入不得少于1260万元", 1260, None, "万元", "ge"),
        ("造价不得超过500元", 500, None, "元", "le"),
        ("工资提高6元7角", 6.7, None, "元", "eq"),
        ("工资增加二元八角", 2.8, None, "元", "eq"),
        ("新增建筑面积800万平米", 800, None, "万平米", "eq"),
        ("浓度低于每立方米19微克", 19, None, "微克/立方米", "lt"),
        ("浓度为17.4微克每立方米", 17.4, None, "微克/立方米", "eq"),
        ("产能达38GWh", 38, None, "GWh", "eq"),
        ("完成土石方1.2亿方", 1.2, None, "亿方", "eq"),
        ("牲畜存栏1180万头只", 1180, None, "万头只", "eq"),
        ("全时当量36万人年", 36, None, "万人年", "eq"),
        ("城乡居民收入比缩小到2.16,", 2.16, None, "", "eq"),
        ("城乡居民收入比降至2.2以内", 2.2, None, "", "le"),
        ("有效利用系数提高到0.612,", 0.612, None, "", "eq"),
        ("跨上千亿元台阶", 1000, None, "亿元", "eq"),
        ("产值未突破500亿元", 500, None, "亿元", "le"),
        ("办好八件实事", 8, None, "件", "eq"),
        ("增长0.065", 0.065, None, "", "eq"),
        ("四千万亩到五千万亩", 4000, 5000, "万亩", "range"),
        ("8百万至1千万人", 8_000_000, 10_000_000, "人", "range"),
    ],
)
def test_forms(text: str, value: float, high: float | None, unit: str, comparator: str) -> None:
    (quantity,) = find_quantities(fold(text))
    assert (quantity.value, quantity.high, quantity.unit, quantity.comparator) == (
        pytest.approx(value),
        high,
        unit,
        comparator,
    )


@pytest.mark.parametrize(
    "text",
    [
        "实施“3212”工程",
        "实施人才政策3.0版",
        "102国道绕越线",
        "地铁6号线开通",
        "5G网络连续覆盖",
        "C919大飞机",
        "2025年1月8日",
        "第14届全运会",
        "一个国家、两个维护",
        "千家万户",
        "百县千镇万村",
        "三农工作",
        "“十四五”规划",
        "近五年",
        "2024—2026年",
        "PM2.5污染",
        "万亿级产业集群",
        "一九八六年",
        "党的二十大",
        "市委六届十一次、十二次全会",
        "城乡二元结构",
        "万元GDP能耗",
        "零分之一",
        "产值的翻番",
        "编号" + "9" * 400 + "亿元",
        "一" * 400 + "亿元",
    ],
)
def test_not_a_quantity(text: str) -> None:
    assert find_quantities(fold(text)) == []


def test_what_the_first_is_taken_of_holds_for_both_ends_of_a_change() -> None:
    (quantity,) = compose_quantities("PM2.5浓度由每立方米19.1微克降至17.2微克")
    assert (quantity.value, quantity.high, quantity.unit) == (19.1, 17.2, "微克/立方米")


def test_a_change_is_one_quantity_in_the_unit_it_ends_in() -> None:
    (quantity,) = compose_quantities("高速公路由4771公里增加到2.52万公里")
    assert (quantity.value, quantity.high, quantity.unit, quantity.link) == (0.4771, 2.52, "万公里", "增加到")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("实施投资5000万元以上项目1381个", [1381]),
        ("220个亿元以上产业项目开工建设", [220]),
        ("其中超亿元项目1000个以上", [1000]),
        ("82个预增产值过10亿元的重大增长点", [82]),
        ("争取各类资金1000亿元以上", [1000]),
        ("固定资产投资规模达到1986.7亿元", [1986.7]),
        ("500米公交站点覆盖率达100%", [100]),
        ("覆盖20万人口以上的县12个", [12]),
    ],
)
def test_a_threshold_in_a_name_is_no_quantity(text: str, values: list[float]) -> None:
    assert [q.value for q in compose_quantities(text)] == values


@pytest.mark.parametrize(
    "text", ["增长零分之一", f"新引进{'9' * 400}个", f"占{'1' * 5000}/{'2' * 5000}", f"居全国第{'3' * 5000}位"]
)
def test_numbers_that_mean_nothing_are_none(text: str) -> None:
    assert compose_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("解决三万农村人口的饮水困难", [(3, "万")]),
        ("解决8000贫困人口的温饱问题", [(8000, "人")]),
        ("2000人口普查", []),
        ("增速分别居全省第2、第3位", [(2, "位"), (3, "位")]),
        ("由2.44缩小到2.27。", []),
        ("三方合作", []),
        ("流动资金周转天数缩短六天", [(6, "天")]),
        ("流动资金周转天数缩短三至五天", [(3, "天")]),
        ("会期三天", []),
        ("铺设管网7.6km,新增绿地4.2万㎡", [(7.6, "km"), (4.2, "万㎡")]),
    ],
)
def test_what_is_counted_and_in_which_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in find_quantities(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("引进亿元项目3个以上", [3]),
        ("月税亿元楼宇1栋", [1]),
        ("亿元GDP事故死亡率下降16.7%", [16.7]),
        ("财政收入突破亿元大关", [1]),
        ("投入亿元资金", [1]),
        ("其中产值过千万元的企业21家,利税过百万元的9家", [21, 9]),
        ("年收入10万元以上的行政村占比提升至60%", [60]),
    ],
)
def test_a_round_sum_before_a_noun_is_part_of_its_name(text: str, expected: list[float]) -> None:
    assert [q.value for q in compose_quantities(text)] == expected
