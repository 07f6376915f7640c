# What goes with the results.
rule manifest:
    input:
        outputs=[*CORPUS, *TABLES, *FIGURES],
        reports=[str(file) for file in INBOX.files.values()],
        data=[near(config["keywords"]["stopwords"])],
        code=code("manifest"),
    output:
        manifest=f"{RESULTS}/manifest.json",
    params:
        results=RESULTS,
        config=config,
    log:
        f"{RESULTS}/logs/manifest.log",
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Writing down what went in and what came out"
    script:
        "../../scripts/manifest.py"
