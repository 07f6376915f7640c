"""Lines, distinct colours, the three formats, reproducible bytes."""

import itertools
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from PIL import Image, ImageFont
from pypdf import PdfReader

from emphasis.figures import strings
from emphasis.figures.style import (
    COLOURS,
    COLUMN,
    DPI,
    FAINT,
    FORMATS,
    INK,
    LINES,
    NEUTRAL,
    PLAN,
    REVIEW,
    SHADES,
    SMALL,
    draw_figures,
    ink_on,
    make_font,
    message_figure,
    text_ems,
    text_width,
    wrap,
)
from emphasis.font import characters_without_glyph
from emphasis.topics.verdicts import BETTER, FORMULA, NOISE, TOO_LITTLE, WEAK
from support import ROOT

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB; the numbers are those of other
# programs that name them, and rows sum to 1.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour, kind):
    """CIELAB of a colour as seen with a kind of colour blindness."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(BLINDNESS[kind]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("palette", [[*COLOURS.values(), NEUTRAL], [NEUTRAL, PLAN], LINES])
def test_colours_used_together_are_distinct(palette, kind):
    """2.3 is a just noticeable difference in CIELAB; lines and bars need several of them."""
    for one, other in itertools.combinations(palette, 2):
        assert np.linalg.norm(seen(one, kind) - seen(other, kind)) > 9, (one, other, kind)


def test_shades_are_ordered_by_lightness_alone():
    lightness = [seen(SHADES(i)[:3], "none")[0] for i in range(0, 256, 5)]
    assert all(a > b for a, b in itertools.pairwise(lightness))
    assert lightness[0] > 95 and lightness[-1] < 35


def luminance(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ TO_XYZ[1]


@pytest.mark.parametrize("shade", np.linspace(0, 1, 41))
def test_values_in_cells_have_the_contrast_that_small_type_needs(shade):
    """4.5 to 1, the level AA of WCAG 2."""
    pale, dark = sorted((luminance(SHADES(float(shade))[:3]), luminance(ink_on(float(shade)))), reverse=True)
    assert (pale + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("colour", [INK, FAINT, REVIEW, PLAN, NEUTRAL])
def test_type_on_white_has_the_contrast_that_small_type_needs(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_every_string_has_both_languages_and_the_same_values():
    for key, texts in strings.all_texts().items():
        assert set(texts) == set(strings.LANGUAGES) and all(texts.values()), key
        assert set(re.findall(r"\{(.*?)\}", texts["zh"])) == set(re.findall(r"\{(.*?)\}", texts["en"])), key


def test_verdicts_have_a_text():
    assert {BETTER, NOISE, TOO_LITTLE} <= strings.all_texts().keys()
    assert {f"topics.{mark}" for mark in (WEAK, FORMULA)} <= strings.all_texts().keys()


def test_the_font_has_every_character_of_the_strings():
    assert not characters_without_glyph(
        "".join(text for texts in strings.all_texts().values() for text in texts.values())
    )


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
def test_a_character_that_the_font_lacks_is_drawn_as_a_box(tmp_path):
    words = ["降低CO₂排放🌳\ufffd𠮷"]
    draw_figures(lambda style: {"m": message_figure(style, "降低CO₂排放", words)}, "zh", 500, tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {f"m.{kind}" for kind in FORMATS}
    assert characters_without_glyph(words[0]) == ["₂", "\ufffd", "🌳", "𠮷"]


TEXTS = st.text(st.sampled_from("发展（一）“新”质，生产力。abc XY 12 "), max_size=60)


@given(TEXTS, st.floats(1, 6))
def test_wrapped_lines_have_all_the_text_and_fit_their_room(text, room):
    lines = wrap(text, room, SMALL)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, SMALL) <= room for line in lines)
    cut = wrap(text, room, SMALL, 2)
    assert len(cut) <= 2 and all(text_width(line, SMALL) <= room for line in cut)
    assert len(lines) <= 2 or cut[-1].endswith("…")


def test_estimated_widths_are_close_to_those_of_the_font(tmp_path):
    samples = ["发展新质生产力", "Science and innovation", "1,234.5", "at least twice the rate elsewhere", "（一）GDP"]
    path = make_font(samples, 500, tmp_path / "font.ttf")
    for sample in samples:
        real = ImageFont.truetype(str(path), 100).getlength(sample) / 100
        assert 0.93 * real < text_ems(sample) < 1.25 * real, sample


def test_three_formats_have_the_printed_size_and_searchable_text(tmp_path):
    words = ["没有口径一致的目标：GDP ≥ 5%", "第二段"]
    draw_figures(lambda style: {"m": message_figure(style, "题：长春市", words)}, "zh", 500, tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {f"m.{kind}" for kind in FORMATS}
    picture = Image.open(tmp_path / "m.png")
    assert picture.size[0] == int(COLUMN / 2.54 * DPI) and picture.info["dpi"][0] == pytest.approx(DPI, abs=0.1)
    page = PdfReader(tmp_path / "m.pdf").pages[0]
    assert float(page.mediabox.width) == pytest.approx(COLUMN / 2.54 * 72, abs=0.1)
    text = page.extract_text()
    assert "题：长春市" in text and "GDP ≥ 5%" in text
    raw = (tmp_path / "m.pdf").read_bytes()
    assert b"/FontFile2" in raw and b"CreationDate" not in raw and b"Matplotlib" not in raw
    svg = (tmp_path / "m.svg").read_text(encoding="utf-8")
    assert "<text" not in svg and "dc:date" not in svg


PROGRAM = """
import sys
from pathlib import Path
import pandas as pd
from emphasis.figures.network import network_chart
from emphasis.figures.style import draw_figures, message_figure
from emphasis.measures.similarity import cooccurrence
words = "发展 改革 开放 创新 产业 农村 城市 生态 民生 安全 消费 投资 科技 教育".split()
rows = [(str(i), words[(i * k * k + k) % len(words)]) for i in range(80) for k in range(1, 7)]
pairs = cooccurrence(pd.DataFrame(rows, columns=["sentence_id", "token"]), 80, 50, 3)
assert len(pairs) > 10
draw_figures(lambda style: {"n": network_chart(style, "题", pairs, 80), "m": message_figure(style, "题", ["无"])}, "zh", 500, Path(sys.argv[1]))
"""


def test_bytes_do_not_depend_on_hash_seed_processor_or_language(tmp_path):
    """Of all charts the network could differ most easily: its layout iterates a few thousand floating-point steps."""
    environments = (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
    )
    for number, environment in enumerate(environments):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / str(number))],
            env=os.environ | environment | {"PYTHONPATH": str(ROOT / "scripts")}, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    first, second = (sorted((tmp_path / name).iterdir()) for name in ("0", "1"))
    assert len(first) == 6
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
