"""Write results/README.md, the data dictionary (`make docs`)."""

from pathlib import Path

from emphasis.publish.dictionary import dictionary

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    text = dictionary(ROOT / "workflow/schemas/tables", ROOT / "scripts/emphasis")
    (ROOT / "results/README.md").write_text(text, encoding="utf-8")
