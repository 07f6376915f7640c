"""The one exception whose message is written for the user."""


class EmphasisError(Exception):
    """Something the user can fix: the message says which file, line or key, what was found, and what to do."""
