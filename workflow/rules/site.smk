# The page. It carries the text of some reports; of all others it has what stands in the tables of all reports.
SITE = f"{RESULTS}/site/index.html"
ON_PAGE = SHOWN[: config["site"]["limit"]]
SITE_FOLDER = ROOT / "scripts" / "emphasis" / "publish" / "site" / "assets"
# Tables that are read for the reports on the page: those of their batches, so that a large corpus is not read whole.
OF_REPORTS = {
    "sections": "corpus/sections.csv",
    "sentences": "corpus/sentences.parquet",
    "tokens": "corpus/tokens.parquet",
    **{name: table(name) for name in ["tfidf", *KEYNESS_TABLES, "theme_sections", *TARGET_TABLES, "topic_sections"]},
}
# Tables of all reports, of which the last exist when there are several.
OF_CORPUS = [
    "topics",
    "topic_verdicts",
    "topic_diagnostics",
    "topic_passages",
    "similarity",
    "term_changes",
    "target_attainment",
    "target_gaps",
    "keyness_across",
    "keyness_across_comparisons",
]
OF_CORPUS = [name for name in OF_CORPUS if name in TOGETHER]


# The batches that have a report on the page.
BATCHES_SHOWN = sorted({INBOX.batch_of(report_id) for report_id in ON_PAGE})


rule page:
    input:
        **{name: [part(path).format(batch=batch) for batch in BATCHES_SHOWN] for name, path in OF_REPORTS.items()},
        **{name: [f"{RESULTS}/{table(name)}"] for name in OF_CORPUS},
        reports=parts("corpus/reports.csv"),
        warnings=parts("corpus/warnings.csv"),
        themes=parts("tables/themes.csv"),
        figures=[f"{RESULTS}/figures/{id}/clouds" for id in ON_PAGE if id in CLOUDED]
        + [f"{RESULTS}/figures/{id}/{chart}.svg" for id in ON_PAGE if id in DRAWN for chart in CHARTS],
        dictionaries=THEMES,
        stopwords=near(config["keywords"]["stopwords"]),
        assets=[near(file) for file in sorted(SITE_FOLDER.rglob("*.*"))],
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
        shown=ON_PAGE,
        wanted=len(SHOWN),
        count_roles=config["count_roles"],
        min_length=config["keywords"]["min_length"],
    message:
        "Making the page"
    script:
        "../../scripts/page.py"
