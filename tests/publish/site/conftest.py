"""The page of a run, opened in a browser."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import yaml

from support import REPORT
from support.browser import ATTACK, watched
from support.project import Project, made_once

HOSTILE = f"""{ATTACK}北州市2025年政府工作报告
各位代表：
现在，我代表市政府，向大会报告工作。
一、2024年工作回顾{ATTACK}
（一）经济稳步增长{ATTACK}。地区生产总值增长5%，{ATTACK}固定资产投资增长6%。=cmd()公园建成3个。
（二）民生持续改善。城镇新增就业5万人，新建学校3所，推进新质生产力"'&amp;<b>发展</b>。
二、2025年工作安排
（一）扩大有效需求。地区生产总值增长5%以上，固定资产投资增长6%。
（二）保障改善民生。城镇新增就业5万人以上。
各位代表！让我们团结奋斗！
"""


EARLIER = """长春市2024年政府工作报告
各位代表：
现在，我代表市政府，向大会报告工作。
一、2023年工作回顾
（一）经济平稳恢复。地区生产总值增长6.5%，固定资产投资增长0.5%。数字经济加快发展，人工智能产业起步。
（二）民生持续改善。城镇新增就业10万人，新建改造幼儿园20所，持续打好污染防治攻坚战，空气质量优良天数增加3天。
二、2024年工作安排
主要预期目标是：地区生产总值增长6%以上，城镇新增就业9万人，网络零售额增长15%以上。
（一）做强数字经济。推动数字经济和实体经济深度融合，建设人工智能公共平台，发展数字经济核心产业。
（二）改善生态环境。深入打好污染防治攻坚战，完善“车路云一体化”基础设施，打通断头路。
（三）着力扩大有效需求,促进经济平稳较快增长。强化投资拉动,努力实施一批补短板、增后劲重大项目。
各位代表！让我们团结奋斗！
"""
"""A report of the region of the bundled one from the year before: it shares a sentence with it and sets targets for its review."""


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """What a run makes of the bundled report, of one of the year before, and of one that tries to run as a script."""
    return made_once(tmp_path_factory, "site", make_results) / "results"


def make_results(folder):
    project = Project(folder)
    config = yaml.safe_load((project.folder / "config/config.yaml").read_text(encoding="utf-8"))
    config["clouds"]["reports"] = "none"
    config["topics"] |= {"refits": 5, "shuffles": 5}
    (project.folder / "config/config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    (project.folder / "seeds/hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (project.folder / "seeds/made-2024.txt").write_text(EARLIER, encoding="utf-8")
    given = f"report_id\ttitle\tregion\nhostile\t{ATTACK}\t{ATTACK}\n"
    (project.folder / "config/reports.tsv").write_text(given, encoding="utf-8")
    run = project.run("site")
    assert run.status == 0, run.output
    # Were the bundled report's own model to pass with so few shuffled copies: a verdict that it does not is put in.
    table = project.results / "tables/topic_diagnostics.csv"
    text = table.read_text(encoding="utf-8")
    verdict = re.compile(rf"^(self:{REPORT},8,model,.*,)(kept|weak)$", re.MULTILINE)
    table.write_text(verdict.sub(r"\1not distinguishable from noise", text), encoding="utf-8")
    run = project.run("site")
    assert run.status == 0 and run.rules <= {"page", "site"}, run.output


@pytest.fixture(scope="session")
def sentences(results):
    return pd.read_parquet(results / "corpus/sentences.parquet")


@pytest.fixture(scope="session")
def tokens(results):
    return pd.read_parquet(results / "corpus/tokens.parquet")


@pytest.fixture
def page(browser, results):
    with watched(browser, results / "site/index.html") as seen:
        yield seen
