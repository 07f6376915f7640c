"""Tables to chart: those of the bundled report's reference, and a few made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.figures.style import Style, figure_texts, make_font
from emphasis.figures.topics_chart import TopicTables
from emphasis.measures.dictionaries import load_themes
from emphasis.store.tables import read, table_from_rows
from emphasis.topics.verdicts import NOISE
from support import REFERENCE, REPORT, ROOT

TABLES = ("reports", "sections", "theme_sections", "themes", "tfidf", "keyness", "target_pairs")


@pytest.fixture(scope="session")
def themes():
    return load_themes((ROOT / "config/themes").glob("*.yaml"))


@pytest.fixture(scope="session")
def tables(schemas):
    """The bundled report's tables, and the topic tables."""
    names = (*TABLES, "topic_sections", "topic_diagnostics", "topic_verdicts")
    return {name: read(next(REFERENCE.rglob(f"{name}.csv")), schemas[name]) for name in names}


@pytest.fixture(scope="session")
def counted():
    """Keywords of a text of 60 sentences: 甲 and 乙 always together, 丙 everywhere, the others now and then."""
    rows = []
    for i in range(60):
        words = ["丙丙"] + ["甲甲", "乙乙"] * (i % 5 == 0) + ["丁丁", "戊戊"] * (i % 7 == 0) + ["己己"] * (i % 4 == 0)
        rows += [(f"r:{i}", word, True) for word in words]
    return pd.DataFrame(rows, columns=["sentence_id", "token", "keyword"])


@pytest.fixture(scope="session")
def good_topics(tables, schemas):
    """A reliable model `basis` of four topics, the last of them noise, and the report's own model, which is noise."""
    sections = tables["sections"].loc[tables["sections"]["level"] > 0, "section_id"].tolist()
    shares = [(0.6, 0.2, 0.1, 0.1), (0.1, 0.4, 0.4, 0.1), (0.25, 0.25, 0.25, 0.25)]
    cells = [
        ("basis", REPORT, section, topic + 1, share, share - 0.05, share + 0.05)
        for i, section in enumerate(sections)
        for topic, share in enumerate(shares[i % 3])
    ]
    marks = [("kept", "policy"), ("weak", "policy"), ("kept", "formula"), (NOISE, "policy")]
    verdicts = [
        ("basis", topic, f"话题{topic}", kind, 0.2, 0.1, 0.5, 0.1, 0.4, 0.5, 0.1, 0.4, verdict)
        for topic, (verdict, kind) in enumerate(marks, start=1)
    ]
    found = [("basis", 4, "model", 0.5, None, None, "weak"), ("self:" + REPORT, 8, "model", 0.1, None, None, NOISE),
             ("self:" + REPORT, 8, "stability_jaccard", 0.321, 0.2, 0.5, NOISE)]  # fmt: skip
    own = tables["topic_sections"][tables["topic_sections"]["model"] != "basis"]
    return TopicTables(
        pd.concat([own, table_from_rows(cells, schemas["topic_sections"])], ignore_index=True),
        table_from_rows(found, schemas["topic_diagnostics"]),
        table_from_rows(verdicts, schemas["topic_verdicts"]),
        many_reports=False,
    )


@pytest.fixture
def styled(tmp_path):
    """A style, and a function that makes the font of pictures, without which they cannot be measured."""

    def finish(*figures):
        make_font([text for figure in figures for text in figure_texts(figure)], 500, tmp_path / "font.ttf")

    def style(language="zh"):
        return Style(language, tmp_path / "font.ttf")

    return style, finish
