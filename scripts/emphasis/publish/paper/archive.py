"""Zip files (docx, xlsx) whose bytes depend on what they hold alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def settle(source: Path, target: Path) -> None:
    """Write the members of a zip file in a fixed order with a fixed date.

    Members are packed with zlib, so that another build of zlib may pack them into other bytes; what they hold is the same.
    """
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        # Programs look for the list of content types at the beginning.
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            # In pieces: a large sheet is never held whole.
            with given.open(name) as read, out.open(member, "w") as write:
                while piece := read.read(1 << 20):
                    write.write(piece)
