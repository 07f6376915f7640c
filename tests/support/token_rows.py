"""Token and section rows of a small made-up report."""

import pandas as pd

ROLES = {"0": "front", "1": "review", "1.1": "review", "1.2": "problems", "2": "plan", "2.1": "plan", "3": "closing"}
BODY = ("review", "problems", "plan", "closing")


def sections(roles=ROLES):
    return pd.DataFrame({"report_id": "r", "section_id": list(roles), "role": list(roles.values())})


def tokens(*sentences):
    """One row a token from (section, "word word ..."); a word with / has its kind behind it."""
    rows = []
    for number, (section, text) in enumerate(sentences, start=1):
        for word in text.split():
            token, _, kind = word.partition("/")
            rows.append(("r", section, f"r:{number}", token, "n", kind or "word"))
    return pd.DataFrame(rows, columns=["report_id", "section_id", "sentence_id", "token", "pos", "kind"])
