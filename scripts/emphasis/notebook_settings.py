"""Settings of a notebook: those of the checkout, some of them changed, and the files that they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, TypedDict, cast

from emphasis.errors import EmphasisError
from emphasis.project import ROOT
from emphasis.run.config import check_config, take_older_names
from emphasis.store.markup import from_yaml


class Settings(TypedDict, total=False):
    """Settings that differ from config/config.yaml, under its names; what they mean is explained there.

    Attributes
    ----------
    segmenter : str
        ``jieba``, ``rjieba`` or ``auto``.
    simplify : bool
        Count traditional characters as simplified ones.
    count_roles : collection of str
        The parts that are counted: ``front``, ``review``, ``problems``, ``plan``, ``closing``, ``annex``, ``footer``.
    merge_aliases : bool
        Count other names of a term as the term.
    min_length : int
        Shortest keyword, in characters.
    stopwords : path, or collection of str
        A file with the words that are no keywords, or the words themselves; an empty list for no stop list.
    themes : path
        Folder with the theme dictionaries.
    metadata : path
        Table of metadata given by hand.
    reference : str or path
        What reports are compared with: ``shipped``, or a folder that ``snakemake reference`` made.
    peers : str or list of str
        ``auto``, the name of a province, or report_ids of the reference.
    """

    segmenter: str
    simplify: bool
    count_roles: Collection[str]
    merge_aliases: bool
    min_length: int
    stopwords: Path | str | Collection[str]
    themes: Path | str
    metadata: Path | str
    reference: Path | str
    peers: str | Sequence[str]


def configure(settings: Settings) -> dict[str, Any]:
    """The configuration of the checkout with some settings changed, checked as the workflow checks it.

    Raises
    ------
    EmphasisError
        Names a setting that there is not, a file that is not there, or a value that is not allowed.
    """
    file = in_checkout("config/config.yaml")
    config: dict[str, Any] = from_yaml(file.read_text(encoding="utf-8"))
    if unknown := sorted(set(settings) - set(Settings.__annotations__)):
        raise EmphasisError(f"{unknown[0]}: unknown setting; there are: {', '.join(Settings.__annotations__)}")
    given = cast("dict[str, Any]", dict(settings))
    # A path is taken from where Python was started, those of the configuration from the checkout.
    for name in ("stopwords", "themes", "metadata", "reference"):
        if isinstance(given.get(name), Path | str) and (name, given[name]) != ("reference", "shipped"):
            given[name] = str(Path(given[name]).absolute())
            if not Path(given[name]).exists():
                raise EmphasisError(f"{name}: there is no {given[name]}; check the path")
    words = given.pop("stopwords", config["keywords"]["stopwords"])
    config["keywords"]["min_length"] = given.pop("min_length", config["keywords"]["min_length"])
    for name in ("count_roles", "peers"):
        if name in given and not isinstance(given[name], str):
            given[name] = list(given[name])
    config |= given
    take_older_names(config)
    check_config(config, ROOT / "workflow/schemas/config.schema.yaml")
    config["keywords"]["stopwords"] = words
    return config


def in_checkout(name: Path | str, *, optional: bool = False) -> Path:
    """A file or folder of the checkout, which settings, lexicons, dictionaries and table schemas are read from.

    Raises
    ------
    EmphasisError
        If it is not there and not optional: the library was installed without its checkout.
    """
    path = ROOT / name
    if not optional and not path.exists():
        raise EmphasisError(
            f"{path}: missing; the library reads its settings, lexicons and table schemas from a checkout of policy-emphasis: "
            "install it from there with `pip install -e .`"
        )
    return path
