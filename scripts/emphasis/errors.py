"""The one exception that is meant for a person."""


class EmphasisError(Exception):
    """Something the user can mend: the message says which file, line or key, what was found, and what to do."""
