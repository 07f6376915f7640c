# What is measured over all reports together, when there is more than one.
rule keyness_across:
    input:
        reports=parts("corpus/reports.csv"),
        tokens=parts("corpus/tokens.parquet"),
        sentences=parts("corpus/sentences.parquet"),
        outline=parts("corpus/outline.parquet"),
        stopwords=near(config["keywords"]["stopwords"]),
        code=code("keyness_across"),
        schemas=schemas("reports", "tokens", "sentences", "outline", "keyness_across", "keyness_across_comparisons"),
    output:
        **{table: f"{RESULTS}/tables/{table}.csv" for table in ["keyness_across", "keyness_across_comparisons"]},
    log:
        f"{RESULTS}/logs/keyness_across.log",
    conda:
        "../envs/policy-emphasis.yaml"
    params:
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
        keyness=config["keyness"],
        seed=config["seed"],
    message:
        "Testing what sets reports apart"
    script:
        "../../scripts/keyness_across.py"
