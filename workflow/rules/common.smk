# Where things lie. Per-report work runs in batches of reports. With one batch its tables are the results; with more, each
# batch has a folder of its own, and rule merge puts them together.

# A corpus for which tables with a row for each word stay in the batches, and comparisons of reports list what is found only.
LARGE = len(INBOX.files) > config["large_corpus"]

# Tables with a row for each word, passage or token: in a large corpus their parts are the result.
BY_WORD = ["frequency", "frequency_parts", "dispersion", "tfidf", "keyness"]
# Those of them that are made from all reports together: one file, as Parquet.
BY_WORD_TOGETHER = ["frequency_corpus", "reuse_passages", "formulas", "term_changes"]


def table(name):
    """Where a table stands in the folder of its batch, or of all."""
    return f"tables/{name}.{'parquet' if LARGE and name in BY_WORD + BY_WORD_TOGETHER else 'csv'}"


def results(*paths):
    """The files that are results: tables of all reports, or in a large corpus the parts of those that stay in batches."""
    stay = [f"tables/{name}.parquet" for name in BY_WORD] + ["corpus/sentences.parquet", "corpus/tokens.parquet"]
    found = []
    for path in paths:
        found += parts(path) if LARGE and path in stay else [f"{RESULTS}/{path}"]
    return found


# Tables made from all reports together rather than put together from batches.
TOGETHER = ["terms", "term_candidates", "theme_correlations", "tasks", "panel", "panel_codebook"]
if len(INBOX.files) > 1:
    TOGETHER += ["frequency_corpus", "keyness_across", "keyness_across_comparisons"]
    TOGETHER += ["reuse", "reuse_passages", "formulas", "similarity", "term_changes", "first_use"]
    TOGETHER += ["target_attainment", "target_gaps"]


def part(path):
    return f"{RESULTS}/{path}" if INBOX.one_batch else f"{RESULTS}/batches/{{batch}}/{path}"


def part_log(step):
    return f"{RESULTS}/logs/{step}.log" if INBOX.one_batch else f"{RESULTS}/logs/{step}/{{batch}}.log"


def batch(wildcards):
    """The batch of a job: its wildcard, or that of its report, or the only one there is."""
    if INBOX.one_batch:
        return "0-of-1"
    return wildcards.batch if "batch" in wildcards.keys() else INBOX.batch_of(wildcards.report_id)


def parts(path, batches=None):
    """A table of every batch, or of some, for steps that look at all reports together."""
    return [part(path).format(batch=batch) for batch in batches or INBOX.batches]


def part_of(path):
    """Input function: a table of the batch that a job's report is in."""
    return lambda wildcards: part(path).format(batch=batch(wildcards))


def near(path):
    """A file of the project, relative to where snakemake was started: a moved checkout re-runs nothing. It is `local`: with
    results in a cloud's storage, the project's own files stay what they are."""
    return local(os.path.relpath(ROOT / path))


def code(step):
    """A hash of the library modules that a step's script runs, as a parameter of its rule: an edit re-runs the steps that it
    concerns. As inputs the modules would be looked at for every job, which in a corpus of thousands takes longer than the jobs.
    """
    return fingerprint(ROOT / "scripts/steps" / f"{step}.py", ROOT / "scripts")


def schemas(*tables):
    return [near(f"workflow/schemas/tables/{table}.yaml") for table in tables]


# What a job asks a cluster for: memory and minutes, from how much text it reads. On one machine nothing looks at it. Ask for
# two to five times of what was measured, of minutes for more: a cluster's nodes may be slow. A job that is tried again asks for
# more.

# Megabytes and seconds for each report of usual length, beside what every job needs: of steps that handle a batch some
# reports at a time, of those that look at all reports, and of some that need more.
OF_BATCH, OF_ALL = (4, 0.5), (0.5, 0.1)
NEEDS = {
    **dict.fromkeys(
        "outline merge terms segmentation frequency_corpus keyness_across theme_correlations tasks panel".split(),
        OF_ALL,
    ),
    **dict.fromkeys("reuse similarity targets_across topics across_figures datapackage manifest".split(), OF_ALL),
    **dict.fromkeys("page paper_tables workbook methods".split(), OF_ALL),
    "topic_models": (0.5, 2),
    "basis": (0.5, 2),
    "variants": (10, 3),
    "clouds": (500, 60),
    "report_figures": (200, 60),
}
USUAL = 60_000  # bytes of a report's text in UTF-8: some 20,000 characters
LENGTHS = {}


def length(file):
    """A report's length in reports of usual length. The size of a Word or PDF file does not tell: it counts as one."""
    if file not in LENGTHS:
        told = not file.lower().endswith((".docx", ".pdf")) and os.path.exists(file)
        LENGTHS[file] = os.path.getsize(file) / USUAL if told else 1
    return LENGTHS[file]


def load(wildcards):
    """What a job reads: its report, the reports of its batch, or all of them."""
    if "report_id" in wildcards.keys():
        return length(str(INBOX.files[wildcards.report_id]))
    batches = [wildcards.batch] if "batch" in wildcards.keys() else INBOX.batches
    return sum(length(file) for batch in batches for file in INBOX.files_of(batch))


def needs(step):
    """The resources of a rule."""
    megabytes, seconds = NEEDS.get(step, OF_BATCH)
    return {
        "mem_mb": lambda wildcards, attempt: int(attempt * (500 + megabytes * load(wildcards))),
        "runtime": lambda wildcards, attempt: int(attempt * (5 + seconds * load(wildcards) / 60)),
    }


# What `snakemake --report` says of tables. Pictures carry their captions where they are drawn.
TITLES = {
    file.stem: file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("title: ")
    for file in sorted((ROOT / "workflow/schemas/tables").glob("*.yaml"))
}


def captioned(paths, category):
    """Results with the captions that were made from their schemas, for the target that all results are inputs of."""
    flagged = []
    for path in paths:
        name = Path(path).stem
        shown = report(
            path,
            caption=f"workflow/report/tables/{name}.rst",
            category=category,
            subcategory="All reports together" if name in TOGETHER else "By report",
            labels={"file": Path(path).name, "holds": TITLES.get(name, "")},
        )
        flagged.append(shown)
    return flagged
