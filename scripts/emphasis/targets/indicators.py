"""Canonical indicators, one name for what reports call differently, and the targets for them that the panel has.

``config/indicators.tsv`` gives canonical names with their synonyms (`Indicators`). ``config/panel_targets.tsv`` says which of
them become variables of the panel (`Variable`): `panel_candidates` selects the rows of targets.csv that can be such a target, and
`target_variables` takes one for each report and variable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

import pandas as pd

from emphasis.errors import EmphasisError
from emphasis.store.tables import Field
from emphasis.store.written import written_rows
from emphasis.targets.wordlists import WordSet

Better = Literal["up", "down", "band", ""]
_COLUMNS = ("canonical", "synonyms", "better", "source")
_REGION = re.compile(
    r"(?:[全我本](?:省|市|区|县|州|国|旗|自治区)|新区(?=(?:地区)?生产总值)|[\u4e00-\u9fff]{2,3}[省市](?=地区生产总值|生产总值|GDP))+"
)
_MAY_DECORATE = re.compile(r"[“”‘’\"《》\s(（]")
_DECORATION = re.compile(r"[“”‘’\"《》\s]|\([^)]*\)|（[^）]*）")
_MEASURE_WORDS = WordSet(
    "增速 增长 增幅 涨幅 降幅 增长率 年均增长率 年均增速 增长速度 上涨幅度 下降 降低 降低率 下降率 累计降低率 总量 规模 实际 预期".split()
)


_KNOWN = 16_384
"""Names that are kept as they were read."""


@dataclass(frozen=True)
class Indicators:
    """Canonical names, and which of them each synonym means.

    `names` leads from synonyms, as `plain_name` leaves them, to canonical names; `better` says of each canonical name
    whether more or less is the aim, or staying near the target, and is empty where it depends.
    """

    names: dict[str, str] = field(default_factory=dict)
    better: dict[str, Better] = field(default_factory=dict)

    def canonical(self, indicator: str, verb: str = "") -> str:
        """The canonical name of an indicator as extracted, with or without its verb; empty if the table has none."""
        plain = plain_name(indicator)
        candidates = (plain_name(verb + indicator), plain, plain_stem(plain))
        return next(filter(None, map(self.names.get, candidates)), "")


@lru_cache(maxsize=_KNOWN)
def plain_name(indicator: str) -> str:
    """An indicator without region (全市), quotation marks and bracketed additions."""
    plain = _DECORATION.sub("", indicator) if _MAY_DECORATE.search(indicator) else indicator
    region = _REGION.match(plain)
    return plain[region.end() :] if region else plain


@lru_cache(maxsize=_KNOWN)
def plain_stem(name: str) -> str:
    """A plain name without the word that says how it is measured (增速, 涨幅, 总量)."""
    measure = _MEASURE_WORDS.longest_suffix(name)
    return name.removesuffix(measure).removesuffix("同比") if measure else name


def load_indicators(path: Path) -> Indicators:
    """Read ``config/indicators.tsv``: canonical, synonyms (separated by ``|``), better, source.

    Raises
    ------
    EmphasisError
        If the file is missing, a column is missing, or, with the line, a synonym stands for two indicators or a line names none.
    """
    names: dict[str, str] = {}
    better: dict[str, Better] = {}
    for number, row in written_rows(path, _COLUMNS):
        where, name, value = f"{path}, line {number}", row["canonical"], row["better"]
        if not name:
            raise EmphasisError(f"{where}: canonical is empty; write the indicator's name, or delete the line")
        if value not in get_args(Better):
            raise EmphasisError(f"{where}: {name}: better is {value!r}; write up, down, band or nothing")
        better[name] = cast(Better, value)
        for synonym in (name, *row["synonyms"].split("|")):
            key = plain_name(synonym.strip())
            if key and names.setdefault(key, name) != name:
                both = f"{names[key]!r} and {name!r}"
                raise EmphasisError(f"{where}: {synonym!r} stands for both {both}; leave it in one of them")
    return Indicators(names, better)


_VARIABLE_COLUMNS = ("variable", "canonical", "measure", "unit", "label")
_MEASURES = {"growth_rate": ("growth_rate",), "level": ("level", "count")}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,19}")
_LONGEST_LABEL = 45
_CONVERTED = {("斤", "吨"): 0.0005, ("公斤", "吨"): 0.001}
"""Units in which reports give the same thing, and the factor from the first to the second."""


@dataclass(frozen=True)
class Variable:
    """A target that the panel has as a variable: its indicator, in which measure and unit, and its label."""

    name: str
    canonical: str
    measure: str
    unit: str
    label: str


def load_variables(path: Path | str) -> tuple[Variable, ...]:
    """Read ``config/panel_targets.tsv``.

    Raises
    ------
    EmphasisError
        Names file, line and entry: a missing column, a name that Stata cannot have or that is given twice, an unknown
        measure, a label that is too long.
    """
    found: dict[str, Variable] = {}
    for number, row in written_rows(path, _VARIABLE_COLUMNS):
        variable = Variable(*(row[name] for name in _VARIABLE_COLUMNS))
        where = f"{path}, line {number}: {variable.name}"
        if not _NAME.fullmatch(variable.name):
            raise EmphasisError(f"{where}: a name has small letters, digits and _, begins with a letter, at most 20")
        if variable.name in found:
            raise EmphasisError(f"{where}: is given twice; delete one")
        if variable.measure not in _MEASURES:
            raise EmphasisError(f"{where}: measure is {variable.measure!r}; allowed: {', '.join(_MEASURES)}")
        if not 0 < len(variable.label) <= _LONGEST_LABEL:
            raise EmphasisError(f"{where}: a label has 1 to {_LONGEST_LABEL} characters")
        found[variable.name] = variable
    return tuple(found.values())


def panel_candidates(targets: pd.DataFrame, variables: Sequence[Variable]) -> pd.DataFrame:
    """The rows of targets.csv that may become variables: targets for the year of an indicator that the panel has."""
    wanted = targets["canonical"].isin([v.canonical for v in variables])
    return targets[
        wanted
        & (targets["period"] == "target")
        & (targets["horizon"] == "year")
        & (targets["comparator"] != "qualifier")
        & targets["kind"].isin([kind for kinds in _MEASURES.values() for kind in kinds])
    ]


def target_variables(rows: pd.DataFrame, variables: Sequence[Variable]) -> pd.DataFrame:
    """One value for each report and variable: the target that the report states for the year.

    A target in the passage that lists the main targets takes precedence over one elsewhere, a value over words, and what is
    stated first over what is stated later. Values are in the unit of the variable, ``_high`` is the upper end of a range, and
    ``_is`` says how it binds (eq, ge, approx, range ...). A target in words only (与经济增长同步) has ``_is`` and no value. A
    target that the report does not state has none of the three.

    `rows` are those of `panel_candidates`. The columns are report_id, and for each variable that any report has:
    target_<name>, target_<name>_high, target_<name>_is.
    """
    # Without rows, pandas would make numbers of the ids.
    table = pd.DataFrame({"report_id": pd.Series(sorted(set(rows["report_id"])), dtype="str")})
    for variable in variables:
        own = rows[(rows["canonical"] == variable.canonical) & rows["kind"].isin(_MEASURES[variable.measure])]
        units = {variable.unit: 1.0, "": 1.0} | {old: f for (old, new), f in _CONVERTED.items() if new == variable.unit}
        own = own[own["base_unit"].isin(units)]
        if own.empty:
            continue
        own = own.assign(elsewhere=~own["headline"], in_words=own["base_value"].isna())
        own = own.sort_values(["report_id", "elsewhere", "in_words", "start"], kind="stable")
        own = own.drop_duplicates("report_id")
        name, factor = f"target_{variable.name}", own["base_unit"].map(units)
        ends = {name: own["base_value"] * factor, f"{name}_high": own["base_high"] * factor}
        columns = own[["report_id"]].assign(**ends, **{f"{name}_is": own["comparator"]})
        table = table.merge(columns, on="report_id", how="left")
    return table


def variable_fields(table: pd.DataFrame, variables: Sequence[Variable]) -> tuple[Field, ...]:
    """The columns of `target_variables` with what they mean."""
    fields = []
    for variable in variables:
        name = f"target_{variable.name}"
        if name not in table:
            continue
        fields += [
            Field(name, "number", f"Target: {variable.label}, {variable.unit}", 4),
            Field(f"{name}_high", "number", f"Upper end: {variable.label}, {variable.unit}", 4),
            Field(f"{name}_is", "string", f"How it binds: {variable.label}"),
        ]
    return tuple(fields)
