"""The page of a made-up report that tries to end script elements."""

from emphasis.areas.scheme import read_scheme
from emphasis.measures.dictionaries import Theme
from emphasis.publish.names import ChineseNames
from emphasis.publish.site.areas import areas_index
from emphasis.publish.site.page import build_page, load_assets
from emphasis.store.tables import table_from_rows
from support import ROOT

ASSETS = ROOT / "scripts/emphasis/publish/site/assets"
NAMES = (
    "reports warnings themes sections sentences tokens vocabulary counts tfidf keyness keyness_comparisons theme_sections targets "
    "target_pairs topics topic_verdicts topic_sections topic_parts topic_diagnostics topic_passages structure tasks sentence_areas areas "
    "area_changes peers distinctive missing standing"
).split()
ENDS = "</script><!--<script>\u2028\u2029&amp;"
THEME = Theme("t", "主题", "Theme", "compiled", ENDS, ("产业", "新兴产业"))


def made(schemas, text="发展新兴产业和产业", **more):
    """The tables of a report of one sentence, with a text in every field that would end a script element.

    `more` has rows of other tables by their names.
    """
    report = {"report_id": "r", "file": ENDS, "title": ENDS, "region": ENDS, "confidence": "high", "n_chars": 9}
    warning = {"report_id": "r", "code": ENDS, "message": ENDS, "snippet": ENDS, "suggestion": ENDS}
    section = {"report_id": "r", "section_id": "s1", "level": 1, "heading": ENDS, "role": "plan", "standalone": True}
    section |= {"start": 0, "end": 9, "n_chars": 9, "n_sentences": 1, "n_tokens": 4, "n_words": 5}
    sentence = {"report_id": "r", "sentence_id": "r:1", "section_id": "s1", "paragraph": 1, "start": 0, "end": 9}
    words = [("发展", 0, 2), ("新兴产业", 2, 6), ("和", 6, 7), ("产业", 7, 9)]
    tokens = [
        {"report_id": "r", "section_id": "s1", "sentence_id": "r:1", "position": i, "token": word, "pos": "n"}
        | {"kind": "term" if word == "新兴产业" else "word", "start": start, "end": end}
        for i, (word, start, end) in enumerate(words, 1)
    ]
    rows = {
        "reports": [report],
        "warnings": [warning],
        "sections": [section],
        "sentences": [sentence | {"text": text}],
        "tokens": tokens,
        "counts": [
            {
                "report_id": "r",
                "section_id": "s1",
                "role": "plan",
                "paragraph": 1,
                "term": word,
                "keyword": word != "和",
            }
            | {"pos": "n", "kind": "word", "n": 1, "n_alone": 1, "n_words": 1, "n_sentences": 1}
            for word, _, _ in words
        ],
    } | more
    own = {name: schemas[name] for name in NAMES}
    empty = {"string": "", "integer": None, "number": None, "boolean": False}
    tables = {
        name: table_from_rows(
            [{f.name: row.get(f.name, empty[f.type]) for f in schema.fields} for row in rows.get(name, [])], schema
        )
        for name, schema in own.items()
    }
    return tables, own


def page_of(schemas, more=None, index=None, **options):
    """The page of `made`; `more` has rows of other tables, `index` more of the index, `options` what else is given to `build_page`."""
    tables, own = made(schemas, **more or {})
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    settings = {"shown": ["r"], "wanted": 1, "figures": {}} | options
    return build_page(
        tables,
        own,
        themes=[THEME],
        roles=("plan",),
        assets=load_assets(ASSETS.rglob("*.*")),
        chinese=ChineseNames({}, {}),
        scheme=scheme,
        more={**areas_index(scheme, None, None), "target_names": {}, **(index or {})},
        **settings,
    )
