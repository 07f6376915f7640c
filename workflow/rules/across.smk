# What is measured over all reports together.
rule report_terms:
    input:
        tokens=part("corpus/tokens.parquet"),
        sentences=part("corpus/sentences.parquet"),
        outline=part("steps/outline.parquet"),
        stopwords=near(config["keywords"]["stopwords"]),
        schemas=schemas("tokens", "sentences", "outline", "report_terms", "report_sizes"),
    output:
        report_terms=part("steps/report_terms.parquet"),
        report_sizes=part("steps/report_sizes.parquet"),
    log:
        part_log("report_terms"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("report_terms"),
    params:
        code=code("report_terms"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Summing up the words of each report"
    script:
        "../../scripts/report_terms.py"


rule frequency_corpus:
    input:
        report_terms=parts("steps/report_terms.parquet"),
        report_sizes=parts("steps/report_sizes.parquet"),
        schemas=schemas("frequency_corpus"),
    output:
        frequency_corpus=f"{RESULTS}/{table('frequency_corpus')}",
    log:
        f"{RESULTS}/logs/frequency_corpus.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("frequency_corpus"),
    params:
        code=code("frequency_corpus"),
    message:
        "Counting keywords in all reports"
    script:
        "../../scripts/frequency_corpus.py"


rule keyness_across:
    input:
        reports=parts("corpus/reports.csv"),
        report_terms=parts("steps/report_terms.parquet"),
        report_sizes=parts("steps/report_sizes.parquet"),
        schemas=schemas("reports", "keyness_across", "keyness_across_comparisons"),
    output:
        **{table: f"{RESULTS}/tables/{table}.csv" for table in ["keyness_across", "keyness_across_comparisons"]},
    log:
        f"{RESULTS}/logs/keyness_across.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("keyness_across"),
    params:
        code=code("keyness_across"),
        min_n=config["keyness"]["min_n"],
        only_found=LARGE,
    message:
        "Testing what sets reports apart"
    script:
        "../../scripts/keyness_across.py"


rule theme_correlations:
    input:
        theme_sections=parts("tables/theme_sections.csv"),
        themes=parts("tables/themes.csv"),
        outline=parts("steps/outline.parquet"),
        schemas=schemas("theme_sections", "themes", "outline", "theme_correlations"),
    output:
        theme_correlations=f"{RESULTS}/tables/theme_correlations.csv",
    log:
        f"{RESULTS}/logs/theme_correlations.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("theme_correlations"),
    params:
        code=code("theme_correlations"),
    message:
        "Comparing the definitions of attention"
    script:
        "../../scripts/theme_correlations.py"


rule tasks:
    input:
        reports=parts("corpus/reports.csv"),
        outline=parts("steps/outline.parquet"),
        theme_sections=parts("tables/theme_sections.csv"),
        schemas=schemas("reports", "outline", "theme_sections", "tasks"),
    output:
        tasks=f"{RESULTS}/tables/tasks.csv",
    log:
        f"{RESULTS}/logs/tasks.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("tasks"),
    params:
        code=code("tasks"),
    message:
        "Following the order of tasks"
    script:
        "../../scripts/tasks.py"


rule panel:
    input:
        reports=parts("corpus/reports.csv"),
        themes=parts("tables/themes.csv"),
        targets=parts("tables/targets.csv"),
        dictionaries=THEMES,
        variables=near("config/panel_targets.tsv"),
        schemas=schemas("reports", "themes", "targets", "panel", "panel_codebook"),
    output:
        panel=f"{RESULTS}/tables/panel.csv",
        stata=f"{RESULTS}/tables/panel.dta",
        codebook=f"{RESULTS}/tables/panel_codebook.csv",
    log:
        f"{RESULTS}/logs/panel.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("panel"),
    params:
        code=code("panel"),
    message:
        "Putting the reports into a panel"
    script:
        "../../scripts/panel.py"


rule reuse:
    input:
        reports=parts("corpus/reports.csv"),
        sentences=parts("corpus/sentences.parquet"),
        outline=parts("steps/outline.parquet"),
        schemas=schemas("reports", "sentences", "outline", "reuse", "reuse_passages", "formulas"),
    output:
        reuse=f"{RESULTS}/tables/reuse.csv",
        reuse_passages=f"{RESULTS}/{table('reuse_passages')}",
        formulas=f"{RESULTS}/{table('formulas')}",
    log:
        f"{RESULTS}/logs/reuse.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("reuse"),
    params:
        code=code("reuse"),
        count_roles=config["count_roles"],
    message:
        "Finding shared passages and formulas"
    script:
        "../../scripts/reuse.py"


rule similarity:
    input:
        reports=parts("corpus/reports.csv"),
        report_terms=parts("steps/report_terms.parquet"),
        report_sizes=parts("steps/report_sizes.parquet"),
        schemas=schemas("reports", "similarity", "term_changes", "first_use"),
    output:
        similarity=f"{RESULTS}/tables/similarity.csv",
        term_changes=f"{RESULTS}/{table('term_changes')}",
        first_use=f"{RESULTS}/tables/first_use.csv",
    log:
        f"{RESULTS}/logs/similarity.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("similarity"),
    params:
        code=code("similarity"),
    message:
        "Comparing reports, and terms that come and go"
    script:
        "../../scripts/similarity.py"


rule targets_across:
    input:
        reports=parts("corpus/reports.csv"),
        targets=parts("tables/targets.csv"),
        indicators=INDICATORS,
        schemas=schemas("reports", "targets", "target_attainment", "target_gaps"),
    output:
        target_attainment=f"{RESULTS}/tables/target_attainment.csv",
        target_gaps=f"{RESULTS}/tables/target_gaps.csv",
    log:
        f"{RESULTS}/logs/targets_across.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("targets_across"),
    params:
        code=code("targets_across"),
    message:
        "Comparing targets across years and levels"
    script:
        "../../scripts/targets_across.py"
