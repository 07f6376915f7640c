"""Write results/README.md, the data dictionary, and the captions of tables and of folders of pictures in workflow/report (`make docs`)."""

from pathlib import Path

from emphasis.publish.dictionary import captions, dictionary, picture_captions

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    text = dictionary(ROOT / "workflow/schemas/tables", ROOT / "scripts/emphasis", ROOT / "config/areas")
    (ROOT / "results/README.md").write_text(text, encoding="utf-8")
    folder = ROOT / "workflow/report/tables"
    folder.mkdir(exist_ok=True)
    written = captions(ROOT / "workflow/schemas/tables")
    for file in set(folder.glob("*.rst")) - {folder / f"{name}.rst" for name in written}:
        file.unlink()
    for name, caption in written.items():
        (folder / f"{name}.rst").write_text(caption, encoding="utf-8")
    pictures = folder.with_name("pictures.rst")
    pictures.write_text(picture_captions(folder.parent), encoding="utf-8")
