"""How a step of the workflow meets the world: its log, and what a person sees when it fails."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from emphasis.errors import EmphasisError

_LAST_LINES = 8


@contextmanager
def logged(log: str) -> Iterator[None]:
    """Send what the step prints to its log; end a failing step with a message instead of a traceback.

    A fault that the user can mend (`EmphasisError`, a full disk, a missing permission) is told in its own words. Anything
    else is a fault of the program: its traceback stays in the log, whose last lines are shown.
    """
    terminal = sys.stderr
    path = Path(log)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", buffering=1) as file, redirect_stdout(file), redirect_stderr(file):
        try:
            yield
            return
        except EmphasisError as error:
            message = str(error)
            print(message, file=file)
        except OSError as error:
            message = f"{error.filename or 'a file'}: {error.strerror}; {_remedy(error)}"
            print(message, file=file)
        except Exception:
            traceback.print_exc(file=file)
            message = "the step failed; please report it with its log"
    lines = path.read_text(encoding="utf-8").splitlines()[-_LAST_LINES:]
    print(f"policy-emphasis: {message}", file=terminal)
    print(f"  last lines of {log}:", *(f"  | {line}" for line in lines), sep="\n", file=terminal)
    sys.exit(1)


def _remedy(error: OSError) -> str:
    match type(error).__name__, error.errno:
        case "PermissionError", _:
            return "allow writing there or set `results` to another folder, then run snakemake again"
        case _, 28:
            return "make room on the disk, then run snakemake again: it goes on where it stopped"
        case _:
            return "check the disk and the path, then run snakemake again"
