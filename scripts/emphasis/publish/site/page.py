"""The page put together: one HTML file with its styles, scripts and data, and a policy that lets nothing else run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
import yaml

from emphasis.errors import EmphasisError
from emphasis.measures.counts import Counting
from emphasis.measures.dictionaries import Theme
from emphasis.publish.paper.workbook import Names
from emphasis.publish.site.charts import chart_specifications, drawing_program
from emphasis.publish.site.data import hash_source, index, packed, packed_text, report_block, safe_json, together
from emphasis.publish.site.measures import describe_measures, section_measures
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

    Styles and scripts are joined in the order of their names; a script's functions are known in all others.
    """
    paths = sorted(map(Path, files), key=lambda path: path.name)

    def joined(suffix: str) -> str:
        return "\n".join(path.read_text(encoding="utf-8").strip() for path in paths if path.suffix == suffix)

    words = next(path for path in paths if path.suffix == ".yaml")
    return Assets(joined(".j2"), joined(".css"), joined(".js"), load_words(words))


def load_words(file: Path) -> dict[str, dict[str, str]]:
    """The words of the interface: for each language, text by name.

    Raises
    ------
    EmphasisError
        If one is missing in a language.
    """
    data: dict[str, dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for name, texts in data.items():
        if not isinstance(texts, dict) or set(texts) != set(_LANGUAGES):
            raise EmphasisError(f"{file}: {name} needs a text in each of {', '.join(_LANGUAGES)}")
    return {language: {name: str(texts[language]) for name, texts in data.items()} for language in _LANGUAGES}


def render(assets: Assets, index: Mapping[str, Any], together: Any, blocks: Sequence[Any]) -> str:
    """The page.

    Parameters
    ----------
    assets : Assets
    index : mapping
        As `corpus.index` gives it; stands in the page as it is.
    together : object
        As `corpus.together` gives it; compressed, like the blocks.
    blocks : sequence
        As `report.report_block` gives them, in the order of ``index["shown"]``.
    """
    script = f"\n{assets.script}\n"
    styles = f"\n{assets.styles}\n"
    drawing = drawing_program()
    policy = {
        "default-src": "'none'",
        "script-src": f"{hash_source(script)} {hash_source(drawing)}",
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
        drawing=packed_text(drawing),
        together=packed(together),
        blocks=[packed(block) for block in blocks],
    )


def build_page(
    tables: Mapping[str, pd.DataFrame],
    schemas: Mapping[str, Schema],
    *,
    themes: Sequence[Theme],
    counting: Counting,
    figures: Mapping[str, Sequence[str]],
    shown: Sequence[str],
    wanted: int,
    assets: Assets,
    chinese: Names,
) -> str:
    """One HTML file.

    Parameters
    ----------
    tables, schemas : mapping
        The tables that `report.report_block` and `corpus.index` name, and their schemas.
    themes : sequence of Theme
    counting : Counting
    figures : mapping of str to sequence of str
        As `corpus.figure_names` gives them.
    shown : sequence of str
        Reports whose text the page carries; those that could not be read are passed over.
    wanted : int
        How many it would carry without a limit.
    assets : Assets
    chinese : Names
        For the columns of the tables that measure sections.
    """
    known = set(tables["reports"]["report_id"])
    present = [report_id for report_id in shown if report_id in known]
    first = index(tables, schemas, themes, present, figures)
    first |= {"limited": wanted > len(shown), "wanted": wanted}
    first["measures"] = describe_measures(schemas, chinese)
    blocks = [
        report_block(report_id, tables, schemas, themes, counting)
        | {"measures": section_measures(report_id, tables, schemas)}
        for report_id in present
    ]
    return render(assets, first, together(tables, schemas, present), blocks)
