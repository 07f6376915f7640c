# What the reports are about: the topics of the reference, models of the reports at hand, and their validation.
from emphasis.run.config import TOPIC_FILES as BASIS_FILES, topics_folder
from emphasis.topics.verdicts import LEAST_REPORTS

TOPIC_TABLES = ["topics", "topic_verdicts", "topic_diagnostics", "topic_passages", "topic_tree", "topic_changes"]
OF_ALL_REPORTS += TOPIC_TABLES
REFITTED = f"{RESULTS}/reference_topics"
REFIT = config["reference_topics"] == "refit"
TOPICS_FOLDER = REFITTED if REFIT else topics_folder(config)
BASIS_FOLDER = find(f"{TOPICS_FOLDER}/components.tsv").parent
BASIS = [f"{REFITTED}/{file}" if REFIT else project_file(BASIS_FOLDER / file) for file in BASIS_FILES]
ORDINARY = config_file("config/reference/topics/ordinary.txt")
TOPICS_TOGETHER = len(FOLDER.files) >= LEAST_REPORTS
TOPICS_ALONE = config["topics"]["self"]
if TOPICS_ALONE == "few":
    TOPICS_ALONE = "none" if TOPICS_TOGETHER else "all"
TOPICS_ALONE = FOLDER.select(TOPICS_ALONE, "topics.self")
# The model of a large corpus is fitted on some of its batches: one more report elsewhere changes neither it nor any share.
ONE_IN, SAMPLED_BATCHES = FOLDER.sample(config["topics"]["reports"])
TOPIC_BATCHES = sorted({*SAMPLED_BATCHES, *map(FOLDER.batch_of, TOPICS_ALONE)}, key=FOLDER.batches.index)


rule topic_models:
    input:
        tokens=all_batches("corpus/tokens.parquet", TOPIC_BATCHES),
        sentences=all_batches("corpus/sentences.parquet", TOPIC_BATCHES),
        outline=all_batches("steps/outline.parquet", TOPIC_BATCHES),
        stopwords=STOPWORDS,
        ordinary=ORDINARY,
        schemas=schemas("tokens", "sentences", "outline", "topic_models", "topic_fits"),
    output:
        **paths(in_results, "topic_models", "topic_fits"),
    log:
        f"{RESULTS}/logs/topic_models.log",
    priority: AWAITED
    conda:
        "../envs/policy-emphasis.yaml"
    # The models of one report are too small for threads to gain anything.
    threads: 2 if TOPICS_TOGETHER else 1
    resources:
        **needs("topic_models"),
    params:
        code=code("topic_models"),
        topics=settings(
            "topics",
            *"method row_norm k grid level min_df self_k self_min_df paragraph_sentences refits shuffles lda".split(),
        ),
        together=TOPICS_TOGETHER,
        one_in=ONE_IN,
        alone=TOPICS_ALONE,
        count_roles=config["count_roles"],
        seed=config["seed"],
    message:
        "Fitting topics, and the same on shuffled words to compare them with"
    script:
        "../../scripts/steps/topic_models.py"


rule topic_shares:
    input:
        **paths(in_batch, "tokens", "sentences", "outline"),
        **paths(in_results, "topic_models"),
        basis=BASIS,
        stopwords=STOPWORDS,
        ordinary=ORDINARY,
        schemas=schemas(
            "tokens", "sentences", "outline", "topic_models", "topic_sections", "topic_parts", "topic_evidence"
        ),
    output:
        **paths(in_batch, "topic_sections", "topic_parts", "topic_evidence"),
    log:
        batch_log("topic_shares"),
    priority: AWAITED
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("topic_shares"),
    params:
        code=code("topic_shares"),
        paragraph_sentences=config["topics"]["paragraph_sentences"],
        count_roles=config["count_roles"],
    message:
        "Measuring the topics of sections"
    script:
        "../../scripts/steps/topic_shares.py"


rule topics:
    input:
        **paths(all_batches, "reports", "topic_parts", "topic_evidence"),
        **paths(in_results, "topic_models", "topic_fits"),
        basis=BASIS,
        schemas=schemas("reports", "topic_parts", "topic_evidence", "topic_models", "topic_fits", *TOPIC_TABLES),
    output:
        **paths(in_results, *TOPIC_TABLES),
    log:
        f"{RESULTS}/logs/topics.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("topics"),
    params:
        code=code("topics"),
    message:
        "Describing topics: words, labels, verdicts, passages, changes"
    script:
        "../../scripts/steps/topics.py"


rule reference_topics:
    input:
        **paths(all_batches, "reports", "tokens", "sentences", "outline"),
        counted=[] if REFIT else COUNTED,
        stopwords=STOPWORDS,
        ordinary=ORDINARY,
        schemas=schemas("reports", "tokens", "sentences", "outline", "topic_passages"),
    output:
        **{Path(file).stem: f"{REFITTED}/{file}" for file in [*BASIS_FILES, "provenance.yaml"]},
        passages=f"{REFITTED}/passages.csv",
    log:
        f"{RESULTS}/logs/reference_topics.log",
    conda:
        "../envs/policy-emphasis.yaml"
    threads: 2
    resources:
        **needs("reference_topics"),
    params:
        code=code("reference_topics"),
        topics=settings("topics", "reference_k", "row_norm", "min_df", "paragraph_sentences", "refits", "shuffles"),
        count_roles=config["count_roles"],
        seed=config["seed"],
    message:
        "Fitting the topics of a reference anew"
    script:
        "../../scripts/steps/reference_topics.py"


# An older name, for commands that were written down.
rule basis:
    input:
        rules.reference_topics.output,
    resources:
        **needs("basis"),
    message:
        "The basis is part of the reference now: `snakemake reference --config reference_topics=refit` fits it and uses it. This "
        "target is an older name."
