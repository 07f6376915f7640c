# From files to tokens.
CORPUS = expand(
    f"{RESULTS}/corpus/{{table}}",
    table=["reports.csv", "sections.csv", "warnings.csv", "sentences.parquet", "tokens.parquet"],
)
LEXICON = {name: near(f"config/lexicon/{name}.tsv") for name in ("policy_terms", "words", "user_terms")}
THEMES = [near(file) for file in sorted((ROOT / config["themes"]).glob("*.yaml"))]
# The user's own terms are optional.
LEXICON = {name: file for name, file in LEXICON.items() if name != "user_terms" or Path(file).exists()}


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
    log:
        part_log("ingest"),
    conda:
        "../envs/policy-emphasis.yaml"
    params:
        refused=lambda wildcards: INBOX.refused_of(batch(wildcards)),
    message:
        "Reading reports: metadata, outline, sentences"
    script:
        "../../scripts/ingest.py"


rule segment:
    input:
        **LEXICON,
        sentences=part("corpus/sentences.parquet"),
        code=code("segment"),
        schemas=schemas("sentences", "tokens"),
    output:
        tokens=part("corpus/tokens.parquet"),
    log:
        part_log("segment"),
    conda:
        "../envs/policy-emphasis.yaml"
    params:
        segmenter=config["segmenter"],
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
            schema=f"{near('workflow/schemas/tables')}/{{table}}.yaml",
        output:
            merged=f"{RESULTS}/{{folder}}/{{table}}.{{format}}",
        log:
            f"{RESULTS}/logs/merge/{{folder}}/{{table}}.{{format}}.log",
        wildcard_constraints:
            folder="corpus|tables",
            table=rf"(?!(?:{'|'.join(TOGETHER)})\.)\w+",
            format="csv|parquet",
        conda:
            "../envs/policy-emphasis.yaml"
        message:
            "Merging {wildcards.table}"
        script:
            "../../scripts/merge.py"
