# The page. It carries the text of some reports; that of the others lies beside it, a folder for each batch. Of all it has what stands
# in the tables of all reports.
SITE = f"{RESULTS}/site/index.html"
BESIDE_BY_BATCH = {}
for report_id in BESIDE_PAGE:
    BESIDE_BY_BATCH.setdefault(FOLDER.batch_of(report_id), []).append(report_id)
BESIDE = [f"{RESULTS}/site/reports/{batch}" for batch in sorted(BESIDE_BY_BATCH)]
READABLE = [*ON_PAGE, *BESIDE_PAGE]
FIGURES_ON_PAGE = [f"{RESULTS}/figures/{id}/clouds" for id in READABLE if id in CLOUDED]
FIGURES_ON_PAGE += [f"{RESULTS}/figures/{id}/{chart}.svg" for id in READABLE if id in CHARTED for chart in CHARTS]
if FIGURE_FOLDERS:
    # Of many reports, the page names the pictures of those that it carries: it would wait for thousands, and list them all.
    FIGURES_ON_PAGE = [f"{RESULTS}/figures/{id}" for id in ON_PAGE if id in DRAWN]
SITE_FOLDER = ROOT / "scripts" / "emphasis" / "publish" / "site" / "assets"
# Tables that are read for the reports on the page: those of their batches, so that a large corpus is not read whole.
OF_REPORTS = [
    "sections",
    "sentences",
    "tokens",
    "vocabulary",
    "counts",
    "tfidf",
    *KEYNESS_TABLES,
    "theme_sections",
    *TARGET_TABLES,
    "sentence_areas",
    "areas",
    *PEER_TABLES,
]
OF_REPORTS += ["topic_sections", "topic_parts", *SECTION_TABLES]
# Tables of all reports, of which the last exist when there are several.
OF_CORPUS = ["topics", "topic_verdicts", "topic_diagnostics", "topic_passages", "similarity"]
OF_CORPUS += ["term_changes", "term_change_rates"]
OF_CORPUS += ["target_attainment", "target_gaps", "keyness_across", "keyness_across_comparisons"]
OF_CORPUS += ["area_changes", "tasks", "first_use", "reuse", "reuse_passages"]
OF_CORPUS = [name for name in OF_CORPUS if name in OF_ALL_REPORTS]
# How well the coder of areas codes: a coder of one's own may come without.
CODER_QUALITY = {name: project_file(AREA_FOLDER / f"{name}.tsv") for name in ["validation", "confusion"]}
CODER_QUALITY = {name: file for name, file in CODER_QUALITY.items() if Path(file).exists()}
# What the methods text says of it.
CODER_DESCRIBED = [project_file(AREA_FOLDER / file) for file in ("provenance.yaml", "validation.tsv")]


rule page:
    input:
        **paths(all_batches, "reports", "warnings", "themes"),
        **paths(in_batches_shown, *OF_REPORTS),
        **paths(in_results, *OF_CORPUS),
        **CODER_QUALITY,
        **TESTED,
        figures=FIGURES_ON_PAGE,
        dictionaries=THEMES,
        assets=[project_file(file) for file in sorted(SITE_FOLDER.rglob("*.*"))],
        names=project_file("workflow/schemas/names.zh.tsv"),
        warning_kinds=[project_file(f"scripts/emphasis/ingest/warnings{ending}.yaml") for ending in ["", ".zh"]],
        scheme=AREAS["scheme"],
        variables=VARIABLES,
        schemas=schemas("reports", "warnings", "themes", *OF_REPORTS, *OF_CORPUS),
    output:
        page=SITE,
    log:
        f"{RESULTS}/logs/page.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("page"),
    params:
        code=code("page"),
        theme_contents=THEME_CONTENTS,
        shown=ON_PAGE,
        wanted=len(SHOWN),
        beside=BESIDE_BY_BATCH,
        count_roles=config["count_roles"],
    message:
        "Making the page"
    script:
        "../../scripts/steps/page.py"


# Of tables of all reports the step looks at the rows of its own: where these are the same, the files of a batch are taken over.
OF_CORPUS_BESIDE = [name for name in OF_CORPUS if name not in ("first_use", "reuse", "reuse_passages")]


rule page_reports:
    input:
        **paths(own_batch, "reports", "themes", *OF_REPORTS),
        **paths(in_results, *OF_CORPUS_BESIDE),
        dictionaries=THEMES,
        scheme=AREAS["scheme"],
        words=project_file("scripts/emphasis/publish/site/assets/words.yaml"),
        schemas=schemas("reports", "themes", *OF_REPORTS, *OF_CORPUS_BESIDE),
    output:
        folder=directory(f"{RESULTS}/site/reports/{{batch}}"),
    log:
        f"{RESULTS}/logs/page_reports/{{batch}}.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("page_reports"),
    params:
        code=code("page_reports"),
        theme_contents=THEME_CONTENTS,
        reports=lambda wildcards: BESIDE_BY_BATCH[wildcards.batch],
        count_roles=config["count_roles"],
    message:
        "Making the files beside the page, batch {wildcards.batch}"
    script:
        "../../scripts/steps/page_reports.py"


# Which files the kit has, in which languages, and what they are made from.
if LARGE and not isinstance(config["paper"]["reports"], list):
    # Tables of single reports stand in their batches: only those that are asked for by name are read from there.
    PRINTED = []
LANGUAGES = ["en", "zh"] if config["paper"]["language"] == "both" else [config["paper"]["language"]]
TEMPLATES = "workflow/templates/paper"
ENDINGS = {"en": "", "zh": ".zh"}
# Tables that a report's own tables are made from; those of the batches that hold printed reports are read.
PRINTED_TABLES = "sections themes structure frequency_parts dispersion tfidf keyness keyness_comparisons".split()
PRINTED_TABLES += ["target_pairs", "topic_sections", "areas", *PEER_TABLES]
# Tables of all reports that they need as well: models of all reports stand beside those of single ones.
PRINTED_TOGETHER = ["topics", "topic_diagnostics", "topic_changes", "area_changes"]
# Tables that the methods text counts in.
COUNTED_TABLES = "structure keyness_comparisons topic_diagnostics targets target_pairs terms peers".split()
if len(FOLDER.files) > 1:
    COUNTED_TABLES.append("keyness_across_comparisons")


PAPER = [
    *paper("tables", "docx"),
    *paper("sample", "tex"),
    *paper("captions", "md"),
    *paper("methods", "md"),
    *paper("workbook", "xlsx"),
    *[f"{RESULTS}/paper/{name}" for name in ["references.bib", "citations.txt"]],
    *[f"{RESULTS}/paper/tex/{language}" for language in LANGUAGES],
]
# Data files of the library: as inputs of the rules that print them, a change runs these again.
PAPER_WORDS = [f"scripts/emphasis/publish/paper/{name}.yaml" for name in ("words", "values")]
FORMULAS = "scripts/emphasis/publish/paper/formulas.yaml"
DEFINITIONS = "scripts/emphasis/publish/definitions.yaml"
# What is one file, even in a large corpus.
WHOLE_TABLES = [file for file in [*CORPUS, *TABLES] if "/batches/" not in file]


# What an author copies into a paper.
rule paper_tables:
    input:
        **paths(in_results, "reports"),
        **paths(printed, *PRINTED_TABLES),
        **paths(in_results, *PRINTED_TOGETHER),
        attention=in_results("tables/themes.csv"),
        area_shares=in_results("tables/areas.csv"),
        dictionaries=THEMES,
        variables=VARIABLES,
        words=[project_file(file) for file in PAPER_WORDS],
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
        theme_contents=THEME_CONTENTS,
        own=[*PRINTED_TABLES, *PRINTED_TOGETHER],
        printed=PRINTED,
        charted=[report_id for report_id in PRINTED if report_id in CHARTED],
        rows=config["paper"]["rows"],
        languages=LANGUAGES,
    message:
        "Setting tables for a paper"
    script:
        "../../scripts/steps/paper_tables.py"


rule workbook:
    input:
        package=f"{RESULTS}/datapackage.json",
        tables=WHOLE_TABLES,
        names=[project_file(f"workflow/schemas/names.{language}.tsv") for language in ("en", "zh")],
        words=[project_file(file) for file in PAPER_WORDS],
        dictionaries=THEMES,
        variables=VARIABLES,
        scheme=AREAS["scheme"],
    output:
        workbooks=paper("workbook", "xlsx"),
    log:
        f"{RESULTS}/logs/workbook.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("workbook"),
    params:
        code=code("workbook"),
        theme_contents=THEME_CONTENTS,
        sheet_rows=config["paper"]["sheet_rows"],
        languages=LANGUAGES,
    message:
        "Putting the tables into workbooks"
    script:
        "../../scripts/steps/workbook.py"


# The methods text quotes definitions and their publications from docstrings in these files.
QUOTED = [
    project_file(file)
    for folder in ("areas", "measures", "reference", "topics")
    for file in sorted((ROOT / f"scripts/emphasis/{folder}").glob("*.py"))
]


rule methods:
    input:
        **paths(in_results, "reports", "warnings", *COUNTED_TABLES),
        themes=THEMES,
        words=[project_file(file) for file in [*PAPER_WORDS, FORMULAS, DEFINITIONS]],
        lexicon=[LEXICON["policy_terms"], LEXICON["unattested_terms"]],
        library=[ancient(file) for file in QUOTED],
        reference=REFERENCE[0],
        coder=[*CODER_DESCRIBED, *CORRECTED.values()],
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
        theme_contents=THEME_CONTENTS,
        tables=["reports", "warnings", *COUNTED_TABLES],
        definitions=definitions([Path(file).absolute() for file in QUOTED]),
        version=__version__,
        config={
            key: config[key]
            for key in ["count_roles", "segmenter", "simplify", "merge_aliases", "seed", "reference", "peers"]
        }
        | {
            "keywords": settings("keywords", "min_length"),
            "keyness": settings("keyness", "min_n", "draws", "test"),
            "reference_topics": TOPICS_FOLDER,
            "topics": settings("topics", "reports", "paragraph_sentences", "refits", "shuffles"),
        },
        languages=LANGUAGES,
    message:
        "Writing down the methods and what to cite"
    script:
        "../../scripts/steps/methods.py"


# What goes with the results: the data package, the manifest.
STEPS = sorted((ROOT / "scripts/steps").glob("*.py"))
RULES = [file.relative_to(ROOT) for file in sorted((ROOT / "workflow/rules").glob("*.smk"))]
CODE = {file for step in STEPS for file in modules(step, ROOT / "scripts")}


rule datapackage:
    input:
        tables=WHOLE_TABLES,
        themes=THEMES,
        scheme=AREAS["scheme"],
        variables=VARIABLES,
        schemas=schemas(*TITLES),
    output:
        package=f"{RESULTS}/datapackage.json",
    log:
        f"{RESULTS}/logs/datapackage.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("datapackage"),
    params:
        code=code("datapackage"),
        theme_contents=THEME_CONTENTS,
    message:
        "Describing the tables as a data package"
    script:
        "../../scripts/steps/datapackage.py"


rule manifest:
    input:
        outputs=[*CORPUS, *TABLES, *FIGURES, SITE, *BESIDE, *PAPER, f"{RESULTS}/datapackage.json"],
        metadata=f"{RESULTS}/corpus/reports.csv",
        reports=REPORT_FILES,
        outlines=[file for name in FOLDER.batches for file in FOLDER.outlines_of(name)],
        data=[
            *METADATA.values(),
            *PLACES,
            *LEXICON.values(),
            STOPWORDS,
            CLOUD_WORDS,
            *THEMES,
            *TESTED.values(),
            AREAS["scheme"],
            *AREAS["coder"],
            *CODER_QUALITY.values(),
            *CODER_DESCRIBED,
            *CORRECTED.values(),
            INDICATORS,
            *TARGET_WORDS,
            VARIABLES,
            COMMITMENT,
            *BASIS,
            ORDINARY,
            *REFERENCE,
            MARKED_WORDS,
            OTHER_NAMES,
            NOT_EVERYWHERE,
        ],
        entry=project_file("Snakefile"),
        # A mark on a path stays on it: `ancient` gets paths of its own.
        code=ancient(
            sorted(
                {
                    project_file(file)
                    for file in [
                        *PAPER_WORDS,
                        "scripts/emphasis/figures/words.yaml",
                        FORMULAS,
                        DEFINITIONS,
                        *RULES,
                        *CODE,
                    ]
                }
            )
        ),
    output:
        manifest=f"{RESULTS}/manifest.json",
        crate=f"{RESULTS}/ro-crate-metadata.json",
        # A copy of the workflow's entry: what a crate describes as a workflow has to be in it.
        workflow=f"{RESULTS}/workflow/Snakefile",
    log:
        f"{RESULTS}/logs/manifest.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("manifest"),
    params:
        code=[code(step.stem) for step in STEPS],
        version=__version__,
        # What nothing of `all` depends on is left out.
        config=config | {"topics": settings("topics", *(key for key in config["topics"] if key != "reference_k"))},
        chosen=CHOSEN,
    message:
        "Writing down what went in and what came out"
    script:
        "../../scripts/steps/manifest.py"
