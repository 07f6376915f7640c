"""Segmentation cases as data: an English gloss, the text, the tokens expected of both engines."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    gloss: str
    text: str
    tokens: str
    fails: str = ""
    """Why it is not so yet; the case is then expected to fail, strictly."""


CASES = [
    Case("develop new quality productive forces", "发展新质生产力", "发展 新质生产力"),
    Case("respond effectively to a flood above warning level", "有效应对超警洪水", "有效 应对 超警 洪水"),
    Case("respond effectively", "有效应对松花江洪水", "有效 应对 松花江 洪水"),
    Case("do pilots in Dehui and Gongzhuling well", "抓实德惠、公主岭国家试点", "抓实 德惠 公主岭 国家 试点"),
    Case("deepen reform and opening-up", "深化改革开放", "深化 改革开放"),
    Case("develop vigorously; the dictionary has it as one word", "大力发展冰雪旅游", "大力 发展 冰雪旅游"),
    Case("quality of the business environment", "提升营商环境质量", "提升 营商环境 质量"),
    Case("launch more models with smart driving", "推出更多智驾车型", "推出 更多 智驾 车型"),
    Case("volume of fixed-asset investment", "固定资产投资规模", "固定资产投资 规模"),
    Case("defuse and settle disputes; the character pair for peace is not in it", "化解和平台", "化解 和 平台"),
    Case("a country courtyard; the word for nation is not cut out", "一个国家庭院", "一个 国家 庭院"),
    Case("a percentage", "地区生产总值增长5.5%左右", "地区生产总值 增长 5.5% 左右"),
    Case("a quantity with its unit", "粮食产量接近260亿斤", "粮食产量 接近 260亿斤"),
    Case("a classifier is a word of its own", "新增230个托育点", "新增 230 个 托育点"),
    Case("trillions of yuan", "总量达到13.5万亿元", "总量 达到 13.5万亿元"),
    Case("year and month", "2025年1月", "2025年 1月"),
    Case(
        "Chinese numerals with a unit", "增长百分之七点五，达到六百二十七亿元", "增长 百分之七点五 达到 六百二十七亿元"
    ),
    Case("a year in Chinese numerals", "一九八五年", "一九八五年"),
    Case("an ordinal", "第十六届人民代表大会", "第十六届 人民代表大会"),
    Case("an ordinal inside a term", "开展第四次全国文物普查", "开展 第四次全国文物普查"),
    Case("a plan period is no number", "“十四五”规划收官", "十四五 规划 收官"),
    Case("Latin with digits", "5G-A和PM2.5", "5G-A 和 PM2.5"),
    Case("a national road", "推动102国道建设", "推动 102国道 建设"),
    Case("a metro line", "改造轨道交通3号线", "改造 轨道交通 3号线"),
    Case("full-width digits and per cent sign", "增长１１．１％", "增长 11.1%"),
    Case("spaces inside a name of the genre", "政 府 工 作", "政府 工作"),
    Case("two Latin words stay two", "English Report", "English Report"),
    Case("a term with Latin letters", "布局AI大模型等", "布局 AI大模型 等"),
    Case("a term with a plus sign", "开展“人工智能＋”行动", "开展 人工智能+ 行动"),
    Case("longest term first", "习近平新时代中国特色社会主义思想", "习近平新时代中国特色社会主义思想"),
    Case(
        "a governor's name",
        "省长胡玉亭",
        "省长 胡玉亭",
        "names of persons are not recognised: the hidden Markov model is off",
    ),
]
