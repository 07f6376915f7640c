"""Pictures as files: what is drawn is where it was asked for, in three formats with the same content and the same bytes."""

import os
import re
import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
import vl_convert
from PIL import Image
from pypdf import PdfReader

from emphasis.figures.drawing import Drawing
from emphasis.figures.files import DPI, FORMATS, png, register_font, save_drawings
from emphasis.figures.typeface import typeface
from support import ROOT

DOTS = DPI / 2.54


def drawing(wide=6.0, high=3.0, label="题"):
    return Drawing(typeface(500), wide, high, label)


def pixels(picture):
    return np.asarray(Image.open(BytesIO(png(picture))).convert("RGB")).astype(int)


def extent(found, colour):
    """Left, top, right, bottom in cm of the pixels of a colour."""
    rows, columns = np.nonzero((abs(found - np.array(colour)).max(axis=2)) < 40)
    return (columns.min() / DOTS, rows.min() / DOTS, (columns.max() + 1) / DOTS, (rows.max() + 1) / DOTS)


def test_shapes_are_where_they_were_asked_for():
    picture = drawing()
    picture.rect(1.0, 0.5, 2.0, 0.25, "#ff0000")
    picture.circle(4.5, 1.5, 0.5, "#0000ff")
    picture.polygon([(1, 2), (2, 2), (2, 2.5)], "#00aa00")
    picture.line(1.0, 2.8, 3.0, 2.8, "#000000", 2.0)
    found = pixels(picture)
    assert found.shape[:2] == (354, 708)
    near = pytest.approx
    assert extent(found, (255, 0, 0)) == near((1.0, 0.5, 3.0, 0.75), abs=0.012)
    assert extent(found, (0, 0, 255)) == near((4.0, 1.0, 5.0, 2.0), abs=0.015)
    assert extent(found, (0, 170, 0)) == near((1.0, 2.0, 2.0, 2.5), abs=0.03)
    assert extent(found, (0, 0, 0)) == near((1.0, 2.765, 3.0, 2.835), abs=0.015)


@pytest.mark.parametrize(("align", "left", "right"), [("left", 3.0, 4.0), ("center", 2.5, 3.5), ("right", 2.0, 3.0)])
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_words_start_end_or_are_centred_at_their_point(align, left, right, rotate):
    """Four square characters of 0.25 cm; upwards the text starts below its point, downwards above."""
    picture = drawing(6, 6)
    picture.text(3, 3, "口口口口", 0.25 * 72 / 2.54, "#000000", align=align, rotate=rotate)
    x, y, u, v = extent(pixels(picture), (0, 0, 0))
    along, across = {0: ((x, u), (y, v)), 90: ((6 - v, 6 - y), (x, u)), 270: ((y, v), (6 - u, 6 - x))}[rotate]
    assert along == pytest.approx((left, right), abs=0.05)
    assert across[0] > 2.7 and across[1] < 3.05, "above the baseline"


def test_three_formats_have_the_printed_size_and_the_same_words(tmp_path):
    picture = drawing(8.5, 3, "题 & <标签>")
    words = ["题：长春市", "GDP ≥ 5%", "a  b <c> & d", "缺₂"]
    for row, text in enumerate(words):
        picture.text(1, 0.5 + 0.5 * row, text, 7, "#1f2328")
    picture.text(7, 2.5, "向上 up", 7, "#1f2328", rotate=90)
    save_drawings({"m": picture}, tmp_path / "new")
    assert {p.name for p in (tmp_path / "new").iterdir()} == {f"m.{kind}" for kind in FORMATS}
    raster = Image.open(tmp_path / "new/m.png")
    assert raster.size[0] == int(8.5 * DOTS) and raster.info["dpi"][0] == pytest.approx(DPI, abs=0.1)
    reader = PdfReader(tmp_path / "new/m.pdf")
    page = reader.pages[0]
    assert float(page.mediabox.width) == pytest.approx(8.5 / 2.54 * 72, abs=0.1)
    text = page.extract_text()
    assert all(line in text for line in [*words[:3], "缺□", "向上 up"])
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert [font["/BaseFont"].partition("+")[2] for font in fonts] == ["NotoSansSC-500"], "no font of the machine"
    assert "/FontFile2" in fonts[0]["/DescendantFonts"][0]["/FontDescriptor"]
    assert "/CreationDate" not in (reader.metadata or {})
    root = ElementTree.parse(tmp_path / "new/m.svg").getroot()
    assert root.get("aria-label") == "题 & <标签>" and root.get("width") == "240.94pt"
    names = [node.get("id") for node in root.iter() if node.get("id")]
    used = {node.get("{http://www.w3.org/1999/xlink}href")[1:] for node in root.iter("{http://www.w3.org/2000/svg}use")}
    assert used == set(names) and len(names) == len(set(names))
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))


def test_pixels_of_the_svg_for_readers_are_those_of_the_pdf_s_texts(tmp_path):
    """Outlines and texts are two ways to say the same: a renderer draws them at the same places."""
    picture = drawing()
    picture.text(0.5, 1, "发展 Growth 5.5%，新质", 9, "#000000")
    picture.text(5, 2.5, "向上 up", 9, "#000000", rotate=90)
    family = register_font([picture], tmp_path)
    texts = vl_convert.svg_to_png(picture.svg_to_render(family), ppi=DPI)
    differences = abs(np.asarray(Image.open(BytesIO(texts)).convert("L")).astype(int) - pixels(picture).mean(axis=2))
    assert (differences > 90).mean() < 0.001


def test_colours_of_a_picture_survive_its_packing():
    """A picture of few colours has a palette, one of many has none; neither changes a colour."""
    few, many = drawing(), drawing()
    few.rect(1, 1, 1, 1, "#9c2a00")
    for i in range(400):
        many.rect(0.01 * i, 0.5, 0.02, 1, f"#{i // 2:02x}{255 - i // 2:02x}{(7 * i) % 256:02x}")
    modes = [Image.open(BytesIO(png(picture))).mode for picture in (few, many)]
    assert modes == ["P", "RGB"]
    found = pixels(few)
    assert tuple(found[150, 150]) == (0x9C, 0x2A, 0x00) and tuple(found[0, 0]) == (255, 255, 255)
    assert tuple(pixels(many)[0, 0]) == (255, 255, 255)


def test_without_pictures_there_is_an_empty_folder(tmp_path):
    save_drawings({}, tmp_path / "none")
    assert list((tmp_path / "none").iterdir()) == []


PROGRAM = """
import sys
from pathlib import Path
from emphasis.figures.look import LINES
from emphasis.figures.axis import Scale
from emphasis.figures.sheet import Sheet, draw_sheets, message_sheet
def make(style):
    sheet = Sheet(style, "题：长春市", 3.0, "注 note")
    sheet.polyline([(0.5 + i / 3, 1 + (i * 7 % 11) / 10) for i in range(20)], LINES[0])
    sheet.cells(1, 2, 0.5, 0.4, [[1 / 3, 2 / 7, 0.9]], decimals=1)
    sheet.value_axis(Scale(0, 42, 1, 8), 2.2, "占比")
    return {"s": sheet, "m": message_sheet(style, "题", ["无"])}
draw_sheets(make, "zh", 500, Path(sys.argv[1]))
"""


def test_bytes_do_not_depend_on_hash_seed_or_language(tmp_path):
    environments = ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Shanghai"})
    for number, environment in enumerate(environments):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / str(number))],
            env=os.environ | environment | {"PYTHONPATH": str(ROOT / "scripts")}, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    first, second = (sorted((tmp_path / name).iterdir()) for name in ("0", "1"))
    assert len(first) == 6
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert not re.search(rb"matplotlib|Creat(?:or|ion)", b"".join(p.read_bytes() for p in first), re.IGNORECASE)
