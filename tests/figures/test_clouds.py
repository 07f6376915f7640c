"""Clouds as pictures: every word, its count, the meaning of its colour, and nothing outside."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from emphasis.figures.cloud_words import Cloud, CloudWord
from emphasis.figures.clouds import DISTINCT, NOT_COMPARED, cloud_sheet, draw_clouds
from emphasis.figures.files import DPI, png
from emphasis.figures.look import EM, INK, PAGE, SMALL, Style
from emphasis.figures.typeface import typeface

WORDS = "发展 增长 新质生产力 车路云一体化 AI GDP 5G-A 改革 建设 高质量发展 智改数转 低空经济 长春 汽车 黑土地".split()


def cloud(n=15, **options):
    words = [CloudWord(w, n - i + 1, i % 3, new=i == 1) for i, w in enumerate(WORDS[:n])]
    return Cloud(**({"name": "whole", "title": "题", "words": words, "note": "注", "compared": True} | options))


def sheet(of, language="zh"):
    return cloud_sheet(of, Style(language, typeface(500)), seed=1)


def pixels(of):
    return np.asarray(Image.open(BytesIO(png(sheet(of).drawing))).convert("RGB")).astype(int)


def test_each_word_stands_in_the_cloud_and_beside_its_bar_in_one_colour():
    made = sheet(cloud())
    words = made.drawing.words
    for i, word in enumerate(WORDS):
        large = [w for w in words if w.text == word and w.size > SMALL]
        label = "*" + word if i == 1 else word
        assert len(large) == 1 and large[0].colour == DISTINCT[i % 3], word
        assert [w.x > large[0].x for w in words if w.text == label and w.size == SMALL] == [True]
        assert str(16 - i) in made.drawing.texts
    sizes = {w.text: w.size for w in words if w.text in WORDS and w.size > SMALL}
    assert sizes["发展"] ** 2 / sizes["黑土地"] ** 2 == pytest.approx(16 / 2, rel=0.01)


def test_the_key_names_the_colours_that_are_used_and_the_asterisk():
    texts = sheet(cloud()).drawing.texts
    assert any("1%" in text for text in texts) and any("5%" in text for text in texts)
    assert any(text.startswith("* ") for text in texts)
    plain = [CloudWord(w, 3) for w in WORDS]
    texts = sheet(cloud(words=plain)).drawing.texts
    assert not any("1%" in text or "5%" in text or text.startswith("* ") for text in texts)


def test_without_peers_there_is_one_colour_and_no_key():
    made = sheet(cloud(compared=False, words=[CloudWord(w, 3) for w in WORDS]))
    assert {w.colour for w in made.drawing.words if w.text in WORDS and w.size > SMALL} == {NOT_COMPARED}
    svg = made.drawing.svg()
    assert not any(colour in svg for colour in DISTINCT)


def test_missing_terms_stand_beside_the_cloud_with_their_shares():
    missing = [("银发经济", "29/31"), ("一个特别长的词语会被截断而不会伸出图外", "28/31")]
    made = sheet(cloud(missing=missing))
    texts = made.drawing.texts
    assert "银发经济" in texts and "29/31" in texts and "28/31" in texts
    assert any(text.endswith("…") for text in texts)


def test_a_list_has_the_words_with_their_counts_and_no_bars():
    words = [CloudWord("改革", 7), CloudWord("资产", 2, 1), *[CloudWord(f"单词{i}", 1) for i in range(9)]]
    made = sheet(cloud(words=words, as_list=True))
    colours = {w.text: w.colour for w in made.drawing.words}
    assert colours["改革"] == INK and colours["资产"] == DISTINCT[1] and colours["单词0"] not in (INK, *DISTINCT)
    assert [t for t in made.drawing.texts if t.isdigit()] == ["7", "2", *"1" * 9]
    assert max(w.size for w in made.drawing.words if w.text in colours and w.text != "题") < 10


@pytest.mark.parametrize(
    "of",
    [
        cloud(),
        cloud(8),
        cloud(1),
        cloud(missing=[("银发经济", "29/31")] * 16, title="经济" * 80),
        cloud(words=[CloudWord(f"词{chr(0x4E00 + i)}", 2) for i in range(60)]),
        cloud(as_list=True, words=[CloudWord("社会主义核心价值观教育基地" * 2, 1)] * 36),
    ],
    ids=["usual", "few", "one", "missing", "many", "list"],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_outside_and_type_can_be_read(of, language):
    made = sheet(of, language)
    for words in made.drawing.words:
        right = words.x + made.style.width(words.text, words.size)
        assert words.x > 0 and right < PAGE + 0.01, words.text
        assert 0.5 * words.size * EM < words.y < made.height, words.text
        assert words.size >= SMALL
    assert made.width == PAGE


def test_pictures_are_whole_and_filled(tmp_path):
    draw_clouds([cloud(), cloud(8, name="plan")], tmp_path, language="zh", weight=500, seed=7)
    assert {p.name for p in tmp_path.iterdir()} == {
        f"{name}.{kind}" for name in ("whole", "plan") for kind in ("pdf", "png", "svg")
    }
    found = pixels(cloud())
    assert found.shape[1] == pytest.approx(PAGE / 2.54 * DPI, abs=1)
    # Nothing is clipped: the outermost pixels are white, and there is ink within.
    border = np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]])
    assert (border == 255).all() and (found.mean(axis=2) < 128).mean() > 0.05


def test_without_clouds_the_folder_is_empty(tmp_path):
    draw_clouds([], tmp_path / "none", language="zh", weight=500, seed=7)
    assert list((tmp_path / "none").iterdir()) == []
