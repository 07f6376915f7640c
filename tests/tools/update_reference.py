"""Make tests/reference and what the READMEs show of the bundled report anew (`make reference`)."""

import re
import runpy
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from emphasis.measures.nesting import choose_shown
from support import ROOT
from support.pictures import LISTED, fingerprints, write_fingerprints
from tools.verify import bundled_project

REFERENCE = ROOT / "tests/reference"
PICTURE = "figures/changchun-2025/clouds/section-2.3.png"
SHOWN = ("s1.3", "s1.4", "s2.3", "s2.9", "s2.10")
HEADERS = {"README.md": ("section", "words"), "README.zh-CN.md": ("章节", "词")}


def table(readme: str) -> str:
    """The table of the READMEs, from the reference tables."""
    sections = pd.read_csv(REFERENCE / "corpus/sections.csv").set_index("section_id")
    tfidf = pd.read_csv(REFERENCE / "tables/tfidf.csv")
    lines = [f"| {HEADERS[readme][0]} | {HEADERS[readme][1]} |", "|---|---|"]
    for section in SHOWN:
        own = tfidf[tfidf["section_id"] == section]
        words = own["term"].iloc[choose_shown(own["term"], own["within"].fillna(""), 6)]
        lines.append(f"| {section} {sections.loc[section, 'heading']} | {'、'.join(words)} |")
    return "\n".join(lines)


def with_block(text: str, name: str, content: str) -> str:
    """The text with what stands between the marks of a block replaced."""
    return re.sub(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{content}\n\g<2>", text, flags=re.DOTALL)


def main() -> None:
    """Run the workflow on the bundled report and copy what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        project = bundled_project(Path(folder) / "project")
        run = project.run()
        if run.status:
            raise SystemExit(run.output)
        shutil.rmtree(REFERENCE, ignore_errors=True)
        for file in sorted(project.results.rglob("*.csv")):
            target = REFERENCE / file.relative_to(project.results)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
        write_fingerprints(fingerprints(project.results), REFERENCE / LISTED)
        shutil.copy2(project.results / PICTURE, ROOT / "docs" / Path(PICTURE).name)
        runpy.run_path(str(ROOT / "scripts/tools/figures_page.py"))["main"](project.results)
    for readme in HEADERS:
        path = ROOT / readme
        path.write_text(with_block(path.read_text(encoding="utf-8"), "table", table(readme)), encoding="utf-8")


if __name__ == "__main__":
    main()
