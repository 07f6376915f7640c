"""The table of canonical indicators: one name for what reports call differently."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from emphasis.errors import EmphasisError
from emphasis.targets.affix import Words

Better = Literal["up", "down", "band", ""]
_COLUMNS = ("canonical", "synonyms", "better", "source")
_REGION = re.compile(
    r"(?:全市|全省|全区|全县|全州|全国|我省|我市|我区|我县|我国|全自治区|[\u4e00-\u9fff]{2,3}[省市](?=地区生产总值|生产总值|GDP))+"
)
_MAY_DECORATE = re.compile(r"[“”‘’\"《》\s(（]")
_DECORATION = re.compile(r"[“”‘’\"《》\s]|\([^)]*\)|（[^）]*）")
_MEASURED = Words("增速 增长 增幅 涨幅 降幅 增长率 增长速度 总量 规模 实际 预期".split())


@dataclass(frozen=True)
class Indicators:
    """Canonical names, and what each synonym stands for.

    Attributes
    ----------
    names : dict of str to str
        Synonym, as `plain_name` leaves it, to canonical name.
    better : dict of str to {"up", "down", "band", ""}
        For each canonical name, whether more or less is the aim, or staying near the figure; empty where it depends.
    """

    names: dict[str, str] = field(default_factory=dict)
    better: dict[str, Better] = field(default_factory=dict)

    def canonical(self, indicator: str, verb: str = "") -> str:
        """The canonical name of an indicator as extracted, with or without its verb; empty if the table has none."""
        plain = plain_name(indicator)
        return (
            self.names.get(plain_name(verb + indicator))
            or self.names.get(plain)
            or self.names.get(plain_stem(plain), "")
        )


def plain_name(indicator: str) -> str:
    """An indicator without region (全市), quotation marks and bracketed additions."""
    plain = _DECORATION.sub("", indicator) if _MAY_DECORATE.search(indicator) else indicator
    region = _REGION.match(plain)
    return plain[region.end() :] if region else plain


def plain_stem(name: str) -> str:
    """A plain name without the word that says how it is measured (增速, 涨幅, 总量)."""
    measure = _MEASURED.ending(name)
    return name.removesuffix(measure).removesuffix("同比") if measure else name


def load_indicators(path: Path) -> Indicators:
    """Read ``config/indicators.tsv``: canonical, synonyms (separated by ``|``), better, source.

    Raises
    ------
    EmphasisError
        If the file is missing, a column is missing, or a synonym stands for two indicators.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
            missing = [c for c in _COLUMNS if c not in (reader.fieldnames or [])]
            if missing:
                raise EmphasisError(
                    f"{path}: the columns {', '.join(missing)} are missing; it needs {', '.join(_COLUMNS)}."
                )
            rows = list(reader)
    except OSError as error:
        raise EmphasisError(
            f"{path}: cannot read the table of indicators ({error.strerror}); restore it from the repository."
        ) from None
    except UnicodeDecodeError:
        raise EmphasisError(f"{path}: is not UTF-8; save it as UTF-8 text with tabs.") from None
    names: dict[str, str] = {}
    better: dict[str, Better] = {}
    for row in rows:
        name = (row["canonical"] or "").strip()
        if not name:
            continue
        better[name] = _better(path, name, (row["better"] or "").strip())
        for synonym in (name, *(row["synonyms"] or "").split("|")):
            key = plain_name(synonym.strip())
            if key and names.setdefault(key, name) != name:
                raise EmphasisError(
                    f"{path}: {synonym!r} stands for both {names[key]!r} and {name!r}; leave it in one of them."
                )
    return Indicators(names, better)


def _better(path: Path, name: str, value: str) -> Better:
    if value in ("up", "down", "band", ""):
        return value  # type: ignore[return-value]
    raise EmphasisError(f"{path}: {name}: better is {value!r}; write up, down, band or nothing.")
