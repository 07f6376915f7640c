"""The log of a step, and what the user sees when the step fails."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.run.lock import hold_step_lock

_LAST_LINES = 8


@contextmanager
def logged(log: str) -> Iterator[None]:
    """Send what the step prints to its log, and end a failing step with a message instead of a traceback.

    A fault that the user can mend (`EmphasisError`, a full disk, a missing permission, too little memory) is reported in its own words. Any other
    is a fault of the program: its traceback goes to the log, whose last lines are shown.
    """
    terminal = sys.stderr
    path = Path(log)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8", newline="\n", buffering=1)
    except OSError as error:
        print(f"policy-emphasis: {_describe(error)}", file=terminal)
        sys.exit(1)
    message = ""
    try:
        with hold_step_lock(path), redirect_stdout(file), redirect_stderr(file):
            yield
    except EmphasisError as error:
        message = str(error)
    except OSError as error:
        message = _describe(error)
    except MemoryError:
        message = "there is not enough memory; run snakemake again with --cores 1, or with a smaller `batch_size`"
    except Exception:
        message = "the step failed; please report it with its log"
        with suppress(OSError):
            traceback.print_exc(file=file)
    # On a full disk the log itself may not take another line.
    with suppress(OSError):
        if message and not message.startswith("the step failed"):
            print(message, file=file)
    with suppress(OSError):
        file.close()
    if message:
        lines = path.read_text(encoding="utf-8").splitlines()[-_LAST_LINES:]
        print(f"policy-emphasis: {message}", file=terminal)
        print(f"  last lines of {log}:", *(f"  | {line}" for line in lines), sep="\n", file=terminal)
        sys.exit(1)


def _describe(error: OSError) -> str:
    return f"{error.filename or 'a file'}: {error.strerror or error}; {_remedy(error)}"


def _remedy(error: OSError) -> str:
    match type(error).__name__, error.errno:
        case "PermissionError", _:
            return "allow writing there or set `results` to another folder, then run snakemake again"
        case _, 28:
            return "make room on the disk, then run snakemake again: it goes on where it stopped"
        case _:
            return "check the disk and the path, then run snakemake again"
