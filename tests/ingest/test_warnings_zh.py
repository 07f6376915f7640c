"""Warnings in Chinese: every kind has its texts, with the facts of the English ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emphasis.ingest import catalogue
from emphasis.ingest.catalogue import warn
from emphasis.ingest.warnings_zh import in_chinese
from emphasis.store.markup import from_yaml

KINDS = from_yaml(Path(catalogue.__file__).with_name("warnings.yaml").read_text(encoding="utf-8"))
CHINESE = from_yaml(Path(catalogue.__file__).with_name("warnings.zh.yaml").read_text(encoding="utf-8"))
FACT = re.compile(r"\{(\w+)")


def test_every_kind_has_chinese_texts_with_the_same_facts():
    assert set(CHINESE) - {"facts"} == set(KINDS)
    for code, kind in KINDS.items():
        for text in ("message", "suggestion"):
            assert sorted(FACT.findall(CHINESE[code][text])) == sorted(FACT.findall(kind[text])), code


@pytest.mark.parametrize("code", sorted(KINDS))
def test_facts_go_from_the_english_text_into_the_chinese_one(code):
    names = FACT.findall(KINDS[code]["message"] + KINDS[code]["suggestion"])
    facts = {name: 0.25 if name == "share" else f"甲{i}（乙, {i}）" for i, name in enumerate(names)}
    warning = warn(code, **facts)
    for text in in_chinese(code, warning.message, warning.suggestion):
        assert text and not re.search(r"[{}]", text)
    both = "".join(in_chinese(code, warning.message, warning.suggestion))
    assert all(("25%" if name == "share" else fact) in both for name, fact in facts.items())


def test_words_among_the_facts_are_chinese_too():
    said = warn("years-disagree", said="title 2024, date 2025", year=2025)
    assert (
        in_chinese(said.code, said.message, said.suggestion)[0] == "文件所示年份不一：标题 2024，日期 2025；取 2025。"
    )
    said = warn("role-guessed", heading="一、形势", role="plan", reason="its wording")
    assert in_chinese(said.code, said.message, said.suggestion)[0].endswith("按其行文判为“工作安排”。")


def test_what_is_not_of_its_kind_stays_english():
    assert in_chinese("long-heading", "Something else.", "Do this.") == ("", "")
    assert in_chinese("no-such-kind", "Something else.", "Do this.") == ("", "")
