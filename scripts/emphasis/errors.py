"""Exceptions whose messages are written for the user."""


class EmphasisError(Exception):
    """Something the user can fix: the message says which file, line or key, what was found, and what to do."""


class MissingLibraryError(EmphasisError):
    """The environment lacks a library, or one is broken: no file is at fault, and the run ends."""

    def __init__(self, error: ImportError) -> None:
        library = (error.name or "").partition(".")[0] or "one"
        super().__init__(
            f"the library {library} is missing or broken ({error}); make the environment anew with `make -B env`, or with "
            "`pip install --require-hashes -r requirements.lock`"
        )
