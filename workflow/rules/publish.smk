# What goes with the results.
STEPS = sorted(file.stem for file in (ROOT / "scripts").glob("*.py"))


rule manifest:
    input:
        outputs=[*CORPUS, *TABLES, *FIGURES, SITE],
        reports=[str(file) for file in INBOX.files.values()],
        data=[*LEXICON.values(), near(config["keywords"]["stopwords"]), *THEMES, INDICATORS],
        code=sorted({file for step in STEPS for file in code(step)}),
    output:
        manifest=f"{RESULTS}/manifest.json",
    log:
        f"{RESULTS}/logs/manifest.log",
    conda:
        "../envs/policy-emphasis.yaml"
    params:
        config=config,
    message:
        "Writing down what went in and what came out"
    script:
        "../../scripts/manifest.py"
