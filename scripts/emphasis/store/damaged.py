"""Errors for results that cannot be read: they name the file and say what to do."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emphasis.errors import EmphasisError


@contextmanager
def name_in_errors(file: Path | str) -> Iterator[None]:
    """Turn the error of reading a file that is absent or damaged into one that names it.

    Raises
    ------
    EmphasisError
    """
    try:
        yield
    except FileNotFoundError as error:
        raise EmphasisError(f"{file}: absent; run snakemake, which makes it") from error
    except (OSError, ValueError, KeyError, csv.Error) as error:
        # Errors of Arrow are of the first three kinds.
        said = " ".join(str(error).split())
        raise EmphasisError(f"{file}: cannot be read ({said}); delete it and run snakemake again") from error
