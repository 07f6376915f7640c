# What `snakemake --report` says of tables. Pictures carry their captions where they are drawn.
TITLES = {
    file.stem: file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("title: ")
    for file in sorted((ROOT / "workflow/schemas/tables").glob("*.yaml"))
}


def captioned(paths, category):
    """Results with the captions that were made from their schemas, for the target that all results are inputs of."""
    flagged = []
    for path in paths:
        name = Path(path).stem
        shown = report(
            path,
            caption=f"workflow/report/tables/{name}.rst",
            category=category,
            subcategory="All reports together" if name in TOGETHER else "By report",
            labels={"file": Path(path).name, "holds": TITLES.get(name, "")},
        )
        flagged.append(shown)
    return flagged
