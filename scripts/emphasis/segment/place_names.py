"""Names of a report's region and of the regions in it, which the dictionary often lacks (坪山 is 坪 / 山 there)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from emphasis.ingest.regions import names_around, split_names
from emphasis.ingest.zones import holder_of_zone
from emphasis.segment.lexicon import OrdinaryWord, normalise

if TYPE_CHECKING:
    import pandas as pd

Places = Mapping[str, Sequence[OrdinaryWord]]
"""Names of places for each report, by report_id; a report that is not there has none."""

_NEW_AREA = "新区"
_IN_OTHER_WORDS = frozenset("东西南北中内外上下城市县区郊关山河江湖")
"""A name of two such characters would be found in other words, as 市中, for 市中区, in 城市中心."""


def places_of_reports(reports: pd.DataFrame) -> dict[str, tuple[OrdinaryWord, ...]]:
    """The names of places for each report; `reports` has report_id, region and adcode."""
    columns = (reports[name].astype("string").fillna("").tolist() for name in ("report_id", "region", "adcode"))
    return {report_id: place_words(region, adcode) for report_id, region, adcode in zip(*columns, strict=True)}


@lru_cache(maxsize=4_096)
def place_words(region: str, adcode: str) -> tuple[OrdinaryWord, ...]:
    """Names of a region, of those that it lies in and those that lie in it, in full and for short, as words.

    Of a county there are no parts in the table of codes. A zone without a code has the names of the city that it lies in.

    Examples
    --------
    >>> [word.word for word in place_words("深圳市龙岗区", "440307")]
    ['广东', '广东省', '深圳', '深圳市', '龙岗', '龙岗区']
    >>> {"坪山", "坪山新区", "龙岗区"} <= {word.word for word in place_words("坪山新区", "")}
    True
    """
    names = split_names(normalise(region))
    if not adcode:
        adcode = holder_of_zone(normalise(region))
    found = {*names, *names_around("", adcode)}
    found |= {name.removesuffix(_NEW_AREA) for name in names}
    fitting = (name for name in found if len(name) > 2 or (len(name) == 2 and not set(name) <= _IN_OTHER_WORDS))
    return tuple(OrdinaryWord(name, "ns", 0) for name in sorted(fitting))
