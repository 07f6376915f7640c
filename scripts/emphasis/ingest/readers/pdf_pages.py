"""The text of a PDF's pages with its places."""

from __future__ import annotations

import io
import logging
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from emphasis.errors import EmphasisError

MOST_PAGES = 400
MOST_UNPACKED = 50_000_000
"""Bytes of one stream, unpacked; that of a page has some thousands, that of a font ten million."""
_DRAWN = 500
"""Lines and shapes on a page without text, from which it is no blank page: text may have been turned into shapes."""

Matrix = tuple[float, float, float, float, float, float]


class Piece(NamedTuple):
    """Text at a place: its left and right end, its baseline (larger is higher), and the size of its characters."""

    text: str
    x: float
    end: float
    y: float
    size: float


@dataclass
class Page:
    """What is printed on a page: text by the direction that it runs in, in quarters of a turn, and how much besides."""

    directions: dict[int, list[Piece]] = field(default_factory=dict)
    pictures: int = 0
    shapes: int = 0

    @property
    def pieces(self) -> list[Piece]:
        """The text that runs in the direction of most of it."""
        return max(self.directions.values(), key=len, default=[])

    @property
    def shows_something(self) -> bool:
        """Whether the page has pictures, or more drawing than a frame: without text it is then not blank."""
        return self.pictures > 0 or self.shapes > _DRAWN

    def add(self, text: str, matrix: Matrix, width: float, size: float, rise: float) -> None:
        """Add a character; what is printed at a slant, such as a watermark, is left out."""
        a, b, c, d, x, y = matrix
        turns = math.atan2(b, a) / (math.pi / 2)
        if abs(turns - round(turns)) > 0.02:
            return
        x, y, width, size = x + rise * c, y + rise * d, width * math.hypot(a, b), abs(size) * math.hypot(c, d) or 1.0
        along, base = ((x, y), (y, -x), (-x, -y), (-y, x))[round(turns) % 4]
        pieces = self.directions.setdefault(round(turns) % 4, [])
        if pieces:
            last = pieces[-1]
            near = -0.3 * size < along - last.end < 0.25 * size
            if near and abs(base - last.y) < 0.01 * size and abs(last.size - size) < 0.01 * size:
                pieces[-1] = last._replace(text=last.text + text, end=max(last.end, along + width))
                return
        pieces.append(Piece(text, along, along + width, base, size))


def read_pages(data: bytes) -> list[Page]:
    """What is printed on each page, in the order in which it was printed.

    Raises
    ------
    EmphasisError
        If the file is encrypted or no PDF, or unpacks to more than a report.
    """
    # Only PDFs need it.
    from pdfminer import pdftypes  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    # The library unpacks streams of any size, and packed ones within them.
    vars(pdftypes)["zlib"] = _BoundedZlib
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect as error:
        raise EmphasisError("is encrypted; save it without a password") from error
    resources = PDFResourceManager()
    device = _recorder(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages: list[Page] = []
    for page in PDFPage.create_pages(document):
        if len(pages) == MOST_PAGES:
            raise EmphasisError(f"has more than {MOST_PAGES} pages, which no report has")
        device.page = Page()
        interpreter.process_page(page)
        pages.append(device.page)
    if not pages:
        raise EmphasisError("is damaged or no PDF: it has no pages; print it to a new PDF, or save its text as .txt")
    return pages


class _BoundedZlib:
    """What the library needs of `zlib`, for streams of bounded size.

    Of a damaged stream the library makes what it can, byte by byte, in time that grows with the square of its length. Here, too, one
    whose end is missing or whose checksum is wrong gives what there is, and one that is damaged before its last bytes nothing.
    """

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        stream, found = zlib.decompressobj(), b""
        for part in (data[:-3], data[-3:-2], data[-2:-1], data[-1:]):
            try:
                found += stream.decompress(part, MOST_UNPACKED)
            except zlib.error:
                break
            if stream.unconsumed_tail:
                raise EmphasisError(
                    f"unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB at one place; print it to a new PDF, or save its text "
                    "as .txt"
                )
        return found


def _recorder(resources: Any) -> Any:
    """A device on which the library prints a page, and which keeps what it is given."""
    from pdfminer.pdfdevice import PDFTextDevice  # noqa: PLC0415
    from pdfminer.pdffont import PDFUnicodeNotDefined  # noqa: PLC0415

    class Recorder(PDFTextDevice):
        page = Page()

        def render_char(  # the library's signature
            self, matrix: Matrix, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *_: object
        ) -> float:
            try:
                text = _mend(font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                text = "\ufffd"
            width = float(font.char_width(cid) * fontsize * scaling)
            if text:
                self.page.add(text, matrix, width, fontsize, rise)
            return width

        def render_image(self, *_: object) -> None:
            self.page.pictures += 1

        def paint_path(
            self, _graphics: object, _stroke: object, _fill: object, _rule: object, path: Sequence[Any]
        ) -> None:
            self.page.shapes += len(path)

    return Recorder(resources)


def _mend(text: str) -> str:
    """What a font gives as the text of a character: U+FFFD for nothing and for halves of characters."""
    if not text:
        return "\ufffd"
    return "".join("\ufffd" if "\ud800" <= c < "\ue000" else c for c in text if c >= " " and c != "\x7f")
