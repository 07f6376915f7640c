# Which files the kit has, in which languages, and what they are made from.
LANGUAGES = ["en", "zh"] if config["paper"]["language"] == "both" else [config["paper"]["language"]]
TEMPLATES = "workflow/templates/paper"
ENDINGS = {"en": "", "zh": ".zh"}
# Tables that a report's own tables are made from; those of the batches that hold printed reports are read.
PRINTED_TABLES = {
    table: f"{folder}/{table}.csv"
    for folder, tables in {
        "corpus": "sections",
        "tables": "themes structure frequency_parts dispersion tfidf keyness keyness_comparisons target_pairs topic_sections",
    }.items()
    for table in tables.split()
}
# Tables of all reports that they need as well: models of all reports stand beside those of single ones.
PRINTED_TOGETHER = ["topics", "topic_diagnostics"]
# Tables that the methods text counts in.
COUNTED_TABLES = "structure keyness_comparisons topic_diagnostics targets target_pairs terms".split()
if len(INBOX.files) > 1:
    COUNTED_TABLES.append("keyness_across_comparisons")


def paper(name, ending):
    """A file of the kit in each language, the Chinese one with .zh before its ending."""
    return [f"{RESULTS}/paper/{name}{ENDINGS[language]}.{ending}" for language in LANGUAGES]


def template(name, ending):
    return [near(f"{TEMPLATES}/{name}{ENDINGS[language]}.{ending}.j2") for language in LANGUAGES]


def printed(path):
    """A table of the batches that hold the reports with tables of their own."""
    if INBOX.one_batch:
        return [part(path)]
    return sorted({part(path).format(batch=INBOX.batch_of(report_id)) for report_id in PRINTED})


PAPER = [
    *paper("tables", "docx"),
    *paper("sample", "tex"),
    *paper("captions", "md"),
    *[f"{RESULTS}/paper/tex/{language}" for language in LANGUAGES],
    f"{RESULTS}/paper/workbook.xlsx",
    *paper("methods", "md"),
    f"{RESULTS}/paper/references.bib",
    f"{RESULTS}/paper/citations.txt",
]
