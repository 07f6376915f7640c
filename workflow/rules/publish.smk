# What goes with the results.

# Scripts that a person runs by hand rather than the workflow.
BY_HAND = {"evidence"}
STEPS = sorted(file.stem for file in (ROOT / "scripts").glob("*.py") if file.stem not in BY_HAND)


rule datapackage:
    input:
        tables=[file for file in [*CORPUS, *TABLES] if "/batches/" not in file],
        themes=THEMES,
        variables=near("config/panel_targets.tsv"),
        schemas=sorted(
            {
                near(f"workflow/schemas/tables/{file.stem}.yaml")
                for file in (ROOT / "workflow/schemas/tables").glob("*.yaml")
            }
        ),
    output:
        package=f"{RESULTS}/datapackage.json",
    log:
        f"{RESULTS}/logs/datapackage.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("datapackage"),
    params:
        code=code("datapackage"),
    message:
        "Describing the tables as a data package"
    script:
        "../../scripts/datapackage.py"


rule manifest:
    input:
        outputs=[*CORPUS, *TABLES, *FIGURES, SITE, *PAPER, f"{RESULTS}/datapackage.json"],
        metadata=f"{RESULTS}/corpus/reports.csv",
        reports=[str(file) for file in INBOX.files.values()],
        data=[*LEXICON.values(), near(config["keywords"]["stopwords"]), *THEMES, INDICATORS, *BASIS, ORDINARY],
        code=sorted(
            {near(file) for step in STEPS for file in modules(ROOT / "scripts" / f"{step}.py", ROOT / "scripts")}
        ),
    output:
        manifest=f"{RESULTS}/manifest.json",
        crate=f"{RESULTS}/ro-crate-metadata.json",
    log:
        f"{RESULTS}/logs/manifest.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("manifest"),
    params:
        config=config,
    message:
        "Writing down what went in and what came out"
    script:
        "../../scripts/manifest.py"
