"""Dictionaries of cntext and quanteda, read as themes."""

from pathlib import Path

import pytest

from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import load_themes, theme_files
from emphasis.measures.foreign_dictionaries import Category, categories, is_foreign

CNTEXT = """\
Name: 创新与稳健
Desc: 示例
Refer: 作者 (2020), 篇名, 刊名 1(2), 3-4.
Category: [进取, 稳健]
Dictionary:
  进取: [创新, 突破, 创新]
  稳健:
    - 稳妥
    - 风险
"""
QUANTEDA = """\
环境:
- 环境 保护
- 污染: [污染*, '*污染*', 排放]
  生态:
    水: 湿地*
经济: [增长, '2035']
"""


def themes(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return {theme.name: theme for theme in load_themes(theme_files(folder))}


def test_cntext(tmp_path):
    found = themes(tmp_path, style=CNTEXT)
    assert list(found) == ["style_稳健", "style_进取"]
    theme = found["style_进取"]
    assert theme.words == ("创新", "突破") and theme.label == theme.label_en == "进取"
    assert (theme.status, theme.source) == ("cited", "作者 (2020), 篇名, 刊名 1(2), 3-4.")


def test_quanteda_nested_with_wildcards_at_the_ends(tmp_path):
    found = themes(tmp_path, own=QUANTEDA)
    assert {name: theme.words for name, theme in found.items()} == {
        "own_环境": ("环境保护",),
        "own_环境_污染": ("污染", "排放"),
        "own_环境_生态_水": ("湿地",),
        "own_经济": ("增长", "2035"),
    }
    assert found["own_环境_生态_水"].label == "环境 · 生态 · 水"
    assert found["own_经济"].status == "compiled" and "own.yml" in found["own_经济"].source


def test_a_single_category_is_named_like_its_file(tmp_path):
    assert list(themes(tmp_path, carbon="碳: [碳达峰, 碳中和]")) == ["carbon"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dictionary: {好: {创新: 5.0}}", "好: 创新 has the weight 5.0. Weights are not used"),
        ("Dictionary: {word: [创新, 突破], valence: [5.0, 4.5]}", "valence: 5.0 is a number. Weights are not used"),
        ("Dictionary: [创新]", "Dictionary has to hold categories"),
        ("好: []", "好: has no word"),
        ("好: ['*']", "好: '\\*' is no word"),
        ("好: [null]", "好: None is no word"),
        ("好: [污?物]", "好: 污\\?物 has \\? inside the word"),
        ("好: ['污*物']", "好: 污\\*物 has \\* inside the word"),
        ("好: ['创新|突破']", "words are plain text"),
        ("好: ['污*']", "污 is a single character"),
        ("好: {坏: {更坏: []}}", "好 > 坏 > 更坏: has no word"),
        ("label: 好\nwords: [创新]", "the keys are"),
        ("[创新]", "the keys are"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, text, said):
    with pytest.raises(EmphasisError, match=said) as error:
        themes(tmp_path, made_up=text)
    assert "made_up.yml" in str(error.value)


def test_two_themes_of_one_name(tmp_path):
    with pytest.raises(EmphasisError, match="two dictionaries give a theme of the name a_b"):
        themes(tmp_path, a="b: [创新]\nc: [突破]", a_b="x: [稳妥]")


def test_categories_by_hand():
    data = {"Refer": "作者 (2020)", "Dictionary": {"进取": ["*创新*", "创新", {"内": "突破"}]}}
    assert is_foreign(data, {"words"}) and not is_foreign({"words": []}, {"words"}) and not is_foreign([], {"words"})
    assert list(categories(data, Path("a.yaml"))) == [
        Category(("进取",), ("创新",), "作者 (2020)"),
        Category(("进取", "内"), ("突破",), "作者 (2020)"),
    ]
