# What is measured.
KEYNESS_TABLES = ["keyness", "keyness_comparisons"]
# Made on request: snakemake frequency_intervals, snakemake sensitivity, snakemake collocates, snakemake expand.
INTERVAL_TABLES = ["frequency_intervals"]
SENSITIVITY_TABLES = ["sensitivity_themes", "sensitivity_keywords"]
COLLOCATE_TABLES = ["collocates"]
EXPANSION_TABLES = ["theme_candidates"]
THEME_TABLES = ["themes", "theme_sections"]
PEER_TABLES = ["peers", "distinctive", "missing", "standing"]
TARGET_TABLES = ["targets", "target_pairs"]
NETWORK_TABLES = ["nodes", "edges"]
AREA_TABLES = ["area_changes", "area_diversity", "area_punctuation"]
CODER = list(AREA_FILES[1:])
# What `snakemake areas_model` writes: the coder, and how well it codes.
AREA_MODEL = [*CODER, "validation.tsv", "confusion.tsv", "held_out.parquet", "provenance.yaml"]
# The scheme and its coder belong together; corrections can stand alone.
AREA_FOLDER = find(f"{config['areas']}/areas.tsv").parent
AREAS = {
    "scheme": project_file(AREA_FOLDER / "areas.tsv"),
    "coder": [project_file(AREA_FOLDER / file) for file in CODER],
}
CODED = {name: project_file(AREA_FOLDER / f"{name}.tsv") for name in ("coded", "coded_reports")}
# A person's corrections of codes are optional.
CORRECTED = config_file(f"{config['areas']}/corrections.tsv")
CORRECTED = {"corrections": CORRECTED} if Path(CORRECTED).exists() else {}
INDICATORS = config_file("config/indicators.tsv")
COMMITMENT = config_file("config/commitment.tsv")
VARIABLES = config_file("config/panel_targets.tsv")
TARGET_WORDS = [project_file(file) for file in sorted(find("config/targets").glob("*.yaml"))]
TABLES = results(
    *(
        "aliases",
        "frequency",
        "frequency_parts",
        "dispersion",
        "tfidf",
        *KEYNESS_TABLES,
        *THEME_TABLES,
        "areas",
        *NETWORK_TABLES,
        "regions_named",
        *SECTION_TABLES,
    ),
    *(*TARGET_TABLES, "topic_sections", *PEER_TABLES, *OF_ALL_REPORTS),
)
TABLES.append(f"{RESULTS}/tables/panel.dta")
# Tables that are Stata files too; in a large corpus the panel alone is.
STATA_TABLES = [] if LARGE else ["themes", "theme_sections", "areas", "targets"]
STATA = {name: f"{RESULTS}/tables/{name}.dta" for name in STATA_TABLES}
TABLES += STATA.values()


rule counts:
    input:
        **paths(in_batch, "tokens", "vocabulary", "sentences", "outline"),
        stopwords=STOPWORDS,
        schemas=schemas("tokens", "vocabulary", "sentences", "outline", "counts"),
    output:
        **paths(in_batch, "counts"),
    log:
        batch_log("counts"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("counts"),
    params:
        code=code("counts"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Counting the terms of every paragraph"
    script:
        "../../scripts/steps/counts.py"


rule frequency:
    input:
        **paths(in_batch, "counts", "sentences"),
        schemas=schemas("counts", "sentences", "frequency", "frequency_parts"),
    output:
        **paths(in_batch, "frequency", "frequency_parts"),
    log:
        batch_log("frequency"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("frequency"),
    params:
        code=code("frequency"),
        simplify=config["simplify"],
    message:
        "Counting keywords by section and part"
    script:
        "../../scripts/steps/frequency.py"


rule intervals:
    input:
        **paths(in_batch, "counts"),
        schemas=schemas("counts", *INTERVAL_TABLES),
    output:
        **paths(in_batch, "frequency_intervals"),
    log:
        batch_log("intervals"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("intervals"),
    params:
        code=code("intervals"),
    message:
        "Saying how far the rates of sections can be trusted"
    script:
        "../../scripts/steps/intervals.py"


rule dispersion:
    input:
        **paths(in_batch, "counts"),
        schemas=schemas("counts", "dispersion"),
    output:
        **paths(in_batch, "dispersion"),
    log:
        batch_log("dispersion"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("dispersion"),
    params:
        code=code("dispersion"),
    message:
        "Measuring how evenly keywords are spread"
    script:
        "../../scripts/steps/dispersion.py"


rule tfidf:
    input:
        **paths(in_batch, "frequency", "sections"),
        schemas=schemas("frequency", "sections", "tfidf"),
    output:
        **paths(in_batch, "tfidf"),
    log:
        batch_log("tfidf"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("tfidf"),
    params:
        code=code("tfidf"),
    message:
        "Weighing what sets each section apart (TF-IDF)"
    script:
        "../../scripts/steps/tfidf.py"


rule keyness:
    input:
        **paths(in_batch, "reports", "outline", "sentences", "tokens", "vocabulary", "counts"),
        stopwords=STOPWORDS,
        places=PLACES,
        schemas=schemas("reports", "outline", "sentences", "tokens", "vocabulary", "counts", *KEYNESS_TABLES),
    output:
        **paths(in_batch, *KEYNESS_TABLES),
    log:
        batch_log("keyness"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("keyness"),
    params:
        code=code("keyness"),
        keyness=settings("keyness", "min_n", "draws", "test"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
        seed=config["seed"],
    message:
        "Testing what sets sections and plans apart"
    script:
        "../../scripts/steps/keyness.py"


rule themes:
    input:
        **paths(in_batch, "reports", "sentences", "tokens", "outline"),
        themes=THEMES,
        schemas=schemas("reports", "sentences", "tokens", "outline", *THEME_TABLES),
    output:
        **paths(in_batch, *THEME_TABLES),
    log:
        batch_log("themes"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("themes"),
    params:
        code=code("themes"),
        theme_contents=THEME_CONTENTS,
        simplify=config["simplify"],
        count_roles=config["count_roles"],
    message:
        "Measuring the attention to themes"
    script:
        "../../scripts/steps/themes.py"


rule structure:
    input:
        **paths(in_batch, "tokens", "sentences", "outline"),
        schemas=schemas("tokens", "sentences", "outline", "structure"),
    output:
        **paths(in_batch, "structure"),
    log:
        batch_log("structure"),
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
        "../../scripts/steps/structure.py"


rule network:
    input:
        **paths(in_batch, "tokens", "counts"),
        schemas=schemas("tokens", "counts", "nodes", "edges"),
    output:
        **paths(in_batch, "nodes", "edges"),
    log:
        batch_log("network"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("network"),
    params:
        code=code("network"),
    message:
        "Finding terms that stand together"
    script:
        "../../scripts/steps/network.py"


rule areas:
    input:
        **paths(in_batch, "sentences", "tokens", "vocabulary", "outline"),
        **AREAS,
        **CORRECTED,
        schemas=schemas("sentences", "tokens", "vocabulary", "outline", "sentence_areas", "areas"),
    output:
        **paths(in_batch, "sentence_areas", "areas"),
    log:
        batch_log("areas"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("areas"),
    params:
        code=code("areas"),
        simplify=config["simplify"],
        count_roles=config["count_roles"],
    message:
        "Coding sentences in policy areas"
    script:
        "../../scripts/steps/areas.py"


rule variants:
    input:
        **paths(in_batch, "reports", "sentences", "outline", "themes", "frequency_parts"),
        **LEXICON,
        places=PLACES,
        stopwords=STOPWORDS,
        dictionaries=THEMES,
        schemas=schemas("reports", "sentences", "outline", "tokens", "themes", "frequency_parts", *SENSITIVITY_TABLES),
    output:
        **paths(in_batch, *SENSITIVITY_TABLES),
    log:
        batch_log("variants"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("variants"),
    params:
        code=code("variants"),
        theme_contents=THEME_CONTENTS,
        simplify=config["simplify"],
        segmenters=["jieba", "rjieba"],
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Measuring again with other segmenters, without lexicon and without stop list"
    script:
        "../../scripts/steps/variants.py"


rule targets:
    input:
        **paths(in_batch, "reports", "outline", "sentences"),
        indicators=INDICATORS,
        words=TARGET_WORDS,
        schemas=schemas("reports", "outline", "sentences", *TARGET_TABLES),
    output:
        **paths(in_batch, *TARGET_TABLES),
    log:
        batch_log("targets"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("targets"),
    params:
        code=code("targets"),
        simplify=config["simplify"],
    message:
        "Writing down quantities: what was reached, what is promised"
    script:
        "../../scripts/steps/targets.py"


rule regions_named:
    input:
        **paths(in_batch, "reports", "tokens"),
        places=PLACES,
        schemas=schemas("reports", "tokens", "regions_named"),
    output:
        **paths(in_batch, "regions_named"),
    log:
        batch_log("regions_named"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("regions_named"),
    params:
        code=code("regions_named"),
    message:
        "Finding the regions that reports name"
    script:
        "../../scripts/steps/regions_named.py"


# What is measured over all reports together.
rule report_terms:
    input:
        **paths(in_batch, "counts"),
        schemas=schemas("counts", "report_terms", "report_sizes"),
    output:
        **paths(in_batch, "report_terms", "report_sizes"),
    log:
        batch_log("report_terms"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("report_terms"),
    params:
        code=code("report_terms"),
    message:
        "Summing up the words of each report"
    script:
        "../../scripts/steps/report_terms.py"


rule frequency_corpus:
    input:
        **paths(all_batches, "report_terms", "report_sizes"),
        schemas=schemas("frequency_corpus"),
    output:
        **paths(in_results, "frequency_corpus"),
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
        "../../scripts/steps/frequency_corpus.py"


rule keyness_across:
    input:
        **paths(all_batches, "reports", "report_terms", "report_sizes"),
        places=PLACES,
        schemas=schemas("reports", "keyness_across", "keyness_across_comparisons"),
    output:
        **paths(in_results, "keyness_across", "keyness_across_comparisons"),
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
        "../../scripts/steps/keyness_across.py"


rule theme_correlations:
    input:
        **paths(all_batches, "theme_sections", "themes", "outline"),
        schemas=schemas("theme_sections", "themes", "outline", "theme_correlations"),
    output:
        **paths(in_results, "theme_correlations"),
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
        "../../scripts/steps/theme_correlations.py"


rule area_changes:
    input:
        **paths(all_batches, "reports", "areas"),
        scheme=AREAS["scheme"],
        schemas=schemas("reports", "areas", *AREA_TABLES),
    output:
        **paths(in_results, *AREA_TABLES),
    log:
        f"{RESULTS}/logs/area_changes.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("area_changes"),
    params:
        code=code("area_changes"),
    message:
        "Following policy areas from year to year"
    script:
        "../../scripts/steps/area_changes.py"


rule areas_model:
    input:
        **paths(all_batches, "reports", "sentences", "tokens", "vocabulary", "outline"),
        **CODED,
        counted=COUNTED,
        scheme=AREAS["scheme"],
        schemas=schemas("reports", "sentences", "tokens", "vocabulary", "outline"),
    output:
        **{Path(file).stem: f"{RESULTS}/areas/{file}" for file in AREA_MODEL},
    log:
        f"{RESULTS}/logs/areas_model.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("areas_model"),
    params:
        code=code("areas_model"),
        simplify=config["simplify"],
        seed=config["seed"],
    message:
        "Fitting the coder of policy areas, and testing it on reports that it has not seen"
    script:
        "../../scripts/steps/areas_model.py"


rule tasks:
    input:
        **paths(all_batches, "reports", "outline", "theme_sections", "areas", "sentences"),
        commitment=COMMITMENT,
        schemas=schemas("reports", "outline", "theme_sections", "areas", "sentences", "tasks"),
    output:
        **paths(in_results, "tasks"),
    log:
        f"{RESULTS}/logs/tasks.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("tasks"),
    params:
        code=code("tasks"),
        simplify=config["simplify"],
    message:
        "Following the order of tasks"
    script:
        "../../scripts/steps/tasks.py"


rule panel:
    input:
        **paths(all_batches, "reports", "themes", "targets", "areas"),
        scheme=AREAS["scheme"],
        dictionaries=THEMES,
        variables=VARIABLES,
        schemas=schemas("reports", "themes", "targets", "areas", "panel", "panel_codebook"),
    output:
        **paths(in_results, "panel"),
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
        theme_contents=THEME_CONTENTS,
    message:
        "Putting the reports into a panel"
    script:
        "../../scripts/steps/panel.py"


if STATA:

    rule stata:
        input:
            **paths(in_results, *STATA_TABLES),
            schemas=schemas(*STATA_TABLES),
        output:
            **STATA,
        log:
            f"{RESULTS}/logs/stata.log",
        conda:
            "../envs/policy-emphasis.yaml"
        resources:
            **needs("stata"),
        params:
            code=code("stata"),
        message:
            "Writing tables for Stata"
        script:
            "../../scripts/steps/stata.py"


rule sentence_hashes:
    input:
        **paths(in_batch, "sentences", "outline"),
        schemas=schemas("sentences", "outline", "sentence_hashes"),
    output:
        **paths(in_batch, "sentence_hashes"),
    log:
        batch_log("sentence_hashes"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("sentence_hashes"),
    params:
        code=code("sentence_hashes"),
        count_roles=config["count_roles"],
    message:
        "Hashing sentences, to find those that several reports have"
    script:
        "../../scripts/steps/sentence_hashes.py"


rule reuse:
    input:
        **paths(all_batches, "reports", "sentences", "outline", "sentence_hashes"),
        places=PLACES,
        schemas=schemas(
            *("reports", "sentences", "outline", "sentence_hashes", "reuse", "reuse_passages", "formulas"),
        ),
    output:
        **paths(in_results, "reuse", "reuse_passages", "formulas"),
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
        "../../scripts/steps/reuse.py"


rule similarity:
    input:
        **paths(all_batches, "reports", "sentences", "report_terms", "report_sizes"),
        places=PLACES,
        schemas=schemas(
            *("reports", "sentences", "report_terms", "report_sizes"),
            *("similarity", "term_changes", "term_change_rates", "first_use"),
        ),
    output:
        **paths(in_results, "similarity", "term_changes", "term_change_rates", "first_use"),
    log:
        f"{RESULTS}/logs/similarity.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("similarity"),
    params:
        code=code("similarity"),
        simplify=config["simplify"],
    message:
        "Comparing reports, and terms that come and go"
    script:
        "../../scripts/steps/similarity.py"


rule term_uses:
    input:
        **paths(in_batch, "sentences", "tokens"),
        **TERMS,
        schemas=schemas("sentences", "tokens", "term_uses"),
    output:
        **paths(in_batch, "term_uses"),
    log:
        batch_log("term_uses"),
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("term_uses"),
    params:
        code=code("term_uses"),
        simplify=config["simplify"],
    message:
        "Finding the terms of the lexicon in the text"
    script:
        "../../scripts/steps/term_uses.py"


rule adoption:
    input:
        **paths(all_batches, "reports", "term_uses", "themes"),
        **TERMS,
        places=PLACES,
        schemas=schemas("reports", "term_uses", "themes", "adoption", "adoption_years"),
    output:
        **paths(in_results, "adoption", "adoption_years"),
    log:
        f"{RESULTS}/logs/adoption.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("adoption"),
    params:
        code=code("adoption"),
        min_reports=config["adoption"]["min_reports"],
    message:
        "Finding when each region takes up terms and themes"
    script:
        "../../scripts/steps/adoption.py"


rule term_trends:
    input:
        **paths(all_batches, "reports", "sentences", "report_terms", "report_sizes"),
        schemas=schemas("reports", "sentences", "report_terms", "report_sizes", "term_trends"),
    output:
        **paths(in_results, "term_trends"),
    log:
        f"{RESULTS}/logs/term_trends.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("term_trends"),
    params:
        code=code("term_trends"),
        simplify=config["simplify"],
        min_n=config["trends"]["min_n"],
        only_found=LARGE,
    message:
        "Finding terms that rise and fall over the years"
    script:
        "../../scripts/steps/term_trends.py"


rule change_points:
    input:
        **paths(all_batches, "reports", "areas", "themes", "sentences", "report_sizes"),
        schemas=schemas("reports", "areas", "themes", "sentences", "report_sizes", "change_points"),
    output:
        **paths(in_results, "change_points"),
    log:
        f"{RESULTS}/logs/change_points.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("change_points"),
    params:
        code=code("change_points"),
        simplify=config["simplify"],
        terms=config["trends"]["terms"],
        draws=config["keyness"]["draws"],
        seed=config["seed"],
    message:
        "Finding years from which on a policy area or theme has another share"
    script:
        "../../scripts/steps/change_points.py"


if not config["collocates"]["nodes"] and "collocates" in sys.argv:
    sys.exit(
        "policy-emphasis: configuration: collocates.nodes is empty; name the words whose neighbours are wanted, for example "
        'snakemake collocates --config \'collocates={"nodes": ["民营经济"]}\''
    )


rule collocates:
    input:
        **paths(all_batches, "tokens", "outline"),
        counted=COUNTED,
        stopwords=STOPWORDS,
        schemas=schemas("tokens", "outline", *COLLOCATE_TABLES),
    output:
        **paths(in_results, *COLLOCATE_TABLES),
    log:
        f"{RESULTS}/logs/collocates.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("collocates"),
    params:
        code=code("collocates"),
        collocates=settings("collocates", "nodes", "window", "min_n"),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Counting the words near {params.collocates[nodes]}"
    script:
        "../../scripts/steps/collocates.py"


rule expand:
    input:
        **paths(all_batches, "tokens", "outline"),
        # What the run's last line counts.
        counted=COUNTED,
        dictionaries=THEMES,
        stopwords=STOPWORDS,
        schemas=schemas("tokens", "outline", *EXPANSION_TABLES),
    output:
        **paths(in_results, *EXPANSION_TABLES),
    log:
        f"{RESULTS}/logs/expand.log",
    conda:
        "../envs/policy-emphasis.yaml"
    resources:
        **needs("expand"),
    params:
        code=code("expand"),
        theme_contents=THEME_CONTENTS,
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
        seed=config["seed"],
    message:
        "Proposing words for the lists of themes"
    script:
        "../../scripts/steps/expand.py"


if GROUPINGS:

    # Made when the table of metadata has columns of the user's own.
    rule groups:
        input:
            **METADATA,
            **paths(all_batches, "reports", "report_terms", "report_sizes", "themes", "areas", "topic_parts"),
            **paths(in_results, "topics"),
            schemas=schemas("reports", "themes", "areas", "topic_parts", "topics", "groups", "group_comparisons"),
        output:
            **paths(in_results, "groups", "group_comparisons"),
        log:
            f"{RESULTS}/logs/groups.log",
        conda:
            "../envs/policy-emphasis.yaml"
        resources:
            **needs("groups"),
        params:
            code=code("groups"),
            groupings=GROUPINGS,
            keyness=settings("keyness", "min_n", "draws"),
            seed=config["seed"],
        message:
            "Comparing groups of reports"
        script:
            "../../scripts/steps/groups.py"


rule targets_across:
    input:
        **paths(all_batches, "reports", "targets"),
        indicators=INDICATORS,
        words=TARGET_WORDS,
        places=PLACES,
        schemas=schemas("reports", "targets", "target_attainment", "target_gaps"),
    output:
        **paths(in_results, "target_attainment", "target_gaps"),
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
        "../../scripts/steps/targets_across.py"
