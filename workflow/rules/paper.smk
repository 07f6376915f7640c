# What an author copies into a paper.


rule paper_tables:
    input:
        **{name: printed(path) for name, path in PRINTED_TABLES.items()},
        **{name: [f"{RESULTS}/tables/{name}.csv"] for name in PRINTED_TOGETHER},
        reports=f"{RESULTS}/corpus/reports.csv",
        attention=f"{RESULTS}/tables/themes.csv",
        dictionaries=THEMES,
        templates=template("sample", "tex"),
    output:
        documents=paper("tables", "docx"),
        samples=paper("sample", "tex"),
        captions=paper("captions", "md"),
        tex=[directory(f"{RESULTS}/paper/tex/{language}") for language in LANGUAGES],
    log:
        f"{RESULTS}/logs/paper_tables.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("paper_tables"),
    params:
        code=code("paper_tables"),
        own=[*PRINTED_TABLES, *PRINTED_TOGETHER],
        printed=PRINTED,
        drawn=[report_id for report_id in PRINTED if report_id in DRAWN],
        rows=config["paper"]["rows"],
        languages=LANGUAGES,
    message:
        "Setting tables for a paper"
    script:
        "../../scripts/paper_tables.py"


rule workbook:
    input:
        package=f"{RESULTS}/datapackage.json",
        tables=[file for file in [*CORPUS, *TABLES] if "/batches/" not in file],
        names=near("workflow/schemas/names.zh.tsv"),
    output:
        workbook=f"{RESULTS}/paper/workbook.xlsx",
    log:
        f"{RESULTS}/logs/workbook.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("workbook"),
    params:
        code=code("workbook"),
        sheet_rows=config["paper"]["sheet_rows"],
    message:
        "Putting the tables into a workbook"
    script:
        "../../scripts/workbook.py"


rule methods:
    input:
        **{table: f"{RESULTS}/tables/{table}.csv" for table in COUNTED_TABLES},
        reports=f"{RESULTS}/corpus/reports.csv",
        warnings=f"{RESULTS}/corpus/warnings.csv",
        themes=THEMES,
        lexicon=[LEXICON["policy_terms"], LEXICON["unattested_terms"]],
        # Definitions and their publications are quoted from these files.
        library=[
            near(file)
            for folder in ("measures", "topics")
            for file in sorted((ROOT / f"scripts/emphasis/{folder}").glob("*.py"))
        ],
        templates=template("methods", "md"),
    output:
        texts=paper("methods", "md"),
        bib=f"{RESULTS}/paper/references.bib",
        citations=f"{RESULTS}/paper/citations.txt",
    log:
        f"{RESULTS}/logs/methods.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("methods"),
    params:
        code=code("methods"),
        tables=["reports", "warnings", *COUNTED_TABLES],
        config={
            key: config[key]
            for key in "count_roles segmenter simplify merge_aliases keywords keyness topics seed".split()
        },
        languages=LANGUAGES,
    message:
        "Writing down the methods and what to cite"
    script:
        "../../scripts/methods.py"
