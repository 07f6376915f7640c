"""What a report stresses, what it passes over and where its plan departs from its review: three findings made from the tables.

`find` chooses terms and areas and gathers their numbers; `say` puts them into sentences of one language, in which terms and areas
stay apart from the words around them, so that a page can link them to their passages and a paper can print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from emphasis.measures.testing import MAX_Q

Row = Mapping[str, Any]
Piece = str | dict[str, str]
"""Words, or a term or area: ``{"term": "汽车", "part": "whole"}``, ``{"area": "23", "part": "plan"}``."""

NAMED, LISTED = 3, 5
"""Terms in the sentence of a finding, and in the table below it."""
NAMED_AREAS = 2
"""Areas that the sentence names on either side."""
LEAST_CHANGE = 0.01
"""Change of a share from which it is named: one sentence in a hundred."""
_TELLING = 3
"""Characters from which a missing term is taken for a policy rather than for a word of many subjects (世界, 研究)."""
_NO_AREA = "0"


def find(report_id: str, tables: Mapping[str, Iterable[Row]], parts_of: Iterable[str] = ()) -> dict[str, Any]:
    """The findings of one report.

    Parameters
    ----------
    report_id : str
    tables : mapping of str to rows
        peers, distinctive, missing, area_changes, keyness, keyness_comparisons, each with typed values; rows of other reports are
        left out, and a missing table is one without rows. Missing values are None.
    parts_of : iterable of str
        Areas that are sums of others, which are left out beside their parts.

    Returns
    -------
    dict
        `peers`: n, the `text` that tables print, levels and years, the rules by which they were found, and `state`: compared, few
        (fewer than five) or none. `stressed`, `missing` and `moved`: what is said below at each; None where there is nothing to
        say it of.
    """
    own = {name: [row for row in rows if row["report_id"] == report_id] for name, rows in tables.items()}
    peers = _peers(own.get("peers", []))
    return {
        "peers": peers,
        "stressed": _stressed(own.get("distinctive", []), peers),
        "missing": _missing(own.get("missing", [])),
        "moved": _moved(own, frozenset(parts_of)),
    }


def _peers(rows: Sequence[Row]) -> dict[str, Any]:
    state = "none" if not rows else "compared" if all(row["compared"] for row in rows) else "few"
    years = sorted({row["peer_year"] for row in rows if row["peer_year"] is not None})
    return {
        "state": state,
        "n": len(rows),
        "levels": sorted({row["peer_region_level"] for row in rows} - {"", None}),
        "years": [years[0], years[-1]] if years else [],
        "rules": sorted({row["rule"] for row in rows}),
    }


def _ranked(rows: Sequence[Row], part: str) -> list[Row]:
    listed = [row for row in rows if row["part"] == part and row["rank"] is not None]
    return sorted(listed, key=lambda row: row["rank"])


def _stressed(rows: Sequence[Row], peers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Terms of the whole report in the order of distinctive.csv; the smallest q, how many are below `MAX_Q`, and terms of the review
    or plan alone that are."""
    whole = _ranked(rows, "whole")
    if not whole:
        return None
    q = [row["q_bh"] for row in whole if row["q_bh"] is not None]
    sure = {row["term"] for row in whole if row["q_bh"] is not None and row["q_bh"] < MAX_Q}
    elsewhere = [
        {"part": part, "term": row["term"], "q": row["q_bh"]}
        for part in ("review", "plan")
        for row in _ranked(rows, part)
        if row["q_bh"] is not None and row["q_bh"] < MAX_Q and row["term"] not in sure
    ]
    names = ("term", "n", "expected", "peers_with", "ratio", "q_bh", "new")
    return {
        "terms": [{name: row[name] for name in names} for row in whole[:LISTED]],
        "n_listed": len(whole),
        "n_sure": len(sure),
        "q": min(q, default=None),
        "elsewhere": elsewhere[:NAMED],
        "n_peers": whole[0]["n_peers"] or peers["n"],
    }


def _missing(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Terms that most peers have and the report has not: in the order of missing.csv, those of three or more characters first; and
    the range of the chances that a report of this length lacks one of those that the sentence names."""
    whole = _ranked(rows, "whole")
    if not whole:
        return None
    chosen = sorted(whole, key=lambda row: len(row["term"]) < _TELLING)[:LISTED]
    chances = [row["chance"] for row in chosen[:NAMED]]
    names = ("term", "peers_with", "chance")
    return {
        "terms": [{name: row[name] for name in names} for row in chosen],
        "n_listed": len(whole),
        "with_low": min(row["peers_with"] for row in chosen[:NAMED]),
        "chance_low": min(chances),
        "chance_high": max(chances),
        "n_peers": whole[0]["n_peers"],
    }


def _moved(own: Mapping[str, Sequence[Row]], sums: frozenset[str]) -> dict[str, Any] | None:
    """Areas with the largest differences of shares, plan less review; how many intervals leave zero out, and what the test of words
    found."""
    rows = [
        row
        for row in own.get("area_changes", [])
        if row["comparison"] == "plan against review"
        and row["area"] not in (_NO_AREA, *sums)
        and row["change"] is not None
    ]
    if not rows:
        return None
    order = sorted(rows, key=lambda row: (-abs(row["change"]), row["area"]))
    names = ("area", "share_other", "share", "change", "low", "high")
    listed = [{name: row[name] for name in names} | {"sure": _sure(row)} for row in order[:LISTED]]
    large = [row for row in listed if abs(row["change"]) >= LEAST_CHANGE]
    test = next((row for row in own.get("keyness_comparisons", []) if row["comparison"] == "part"), None)
    words = [
        {"term": row["term"], "q": row["q_bh"], "more": "plan" if row["log_ratio"] > 0 else "review"}
        for row in own.get("keyness", [])
        if row["comparison"] == "part" and row["q_bh"] is not None and row["q_bh"] < MAX_Q
    ]
    return {
        "areas": listed,
        "up": [row["area"] for row in large if row["change"] > 0][:NAMED_AREAS],
        "down": [row["area"] for row in large if row["change"] < 0][:NAMED_AREAS],
        "n_sure": sum(_sure(row) for row in rows),
        "n_areas": len(rows),
        "test": test and {name: test[name] for name in ("verdict", "n_tested", "n_found")},
        "words": sorted(words, key=lambda word: (word["q"], word["term"]))[:NAMED],
    }


def _sure(row: Row) -> bool:
    """Whether the interval of a change leaves zero out."""
    return row["low"] is not None and (row["low"] > 0 or row["high"] < 0)


def say(
    found: Mapping[str, Any], words: Mapping[str, str], areas: Mapping[str, str]
) -> dict[str, dict[str, list[Piece]]]:
    """Findings in words of one language.

    Parameters
    ----------
    found : mapping
        From `find`.
    words : mapping of str to str
        Texts of the page by name, in that language.
    areas : mapping of str to str
        Names of areas by their codes, in that language.

    Returns
    -------
    dict
        For each of the three that there is a `title`, what was found, and a `note`, how sure it is.

    Examples
    --------
    >>> words = {"finding.stressed": "It stresses {terms}.", "finding.and": " and ", "finding.comma": ", "}
    >>> plain(_fill(words["finding.stressed"], terms=_listed(["汽车", "公交"], words)))
    'It stresses 汽车 and 公交.'
    """
    said = {}
    if stressed := found["stressed"]:
        said["stressed"] = _say_stressed(stressed, words)
    if missing := found["missing"]:
        said["missing"] = _say_missing(missing, words)
    if moved := found["moved"]:
        said["moved"] = _say_moved(moved, words, areas)
    return said


def plain(pieces: Iterable[Piece]) -> str:
    """Pieces as a text without links."""
    return "".join(piece if isinstance(piece, str) else piece["text"] for piece in pieces)


def _say_stressed(found: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, list[Piece]]:
    terms = _listed([_term(row["term"], "whole") for row in found["terms"][:NAMED]], words)
    sure, q = found["n_sure"], found["q"]
    note = words[
        "finding.stressed.sure" if sure else "finding.stressed.none" if q is not None else "finding.stressed.rare"
    ]
    pieces = _fill(note, sure=str(sure), all=str(found["n_listed"]), q=_printed(q), level=str(MAX_Q))
    for row in found["elsewhere"][:1]:
        part = words[f"finding.part.{row['part']}"]
        pieces += _fill(
            words["finding.stressed.part"], part=part, term=_term(row["term"], row["part"]), q=_printed(row["q"])
        )
    return {"title": _fill(words["finding.stressed"], terms=terms), "note": pieces}


def _say_missing(found: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, list[Piece]]:
    # A term that is not there has no passages to be linked to.
    terms = _listed([row["term"] for row in found["terms"][:NAMED]], words, "finding.or")
    n, least = found["n_peers"], round(found["with_low"] * found["n_peers"])
    title = words["finding.missing.all" if least == n else "finding.missing.most"]
    low, high = (round(100 * found[f"chance_{end}"]) for end in ("low", "high"))
    note = words["finding.missing.chance" if high >= 100 * MAX_Q else "finding.missing.sure"]
    span = str(high) if low == high else f"{low}–{high}"
    return {
        "title": _fill(title, terms=terms, n=str(n), least=str(least)),
        "note": _fill(note, chance=span, all=str(found["n_listed"])),
    }


def _say_moved(found: Mapping[str, Any], words: Mapping[str, str], areas: Mapping[str, str]) -> dict[str, list[Piece]]:
    def named(side: str, part: str) -> list[Piece]:
        return _listed([name(area, part) for area in found[side]], words)

    def name(area: str, part: str) -> Piece:
        return {"text": words["finding.area"].format(area=areas[area]), "area": area, "part": part}

    up, down = named("up", "plan"), named("down", "review")
    title = words["finding.moved." + ("both" if up and down else "up" if up else "down" if down else "none")]
    largest = found["areas"][0]
    note = words[
        "finding.moved.sure"
        if found["n_sure"]
        else "finding.moved.chance"
        if largest["low"] is not None
        else "finding.moved.short"
    ]
    pieces = _fill(
        note,
        sure=str(found["n_sure"]),
        all=str(found["n_areas"]),
        area=name(largest["area"], "plan"),
        change=_points(largest["change"]),
        low=_points(largest["low"]),
        high=_points(largest["high"]),
    )
    if test := found["test"]:
        if found["words"]:
            listed = _listed([_term(word["term"], word["more"]) for word in found["words"]], words)
            kind = "some" if test["n_found"] > len(found["words"]) else ""
            pieces += _fill(
                words[".".join(filter(None, ("finding.moved.words", kind)))],
                n=str(test["n_found"]),
                all=str(test["n_tested"]),
                words=listed,
            )
        elif test["n_tested"]:
            pieces += _fill(words["finding.moved.words.none"], all=str(test["n_tested"]))
    return {"title": _fill(title, up=up, down=down), "note": pieces}


def _term(term: str, part: str) -> Piece:
    return {"text": term, "term": term, "part": part}


def _listed(items: Sequence[Piece], words: Mapping[str, str], last: str = "finding.and") -> list[Piece]:
    """Items with commas between them and an “and” or “or” before the last."""
    pieces: list[Piece] = []
    for i, item in enumerate(items):
        if i:
            pieces.append(words[last] if i == len(items) - 1 else words["finding.comma"])
        pieces.append(item)
    return pieces


def _fill(text: str, **values: str | Piece | list[Piece]) -> list[Piece]:
    """A text with its braces filled; strings that meet become one."""
    pieces: list[Piece] = []
    for i, part in enumerate(re.split(r"\{(\w+)\}", text)):
        value = values[part] if i % 2 else part
        for piece in value if isinstance(value, list) else [value]:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
    return pieces


def _printed(q: float | None) -> str:
    """A q as it is printed behind its letter."""
    return "" if q is None else "< 0.001" if q < 0.001 else f"= {q:.2g}"


def _points(change: float | None) -> str:
    """A change of a share in percentage points, with a proper minus."""
    return "" if change is None else f"{100 * change:+.1f}".replace("-", "−")
