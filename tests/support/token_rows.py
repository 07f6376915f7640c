"""Token and section rows of a small made-up report."""

import pandas as pd

from emphasis.measures.counts import count_terms

ROLES = {
    "s0": "front",
    "s1": "review",
    "s1.1": "review",
    "s1.2": "problems",
    "s2": "plan",
    "s2.1": "plan",
    "s3": "closing",
}
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


def vocabulary(tokens, held=()):
    """What such tokens hold: themselves, and the words (token, word, word ...) that some consist of."""
    words = {token: parts for token, *parts in held}
    rows = []
    for token in sorted(set(tokens["token"])):
        parts = words.get(token, [])
        rows.append((token, token, 1, "", "", not parts))
        rows += [(token, part, parts.count(part), "n", "word", True) for part in sorted(set(parts))]
    return pd.DataFrame(rows, columns=["token", "unit", "n", "pos", "kind", "is_word"])


def counts(tokens, sections, counting, held=()):
    """The table of counts of such tokens; `held` as in `vocabulary`."""
    return count_terms(tokens, sentences_of(tokens), sections, vocabulary(tokens, held), counting)
