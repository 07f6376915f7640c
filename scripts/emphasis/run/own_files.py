"""The files and folders that settings name, looked for before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from emphasis.errors import EmphasisError
from emphasis.project import find, shown
from emphasis.run.config import TOPIC_FILES, Config, topics_folder

AREA_FILES = ("areas.tsv", "weights.parquet", "context.tsv")
"""The scheme of policy areas and its coder."""
_OPTIONAL = {"metadata": "config/reports.tsv", "own terms": "config/lexicon/user_terms.tsv"}
"""Files that there need not be, under the names that they have where no setting gives them another."""


def check_own_files(config: Config) -> None:
    """Refuse settings that name a file which is not there: Snakemake would ask for it in its own words, or do without it and say nothing.

    Raises
    ------
    EmphasisError
        One line for each setting, with the first file that it lacks and what to name.
    """
    faults: dict[str, str] = {}
    for setting, path, advice in _named(config):
        if not path.is_file():
            found = (
                "is a folder"
                if path.is_dir()
                else "is a link that leads nowhere"
                if path.is_symlink()
                else "is not there"
            )
            faults.setdefault(setting, f"{shown(path)} {found}; {advice}")
    if not any(find(config["themes"]).glob("*.y*ml")):
        faults["themes"] = f"no dictionary in {config['themes']}; name a folder with .yaml files"
    if faults:
        raise EmphasisError("\n".join(f"configuration: {setting}: {fault}" for setting, fault in faults.items()))


def _named(config: Config) -> Iterator[tuple[str, Path, str]]:
    """Settings, each with a file that has to be there, and what to do without it."""
    yield "keywords.stopwords", find(config["keywords"]["stopwords"]), "name a text file of words"
    folders = {"areas": (config["areas"], AREA_FILES)}
    if config["reference_topics"] != "refit":
        folders["reference_topics"] = (topics_folder(config), TOPIC_FILES)
    for setting, (folder, names) in folders.items():
        # All of them are taken from where the first is.
        place = find(f"{folder}/{names[0]}").parent
        for name in names:
            yield setting, place / name, f"name a folder with {', '.join(names)}"
    for setting, usual in _OPTIONAL.items():
        name = config.get(setting, usual)
        own = Path.cwd() / name
        if name != usual or own.exists() or own.is_symlink():
            yield setting, own if own.is_symlink() else find(name), "name a table with tabs, or remove the link"
