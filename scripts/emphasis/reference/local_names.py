"""Names of places that only reports of one city have: its quarters, rivers, streets and villages, and counties that it helps.

Several districts of a city have them, so that it does not tell them how few peers do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from emphasis.ingest.regions import ordinary_names, regions_by_name, resolve_region, short_name
from emphasis.ingest.zones import MUNICIPALITIES
from emphasis.reference.data import Reference

_PROPER = ("ns", "nt", "nz", "nr", "nrt", "nrfg", "j")
"""Parts of speech that the dictionary, or the way in which words form, gives names of places: 茅洲河 is nz, 葵涌 nrt."""
_LOOKS = re.compile(
    "(?:(?<![铁公])路|[河村街山湾湖岛坑坳墟岗埔塘田围涌岭沙桥角]|水库|口岸|社区|片区|街道|半岛|大道|隧道)$"
)
"""Ends of the names of places."""
_KIND = re.compile("街道|社区|片区|新区|河(?!谷)|口岸|水库|半岛|老街|旧墟|海关")
_KIND_OF_NAME = re.compile("大道|路|村|山|湾|站|港|隧道|岛|镇|坳")
"""What stands behind the name of a place; the last only behind a proper name, since it stands behind words, too: 油画村, 致富路."""
_COUNTY = re.compile("[县市区旗]")
_LONGEST, _LONGEST_LOOK = 4, 6
"""Characters of such names."""
_OFTEN, _TWICE = 0.1, 2
"""The share of a term's occurrences that have such a kind behind them, and the number for a word that is not tagged as a name."""


class Localities:
    """Which terms of a reference are said elsewhere than in a report's own city, or province.

    Parameters
    ----------
    reference : Reference
    """

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._codes = reference.reports["adcode"].astype("string").fillna("").tolist()
        self._said = lru_cache(maxsize=256)(self._find_said)

    def said_elsewhere(self, adcode: str, province: str, places: np.ndarray) -> np.ndarray:
        """Whether others than reports of the same city, or of its province, say some terms, by their places; bool array.

        For a province itself, and for a region without a code, its province counts as the city. Where not even the province is known (a new
        area), a term is said elsewhere if reports of several provinces say it.
        """
        code = adcode or resolve_region(province, ()).adcode
        found: np.ndarray = np.append(self._said(_city_of(code)), False)[places]
        return found

    def _find_said(self, city: str) -> np.ndarray:
        if city:
            return self._said_by([not (code.startswith(city) or code == f"{city[:2]}0000") for code in self._codes])
        provinces = sorted({code[:2] for code in self._codes})
        times: np.ndarray = np.sum(
            [self._said_by([code[:2] == own for code in self._codes]) for own in provinces], axis=0
        )
        return times > 1

    def _said_by(self, reports: Sequence[bool]) -> np.ndarray:
        """Which terms some of the reports say."""
        sums, found = self._reference.by_report((), ""), np.zeros(len(self._reference.terms), dtype=bool)
        found[sums.used] = sums.reports_with(np.flatnonzero(reports)) > 0
        return found


def local_names(n: Mapping[str, int], tags: Mapping[str, str], text: str, adcode: str, province: str) -> frozenset[str]:
    """Those of some terms that are names of places, where none but reports of the same city say them.

    A term that is tagged as a name and ends like a place (茅洲河); one that stands before what places are called, one time in ten
    or oftener, and twice if it is not tagged as a name (沙头角街道); one that the text calls a county or city, or that is the short name of one in the province (陆河).

    Parameters
    ----------
    n : mapping
        Occurrences in the text.
    tags : mapping
        Parts of speech.
    text : str
    adcode, province : str
        Of the report's region.

    Examples
    --------
    >>> n = {"茅洲河": 2, "沙头角": 2, "陆河": 1, "智慧": 1, "油画": 1}
    >>> tags = {"茅洲河": "nz", "沙头角": "n", "陆河": "nr", "智慧": "n", "油画": "n"}
    >>> sorted(local_names(n, tags, "茅洲河、沙头角街道、沙头角口岸、汕尾陆河、智慧城管、油画村", "440308", "广东省"))
    ['沙头角', '茅洲河', '陆河']
    """
    proper = {term for term in n if tags.get(term) in _PROPER}
    looks = {term for term in proper if len(term) <= _LONGEST_LOOK and _LOOKS.search(term)}
    often = _called(_KIND, n, text)
    called = {term for term, times in often.items() if times >= _TWICE or term in proper}
    called |= proper & _called(_KIND_OF_NAME, n, text).keys()
    own = (adcode or resolve_region(province, ()).adcode)[:2]
    counties = n.keys() & _short_names_in(own) if own else set()
    named = {
        term
        for term, kind in _before(_COUNTY, n, text)
        if term + kind in regions_by_name() or term in _short_names_in("")
    }
    return frozenset(looks | called | counties | (named - ordinary_names()))


def _called(kinds: re.Pattern[str], n: Mapping[str, int], text: str) -> dict[str, int]:
    """Terms that stand before such kinds one time in ten or oftener, and how often they do."""
    times = Counter(term for term, _ in _before(kinds, n, text))
    return {term: found for term, found in times.items() if found >= _OFTEN * n[term]}


def _before(kinds: re.Pattern[str], n: Mapping[str, int], text: str) -> Iterable[tuple[str, str]]:
    """Each term that stands before one of these kinds of places, and the kind."""
    for kind in kinds.finditer(text):
        before = text[max(0, kind.start() - _LONGEST) : kind.start()]
        yield from ((before[i:], kind[0]) for i in range(len(before) - 1) if before[i:] in n)


def _city_of(code: str) -> str:
    """How the codes of a region's city begin, or of its province for a province and a municipality."""
    return code[:2] if code.endswith("0000") or code[:2] in MUNICIPALITIES else code[:4]


@lru_cache(maxsize=64)
def _short_names_in(province: str) -> frozenset[str]:
    """Short names of the regions whose codes begin so, but none that is an ordinary word too."""
    every = chain.from_iterable(regions_by_name().values())
    names = {short_name(region.name) for region in every if region.adcode.startswith(province)}
    return frozenset(names - ordinary_names() - {""})
