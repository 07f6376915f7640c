"""What a clause leaves out because one before it named it."""

import pytest

from emphasis.targets.statements import read_statements


def said(text: str) -> list[tuple[str, float]]:
    return [(s.indicator, s.quantity.value) for s in read_statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "金融业增加值162亿元,占GDP比重达20%,提高6.3个百分点",
            [("金融业增加值", 162), ("金融业增加值占GDP比重", 20), ("金融业增加值占GDP比重", 6.3)],
        ),
        (
            "出口额60亿元,制造业增加值占规上工业比重提高7.2个百分点,达到56.1%",
            [("出口额", 60), ("制造业增加值占规上工业比重", 7.2), ("制造业增加值占规上工业比重", 56.1)],
        ),
        ("服务业增加值占GDP比重达57%,增长8%", [("服务业增加值占GDP比重", 57), ("服务业增加值", 8)]),
        (
            "贫困人口38万人,农民收入仅为全国平均水平的47%、全省的75%",
            [("贫困人口", 38), ("农民收入占全国平均水平比重", 47), ("农民收入占全省比重", 75)],
        ),
        (
            "零售总额1256亿元,规模占全市五分之一、稳居第二",
            [("零售总额", 1256), ("零售总额规模占全市比重", 0.2), ("零售总额", 2)],
        ),
    ],
)
def test_a_change_in_points_after_a_share_is_one_of_the_share(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合作社发展到426家,粮食产量实现“八连增”,达71.5万吨", [("合作社", 426), ("粮食产量", 71.5)]),
        (
            "森林覆盖率22%,事故起数、死亡人数实现“双下降”,分别下降33%、25%",
            [("森林覆盖率", 22), ("事故起数", 33), ("死亡人数", 25)],
        ),
        ("发电装机1.65亿千瓦,原油产量继续增长,达到1.42亿吨", [("发电装机", 1.65), ("原油产量", 1.42)]),
        ("出口60亿元,制造业增加值占GDP比重基本稳定,达到三分之一", [("出口", 60), ("制造业增加值占GDP比重", 1 / 3)]),
        ("出口60亿元,经济总量连跨两个万亿元台阶,年均增长6.5%", [("出口", 60), ("经济总量", 6.5)]),
        ("进出口下降2%,营商环境持续改善,达到3亿元", [("进出口", 2), ("进出口", 3)]),
    ],
)
def test_a_clause_without_a_figure_names_the_measure(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "接待游客412万人次,旅游收入21.8亿元,增长16.7%和23.5%",
            [("接待游客", 412), ("旅游收入", 21.8), ("接待游客", 16.7), ("旅游收入", 23.5)],
        ),
        (
            "进口总额20亿元,出口额22亿元,增幅分别为41%和36%",
            [("进口总额", 20), ("出口额", 22), ("进口总额增幅", 41), ("出口额增幅", 36)],
        ),
        (
            "生产总值30亿元;财政收入、居民收入五年翻番,分别达到2亿元和3600元",
            [("生产总值", 30), ("财政收入、居民收入", 2), ("财政收入", 2), ("居民收入", 3600)],
        ),
        (
            "实现“两个翻番”——财政收入、城乡居民收入分别达到43亿元、3.7万元和1.65万元",
            [("财政收入", 43), ("城镇居民收入", 3.7), ("农村居民收入", 1.65)],
        ),
        ("城乡居民收入32150元、12480元", [("城镇居民收入", 32150), ("农村居民收入", 12480)]),
        ("城乡居民收入比缩小至2.31:1,17个区全部达标", [("城乡居民收入比", 2.31), ("区", 17)]),
        ("牛羊饲养量分别达到18.6万头、96万只", [("牛饲养量", 18.6), ("羊饲养量", 96)]),
    ],
)
def test_figures_of_a_list_go_to_what_was_named_in_that_order(text: str, expected: list[tuple[str, float]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粮食播种面积72万亩,产量17.5万吨", [("粮食播种面积", 72), ("粮食产量", 17.5)]),
        ("粮食产量不低于1260万吨、面积不少于3300万亩", [("粮食产量", 1260), ("粮食面积", 3300)]),
        ("播种面积8780万亩,总产量853亿斤", [("播种面积", 8780), ("总产量", 853)]),
        ("企业8600个,从业人员11万人,总产值3.9亿元", [("企业", 8600), ("从业人员", 11), ("企业总产值", 3.9)]),
        (
            "投入衔接资金5亿元,用于产业发展的比重不低于65%",
            [("投入衔接资金", 5), ("投入衔接资金用于产业发展的比重", 65)],
        ),
    ],
)
def test_what_is_measured_twice_is_named_once(text: str, expected: list[tuple[str, float]]) -> None:
    found = said(text)
    assert [(name.removeprefix("投入"), value) for name, value in found] == [
        (name.removeprefix("投入"), value) for name, value in expected
    ]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("新增城市道路86公里、绿地210公顷", ["新增", "新增"]),
        ("新增国家高新技术企业30家、研发平台12个", ["新增", "新增"]),
        ("新增公交线路3条、调整线路4条", ["新增", ""]),
        ("新增创新载体20家、创新载体总数300家", ["新增", ""]),
        ("新增高中学位3万个、毛入学率60%", ["新增", ""]),
        ("新建农村公路300公里、桥梁12座、客运站3个", ["新建", "新建", "新建"]),
        ("推广新农机200台、农户1000户", ["推广", ""]),
    ],
)
def test_what_is_added_is_said_once_for_a_list(text: str, verbs: list[str]) -> None:
    assert [s.verb for s in read_statements(text)] == verbs


def test_what_a_part_contributes_to_growth_is_not_the_growth_of_the_whole() -> None:
    assert said("二产对经济增长贡献率达52%,拉动GDP增长4.3个百分点")[1] == ("二产拉动GDP增长", 4.3)
    assert said("工业增加值46亿元,增长18.9%,拉动经济增长4.9个百分点;利润5亿元") == [
        ("工业增加值", 46),
        ("工业增加值", 18.9),
        ("工业增加值拉动经济增长", 4.9),
        ("利润", 5),
    ]
