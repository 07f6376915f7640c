"""Which terms set a report apart without saying what it stresses: names, words of its level, words of reporting.

They stay in the tables, marked, and are left out of lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from emphasis.errors import EmphasisError
from emphasis.project import find
from emphasis.reference.lists import pieces
from emphasis.store.written import written_rows

MARKED_WORDS = find("config/reference/marked_words.tsv")
"""Words of a kind with the reason; its first lines say how they were chosen."""

PLACE, NAME, LEVEL, REPORTING, GENERAL = "place", "name", "level", "reporting", "general"
PERIOD, WORD, VARIANT, FORMULA = "period", "word", "variant", "formula"
MARKS = (PLACE, NAME, LEVEL, REPORTING, GENERAL, PERIOD, WORD, VARIANT, FORMULA)
_MARK_OR_NONE = (*MARKS, "")
"""By the places of marks; the last, or -1, is none."""
EVEN, EVEN_WORD, EVEN_VERB, EVEN_COMPOUND, EVEN_RARE = 0.25, 0.42, 0.5, 0.7, 0.4
"""Concentration below which a term of the lexicon is one of any subject, another word, a verb or adjective, a compound of such words, and a
rare word. Of the terms that most provinces of 2025 have a quarter is below the first, half below the third. Choices of this project, made by
reading lists: of 398 listed terms that readers judged, those that the second and the last two take out were telling in four of ten
cases, the others in eight."""
_SHORT = 4
"""Characters of a word that can be one of any subject; longer ones say which (居民人均可支配收入)."""
_ORDINARY = "ordinary"
_LISTED = (LEVEL, REPORTING, GENERAL, NAME, FORMULA, _ORDINARY)
_TIMES_AND_IDIOMS = ("t", "s", "i")
"""Parts of speech of words of time and of place (初期, 省内) and of idioms (奋勇争先)."""

_OF_LEVEL = re.compile(
    r"[全各我本跨][省市县区州盟旗]|[省市县区州盟旗镇街](?:委|委会|委常委会|政府|政协|人大|人大及其常委会|人大常委会|人民政府|直|直单位|级|域|内|外|属|管|本级|"
    r"委市政府|委省政府|委区委政府)|[省市县区州盟旗](?:委[省市县区州盟旗]政府)"
)
_VERBS = ("v", "a", "d", "z")
"""Verbs, adjectives, adverbs; not vn, which are nouns too (养老, 治理)."""
_NAMES = ("ns", "nt")
"""Parts of speech of places and organisations, in the tag set of jieba."""
_PROPER = (*_NAMES, "eng")
"""Those of names and of Latin words, which are none of any subject."""
_NAMED = re.compile(r"(?:大街|大路|大道|集团|公司|大学|学院|医院|大地)$")
_REGION_KIND = re.compile("新区|片区|街道|科学城|特别合作区|合作区|大街|区")
_ZONE = re.compile("(?:新|经济开发|技术开发|开发|高新|经开|示范|试验|合作|度假|管理)区")
_LONGEST_NAME = 5
_SHORT_NAMES = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇藏陕秦甘陇青宁新疆深穗]"
_SEAT = re.compile(rf"[驻留].|[在来入离]{_SHORT_NAMES}|{_SHORT_NAMES}[东南西北中]")
"""Who is in the region, or what lies in it, by its one-character name: 驻鲁, 在川, 豫东."""
_MOST_OF_PEERS = 0.5
_FEW, _FEW_OF_MANY = 1, 0.1
"""Peers, and share of them, that may have a name which is still one of the report's own."""


@dataclass(frozen=True)
class Spread:
    """How far V terms keep to some subjects.

    Attributes
    ----------
    concentration, of_rare : array of shape (V,)
        As in `emphasis.reference.data.Reference`.
    special : bool array of shape (V,)
        Likewise.
    compound : bool array of shape (V,)
        Whether it is two words neither of which keeps to a subject: 服务中心.
    known : bool array of shape (V,)
        Whether the lexicon has it as a policy, programme, sector, indicator or another name.
    """

    concentration: np.ndarray
    of_rare: np.ndarray
    special: np.ndarray
    compound: np.ndarray
    known: np.ndarray

    def of_any_subject(self, terms: Sequence[str], tags: Sequence[str]) -> np.ndarray:
        """Whether each term says nothing of what a text is about; bool of shape (V,)."""
        short = np.array([len(term) <= _SHORT for term in terms], dtype=bool)
        verb, named = (np.array([tag in some for tag in tags], dtype=bool) for some in (_VERBS, _PROPER))
        plain = ~(self.known | named)
        least = np.where(verb, EVEN_VERB, np.where(plain, EVEN_WORD, EVEN))
        out_of_place = np.array([tag in _TIMES_AND_IDIOMS for tag in tags], dtype=bool)
        unknown = np.isnan(self.concentration) & ~self.special
        rare = unknown & (self.of_rare < np.where(verb, EVEN_VERB, EVEN_RARE))
        found: np.ndarray = short & ((self.concentration < least) | (plain & rare))
        found |= self.compound & (self.concentration < EVEN_COMPOUND)
        found |= out_of_place & ~self.known
        return found


@lru_cache(maxsize=4)
def marked_words(path: Path = MARKED_WORDS) -> Mapping[str, str]:
    """The kind of each listed word.

    Raises
    ------
    EmphasisError
        If the file or a column is missing, or a line has no kind.
    """
    rows = written_rows(path, ("term", "kind"))
    for number, row in rows:
        if row["kind"] not in _LISTED:
            raise EmphasisError(
                f"{path}, line {number}: {row['term']}: kind is {row['kind']!r}; allowed: {', '.join(_LISTED)}"
            )
    return {row["term"]: row["kind"] for _, row in rows}


def marks_of(
    terms: Sequence[str],
    pos: Sequence[str] | None,
    n_with: np.ndarray,
    peers_with: np.ndarray,
    places: Collection[str] = (),
    ordinary_places: Collection[str] = (),
    *,
    other_level: bool,
    regions: Collection[str] = (),
    spread: Spread | None = None,
    slogans: Collection[str] = (),
    local: Collection[str] = (),
) -> list[str]:
    """The mark of each term, empty for most.

    - ``place``: a name of the report's region, of one that it lies in or that lies in it, and terms that hold such a name;
      and who is in it by its short name, where hardly any peer says so (驻鲁);
    - ``name``: other places, streets, companies and bodies, by the dictionary's parts of speech, by the list, or since the text calls
      them so (大鹏新区), and terms that begin with such a name (北湖未来科学城), where no more than one peer, or a tenth of them, has them;
      and places that none but reports of the same city name (茅洲河), however many of the peers these are;
    - ``reporting``: what is said of any work (增加, 尽快, 达到), by a list;
    - ``level``: what regions of a level call themselves and their bodies (全市, 市委, 街道; 新区 in one that is called so), where most peers are called
      otherwise;
    - ``general``: words of any subject (推进, 步伐), which passages on one policy area have as often as those on others, of at most four characters; compounds of two
      such words that hardly keep to a subject themselves (治理能力); words of time, of place and idioms; pieces of words, by the list; slogans that
      half of the peers have.

    Parameters
    ----------
    terms : sequence of str
    pos : sequence of str, optional
        Their parts of speech; without these there are no names.
    n_with, peers_with : array
        Number and share of the peers that have each term.
    places : collection of str
        As `emphasis.measures.places.place_names` gives them for the report.
    ordinary_places : collection of str
        Names of the same kind that are ordinary words too: they are places where hardly any peer has them, or the text calls a region
        so.
    other_level : bool
        Whether most peers are of another level, or another kind of region (a municipality among provinces).
    regions : collection of str
        Terms that the text calls regions, as in `called_regions`.
    spread : Spread, optional
        How far each term keeps to some subjects.
    slogans : collection of str
        Slogans of the lexicon.
    local : collection of str
        Places that none but reports of the same city name, as in `emphasis.reference.local_names`.

    Examples
    --------
    >>> words, pos = ["幸福长春", "中车长客", "全市", "增加", "玉米"], ["n", "nt", "n", "v", "n"]
    >>> n = np.array([0, 0, 3, 9, 5])
    >>> marks_of(words, pos, n, n / 12, {"长春", "长春市"}, other_level=True)
    ['place', 'name', 'level', 'reporting', '']
    """
    marks = TermMarks(
        terms, pos, places, ordinary_places,
        other_level=other_level, regions=regions, spread_of=None if spread is None else lambda _: spread, slogans=slogans, local=local,
    )  # fmt: skip
    return marks.of(np.arange(len(terms)), n_with, peers_with)


class TermMarks:
    """The marks of some terms in several texts; what depends on a term alone is found once. See `marks_of`.

    Parameters
    ----------
    terms : sequence of V str
    pos : sequence of V str, optional
    places, ordinary_places, other_level, regions, slogans, local
        As in `marks_of`.
    spread_of : function, optional
        How far terms keep to some subjects, by their places among these.
    """

    def __init__(
        self,
        terms: Sequence[str],
        pos: Sequence[str] | None,
        places: Collection[str] = (),
        ordinary_places: Collection[str] = (),
        *,
        other_level: bool,
        regions: Collection[str] = (),
        spread_of: Callable[[np.ndarray], Spread] | None = None,
        slogans: Collection[str] = (),
        local: Collection[str] = (),
    ) -> None:
        self._terms, self._pos, self._spread_of = terms, pos, spread_of
        self._around, self._ordinary, self._regions = frozenset(places), ordinary_places, regions
        self._other_level, self._slogans, self._local, self._listed = other_level, slogans, local, marked_words()
        size = len(terms)
        self._looked_at = np.zeros(size, dtype=bool)
        # The mark whoever has the term, as a place in MARKS; and which of those that depend on it are possible.
        self._fixed = np.full(size, -1, dtype="int8")
        names = "general", "can_be_few", "seat", "name", "named", "slogan", "local"
        self._is = {name: np.zeros(size, dtype=bool) for name in names}

    def of(self, at: np.ndarray, n_with: np.ndarray, peers_with: np.ndarray) -> list[str]:
        """The marks of K terms, by their places; number and share of the peers that have each, shape (K,)."""
        self.look_at(at)
        own = {name: values[at] for name, values in self._is.items()}
        few = ((n_with <= _FEW) | (peers_with <= _FEW_OF_MANY)) & own["can_be_few"]
        found = self._fixed[at]
        found[few & own["seat"]] = MARKS.index(PLACE)
        found[(found < 0) & own["local"]] = MARKS.index(NAME)
        names = tuple(self._terms[place] for place in at[few & own["name"]].tolist())
        for i in np.flatnonzero(few & (found < 0)).tolist():
            if own["named"][i] or self._terms[at[i]].startswith(names):
                found[i] = MARKS.index(NAME)
        general = own["general"] | ((peers_with >= _MOST_OF_PEERS) & own["slogan"])
        found[(found < 0) & general] = MARKS.index(GENERAL)
        return [_MARK_OR_NONE[mark] for mark in found.tolist()]

    def look_at(self, at: np.ndarray) -> None:
        """Find what depends on terms alone, by their places: best of all texts at once, since each time takes its time."""
        at = at[~self._looked_at[at]]
        if not len(at):
            return
        places = at.tolist()
        terms, kinds = [self._terms[place] for place in places], [self._listed.get(self._terms[p]) for p in places]
        tags = ["" for _ in places] if self._pos is None else [self._pos[place] for place in places]
        ordinary, called = ([term in some for term in terms] for some in (self._ordinary, self._regions))
        even = np.zeros(len(at), dtype=bool)
        if self._spread_of is not None:
            even = self._spread_of(at).of_any_subject(terms, tags)
        self._is["general"][at] = even | np.array([kind == GENERAL for kind in kinds], dtype=bool)
        self._is["can_be_few"][at] = [kind in (None, NAME, FORMULA) for kind in kinds]
        shapes = list(map(_shape, terms))
        self._is["seat"][at] = [own or shape.seat for own, shape in zip(ordinary, shapes, strict=True)]
        self._is["name"][at] = [
            tag in _NAMES or region or kind == NAME for tag, region, kind in zip(tags, called, kinds, strict=True)
        ]
        self._is["named"][at] = [bool(tag) and shape.named for tag, shape in zip(tags, shapes, strict=True)]
        self._is["slogan"][at] = [term in self._slogans for term in terms]
        self._is["local"][at] = self._is["can_be_few"][at] & [term in self._local for term in terms]
        of_region = [one and other for one, other in zip(ordinary, called, strict=True)]
        self._fixed[at] = list(map(self._fixed_mark, terms, kinds, of_region))
        self._looked_at[at] = True

    def _fixed_mark(self, term: str, kind: str | None, of_region: bool) -> int:
        # A province has some hundred names, a term a dozen pieces.
        if of_region or term in self._around or not self._around.isdisjoint(pieces(term)):
            return MARKS.index(PLACE)
        if self._other_level and (kind == LEVEL or _shape(term).level or self._is_zone(term)):
            return MARKS.index(LEVEL)
        return MARKS.index(REPORTING) if kind == REPORTING else -1

    def _is_zone(self, term: str) -> bool:
        return _shape(term).zone and any(name.endswith(term) for name in self._around)


class _Shape(NamedTuple):
    """What a term looks like: who is in a region, what a level calls itself, the name of a street or body, a zone."""

    seat: bool
    level: bool
    named: bool
    zone: bool


@lru_cache(maxsize=65_536)
def _shape(term: str) -> _Shape:
    found = _SEAT.fullmatch(term), _OF_LEVEL.fullmatch(term), _NAMED.search(term), _ZONE.fullmatch(term)
    return _Shape(*map(bool, found))


def called_regions(n: Mapping[str, int], text: str, ordinary_places: Collection[str] = ()) -> frozenset[str]:
    """Terms that one time in ten or oftener stand before what regions and streets are called by; names around the own region also before 区.

    Parameters
    ----------
    n : mapping
        Occurrences of terms in the text.
    text : str
    ordinary_places : collection of str
        Names around the own region that are ordinary words too.

    Examples
    --------
    >>> n = {"大鹏": 1, "光明": 2, "产业园": 1}
    >>> sorted(called_regions(n, "大鹏新区和光明科学城、光明区的产业园区", {"光明"}))
    ['光明', '大鹏']
    """
    followed: Counter[str] = Counter()
    for kind in _REGION_KIND.finditer(text):
        before = text[max(0, kind.start() - _LONGEST_NAME) : kind.start()]
        names = {before[i:] for i in range(len(before) - 1)} & n.keys()
        followed.update(names if kind[0] != "区" else names & set(ordinary_places))
    return frozenset(term for term, times in followed.items() if times >= n[term] / 10)
