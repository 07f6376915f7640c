"""The page as one HTML file with its styles, scripts and data, and a policy that lets nothing else run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
import yaml

from emphasis.areas.scheme import Scheme
from emphasis.errors import EmphasisError
from emphasis.measures.dictionaries import Tested, Theme
from emphasis.publish.names import ChineseNames
from emphasis.publish.site.areas import areas_block
from emphasis.publish.site.charts import chart_specifications, drawing_program
from emphasis.publish.site.compared import compared_block
from emphasis.publish.site.data import (
    corpus_block,
    hash_source,
    pack_json,
    pack_text,
    page_index,
    report_block,
    safe_json,
)
from emphasis.publish.site.measures import describe_measures, section_measures
from emphasis.publish.site.several import several_block
from emphasis.store.tables import Schema

_LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Assets:
    """The files that the page is made of, by name."""

    template: str
    styles: str
    script: str
    words: dict[str, dict[str, str]]


def load_assets(files: Sequence[Path | str]) -> Assets:
    """The page's template, styles, scripts and words, from its folder of files.

    Styles and scripts are joined in the order of their names into one of each; every script sees the functions of all others.
    """
    paths = sorted(map(Path, files), key=lambda path: path.name)

    def join(suffix: str) -> str:
        return "\n".join(path.read_text(encoding="utf-8").strip() for path in paths if path.suffix == suffix)

    words = next(path for path in paths if path.suffix == ".yaml")
    return Assets(join(".j2"), join(".css"), join(".js"), load_words(words))


def load_words(file: Path) -> dict[str, dict[str, str]]:
    """The words of the interface: for each language, text by name.

    Raises
    ------
    EmphasisError
        If a text is missing in a language.
    """
    data: dict[str, dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for name, texts in data.items():
        if not isinstance(texts, dict) or set(texts) != set(_LANGUAGES):
            raise EmphasisError(f"{file}: {name} needs a text in each of {', '.join(_LANGUAGES)}")
    return {language: {name: str(texts[language]) for name, texts in data.items()} for language in _LANGUAGES}


def render_page(assets: Assets, index: Mapping[str, Any], corpus: Any, blocks: Sequence[Any]) -> str:
    """The page as HTML.

    Parameters
    ----------
    assets : Assets
    index : mapping
        From `page_index`; in the page as it is.
    corpus : object
        From `corpus_block`; compressed, like the blocks.
    blocks : sequence
        From `report_block`, in the order of ``index["shown"]``.
    """
    script = f"\n{assets.script}\n"
    styles = f"\n{assets.styles}\n"
    drawing = drawing_program()
    # The page's own script may load those that lie beside it; with none there, nothing may be loaded.
    loading = " 'strict-dynamic'" if "beside" in index else ""
    policy = {
        "default-src": "'none'",
        "script-src": f"{hash_source(script)} {hash_source(drawing)}{loading}",
        "style-src": hash_source(styles),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(assets.template).render(
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        script=script,
        styles=styles,
        words=safe_json(assets.words),
        english=assets.words["en"],
        chinese=assets.words["zh"],
        index=safe_json(index),
        charts=safe_json({language: chart_specifications(words) for language, words in assets.words.items()}),
        drawing=pack_text(drawing),
        together=pack_json(corpus),
        blocks=[pack_json(block) for block in blocks],
    )


def whole_block(
    report_id: str,
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    *,
    themes: Sequence[Theme],
    roles: Collection[str],
    scheme: Scheme,
    words: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """All that the page has of a report with text; parameters as for `build_page`, `words` of `Assets`."""
    return (
        report_block(report_id, tables, schemas, themes, roles)
        | {"measures": section_measures(report_id, tables, schemas)}
        | {"areas": areas_block(report_id, tables, schemas, scheme)}
        | compared_block(report_id, tables, schemas, scheme, words)
    )


def build_page(
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    *,
    themes: Sequence[Theme],
    roles: Collection[str],
    figures: Mapping[str, Sequence[str]],
    shown: Sequence[str],
    wanted: int,
    assets: Assets,
    chinese: ChineseNames,
    scheme: Scheme,
    more: Mapping[str, Any],
    tested: Mapping[str, Tested] | None = None,
) -> str:
    """One HTML file.

    Parameters
    ----------
    tables, schemas : mapping
        Of the tables that `page_index`, `corpus_block` and `report_block` take.
    themes : sequence of Theme
    roles : collection of str
        Parts of a report that are counted.
    figures : mapping of str to sequence of str
        From `figure_names`.
    shown : sequence of str
        Reports with their text in the page; those that could not be read are left out.
    wanted : int
        How many there would be without a limit.
    assets : Assets
    chinese : ChineseNames
        For the columns of the tables that measure sections.
    scheme : Scheme
        Of the policy areas.
    more : mapping
        What else the index has: from `areas_index`, `describe_targets` and `beside_index`.
    tested : mapping of str to Tested, optional
        How well dictionaries find their themes, where that was tested.
    """
    known = set(tables["reports"]["report_id"])
    present = [report_id for report_id in shown if report_id in known]
    index = page_index(tables, schemas, themes, present, figures, tested)
    index |= {"limited": wanted > len(shown), "wanted": wanted, "measures": describe_measures(schemas, chinese), **more}
    blocks = [
        whole_block(report_id, tables, schemas, themes=themes, roles=roles, scheme=scheme, words=assets.words)
        for report_id in present
    ]
    together = corpus_block(tables, schemas, present) | several_block(tables, schemas, scheme, present)
    return render_page(assets, index, together, blocks)
