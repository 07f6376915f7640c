"""Write docs/figures.md, a page with every figure (part of `make docs`).

With a folder of results (`make reference` gives one) the pictures of the bundled report are renewed, too: small copies of the PNG
files, and the hashes of the SVG files that they show, by which a test knows whether they are up to date.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from jinja2 import Environment
from PIL import Image

from emphasis.areas.scheme import read_scheme
from emphasis.figures.charts import ACROSS, PER_REPORT
from emphasis.figures.coder_chart import coder_chart
from emphasis.figures.drawing import Drawing
from emphasis.figures.files import png
from emphasis.figures.look import Style
from emphasis.figures.strings import LANGUAGES, say
from emphasis.figures.typeface import typeface

ROOT = Path(__file__).parents[2]
PAGE, FOLDER = ROOT / "docs/figures.md", ROOT / "docs/figures"
SOURCES = FOLDER / "sources.tsv"
REPORT = "changchun-2025"
CLOUDS = ("clouds/whole", "clouds/review", "clouds/plan", "clouds/section-2.3")
"""Word clouds on the page: those of the other sections look like the last."""

_NARROW, _WIDE = 480, 900  # Pixels across, of pictures a column and a page wide.
_COLUMN_PIXELS = 1100  # Between the widths of both at 300 dpi.
_COLOURS = 12
BOTH = ("en", "zh")
"""The languages of the page in docs; the documentation site has a page for each."""

_WORDS = {
    "title": {"en": "Every figure", "zh": "全部图"},
    "head": {
        "en": """The figures of the bundled report, as the workflow draws them; in `results/figures/` each is there as PNG (300 dpi), SVG and PDF, with
`figures: language: en` in English. This page is made by `make docs`, its pictures by `make reference`.""",
        "zh": """以下为随附报告的各图，均由流程自动绘制；`results/figures/` 中每图有 PNG（300 dpi）、SVG、PDF 三种格式。本页由 `make docs` 生成，图由 `make reference` 更新。""",
    },
    "clouds": {"en": "Word clouds", "zh": "词云"},
    "several": {"en": "Several reports", "zh": "多份报告"},
    "coder": {"en": "The coder of policy areas", "zh": "政策领域编码器"},
}


def page(languages: Sequence[str] = BOTH) -> str:
    """The page: for each figure its title, the picture, what is shown and what not to conclude, in each of the languages."""

    def words(key: str) -> str:
        return " · ".join(_WORDS[key][language] for language in languages)

    parts = [f"# {words('title')}\n", *(f"{_WORDS['head'][language]}\n" for language in languages)]
    for name in PER_REPORT:
        titles = [say(f"{name}.title", language, report="").lstrip(":： ") for language in languages]
        heading = " · ".join(title[:1].upper() + title[1:] for title in titles)
        parts += [f"## `{name}` {heading}\n", f"![{titles[0]}](figures/{name}.png)\n", _caption(name, languages)]
    parts += [f"## `clouds` {words('clouds')}\n", *(f"![{name}](figures/{_file(name)})\n" for name in CLOUDS)]
    parts += [_caption("clouds", languages), f"## {words('several')}\n"]
    for name in ACROSS:
        heading = " · ".join(say(f"{name}.title", language) for language in languages)
        parts += [f"### `across/{name}` {heading}\n", _caption(name, languages)]
    titles = [say("coder.title", language) for language in languages]
    said = " ".join(
        f"{title}{'.' if language == 'en' else '。'}" for title, language in zip(titles, languages, strict=True)
    )
    parts += [f"## {words('coder')}\n\n{said}\n"]
    parts += [f"![{title}](figures/{_coder(language)})\n" for title, language in zip(titles, languages, strict=True)]
    return "\n".join(parts)


def _caption(name: str, languages: Sequence[str]) -> str:
    """What the caption of a figure says below its title, in each of the languages."""
    template = Environment(trim_blocks=True, lstrip_blocks=True).from_string(
        (ROOT / f"workflow/report/{name}.rst").read_text(encoding="utf-8")
    )
    out = []
    for language in languages:
        job = SimpleNamespace(
            config={"figures": {"language": language}, "keyness": {"test": "draws"}},
            wildcards=SimpleNamespace(report_id=REPORT, name="whole"),
        )
        _, *paragraphs = template.render(snakemake=job).strip().split("\n\n")
        out += [paragraph.replace("``", "`").replace("\n", " " if language == "en" else "") for paragraph in paragraphs]
    return "\n\n".join(out) + "\n"


def coder_drawings() -> dict[str, Drawing]:
    """The pictures of the coder that is shipped, by their files."""
    folder = ROOT / "config/areas"
    confusion, validation = (
        pd.read_csv(folder / f"{name}.tsv", sep="\t", dtype={"area": str}) for name in ("confusion", "validation")
    )
    scheme = read_scheme(folder / "areas.tsv")
    return {
        _coder(language): coder_chart(
            Style(language, typeface(500)), scheme, confusion.set_index("area"), validation
        ).drawing
        for language in LANGUAGES
    }


def _coder(language: str) -> str:
    return "coder.png" if language == "en" else f"coder.{language}.png"


def _file(name: str) -> str:
    return f"{name.replace('/', '-')}.png"


def sources(results: Path) -> dict[str, str]:
    """The hash of the SVG file of each figure of the bundled report on the page, by its path in the results."""
    files = [f"figures/{REPORT}/{name}.svg" for name in (*PER_REPORT, *CLOUDS)]
    return {file: hashlib.sha256((results / file).read_bytes()).hexdigest() for file in files}


def read_sources() -> dict[str, str]:
    """What `docs/figures` was made from."""
    lines = SOURCES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def small(content: bytes) -> bytes:
    """A picture as it is on the page: smaller, and in few colours."""
    picture = Image.open(BytesIO(content)).convert("RGB")
    wide = _NARROW if picture.width < _COLUMN_PIXELS else _WIDE
    picture = picture.resize((wide, round(picture.height * wide / picture.width)), Image.Resampling.LANCZOS)
    file = BytesIO()
    # The few colours that cover most of the space of colours, and not the many greys at the edges of type.
    few = picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
    few.save(file, "png", optimize=True)
    return file.getvalue()


def main(results: Path | None = None) -> None:
    """Write the page; with results the pictures, too."""
    PAGE.write_text(page(), encoding="utf-8")
    known = read_sources() if SOURCES.exists() else {}
    FOLDER.mkdir(exist_ok=True)
    if results is not None:
        known |= sources(results)
        for name in (*PER_REPORT, *CLOUDS):
            picture = results / f"figures/{REPORT}/{name}.png"
            (FOLDER / _file(name)).write_bytes(small(picture.read_bytes()))
    for file, drawing in coder_drawings().items():
        digest = hashlib.sha256(drawing.svg().encode()).hexdigest()
        if known.get(file) != digest or not (FOLDER / file).exists():
            (FOLDER / file).write_bytes(small(png(drawing)))
        known[file] = digest
    text = "".join(f"{name}\t{digest}\n" for name, digest in sorted(known.items()))
    SOURCES.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
