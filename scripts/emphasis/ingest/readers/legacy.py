"""Old formats of word processors (.doc, .wps), which LibreOffice converts where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from emphasis.errors import EmphasisError
from emphasis.ingest.readers import odt
from emphasis.ingest.readers.reading import Reading

MOST_SECONDS = 120.0
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def read(data: bytes) -> Reading:
    """The text of a .doc or .wps."""
    text, _, notes = odt.read(convert(data))
    return Reading(text, "doc", notes)


def convert(data: bytes) -> bytes:
    """A .doc or .wps as an .odt.

    Raises
    ------
    EmphasisError
        If LibreOffice is not installed, or cannot convert it.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise EmphasisError(
            "files of this kind are read through LibreOffice, which is not installed here; install it, or open the file in "
            "Word or WPS and save it as .docx"
        )
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(data)
        # A profile of its own: LibreOffice refuses to start twice with one.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "odt",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            raise EmphasisError(f"LibreOffice takes longer than {MOST_SECONDS:.0f} s; save it as .docx") from error
        converted = source.with_suffix(".odt")
        if not converted.exists():
            raise EmphasisError("LibreOffice cannot convert it; open it in Word or WPS and save it as .docx")
        return converted.read_bytes()
