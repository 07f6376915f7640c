# What is measured over all reports together.
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


rule theme_correlations:
    input:
        theme_sections=parts("tables/theme_sections.csv"),
        themes=parts("tables/themes.csv"),
        outline=parts("corpus/outline.parquet"),
        code=code("theme_correlations"),
        schemas=schemas("theme_sections", "themes", "outline", "theme_correlations"),
    output:
        theme_correlations=f"{RESULTS}/tables/theme_correlations.csv",
    log:
        f"{RESULTS}/logs/theme_correlations.log",
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Comparing the definitions of attention"
    script:
        "../../scripts/theme_correlations.py"


rule tasks:
    input:
        reports=parts("corpus/reports.csv"),
        outline=parts("corpus/outline.parquet"),
        theme_sections=parts("tables/theme_sections.csv"),
        code=code("tasks"),
        schemas=schemas("reports", "outline", "theme_sections", "tasks"),
    output:
        tasks=f"{RESULTS}/tables/tasks.csv",
    log:
        f"{RESULTS}/logs/tasks.log",
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Following the order of tasks"
    script:
        "../../scripts/tasks.py"


rule panel:
    input:
        reports=parts("corpus/reports.csv"),
        themes=parts("tables/themes.csv"),
        dictionaries=THEMES,
        code=code("panel"),
        schemas=schemas("reports", "themes", "panel", "panel_codebook"),
    output:
        panel=f"{RESULTS}/tables/panel.csv",
        stata=f"{RESULTS}/tables/panel.dta",
        codebook=f"{RESULTS}/tables/panel_codebook.csv",
    log:
        f"{RESULTS}/logs/panel.log",
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Putting the reports into a panel"
    script:
        "../../scripts/panel.py"
