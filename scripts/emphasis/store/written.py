"""Files of settings and lists, as people write them: in another encoding, with a value that is none, or not there at all."""

from __future__ import annotations

from pathlib import Path

from emphasis.errors import EmphasisError


def read_written(path: Path | str) -> str:
    """The text of a file that a person may have written or saved from a spreadsheet.

    Raises
    ------
    EmphasisError
        If there is no such file, it cannot be opened or is not in UTF-8.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise EmphasisError(
            f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8 text, a table with tabs between its columns"
        ) from None
    except FileNotFoundError:
        raise EmphasisError(f"{path}: there is no such file; restore it from the repository") from None
    except OSError as error:
        raise EmphasisError(f"{path}: cannot be read ({error.strerror}); restore it from the repository") from None


def written_lines(path: Path | str) -> list[tuple[int, str]]:
    """The lines of such a file that are neither empty nor comments, which begin with #; each with its number, from 1.

    Raises
    ------
    EmphasisError
        As `read_written` does.
    """
    lines = enumerate(read_written(path).splitlines(), 1)
    return [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
