"""The page of figures has every figure, as the reference of the bundled report has it, and stays small."""

import csv
import hashlib
import re
import runpy

from PIL import Image

from emphasis.figures.charts import ACROSS, PER_REPORT
from support import REFERENCE, ROOT

TOOL = runpy.run_path(str(ROOT / "scripts/tools/figures_page.py"))
CLOUDS, FOLDER, PAGE = TOOL["CLOUDS"], TOOL["FOLDER"], TOOL["PAGE"]


def test_the_page_is_up_to_date_and_has_every_figure():
    text = PAGE.read_text(encoding="utf-8")
    assert text == TOOL["page"](), "run: make docs"
    shown = set(re.findall(r"\]\(figures/(\S+)\)", text))
    assert shown == {path.name for path in FOLDER.glob("*.png")}
    assert len(shown) == len(PER_REPORT) + len(CLOUDS) + 2
    assert all(f"`{name}`" in text for name in PER_REPORT) and all(f"`across/{name}`" in text for name in ACROSS)
    assert all(word in text for word in ("Shown:", "所示：", "Not to be concluded:", "不宜据此推断："))


def test_pictures_show_what_is_in_the_reference():
    with (REFERENCE / "hashes.tsv").open(encoding="utf-8", newline="") as file:
        reference = {row["path"]: row["sha256"] for row in csv.DictReader(file, delimiter="\t")}
    found = {file: digest for file, digest in TOOL["read_sources"]().items() if file.startswith("figures/")}
    assert len(found) == len(PER_REPORT) + len(CLOUDS)
    assert {file: reference.get(file) for file in found} == found, "run: make reference"


def test_pictures_of_the_coder_show_what_is_shipped():
    known = TOOL["read_sources"]()
    for file, drawing in TOOL["coder_drawings"]().items():
        assert known[file] == hashlib.sha256(drawing.svg().encode()).hexdigest(), "run: make docs"


def test_pictures_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 600_000
    picture = Image.open(FOLDER / "areas.png")
    assert picture.width == 900 and picture.mode == "P"
    assert Image.open(FOLDER / "terms.png").width == 480
    again = TOOL["small"]((FOLDER / "terms.png").read_bytes())
    assert again.startswith(b"\x89PNG")
