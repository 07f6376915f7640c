"""Sentences and tokens of a small made-up report in which themes are looked for."""

import pandas as pd

from emphasis.measures.dictionaries import Theme

ROLES = {"s1": "review", "s2": "plan", "s2.1": "plan", "s3": "closing", "F": "footer"}
BODY = ("review", "problems", "plan", "closing")


def theme(*words, name="t"):
    return Theme(name, "题", "theme", "compiled", "made up", words)


def corpus(*rows):
    """Sentences and tokens from (section, "词 词 ..."): the sentence is its tokens in a row, with a full stop."""
    sentences, tokens, place = [], [], 100
    for number, (section, words) in enumerate(rows, 1):
        start = place
        for word in words.split():
            tokens.append(("r", section, f"r:{number}", word, place, place + len(word)))
            place += len(word)
        sentences.append(("r", f"r:{number}", section, number, start, "".join(words.split()) + "。"))
        place += 2
    outline = pd.DataFrame({"report_id": "r", "section_id": list(ROLES), "role": list(ROLES.values())})
    return (
        pd.DataFrame(sentences, columns=["report_id", "sentence_id", "section_id", "paragraph", "start", "text"]),
        pd.DataFrame(tokens, columns=["report_id", "section_id", "sentence_id", "token", "start", "end"]),
        outline,
    )
