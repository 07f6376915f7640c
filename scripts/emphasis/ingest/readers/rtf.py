"""Rich text (.rtf)."""

from __future__ import annotations

import re
from typing import Any

from emphasis.errors import EmphasisError
from emphasis.ingest.readers.reading import Reading

_PICTURE = re.compile(
    rb"\{\\(?:\*\\shppict|pict|nonshppict)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{4000,}"
)
"""Pictures, and the long rows of hexadecimal digits that they consist of."""
_NUMBER = re.compile(r"^ ?([^\t\n]{1,8}[、.．)）】])\t", re.MULTILINE)
"""An automatic number, which programs write out with a tab after it."""


def read(data: bytes) -> Reading:
    """The text of an .rtf, with its automatic numbers.

    Raises
    ------
    EmphasisError
        If it is no rich text.
    """
    from striprtf import striprtf  # noqa: PLC0415  # only these files need it

    library: Any = striprtf
    if not data.lstrip().startswith(b"{\\rtf"):
        raise EmphasisError("is no rich text; open it in a word processor and save it again")
    text: str = library.rtf_to_text(_PICTURE.sub(b"", data).decode("latin-1"), errors="replace")
    return Reading(_NUMBER.sub(r"\1", text), "rtf")
