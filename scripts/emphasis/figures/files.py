"""Pictures as files: PNG of 300 dpi, SVG without fonts, PDF whose text can be searched; the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import vl_convert
from PIL import Image

from emphasis.figures.drawing import Drawing
from emphasis.store.atomic import write_atomically, write_text

DPI = 300
FORMATS = ("png", "svg", "pdf")

_COLOURS = 256  # What a palette holds.


def save_drawings(drawings: Mapping[str, Drawing], folder: Path) -> None:
    """Write pictures as <name>.png, .svg and .pdf into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    if not drawings:
        return
    with TemporaryDirectory() as scratch:
        family = register_font(drawings.values(), Path(scratch))
        for name, drawing in drawings.items():
            write_text(folder / f"{name}.svg", drawing.svg())
            for kind, content in (("png", png(drawing)), ("pdf", _pdf(drawing, family))):
                write_atomically(folder / f"{name}.{kind}", partial(_write, content=content))
            print(f"{name}: {', '.join(FORMATS)}", flush=True)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def png(drawing: Drawing) -> bytes:
    """The picture in pixels.

    The renderer packs PNG loosely and with transparency that nothing uses. A picture of few colours gets a palette, exactly; another
    is packed anew. Either takes a third of the room.
    """
    found = Image.open(BytesIO(vl_convert.svg_to_png(drawing.svg_to_render(), ppi=DPI)))
    dpi, picture = found.info["dpi"], found.convert("RGB")
    colours: Any = picture.getcolors(_COLOURS)
    if colours is not None:
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for _, colour in sorted(colours, reverse=True) for part in colour])
        picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    file = BytesIO()
    picture.save(file, "png", compress_level=3, dpi=dpi)
    return file.getvalue()


def _pdf(drawing: Drawing, family: str) -> bytes:
    made: bytes = vl_convert.svg_to_pdf(drawing.svg_to_render(family))
    return made


def register_font(drawings: Iterable[Drawing], folder: Path) -> str:
    """Make a font with all characters of these pictures known to the renderer; the name of its family.

    The renderer takes a character that a font lacks from any other font of the machine, so none may be missing. The name is the
    font's own: several may be registered in one process, and one of the machine may be called Noto Sans SC.
    """
    several = list(drawings)
    characters = "".join(sorted(set("".join(text for drawing in several for text in drawing.texts))))
    face = several[0].face
    family = f"picture{sha256(f'{face.weight}{characters}'.encode()).hexdigest()[:16]}"
    (folder / "font.ttf").write_bytes(face.font([characters], family))
    vl_convert.register_font_directory(str(folder))
    return family
