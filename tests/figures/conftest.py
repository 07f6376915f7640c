"""Tables to chart: those of the bundled report's reference, and a few made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from emphasis.figures.look import Style
from emphasis.figures.topics_chart import TopicTables
from emphasis.figures.typeface import typeface
from emphasis.measures.dictionaries import load_themes
from emphasis.measures.network import networks
from emphasis.store.tables import read, table_from_rows
from emphasis.targets.indicators import load_variables
from emphasis.topics.verdicts import NOISE
from support import REFERENCE, REPORT, ROOT

TABLES = ("reports", "sections", "theme_sections", "themes", "tfidf", "keyness", "target_pairs")
TABLES += ("distinctive", "missing", "standing", "areas")


@pytest.fixture(scope="session")
def themes():
    return load_themes((ROOT / "config/themes").glob("*.yaml"))


@pytest.fixture(scope="session")
def variables():
    return load_variables(ROOT / "config/panel_targets.tsv")


@pytest.fixture(scope="session")
def tables(schemas, counted):
    """The bundled report's tables, with the topic tables, codes of sentences and a network made by hand."""
    names = (*TABLES, "topic_sections", "topic_diagnostics", "topic_verdicts")
    found = {name: read(next(REFERENCE.rglob(f"{name}.csv")), schemas[name]) for name in names}
    nodes, edges = networks(counted.assign(report_id=REPORT))
    return found | {"sentence_areas": coded_sentences(found["areas"], schemas), "nodes": nodes, "edges": edges}


def coded_sentences(areas, schemas):
    """As many sentences of each area as the table counts, of 40 characters each, area by area, then one without an area."""
    whole = areas[areas["part"] == "whole"]
    sums = {"15"}
    codes = [a for a, n in zip(whole["area"], whole["n"], strict=True) if a not in sums | {"0"} for _ in range(n)] + [
        "0"
    ]
    rows = [(REPORT, f"{REPORT}:{i}", a, "", 0.9, False, 40 * i, 40 * i + 39) for i, a in enumerate(codes)]
    return table_from_rows(rows, schemas["sentence_areas"])


@pytest.fixture(scope="session")
def counted():
    """Keywords of a text of 60 sentences: pairs that often stand together, hanging together in a chain of ten, and 丙丙 everywhere."""
    chain = [f"{c}{c}" for c in "甲乙丁戊己庚辛壬癸子"]
    rows = []
    for i in range(60):
        link = i % 12
        words = ["丙丙"] + (chain[link : link + 2] if link < len(chain) - 1 else [])
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


@pytest.fixture(scope="session")
def style():
    """A function that makes the style of pictures in a language."""
    return lambda language="zh": Style(language, typeface(500))
