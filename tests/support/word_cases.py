"""Segmentation cases as data: an English gloss, the text, and the tokens expected of both engines."""

from __future__ import annotations

from typing import NamedTuple


class WordCase(NamedTuple):
    gloss: str
    text: str
    tokens: str
    fails: str = ""
    """Why this is not so yet; the case must then fail."""


CASES = [
    WordCase("develop new quality productive forces", "发展新质生产力", "发展 新质生产力"),
    WordCase("respond effectively to a flood above warning level", "有效应对超警洪水", "有效 应对 超警 洪水"),
    WordCase("respond effectively", "有效应对松花江洪水", "有效 应对 松花江 洪水"),
    WordCase("do pilots in Dehui and Gongzhuling well", "抓实德惠、公主岭国家试点", "抓实 德惠 公主岭 国家 试点"),
    WordCase("deepen reform and opening-up", "深化改革开放", "深化 改革开放"),
    WordCase("develop vigorously; the dictionary has it as one word", "大力发展冰雪旅游", "大力 发展 冰雪旅游"),
    WordCase("quality of the business environment", "提升营商环境质量", "提升 营商环境 质量"),
    WordCase("launch more models with smart driving", "推出更多智驾车型", "推出 更多 智驾 车型"),
    WordCase("volume of fixed-asset investment", "固定资产投资规模", "固定资产投资 规模"),
    WordCase("defuse and settle disputes; the character pair for peace is not in it", "化解和平台", "化解 和 平台"),
    WordCase("a country courtyard; the word for family is not in it", "一个国家庭院", "一个 国家 庭院"),
    WordCase("a percentage", "地区生产总值增长5.5%左右", "地区生产总值 增长 5.5% 左右"),
    WordCase("a quantity with its unit", "粮食产量接近260亿斤", "粮食产量 接近 260亿斤"),
    WordCase("a classifier is a word of its own", "新增230个托育点", "新增 230 个 托育点"),
    WordCase("trillions of yuan", "总量达到13.5万亿元", "总量 达到 13.5万亿元"),
    WordCase("year and month", "2025年1月", "2025年 1月"),
    WordCase(
        "Chinese numerals with a unit", "增长百分之七点五，达到六百二十七亿元", "增长 百分之七点五 达到 六百二十七亿元"
    ),
    WordCase("a year in Chinese numerals", "一九八五年", "一九八五年"),
    WordCase("an ordinal", "第十六届人民代表大会", "第十六届 人民代表大会"),
    WordCase("an ordinal inside a term", "开展第四次全国文物普查", "开展 第四次全国文物普查"),
    WordCase("a plan period is no number", "“十四五”规划收官", "十四五 规划 收官"),
    WordCase("Latin with digits", "5G-A和PM2.5", "5G-A 和 PM2.5"),
    WordCase("a national road", "推动102国道建设", "推动 102国道 建设"),
    WordCase("a metro line", "改造轨道交通3号线", "改造 轨道交通 3号线"),
    WordCase("full-width digits and per cent sign", "增长１１．１％", "增长 11.1%"),
    WordCase("spaces inside a name of the genre", "政 府 工 作", "政府 工作"),
    WordCase("two Latin words stay two", "English Report", "English Report"),
    WordCase("a term with Latin letters", "布局AI大模型等", "布局 AI大模型 等"),
    WordCase("a term with a plus sign", "开展“人工智能＋”行动", "开展 人工智能+ 行动"),
    WordCase("longest term first", "习近平新时代中国特色社会主义思想", "习近平新时代中国特色社会主义思想"),
    WordCase(
        "to have reform as its main line; the dictionary has the word for mainly", "以改革为主线", "以 改革 为 主线"
    ),
    WordCase("a clause may end there, too", "坚持以质量为主线，以效率为主题", "坚持 以 质量 为 主线 以 效率 为 主题"),
    WordCase("with quantity mainly", "以数量为主的增长", "以 数量 为主 的 增长"),
    WordCase("the Greater Bay Area alone", "融入大湾区发展", "融入 大湾区 发展"),
    WordCase("the Greater Bay Area with its full name", "建设粤港澳大湾区", "建设 粤港澳大湾区"),
    WordCase("a centre of big data, not a big centre of data", "建成大数据中心", "建成 大数据中心"),
    WordCase("turn of the car industry to new energy", "推动汽车产业新能源转型", "推动 汽车产业 新能源 转型"),
    WordCase("of two terms that overlap the first", "现代服务业增加值增长", "现代服务业 增加值 增长"),
    WordCase("of two terms that overlap the first, again", "传统产业转型升级", "传统产业转型升级"),
    WordCase("an attribute of one character stays alone", "省人大代表", "省 人大代表"),
    WordCase("illegal construction", "拆除违法建筑", "拆除 违法建筑"),
    WordCase("consolidation of land", "加快土地整备", "加快 土地整备"),
    WordCase("housing for talents", "供应人才住房", "供应 人才住房"),
    WordCase("a community health centre, which the dictionary cuts into characters", "新增社康中心", "新增 社康中心"),
    WordCase(
        "a governor's name",
        "省长胡玉亭",
        "省长 胡玉亭",
        "personal names are not recognised: the hidden Markov model is off",
    ),
]
