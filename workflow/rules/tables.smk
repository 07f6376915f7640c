# What is measured.
KEYNESS_TABLES = ["keyness", "keyness_comparisons"]
# Made on request: snakemake frequency_intervals, snakemake sensitivity.
INTERVAL_TABLES = ["frequency_intervals"]
SENSITIVITY_TABLES = ["sensitivity_themes", "sensitivity_keywords"]
THEME_TABLES = ["themes", "theme_sections"]
TARGET_TABLES = ["targets", "target_pairs"]
INDICATORS = near("config/indicators.tsv")
TABLES = results(
    *(
        table(name)
        for name in [
            "aliases",
            "frequency",
            "frequency_parts",
            "dispersion",
            "tfidf",
            *KEYNESS_TABLES,
            *THEME_TABLES,
            "structure",
            *TARGET_TABLES,
            "topic_sections",
            *TOGETHER,
        ]
    )
)
TABLES.append(f"{RESULTS}/tables/panel.dta")


rule frequency:
    input:
        tokens=part("corpus/tokens.parquet"),
        outline=part("steps/outline.parquet"),
        stopwords=near(config["keywords"]["stopwords"]),
        schemas=schemas("tokens", "outline", "frequency", "frequency_parts"),
    output:
        frequency=part(table("frequency")),
        frequency_parts=part(table("frequency_parts")),
    log:
        part_log("frequency"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("frequency"),
    params:
        code=code("frequency"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Counting keywords by section and part"
    script:
        "../../scripts/frequency.py"


rule intervals:
    input:
        frequency=part(table("frequency")),
        sections=part("corpus/sections.csv"),
        schemas=schemas("frequency", "sections", *INTERVAL_TABLES),
    output:
        frequency_intervals=part("tables/frequency_intervals.csv"),
    log:
        part_log("intervals"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("intervals"),
    params:
        code=code("intervals"),
    message:
        "Saying how far the rates of sections can be trusted"
    script:
        "../../scripts/intervals.py"


rule dispersion:
    input:
        tokens=part("corpus/tokens.parquet"),
        outline=part("steps/outline.parquet"),
        stopwords=near(config["keywords"]["stopwords"]),
        schemas=schemas("tokens", "outline", "dispersion"),
    output:
        dispersion=part(table("dispersion")),
    log:
        part_log("dispersion"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("dispersion"),
    params:
        code=code("dispersion"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Measuring how evenly keywords are spread"
    script:
        "../../scripts/dispersion.py"


rule tfidf:
    input:
        frequency=part(table("frequency")),
        sections=part("corpus/sections.csv"),
        schemas=schemas("frequency", "sections", "tfidf"),
    output:
        tfidf=part(table("tfidf")),
    log:
        part_log("tfidf"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("tfidf"),
    params:
        code=code("tfidf"),
    message:
        "Weighing what sets each section apart (TF-IDF)"
    script:
        "../../scripts/tfidf.py"


rule keyness:
    input:
        tokens=part("corpus/tokens.parquet"),
        sentences=part("corpus/sentences.parquet"),
        outline=part("steps/outline.parquet"),
        stopwords=near(config["keywords"]["stopwords"]),
        schemas=schemas("tokens", "sentences", "outline", *KEYNESS_TABLES),
    output:
        **{name: part(table(name)) for name in KEYNESS_TABLES},
    log:
        part_log("keyness"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("keyness"),
    params:
        code=code("keyness"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
        keyness=config["keyness"],
        seed=config["seed"],
    message:
        "Testing what sets sections and plans apart"
    script:
        "../../scripts/keyness.py"


rule themes:
    input:
        reports=part("corpus/reports.csv"),
        sentences=part("corpus/sentences.parquet"),
        tokens=part("corpus/tokens.parquet"),
        outline=part("steps/outline.parquet"),
        themes=THEMES,
        schemas=schemas("reports", "sentences", "tokens", "outline", *THEME_TABLES),
    output:
        **{table: part(f"tables/{table}.csv") for table in THEME_TABLES},
    log:
        part_log("themes"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("themes"),
    params:
        code=code("themes"),
        simplify=config["simplify"],
        count_roles=config["count_roles"],
    message:
        "Measuring the attention to themes"
    script:
        "../../scripts/themes.py"


rule structure:
    input:
        tokens=part("corpus/tokens.parquet"),
        sentences=part("corpus/sentences.parquet"),
        outline=part("steps/outline.parquet"),
        schemas=schemas("tokens", "sentences", "outline", "structure"),
    output:
        structure=part("tables/structure.csv"),
    log:
        part_log("structure"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("structure"),
    params:
        code=code("structure"),
        count_roles=config["count_roles"],
    message:
        "Measuring structure and style"
    script:
        "../../scripts/structure.py"


rule variants:
    input:
        **LEXICON,
        sentences=part("corpus/sentences.parquet"),
        outline=part("steps/outline.parquet"),
        themes=part("tables/themes.csv"),
        frequency_parts=part(table("frequency_parts")),
        stopwords=near(config["keywords"]["stopwords"]),
        dictionaries=THEMES,
        schemas=schemas("sentences", "outline", "tokens", "themes", "frequency_parts", *SENSITIVITY_TABLES),
    output:
        **{table: part(f"tables/{table}.csv") for table in SENSITIVITY_TABLES},
    log:
        part_log("variants"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("variants"),
    params:
        code=code("variants"),
        simplify=config["simplify"],
        segmenters=["jieba", "rjieba"],
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Measuring again with other segmenters, without lexicon and without stop list"
    script:
        "../../scripts/variants.py"


rule targets:
    input:
        reports=part("corpus/reports.csv"),
        outline=part("steps/outline.parquet"),
        sentences=part("corpus/sentences.parquet"),
        indicators=INDICATORS,
        schemas=schemas("reports", "outline", "sentences", *TARGET_TABLES),
    output:
        **{table: part(f"tables/{table}.csv") for table in TARGET_TABLES},
    log:
        part_log("targets"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("targets"),
    params:
        code=code("targets"),
        simplify=config["simplify"],
    message:
        "Writing down figures: what was reached, what is promised"
    script:
        "../../scripts/targets.py"
