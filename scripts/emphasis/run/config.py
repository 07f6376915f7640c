"""The configuration, checked against its schema before anything runs."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from yaml import YAMLError

from emphasis.errors import EmphasisError
from emphasis.project import find
from emphasis.store.atomic import write_text
from emphasis.store.markup import fault_of_yaml, from_yaml
from emphasis.store.written import read_written

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

Config = Mapping[str, Any]

_SWITCHES = {"true": True, "false": False}
SHIPPED_TOPICS = "config/reference/topics"
"""The topics of the reference that is shipped."""
TOPIC_FILES = ("components.tsv", "labels.tsv", "fits.tsv")
"""Its files."""
_OLDER_NAMES = {"topics.basis": "reference_topics", "topics.basis_k": "topics.reference_k"}
"""Settings of the last release that have another name now. They are taken for one release more."""
_MOVED = {"config/basis": "auto"}
"""Values of them that were the default."""


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?", re.ASCII)


def check_config_file(path: Path) -> None:
    """Refuse a file of settings that Snakemake cannot read, or reads without saying that it takes the second of two lines.

    Raises
    ------
    EmphasisError
        With file and line: what is no YAML, a key twice. With the file: no such file, not UTF-8, nothing in it.
    """
    try:
        settings = from_yaml(read_written(path))
    except YAMLError as error:
        raise EmphasisError(
            f"{path}: not YAML: {fault_of_yaml(error)}; a line is `key: value`, indented by spaces"
        ) from None
    if not isinstance(settings, Mapping):
        raise EmphasisError(f"{path}: has no settings of the form `key: value`; restore it from the repository")


def take_older_names(config: MutableMapping[str, Any]) -> list[str]:
    """Put settings under an older name under the one of today, and say for each what it is called now.

    Examples
    --------
    >>> config = {"reference_topics": "auto", "topics": {"basis": "my-basis"}}
    >>> take_older_names(config)
    ['topics.basis is called reference_topics now; the older name is taken for the last time in this release']
    >>> config
    {'reference_topics': 'my-basis', 'topics': {}}
    """
    said = []
    for older, name in _OLDER_NAMES.items():
        block, _, key = older.partition(".")
        of_block = config.get(block)
        if not isinstance(of_block, MutableMapping) or key not in of_block:
            continue
        value = of_block.pop(key)
        *inside, last = name.split(".")
        place: Any = config
        for part in inside:
            place = place[part]
        place[last] = _MOVED.get(str(value), value)
        said.append(f"{older} is called {name} now; the older name is taken for the last time in this release")
    return said


def topics_folder(config: Config) -> str:
    """The folder of the topics that reports are projected on, as settings name folders; see `emphasis.project.find`.

    That of the setting `reference_topics`; of `auto` the one in the folder of the reference, or the shipped one where that has none, as
    the reference of the reports at hand.
    """
    if config["reference_topics"] not in ("auto", "refit"):
        return str(config["reference_topics"])
    own = f"{config['reference']}/topics"
    return own if find(f"{own}/components.tsv").exists() else SHIPPED_TOPICS


_OF_COUNTING = ("count_roles", "segmenter", "simplify", "merge_aliases")


def counted_otherwise(config: Config, provenance: Mapping[str, Any]) -> list[str]:
    """The settings of counting in which reports and the reference that they are compared with differ, a line for each.

    Parameters
    ----------
    config : mapping
        The settings of the run.
    provenance : mapping
        `settings` of the reference's provenance.yaml.

    Examples
    --------
    >>> config = {"segmenter": "rjieba", "keywords": {"min_length": 2}}
    >>> counted_otherwise(config, {"segmenter": "jieba", "min_length": 2})
    ['segmenter is rjieba here and jieba in the reference: terms of reports and of their peers are not counted alike']
    """
    own = {name: config[name] for name in _OF_COUNTING if name in config}
    own["min_length"] = config["keywords"]["min_length"]
    found = []
    for name, value in own.items():
        theirs = provenance.get(name, value)
        if theirs != value:
            found.append(
                f"{name} is {_in_words(value)} here and {_in_words(theirs)} in the reference: terms of reports and of their peers "
                "are not counted alike"
            )
    return found


def reference_settings(folder: Path) -> Mapping[str, Any]:
    """What the counts of a reference were made with; nothing where its provenance.yaml cannot be read, which the step that reads it says."""
    try:
        provenance = from_yaml((folder / "provenance.yaml").read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError):
        return {}
    settings = provenance.get("settings") if isinstance(provenance, Mapping) else None
    return settings if isinstance(settings, Mapping) else {}


def _in_words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def typed(config: Config, schema_file: Path) -> dict[str, Any]:
    """The settings with the types that the schema gives them, where they came as words from the command line.

    Of ``--config strict=true`` Snakemake makes the text true, and of ``--config 'validate={size: 600}'`` the text 600. What is no
    switch or number stays, and is refused when the configuration is checked.
    """
    schema = from_yaml(schema_file.read_text(encoding="utf-8"))
    return {key: _typed(value, schema["properties"].get(key, {})) for key, value in config.items()}


def _typed(value: Any, schema: Mapping[str, Any]) -> Any:
    allowed = [schema, *schema.get("oneOf", ())]
    if isinstance(value, Mapping):
        return {key: _typed(own, schema.get("properties", {}).get(key, {})) for key, own in value.items()}
    if isinstance(value, list):
        items: Mapping[str, Any] = next((one["items"] for one in allowed if "items" in one), {})
        return [_typed(own, items) for own in value]
    types = [one["type"] for one in allowed if "type" in one]
    kinds = {kind for some in types for kind in ([some] if isinstance(some, str) else some)}
    return _of_kind(value, kinds) if isinstance(value, str) else value


def _of_kind(word: str, kinds: Collection[str]) -> Any:
    """The switch or number that a word stands for."""
    if "boolean" in kinds and word in _SWITCHES:
        return _SWITCHES[word]
    if "integer" in kinds and word.isdecimal():
        return int(word)
    return float(word) if "number" in kinds and _NUMBER.fullmatch(word) else word


def check_config(config: Config, schema_file: Path, passed: Path | None = None) -> None:
    """Refuse a configuration that the schema does not allow.

    Parameters
    ----------
    config : mapping
    schema_file : Path
    passed : Path, optional
        Where a hash is kept of the last configuration that passed, with its schema: looking at the same again would take a tenth of
        a second at each start.

    Raises
    ------
    EmphasisError
        One line for each fault, with the key, its value and what is allowed.
    """
    text = schema_file.read_text(encoding="utf-8")
    asked = sha256(f"{text}\n{config!r}".encode()).hexdigest()
    with suppress(OSError, ValueError):
        if passed and passed.read_text(encoding="utf-8") == asked:
            return
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # see `passed`

    schema = from_yaml(text)
    faults = sorted(
        Draft202012Validator(schema).iter_errors(_finite(config)), key=lambda fault: [str(p) for p in fault.path]
    )
    if faults:
        raise EmphasisError("\n".join(f"configuration: {line}" for fault in faults for line in _explain(fault)))
    with suppress(OSError):
        if passed:
            write_text(passed, asked)


def _finite(value: Any) -> Any:
    """Settings with a word for each number that is none: `.nan` is neither too small nor too large, and would pass."""
    if isinstance(value, Mapping):
        return {key: _finite(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_finite(own) for own in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def check_writable(results: str, reports: str) -> str:
    """The folder of results, if it is writable or can be made, and is not that of the reports.

    Raises
    ------
    EmphasisError
        Names the folder that is not writable, or where the next run would take tables of results for tables of reports.
    """
    place = Path(results).absolute()
    if place.resolve() == Path(reports).resolve():
        raise EmphasisError(f"results: {results} is the folder of the reports; set `results` to another one")
    while not place.exists():
        place = place.parent
    if not place.is_dir():
        raise EmphasisError(f"results: {place} is a file; set `results` to a folder")
    try:
        # Permissions are not enough to know: the file system may be mounted read-only.
        with TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise EmphasisError(
            f"results: {place} does not allow writing ({error.strerror}); allow it or set `results` to another folder"
        ) from error
    return Path(results).as_posix()


def _explain(fault: ValidationError) -> Iterable[str]:
    key = ".".join(str(part) for part in fault.absolute_path) or "the top level"
    found: Any = fault.instance
    schema = fault.schema if isinstance(fault.schema, Mapping) else {}
    if fault.validator == "additionalProperties":
        allowed = sorted(schema["properties"])
        for unknown in sorted(set(found) - set(allowed), key=str):
            near = difflib.get_close_matches(str(unknown), allowed, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            full = unknown if key == "the top level" else f"{key}.{unknown}"
            yield f"{full}: unknown key; allowed here: {', '.join(allowed)}{hint}"
    elif fault.validator == "required":
        missing = sorted(set(schema["required"]) - set(found))
        yield f"{key}: missing {', '.join(missing)}"
    else:
        yield f"{key}: found {found!r}; allowed: {_allowed(schema)}"


def _allowed(schema: Mapping[str, Any]) -> str:
    if "oneOf" in schema:
        return str(schema["description"])
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    words = {
        "boolean": "true or false",
        "integer": "a whole number",
        "number": "a number",
        "string": "text",
        "array": "a list",
        "object": "a block of keys",
    }[schema["type"]]
    if "minimum" in schema:
        words += f" from {schema['minimum']}"
    if "maximum" in schema:
        words += f" to {schema['maximum']}"
    if "minItems" in schema:
        words += f" of at least {schema['minItems']}"
    if schema.get("uniqueItems"):
        words += ", each once"
    if "minLength" in schema or "pattern" in schema:
        words += ", not empty"
    if "description" in schema:
        words += f" ({schema['description']})"
    return words
