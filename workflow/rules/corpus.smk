# From files to tokens.
CORPUS = results("reports", "sections", "glossary", "warnings", "sentences", "sentence_areas", "tokens", "vocabulary")
CORPUS.append(f"{RESULTS}/corpus/segmentation.html")
# The files of all reports, a table of several once; names of columns matter where there is a table.
REPORT_FILES = sorted({file.as_posix() for file in FOLDER.files.values()})
COLUMNS_IN_TABLES = config["reports_table"] if FOLDER.rows else {}
# Reports whose text the page of tokens shows: it is meant to be looked through.
MARKED = 40
# Names of regions, which of them are ordinary words, and where zones lie.
REGIONS, PLACE_WORDS = config_file("config/regions.tsv"), config_file("config/place_words.txt")
PLACES = [REGIONS, PLACE_WORDS, config_file("config/zones.tsv")]
# A person's corrections of metadata and terms of their own are optional.
METADATA = {"metadata": config_file(config["metadata"])} if find(config["metadata"]).exists() else {}
LEXICON = {"cue_words": config_file("config/lexicon/cue_words.txt")} | {
    name: config_file(f"config/lexicon/{name}.tsv")
    for name in ("policy_terms", "unattested_terms", "words", "user_terms")
    if name != "user_terms" or find("config/lexicon/user_terms.tsv").exists()
}
TERMS = {name: file for name, file in LEXICON.items() if name.endswith("_terms")}
STOPWORDS = config_file(config["keywords"]["stopwords"])
# A folder of themes takes the place of the shipped one as a whole: a theme may be left out.
THEME_FOLDER = find(config["themes"])
THEMES = [data_file(file) for ending in ("yaml", "yml") for file in sorted(THEME_FOLDER.glob(f"*.{ending}"))]
# How well each finds the sentences of its theme; optional.
TESTED = project_file(THEME_FOLDER / "validation.tsv")
TESTED = {"tested": TESTED} if Path(TESTED).exists() else {}
THEME_CONTENTS = [contents(Path(file)) for file in THEMES]


rule ingest:
    input:
        **METADATA,
        reports=lambda wildcards: FOLDER.files_of(batch(wildcards)),
        regions=REGIONS,
        warning_kinds=project_file("scripts/emphasis/ingest/warnings.yaml"),
        role_words=project_file("scripts/emphasis/ingest/role_words.tsv"),
        outlines=lambda wildcards: FOLDER.outlines_of(batch(wildcards)),
        schemas=schemas("reports", "outline", "sentences", "glossary", "warnings"),
    output:
        **paths(in_batch, "reports", "outline", "sentences", "glossary", "warnings"),
    log:
        batch_log("ingest"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("ingest"),
    params:
        code=code("ingest"),
        reports=lambda wildcards: FOLDER.reports_of(batch(wildcards)),
        columns=COLUMNS_IN_TABLES,
        refused=lambda wildcards: FOLDER.refused_of(batch(wildcards)),
    message:
        "Reading reports: metadata, outline, sentences"
    script:
        "../../scripts/steps/ingest.py"


rule outline:
    input:
        **METADATA,
        reports=REPORT_FILES,
        outlines=[file for name in FOLDER.batches for file in FOLDER.outlines_of(name)],
    output:
        outlines=directory(f"{RESULTS}/outlines"),
    log:
        f"{RESULTS}/logs/outline.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("outline"),
    params:
        code=code("outline"),
        reports=[report for name in FOLDER.batches for report in FOLDER.reports_of(name)],
        columns=COLUMNS_IN_TABLES,
    message:
        "Writing the outlines that were found, to be edited and put beside the reports"
    script:
        "../../scripts/steps/outline.py"


rule segment:
    input:
        **paths(in_batch, "reports", "sentences"),
        **LEXICON,
        places=PLACES,
        schemas=schemas("reports", "sentences", "tokens", "vocabulary", "found_terms", "aliases", "term_counts"),
    output:
        **paths(in_batch, "tokens", "vocabulary", "found_terms", "aliases", "term_counts"),
    log:
        batch_log("segment"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("segment"),
    params:
        code=code("segment"),
        segmenter=config["segmenter"],
        simplify=config["simplify"],
        merge_aliases=config["merge_aliases"],
    message:
        "Cutting sentences into words and terms"
    script:
        "../../scripts/steps/segment.py"


rule terms:
    input:
        **paths(all_batches, "term_counts", "found_terms"),
        **LEXICON,
        schemas=schemas("term_counts", "found_terms", "terms", "term_candidates"),
    output:
        **paths(in_results, "terms", "term_candidates"),
    log:
        f"{RESULTS}/logs/terms.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("terms"),
    params:
        code=code("terms"),
    message:
        "Summing up what segmentation kept whole and what it left open"
    script:
        "../../scripts/steps/terms.py"


rule segmentation:
    input:
        **paths(all_batches, "reports", "sentences", "tokens"),
        schemas=schemas("reports", "sentences", "tokens"),
    output:
        page=f"{RESULTS}/corpus/segmentation.html",
    log:
        f"{RESULTS}/logs/segmentation.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("segmentation"),
    params:
        code=code("segmentation"),
        reports=CHARTED[:MARKED],
        note=f"{min(len(CHARTED), MARKED)} / {len(FOLDER.files)}" if len(FOLDER.files) > 1 else "",
    message:
        "Marking the tokens in the text"
    script:
        "../../scripts/steps/segmentation.py"


rule sections:
    input:
        **paths(in_batch, "outline", "tokens", "vocabulary"),
        schemas=schemas("outline", "tokens", "vocabulary", "sections"),
    output:
        **paths(in_batch, "sections"),
    log:
        batch_log("sections"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("sections"),
    params:
        code=code("sections"),
    message:
        "Measuring sections"
    script:
        "../../scripts/steps/sections.py"


if not FOLDER.one_batch:

    rule merge:
        input:
            parts=lambda wildcards: [
                f"{RESULTS}/batches/{batch}/{wildcards.folder}/{wildcards.table}.{wildcards.format}"
                for batch in FOLDER.batches
            ],
            schema=lambda wildcards: schemas(table_name("{folder}/{table}.{format}".format(**wildcards))),
        output:
            merged=f"{RESULTS}/{{folder}}/{{table}}.{{format}}",
        log:
            f"{RESULTS}/logs/merge/{{folder}}/{{table}}.{{format}}.log",
        wildcard_constraints:
            folder="corpus|tables",
            table=rf"(?!(?:{'|'.join(OF_ALL_REPORTS)})\.)\w+",
            format="csv|parquet",
        conda:
            "../envs/policy-emphasis.yaml"
        resources:
            **needs("merge"),
        params:
            code=code("merge"),
        message:
            "Merging {wildcards.table}"
        script:
            "../../scripts/steps/merge.py"
