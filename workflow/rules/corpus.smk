# From files to tokens.
CORPUS = expand(
    f"{RESULTS}/corpus/{{table}}",
    table=["reports.csv", "sections.csv", "warnings.csv", "sentences.parquet", "tokens.parquet"],
)


rule ingest:
    input:
        reports=lambda wildcards: INBOX.files_of(batch(wildcards)),
        code=code("ingest"),
        schemas=schemas("reports", "outline", "sentences", "warnings"),
    output:
        reports=part("corpus/reports.csv"),
        outline=part("corpus/outline.parquet"),
        sentences=part("corpus/sentences.parquet"),
        warnings=part("corpus/warnings.csv"),
    params:
        refused=lambda wildcards: INBOX.refused_of(batch(wildcards)),
    log:
        part_log("ingest"),
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Reading reports: metadata, outline, sentences"
    script:
        "../../scripts/ingest.py"


rule segment:
    input:
        sentences=part("corpus/sentences.parquet"),
        lexicon=near("config/lexicon/policy_terms.tsv"),
        words=near("config/lexicon/words.tsv"),
        user_terms=[file for file in [near("config/lexicon/user_terms.tsv")] if Path(file).exists()],
        code=code("segment"),
        schemas=schemas("sentences", "tokens"),
    output:
        tokens=part("corpus/tokens.parquet"),
    params:
        segmenter=config["segmenter"],
    log:
        part_log("segment"),
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Cutting sentences into words and terms"
    script:
        "../../scripts/segment.py"


rule sections:
    input:
        outline=part("corpus/outline.parquet"),
        tokens=part("corpus/tokens.parquet"),
        code=code("sections"),
        schemas=schemas("outline", "tokens", "sections"),
    output:
        sections=part("corpus/sections.csv"),
    log:
        part_log("sections"),
    conda:
        "../envs/policy-emphasis.yaml"
    message:
        "Measuring sections"
    script:
        "../../scripts/sections.py"


if not INBOX.one_batch:

    rule merge:
        input:
            parts=lambda wildcards: [
                f"{RESULTS}/batches/{batch}/{wildcards.folder}/{wildcards.table}.{wildcards.format}"
                for batch in INBOX.batches
            ],
            code=code("merge"),
            schema=near("workflow/schemas/tables") + "/{table}.yaml",
        output:
            merged=RESULTS + "/{folder}/{table}.{format}",
        wildcard_constraints:
            folder="corpus|tables",
            format="csv|parquet",
        log:
            RESULTS + "/logs/merge/{folder}/{table}.{format}.log",
        conda:
            "../envs/policy-emphasis.yaml"
        message:
            "Merging {wildcards.table}"
        script:
            "../../scripts/merge.py"
