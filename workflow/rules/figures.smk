# Which pictures there are, in which formats, and how the report of a run shows them.
CHARTS = ["distinctive", "standing", "areas", "profile", "themes", "terms", "topics", "targets", "network"]
ACROSS_CHARTS = ["trends", "regions", "reuse", "similarity"]
FORMATS = ["png", "svg", "pdf"]
# The words of pictures, which the library reads by itself: they lie next to its code.
PICTURE_WORDS = data_file("scripts/emphasis/figures/words.yaml")
PICTURE_WORD_CONTENTS = contents(Path(PICTURE_WORDS))
# Of more reports than one batch holds, the pictures are drawn in some dozen jobs, and the folder of each report is one output: jobs
# for each report and thirty files of each would take Snakemake longer to look at than all tables.
DRAWN = sorted({*CHARTED, *CLOUDED})
if FOLDER.one_batch:
    FIGURES = expand(f"{RESULTS}/figures/{{report_id}}/clouds", report_id=CLOUDED)
    FIGURES += expand(
        f"{RESULTS}/figures/{{report_id}}/{{chart}}.{{format}}", report_id=CHARTED, chart=CHARTS, format=FORMATS
    )
    FIGURES += expand(f"{RESULTS}/figures/{{report_id}}/network.graphml", report_id=CHARTED)
    FIGURE_FOLDERS = []
else:
    FIGURES = FIGURE_FOLDERS = expand(f"{RESULTS}/figures/{{report_id}}", report_id=DRAWN)
if len(FOLDER.files) > 1 and CHARTED:
    FIGURES = [*FIGURES, *expand(f"{RESULTS}/figures/across/{{chart}}.{{format}}", chart=ACROSS_CHARTS, format=FORMATS)]


# Tables that the clouds of a report are made from, and words that they leave out.
CLOUDED_TABLES = "reports sections frequency frequency_parts distinctive missing".split()
CLOUD_WORDS = data_file(find("config/lexicon/cloud_words.tsv"))


# Tables that the charts of a report are drawn from, those of topic models apart.
CHARTED_TABLES = (
    "reports sections themes theme_sections tfidf keyness topic_sections target_pairs areas sentence_areas".split()
)
CHARTED_TABLES += ["distinctive", "missing", "standing", *NETWORK_TABLES]
CHARTED_TOGETHER = ["topic_verdicts", "topic_diagnostics"]


# What is drawn: for up to one batch jobs for each report, since a picture takes longer than a job costs.

# The page of one report waits for its pictures; of several, tables of all come before pictures of each.
PICTURES = AWAITED if len(FOLDER.files) == 1 else 0


rule clouds:
    input:
        **paths(own_batch, *CLOUDED_TABLES),
        plain_words=[CLOUD_WORDS, MARKED_WORDS],
        places=PLACES,
        picture_words=PICTURE_WORDS,
        schemas=schemas(*CLOUDED_TABLES),
    output:
        clouds=report(
            directory(f"{RESULTS}/figures/{{report_id}}/clouds"),
            patterns=["{name}.png"],
            caption="../report/clouds.rst",
            category="Figures",
            subcategory="{report_id}: word clouds",
            labels=cloud_labels,
        ),
    log:
        f"{RESULTS}/logs/clouds/{{report_id}}.log",
    priority: PICTURES
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("clouds"),
    params:
        code=code("clouds"),
        plain_word_contents=[contents(Path(file)) for file in (CLOUD_WORDS, MARKED_WORDS)],
        picture_word_contents=PICTURE_WORD_CONTENTS,
        count_roles=config["count_roles"],
        words=config["clouds"]["words"],
        language=config["figures"]["language"],
        font_weight=config["figures"]["font_weight"],
        seed=config["seed"],
    message:
        "Drawing the word clouds of {wildcards.report_id}"
    script:
        "../../scripts/steps/clouds.py"


rule report_figures:
    input:
        **paths(own_batch, *CHARTED_TABLES),
        **paths(in_results, *CHARTED_TOGETHER),
        dictionaries=THEMES,
        variables=config_file("config/panel_targets.tsv"),
        picture_words=PICTURE_WORDS,
        schemas=schemas(*CHARTED_TABLES, *CHARTED_TOGETHER),
    output:
        **charts(f"{RESULTS}/figures/{{report_id}}", CHARTS, "{report_id}"),
        graphml=f"{RESULTS}/figures/{{report_id}}/network.graphml",
    log:
        f"{RESULTS}/logs/report_figures/{{report_id}}.log",
    priority: PICTURES
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("report_figures"),
    params:
        code=code("report_figures"),
        theme_contents=THEME_CONTENTS,
        picture_word_contents=PICTURE_WORD_CONTENTS,
        many_reports=TOPICS_TOGETHER,
        language=config["figures"]["language"],
        font_weight=config["figures"]["font_weight"],
    message:
        "Drawing the charts of {wildcards.report_id}"
    script:
        "../../scripts/steps/report_figures.py"


if not FOLDER.one_batch:
    DRAWN_TABLES = sorted({*CLOUDED_TABLES, *CHARTED_TABLES})
    BATCH_FIGURES = code("batch_figures")
    for part, part_batch, part_reports in FOLDER.parts(DRAWN):

        rule batch_figures:
            name:
                f"batch_figures_{part}".replace("-", "_")
            input:
                **{name: in_batch(table(name)).format(batch=part_batch) for name in DRAWN_TABLES},
                **paths(in_results, *CHARTED_TOGETHER),
                dictionaries=THEMES,
                variables=config_file("config/panel_targets.tsv"),
                plain_words=[CLOUD_WORDS, MARKED_WORDS],
                places=PLACES,
                picture_words=PICTURE_WORDS,
                schemas=schemas(*DRAWN_TABLES, *CHARTED_TOGETHER),
            output:
                folders=[pictures(report_id) for report_id in part_reports],
            log:
                f"{RESULTS}/logs/batch_figures/{part}.log",
            conda:
                "../envs/policy-emphasis.yaml"
            resources:
                **needs("batch_figures", part_reports),
            params:
                code=BATCH_FIGURES,
                theme_contents=THEME_CONTENTS,
                plain_word_contents=[contents(Path(file)) for file in (CLOUD_WORDS, MARKED_WORDS)],
                picture_word_contents=PICTURE_WORD_CONTENTS,
                charted=sorted({*part_reports} & {*CHARTED}),
                clouded=sorted({*part_reports} & {*CLOUDED}),
                many_reports=TOPICS_TOGETHER,
                count_roles=config["count_roles"],
                words=config["clouds"]["words"],
                language=config["figures"]["language"],
                font_weight=config["figures"]["font_weight"],
                seed=config["seed"],
            message:
                f"Drawing the pictures of {len(part_reports)} reports"
            script:
                "../../scripts/steps/batch_figures.py"


rule across_figures:
    input:
        **paths(all_batches, "reports", "themes"),
        **paths(in_results, "reuse", "similarity"),
        dictionaries=THEMES,
        picture_words=PICTURE_WORDS,
        schemas=schemas("reports", "themes", "reuse", "similarity"),
    output:
        **charts(f"{RESULTS}/figures/across", ACROSS_CHARTS, "Several reports"),
    log:
        f"{RESULTS}/logs/across_figures.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("across_figures"),
    params:
        code=code("across_figures"),
        theme_contents=THEME_CONTENTS,
        picture_word_contents=PICTURE_WORD_CONTENTS,
        language=config["figures"]["language"],
        font_weight=config["figures"]["font_weight"],
    message:
        "Drawing the reports beside each other"
    script:
        "../../scripts/steps/across_figures.py"
