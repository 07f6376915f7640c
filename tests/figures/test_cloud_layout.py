"""Layouts of clouds: every word is there, to scale, whole and apart from the others, and the field is full."""

import math
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from emphasis.figures.cloud_layout import ROUNDNESS, lay_out
from emphasis.figures.typeface import typeface
from support import ROOT

WORDS = "发展 增长 新质生产力 车路云一体化 AI GDP 5G-A 改革 建设 高质量发展 智改数转 低空经济 长春 汽车 黑土地".split()
WIDE, HIGH = 10.0, 7.0


def inks(layout):
    """Left, top, right, bottom of each word as drawn."""
    for place in layout.places:
        left, top, right, bottom = typeface(500).box(place.word)
        yield (
            place.x + left * place.size,
            place.baseline + top * place.size,
            place.x + right * place.size,
            place.baseline + bottom * place.size,
        )


@hypothesis_settings(max_examples=6)
@given(st.dictionaries(st.sampled_from(WORDS), st.integers(1, 60), min_size=1), st.integers(0, 3))
def test_words_are_all_there_to_scale_and_inside_without_overlap(weights, seed):
    layout = lay_out(weights, typeface(500), WIDE, HIGH, seed)
    assert {place.word for place in layout.places} == set(weights)
    scale = layout.places[0].size / math.sqrt(weights[layout.places[0].word])
    assert all(place.size == pytest.approx(scale * math.sqrt(weights[place.word])) for place in layout.places)
    boxes = list(inks(layout))
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left > -1e-9 and top > -1e-9 and right < WIDE + 1e-9 and bottom < HIGH + 1e-9
        for x, y, u, v in boxes[:i]:
            assert right <= x or u <= left or bottom <= y or v <= top, "words overlap"


def test_a_cloud_reaches_the_borders_of_its_field_and_is_in_its_middle():
    layout = lay_out(dict.fromkeys(WORDS, 3.0), typeface(500), WIDE, HIGH, 1)
    lefts, tops, rights, bottoms = zip(*inks(layout), strict=True)
    wide, high = max(rights) - min(lefts), max(bottoms) - min(tops)
    assert max(wide / WIDE, high / HIGH) == pytest.approx(1)
    assert (min(lefts) + max(rights)) / 2 == pytest.approx(WIDE / 2)
    assert (min(tops) + max(bottoms)) / 2 == pytest.approx(HIGH / 2)


TERMS = (
    "科技 企业 人才 技术 科技成果 领军 基金 创新 产业 改造 政府 改革 城市 投资 汽车 安全 消费 群众 保护 交通 整治 就业 振兴 居民 农村 文化 生产 "
    "产业园 历史 市场 教育 全面振兴 医药 建筑 公共 养老 医疗 基础设施 开放 招商"
).split()


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ([36, 26, 19, 18, 16, 15, 14, 13, 13, *[11] * 4, *[9] * 8, *[8] * 6, *[6] * 13], 0.75),
        ([9, 6, 4, 3, 2, 2, 2, 2, 2], 0.66),
        ([3] * 20, 0.66),
    ],
    ids=["report", "section", "equal"],
)
def test_words_with_the_room_around_them_cover_most_of_the_shape_evenly(counts, least):
    weights = dict(zip(TERMS, counts, strict=False))
    layout = lay_out(weights, typeface(500), WIDE, HIGH, 1)
    assert layout.filled >= least and layout.uneven < 0.3
    full = WIDE * HIGH * math.gamma(1 + 1 / ROUNDNESS) ** 2 / math.gamma(1 + 2 / ROUNDNESS)
    ink = sum((right - left) * (bottom - top) for left, top, right, bottom in inks(layout))
    assert 0.5 < ink / full < layout.filled, "the rest of what is covered is the room around words"


def test_the_heaviest_word_is_near_the_middle():
    weights = {word: 30.0 if word == "发展" else 3.0 for word in WORDS}
    place = next(p for p in lay_out(weights, typeface(500), WIDE, HIGH, 1).places if p.word == "发展")
    middle = place.x + place.size, place.baseline - 0.4 * place.size
    assert abs(middle[0] - WIDE / 2) < 0.2 * WIDE and abs(middle[1] - HIGH / 2) < 0.2 * HIGH


def test_one_long_word_is_as_wide_as_the_field():
    (box,) = inks(lay_out({"习近平新时代中国特色社会主义思想": 5.0}, typeface(500), WIDE, HIGH, 1))
    assert box[2] - box[0] == pytest.approx(WIDE)


PROGRAM = """
from emphasis.figures.cloud_layout import lay_out
from emphasis.figures.typeface import typeface
import sys
words = {chr(0x4e00 + 37 * i) * (2 + i % 3): 1.0 + i % 7 for i in range(30)}
for place in lay_out(words, typeface(500), 10, 8, 7).places:
    print(place)
assert "matplotlib" not in sys.modules
"""


def test_layouts_are_the_same_in_every_process_and_need_no_matplotlib():
    found = []
    for environment in (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=os.environ | environment | {"PYTHONPATH": str(ROOT / "scripts")},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found.append(done.stdout)
    assert found[0] == found[1] and found[0].count("\n") == 30
