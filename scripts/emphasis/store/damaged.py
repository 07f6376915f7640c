"""What is said of a result that cannot be read: which file, and what to do."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emphasis.errors import EmphasisError


@contextmanager
def name_in_errors(file: Path | str) -> Iterator[None]:
    """Name a file that is absent or damaged in the error that reading it raises.

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
