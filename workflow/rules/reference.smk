# Reports against their peers: a reference of the genre, and what each report stresses and what it passes over.
REFERENCE_FILES = [
    "reports.tsv",
    "provenance.yaml",
    "terms.parquet",
    "passages.parquet",
    "counts.parquet",
    "measures.parquet",
]
MADE_REFERENCE = [f"{RESULTS}/reference/{file}" for file in REFERENCE_FILES]
MADE_TOPICS = [f"{RESULTS}/reference/topics/{file}" for file in BASIS_FILES]
# The one that is shipped, the one of the reports at hand, or that of a folder.
if config["reference"] == "corpus":
    REFERENCE = MADE_REFERENCE
else:
    REFERENCE_FOLDER = "config/reference" if config["reference"] == "shipped" else config["reference"]
    REFERENCE_FOLDER = find(f"{REFERENCE_FOLDER}/reports.tsv").parent
    REFERENCE = [project_file(REFERENCE_FOLDER / file) for file in REFERENCE_FILES]
    if lost := [file for file in REFERENCE if not Path(file).exists()]:
        sys.exit(
            f"policy-emphasis: configuration: reference: there is no {lost[0]}; set `reference` to shipped, corpus or a folder that "
            "`snakemake reference` made"
        )
    if workflow.is_main_process:
        for line in counted_otherwise(config, reference_settings(REFERENCE_FOLDER)):
            print(f"policy-emphasis: configuration: {line}", file=sys.stderr)
MARKED_WORDS = data_file(find("config/reference/marked_words.tsv"))
OTHER_NAMES = config_file("config/reference/other_names.tsv")
NOT_EVERYWHERE = config_file("config/reference/not_everywhere.tsv")


rule reference:
    input:
        **paths(all_batches, "reports", "counts", "sentences", "found_terms", "topic_parts"),
        **paths(all_batches, "themes", "areas", "targets", "structure"),
        counted=[] if config["reference"] == "corpus" else COUNTED,
        basis=BASIS,
        # What the topics were fitted on, in the provenance of the reference; of an older one there is none.
        topics_provenance=[f"{REFITTED}/provenance.yaml"] if REFIT else [],
        dictionaries=THEMES,
        areas_coder=[AREAS["scheme"], *AREAS["coder"]],
        lexicon=[*LEXICON.values(), STOPWORDS],
        variables=VARIABLES,
        schemas=schemas(
            *("reports", "counts", "sentences", "found_terms", "topic_parts"),
            *("themes", "areas", "targets", "structure"),
        ),
    output:
        MADE_REFERENCE,
        MADE_TOPICS,
    log:
        f"{RESULTS}/logs/reference.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("reference"),
    params:
        code=code("reference"),
        theme_contents=THEME_CONTENTS,
        settings={key: config[key] for key in ["count_roles", "segmenter", "simplify", "merge_aliases"]}
        | {"min_length": config["keywords"]["min_length"]},
    message:
        "Making a reference of the genre"
    script:
        "../../scripts/steps/reference.py"


rule peers:
    input:
        **paths(in_batch, "reports", "counts", "sentences", "topic_parts"),
        **paths(in_batch, "themes", "areas", "targets", "structure"),
        **LEXICON,
        reference=REFERENCE,
        basis=BASIS,
        dictionaries=THEMES,
        areas_coder=[AREAS["scheme"], *AREAS["coder"]],
        variables=VARIABLES,
        marked_words=MARKED_WORDS,
        other_names=OTHER_NAMES,
        not_everywhere=NOT_EVERYWHERE,
        indicators=INDICATORS,
        places=PLACES,
        schemas=schemas(
            *("reports", "counts", "sentences", "topic_parts"),
            *("themes", "areas", "targets", "structure", *PEER_TABLES),
        ),
    output:
        **paths(in_batch, *PEER_TABLES),
    log:
        batch_log("peers"),
    priority: AWAITED
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("peers"),
    params:
        code=code("peers"),
        theme_contents=THEME_CONTENTS,
        marked_contents=contents(Path(MARKED_WORDS)),
        peers=config["peers"],
    message:
        "Comparing reports with their peers"
    script:
        "../../scripts/steps/peers.py"
