"""Headings of a plan that name a task, and headings that only look so."""

import pytest

from emphasis.measures.task_headings import names_task


@pytest.mark.parametrize(
    "heading",
    [
        "着力扩大内需",
        "抢抓战略机遇，打造开放高地。",
        "优化发展环境",
        "实现主要目标任务",
        "应对风险挑战",
        "推动形势持续向好",
        "民生工作",
    ],
)
def test_tasks(heading: str) -> None:
    assert names_task(heading)


@pytest.mark.parametrize(
    "heading",
    ["指导思想", "总体要求和主要目标", "今年政府工作的总体思路", "发展环境", "当前面临的机遇与挑战", "关于“十五五”时期发展的时代背景", "战略机遇期。"],
)  # fmt: skip
def test_the_situation_and_aims_as_a_whole_are_none(heading: str) -> None:
    assert not names_task(heading)
