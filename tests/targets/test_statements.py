"""Which quantity says what about which indicator."""

import pytest

from emphasis.targets.coordination import coordinated_indicators, split_coordination
from emphasis.targets.statements import read_statements


def said(text: str) -> list[tuple[str, float]]:
    return [(s.indicator, s.quantity.value) for s in read_statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年推动规上工业增加值增长7%以上", [("规上工业增加值", 7)]),
        ("城镇新增就业9万人", [("城镇新增就业", 9)]),
        ("新建口袋公园40处", [("口袋公园", 40)]),
        ("打通50条断头路、卡脖路", [("断头路、卡脖路", 50)]),
        ("12项成果获国家科学技术奖", [("成果", 12)]),
        ("95%事项实现“只进一门”", [("事项", 95)]),
        ("玉米、大豆2个国家级优势产业集群", [("国家级优势产业集群", 2)]),
        ("煤炭消费比重下降2个百分点", [("煤炭消费比重", 2)]),
        ("实际使用外资50亿美元", [("实际使用外资", 50)]),
        ("高技术制造业增加值占规上工业12.3%", [("高技术制造业增加值占规上工业比重", 12.3)]),
        ("新增财力80%以上用于民生领域", [("新增财力用于民生领域比例", 80)]),
        ("留长大学生人数连续4年超过10万人", [("留长大学生人数", 10)]),
        ("为4.4万名残疾人提供基本康复服务", [("残疾人", 4.4)]),
        ("2024年全省新建和改造提升高标准农田806万亩", [("高标准农田", 806)]),
        ("其中企业超830万户,总量均居全国第一", [("企业", 830), ("企业总量", 1)]),
    ],
)
def test_indicator_is_the_whole_noun_phrase_without_its_verb(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "接待游客1.7亿人次,旅游总花费突破3000亿元,分别增长15.6%、24.4%",
            [("接待游客", 1.7), ("旅游总花费", 3000), ("接待游客", 15.6), ("旅游总花费", 24.4)],
        ),
        ("光电信息、医药健康产业产值分别增长7.1%、12.5%", [("光电信息产业产值", 7.1), ("医药健康产业产值", 12.5)]),
        ("光电信息、医药健康产业产值均增长10%以上", [("光电信息产业产值", 10), ("医药健康产业产值", 10)]),
        ("红旗汽车产销量分别增长22.9%和17.4%", [("红旗汽车产量", 22.9), ("红旗汽车销量", 17.4)]),
        ("城乡居民人均可支配收入分别增长5%和7%左右", [("城镇居民人均可支配收入", 5), ("农村居民人均可支配收入", 7)]),
        ("原煤、原油产量达到6640.8万吨、1253.6万吨", [("原煤产量", 6640.8), ("原油产量", 1253.6)]),
        ("交通、水利分别完成投资2500亿元、800亿元", [("交通投资", 2500), ("水利投资", 800)]),
        ("国内生产总值达到67.7万亿元,增长6.9%", [("国内生产总值", 67.7), ("国内生产总值", 6.9)]),
        ("建成高标准农田238.9万亩,是上年的1.5倍", [("高标准农田", 238.9), ("高标准农田", 1.5)]),
        ("新能源汽车产量增长43%、占全国1/4", [("新能源汽车产量", 43), ("新能源汽车产量占全国比重", 0.25)]),
        ("外贸进出口额增长25.2%,增速居全国第1位", [("外贸进出口额", 25.2), ("外贸进出口额增速", 1)]),
        ("新增幼儿园公办学位3120个、义务教育公办学位6000个", [("幼儿园公办学位", 3120), ("义务教育公办学位", 6000)]),
        ("同步建设5条高速公路,都市圈环线二期等3条通车运营", [("高速公路", 5), ("都市圈环线二期", 3)]),
    ],
)
def test_coordinated_indicators_have_a_quantity_each(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


def test_a_comparator_at_the_end_of_a_list_holds_for_all_of_it() -> None:
    found = read_statements("城乡居民人均可支配收入分别增长5%和7%左右")
    assert [s.quantity.comparator for s in found] == ["approx", "approx"]


@pytest.mark.parametrize(
    "text",
    [
        "果断出台稳增长26条等一揽子措施",
        "争取240小时过境免签等政策",
        "一家人一条心",
        "以百倍的努力",
        "国内生产总值每增长1个百分点",
        "低于13%左右的预期目标,",
    ],
)
def test_says_nothing_on_its_own(text: str) -> None:
    assert said(text) == []


def test_duration_counts_where_it_is_what_is_said() -> None:
    (statement,) = read_statements("连续44年无重大森林火灾。")
    assert (statement.indicator, statement.direction, statement.quantity.value) == ("无重大森林火灾", "连续", 44)
    assert said("用三年时间完成改造") == []


def test_coordination_that_does_not_divide_stays_whole() -> None:
    assert split_coordination("光电信息产业", 3) == ["光电信息产业"] * 3
    assert coordinated_indicators("汽车、家电等大宗消费") == ["汽车、家电等大宗消费"]
