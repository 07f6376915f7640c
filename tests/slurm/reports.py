"""Many reports out of one: its headings, under each some of its sentences, under the names of cities and years."""

from __future__ import annotations

import argparse
import csv
import random
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADED = re.compile(r"^(\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))[^。]*。?)(.*)$")
SENTENCE = re.compile(r"[^。]+。")


def cities() -> list[str]:
    """Cities below the provinces, as the project's own table of regions has them today."""
    with (ROOT / "config/regions.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [row["name"] for row in rows if re.fullmatch(r"\d\d\d[1-9]00", row["adcode"]) and not row["last_year"]]


def report(source: str, city: str, year: int, sentences: int, chance: random.Random) -> str:
    """A report with the source's headings, of another city and year, with so many sentences under each heading."""
    pool = SENTENCE.findall("".join(match[2] for match in map(HEADED.match, source.splitlines()) if match))
    lines = []
    for line in source.splitlines():
        match = HEADED.match(line)
        kept = chance.choices(pool, k=sentences) if match and match[2] else []
        lines.append(match[1] + "".join(kept) if match else line)
    text = "\n".join(lines) + "\n"
    return text.replace("2025", str(year)).replace("2024", str(year - 1)).replace("长春", city[:-1])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("number", type=int)
    options.add_argument("--sentences", type=int, default=3)
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True)
    source = (ROOT / "seeds/changchun-2025.txt").read_text(encoding="utf-8")
    names = [(city, year) for year in range(2025, 2005, -1) for city in cities() if city.endswith("市")]
    for city, year in names[: chosen.number]:
        text = report(source, city, year, chosen.sentences, random.Random(f"{city}{year}"))
        (chosen.folder / f"{city}-{year}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
