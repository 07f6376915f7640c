"""How well the extraction does on hand-made annotations.

Use: ``python tests/tools/score_targets.py GOLD.json... --reports DIR [--misses]``

A gold file (``quantities_<slug>.json``) names its report in ``file``; the report is looked for under DIR and in ``seeds/``.
Printed per file: the headline targets (recall, precision and every field), then the further quantities (found, and of
those found how many are right in value, unit, comparator, period and indicator phrase). Items whose note says NOT are
traps: they count as right when nothing is extracted there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis.ingest.records import Report  # noqa: E402
from emphasis.ingest.report import ingest  # noqa: E402
from emphasis.targets.entries import LedgerEntry  # noqa: E402
from emphasis.targets.extract import extract  # noqa: E402
from emphasis.targets.indicators import load_indicators  # noqa: E402
from emphasis.targets.wordlists import words  # noqa: E402
from emphasis.text import fold, squeeze  # noqa: E402

PERIODS = {"achieved-last-year": "outturn", "planned-this-year": "target"}
FIELDS = ("value", "unit", "comparator", "period", "indicator")
_VERBS = sorted((*words("clause", "actions"), *words("clause", "causatives"), "接待", "留"), key=lambda w: -len(w))
_REGIONS = re.compile(r"^(?:全市|全省|全国|全区|市属)")


@dataclass
class Tally:
    """Right and total per field."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, ok: bool, what: str = "") -> None:
        self.total[name] = self.total.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + ok
        if not ok:
            self.misses.append(f"{name}: {what}")

    def line(self, name: str) -> str:
        total = self.total.get(name, 0)
        return (
            f"{name:<12}{self.right.get(name, 0):>4} of {total:<4}{self.right.get(name, 0) / total:7.1%}"
            if total
            else f"{name:<12} none"
        )


def plain(text: str) -> str:
    return squeeze(fold(text))[0]


def bare(phrase: str) -> str:
    """An indicator phrase without brackets, quotation marks, region and leading verbs."""
    phrase = re.sub(r"\([^)]*\)|[“”‘’]|其中|的(?=比重|比例)", "", plain(phrase))
    phrase = _REGIONS.sub("", phrase)
    while True:
        verb = next((v for v in _VERBS if phrase.startswith(v) and len(phrase) - len(v) >= 2), "")
        if not verb:
            return phrase
        phrase = phrase[len(verb) :]


def same_indicator(row: LedgerEntry, gold: str) -> bool:
    """Whether the phrases name the same thing: equal without verbs, or after 等, or with the words a reader adds in brackets."""
    wanted = bare(gold)
    for mine in (row.indicator, row.verb + row.indicator):
        got = bare(mine)
        if got == wanted or plain(mine) == plain(re.sub(r"[()（）]", "", gold)):
            return True
        if "等" in got and got.split("等", 1)[1].removeprefix("各类") == wanted:
            return True
        if wanted.endswith(got) and len(got) >= 4 and len(wanted) - len(got) <= 9:
            return True  # the reader added the context of an earlier sentence
        if got.endswith(wanted) and len(wanted) >= 2:
            return True
        if re.sub(r"(?:比重|比例|占比|人数|数量|位次|时限)$", "", got) == re.sub(
            r"(?:比重|比例|占比|人数|数量|位次|时限)$", "", wanted
        ):
            return True
    return False


def expand(item: dict[str, Any]) -> list[dict[str, Any]]:
    """One gold item per quantity."""
    names = [n.strip() for n in item["indicator"].split(" | ")]
    values = item["value"] if isinstance(item["value"], list) else [item["value"]]
    comparators = (
        item["comparator"]
        if isinstance(item["comparator"], list)
        else [item["comparator"]] * max(len(values), len(names))
    )
    units = item["unit"] if isinstance(item["unit"], list) else [item["unit"]]
    if comparators[0] in ("range", "from_to"):
        return [item | {"value": values[0], "high": values[-1], "unit": units[0]}]
    n = max(len(names), len(values))
    units = units * n if len(units) == 1 else units
    names = names * n if len(names) == 1 else names
    values = values * n if len(values) == 1 else values
    comparators = comparators * n if len(comparators) == 1 else comparators
    out = [
        item | {"indicator": a, "value": v, "comparator": c, "unit": u}
        for a, v, c, u in zip(names, values, comparators, units, strict=False)
    ]
    if "second" in item:
        out.append(item | item["second"])
    return out


def find(report: Report, rows: list[LedgerEntry], item: dict[str, Any], used: set[int]) -> LedgerEntry | None:
    """The row for a gold item: in its clause, with its value (or, without a value, with its indicator)."""
    text, places = squeeze(fold(report.source.text))
    clause, sentence = plain(item["clause"]), plain(item.get("sentence", item["clause"]))
    base = text.find(sentence)
    at = text.find(clause, base)
    if base < 0 or at < 0:
        return None
    start, end = places[at], places[at + len(clause) - 1] + 1
    if "second" in item or "分别" in clause or "其中" in clause:
        start = places[base]
    near = [(i, r) for i, r in enumerate(rows) if start <= r.end and r.start < end and i not in used]
    near = [(i, r) for i, r in near if r.end > start]
    if item["value"] is None:
        near = [(i, r) for i, r in near if r.value is None]
    same = [(i, r) for i, r in near if r.value == item["value"]]
    named = [(i, r) for i, r in same if same_indicator(r, item["indicator"])]
    chosen = named or same or near
    if not chosen:
        return None
    used.add(chosen[0][0])
    return chosen[0][1]


def score_fields(tally: Tally, row: LedgerEntry, item: dict[str, Any]) -> None:
    label = f"{item['clause']!r}"
    high_ok = "high" not in item or row.value_high == item["high"]
    tally.add(
        "value", row.value == item["value"] and high_ok, f"{label}: {row.value} {row.value_high} for {item['value']}"
    )
    unit = plain(item["unit"] or "")
    tally.add("unit", row.unit == unit, f"{label}: {row.unit} for {unit}")
    tally.add("comparator", row.comparator == item["comparator"], f"{label}: {row.comparator} for {item['comparator']}")
    tally.add("period", row.period == PERIODS.get(item["period"], item["period"]), f"{label}: {row.period}")
    tally.add(
        "indicator",
        same_indicator(row, item["indicator"]),
        f"{label}: {row.verb}|{row.indicator} for {item['indicator']}",
    )


def score_headline(gold: dict[str, Any], report: Report, rows: list[LedgerEntry]) -> Tally:
    tally, used = Tally(), set[int]()
    items = gold["target_paragraph"]["items"]
    for item in items:
        row = find(report, rows, item, used)
        tally.add("found", row is not None, item["clause"])
        if row is None:
            continue
        score_fields(tally, row, item)
        if "kind" in item:
            tally.add("kind", row.kind == item["kind"], f"{item['clause']}: {row.kind} for {item['kind']}")
        direction = re.sub(r"[()（）]", "", item.get("direction") or "")
        if row.comparator not in ("qualitative", "qualifier"):
            tally.add("direction", row.direction == direction, f"{item['clause']}: {row.direction} for {direction}")
        tally.add("headline", row.headline, item["clause"])
    extra = [r for i, r in enumerate(rows) if r.headline and i not in used]
    for r in rows:
        if r.headline:
            tally.add("precision", r not in extra, f"{r.text}")
    return tally


def score_further(gold: dict[str, Any], report: Report, rows: list[LedgerEntry]) -> Tally:
    tally, used = Tally(), set[int]()
    for whole in gold["further_quantities"]:
        for item in expand(whole):
            trap = "NOT" in item.get("note", "")
            row = find(report, rows, item, used)
            if trap:
                tally.add("traps", row is None or row.value != item["value"], f"{item['clause']}: {row}")
                continue
            tally.add("found", row is not None, f"{item['clause']} ({item['indicator']})")
            if row is not None:
                score_fields(tally, row, item)
    return tally


def locate(name: str, slug: str, folder: Path) -> Path | None:
    candidates = sorted(folder.rglob(name)) + sorted((ROOT / "seeds").glob(f"{slug}*"))
    return candidates[0] if candidates else None


def read(path: Path) -> Report:
    """The report as the project's reader parses it."""
    return ingest(path, path.stem)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--reports", type=Path, default=ROOT.parent / "shared" / "reports")
    parser.add_argument("--misses", action="store_true", help="list what is missing or wrong")
    options = parser.parse_args(arguments)
    table = load_indicators(ROOT / "config" / "indicators.tsv")
    status = 0
    for path in options.gold:
        gold = json.loads(path.read_text(encoding="utf-8"))
        file = locate(gold["file"], gold["slug"], options.reports)
        if file is None:
            print(
                f"{path.name}: the report {gold['file']} is not under {options.reports}; pass its folder with --reports."
            )
            status = 1
            continue
        report = read(file)
        rows = extract(report, table)
        for title, tally in (
            ("headline targets", score_headline(gold, report, rows)),
            ("further quantities", score_further(gold, report, rows)),
        ):
            print(f"{gold['slug']}, {title}")
            for name in ("found", "precision", *FIELDS, "kind", "direction", "headline", "traps"):
                if name in tally.total:
                    print("  " + tally.line(name))
            if options.misses:
                print(*(f"    {m}" for m in tally.misses), sep="\n")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
