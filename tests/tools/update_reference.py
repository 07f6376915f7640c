"""Make tests/reference and what the READMEs show of the bundled report anew (`make reference`)."""

import re
import runpy
import shutil
import tempfile
from pathlib import Path

from docs_site import filling
from emphasis.areas.scheme import read_scheme
from emphasis.publish.findings import plain
from emphasis.publish.site.compared import READ, compared_block
from emphasis.publish.site.page import load_words
from emphasis.store.tables import load_schemas, read
from support import ROOT
from support.pictures import LISTED, fingerprints, write_fingerprints
from tools.verify import bundled_project

REFERENCE = ROOT / "tests/reference"
LANGUAGES = {"README.md": "en", "README.zh-CN.md": "zh"}
BLOCK = "findings"


def findings(readme: str) -> str:
    """What the READMEs say of the bundled report: the page's three findings, from the reference tables."""
    schemas = load_schemas(sorted((ROOT / "workflow/schemas/tables").glob("*.yaml")))
    tables = {
        name: read(REFERENCE / "tables" / f"{name}.csv", schemas[name])
        for name in (*READ, "standing")
        if (REFERENCE / "tables" / f"{name}.csv").exists()
    }
    words = load_words(ROOT / "scripts/emphasis/publish/site/assets/words.yaml")
    scheme = read_scheme(ROOT / "config/areas/areas.tsv")
    said = compared_block("changchun-2025", tables, schemas, scheme, words)["findings"]["said"][LANGUAGES[readme]]
    stop = "." if LANGUAGES[readme] == "en" else "。"
    return "\n".join(f"- **{plain(one['title'])}{stop}** {plain(one['note'])}" for one in said.values())


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
        runpy.run_path(str(ROOT / "scripts/tools/figures_page.py"))["main"](project.results)
    for readme in LANGUAGES:
        path = ROOT / readme
        path.write_text(with_block(path.read_text(encoding="utf-8"), BLOCK, findings(readme)), encoding="utf-8")
    filling.main()


if __name__ == "__main__":
    main()
