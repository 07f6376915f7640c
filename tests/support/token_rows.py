"""Token and section rows of a small made-up report."""

import pandas as pd

from emphasis.measures.counts import count_terms

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


def sentences_of(tokens):
    """One row a sentence of such tokens; each sentence is a paragraph of its own."""
    rows = tokens[["report_id", "section_id", "sentence_id"]].drop_duplicates(ignore_index=True)
    return rows.assign(paragraph=range(1, len(rows) + 1))


def counts(tokens, sections, counting):
    """The table of counts of such tokens."""
    return count_terms(tokens, sentences_of(tokens), sections, counting)
