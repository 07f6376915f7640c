"""Where the project's own files are, and which of them a user's own take the place of."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, or the copy of it that a workflow is used from."""


def find(path: Path | str) -> Path:
    """A file or folder of settings: that of the folder in which Python was started, or else the project's.

    So a folder from which the workflow is used needs to hold only what is different there.

    Parameters
    ----------
    path : Path or str
        Relative, as in ``config/themes``. An absolute path is returned as it is.

    Returns
    -------
    Path
        Absolute; in the project, where neither is there.
    """
    own = Path.cwd() / path
    return own if own.exists() else ROOT / path


def shown(path: Path | str) -> str:
    """The name of a file in a result, with ``/``: relative to the folder in which Python was started, or else to the project.

    It says nothing of where on a machine these folders are. A file in neither keeps its path.
    """
    absolute = Path.cwd() / path
    for folder in (Path.cwd(), ROOT):
        if absolute.is_relative_to(folder) and ".." not in absolute.relative_to(folder).parts:
            return absolute.relative_to(folder).as_posix()
    resolved = absolute.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else Path(path).as_posix()
