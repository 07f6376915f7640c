# Where things lie. Per-report work runs in batches of reports. With one batch its tables are the results; with more, each
# batch has a folder of its own, and rule merge puts them together.

# A corpus for which tables with a row for each word stay in the batches, and comparisons of reports list what is found only.
LARGE = len(FOLDER.files) > config["large_corpus"]

# Long steps that the rest waits for begin before others that could.
AWAITED = 1

# Tables with a row for each word, passage or token: in a large corpus their parts are the result.
BY_WORD = ["frequency", "frequency_parts", "dispersion", "tfidf", "keyness", "distinctive", "missing", "nodes", "edges"]
# Those of them that are made from all reports together: one file, as Parquet.
BY_WORD_TOGETHER = ["frequency_corpus", "reuse_passages", "formulas", "term_changes", "adoption", "term_trends"]


def table(name):
    """Where a table lies in the folder of its batch, or of all."""
    path = table_path(name)
    return path.replace(".csv", ".parquet") if LARGE and name in BY_WORD + BY_WORD_TOGETHER else path


def results(*names):
    """The files that are results: tables of all reports, or in a large corpus the parts of those that stay in batches."""
    stay = [*BY_WORD, "sentences", "sentence_areas", "tokens"] if LARGE else []
    return [
        file for name in names for file in (all_batches(table(name)) if name in stay else [in_results(table(name))])
    ]


def paths(where, *names):
    """Tables by name, as inputs or outputs of a rule; `where` is one of the functions below that take a table's path."""
    return {name: where(table(name)) for name in names}


def in_results(path):
    """A table of all reports."""
    return f"{RESULTS}/{path}"


# Tables made from all reports together rather than put together from batches.
OF_ALL_REPORTS = ["terms", "term_candidates", "theme_correlations", "tasks", "panel", "panel_codebook"]
OF_ALL_REPORTS += ["area_changes", "area_diversity", "area_punctuation"]
if len(FOLDER.files) > 1:
    OF_ALL_REPORTS += ["frequency_corpus", "keyness_across", "keyness_across_comparisons"]
    OF_ALL_REPORTS += ["reuse", "reuse_passages", "formulas", "similarity"]
    OF_ALL_REPORTS += ["term_changes", "term_change_rates", "first_use"]
    OF_ALL_REPORTS += ["target_attainment", "target_gaps"]
    OF_ALL_REPORTS += ["adoption", "adoption_years"]
    OF_ALL_REPORTS += ["term_trends", "change_points"]
if GROUPINGS:
    OF_ALL_REPORTS += ["groups", "group_comparisons"]


# What the run's last line counts, for rules that are asked for by name: a run of everything makes it anyway. A rule on whose result
# batches wait must not wait for it: on a cluster, putting tables together is one job for all of them.
COUNTED = [in_results("corpus/reports.csv"), in_results("corpus/warnings.csv")]


def in_batch(path):
    """A table of the batch that a job is for, or of all reports."""
    return f"{RESULTS}/{path}" if FOLDER.one_batch else f"{RESULTS}/batches/{{batch}}/{path}"


def batch_log(step):
    return f"{RESULTS}/logs/{step}.log" if FOLDER.one_batch else f"{RESULTS}/logs/{step}/{{batch}}.log"


def batch(wildcards):
    """The batch of a job: its wildcard, or that of its report, or the only one there is."""
    if FOLDER.one_batch:
        return "0-of-1"
    return wildcards.batch if "batch" in wildcards.keys() else FOLDER.batch_of(wildcards.report_id)


def all_batches(path, batches=None):
    """A table of every batch, or of some, for steps that look at all reports together."""
    return [in_batch(path).format(batch=batch) for batch in batches or FOLDER.batches]


def own_batch(path):
    """Input function: a table of the batch that a job's report is in."""
    return lambda wildcards: in_batch(path).format(batch=batch(wildcards))


def project_file(path):
    """A file of the project, relative to where snakemake was started: a moved checkout re-runs nothing. It is `local`: with
    results in a cloud's storage, the project's own files stay what they are."""
    try:
        return local(Path(os.path.relpath(ROOT / path)).as_posix())
    except ValueError:  # on another drive of Windows
        return local((ROOT / path).as_posix())


def config_file(path):
    """A file of settings: that of the folder where snakemake was started, or the project's."""
    return project_file(find(path))


def data_file(path):
    """A file of the project that holds data with comments: it re-runs a rule not when it changes but when its `contents` do,
    which the rule has among its parameters."""
    return ancient(project_file(path))


def code(step):
    """A hash of the code that a step runs, as a parameter of its rule: an edit re-runs the steps that it concerns, unless it
    is one of comments or docstrings. As inputs the library's modules would be looked at for every job, which in a corpus of
    thousands takes longer than the jobs. Snakemake's own look at scripts, by date, is off: `rerun-triggers` in the profiles.
    """
    return fingerprint(ROOT / "scripts/steps" / f"{step}.py", ROOT / "scripts")


# With reports and results in a cloud's storage, the storage says what changed.
STORED = bool(workflow.storage_settings and workflow.storage_settings.default_storage_prefix)
HASHES = {}


def data_files(rule, wildcards):
    """What a job reads besides results and code: files of the project, reports, outlines."""
    files = []
    for item in rule.input:
        found = item(wildcards) if callable(item) else item
        files += [found] if isinstance(found, str) else found
    return [
        file
        for file in files
        if not str(file).startswith(f"{RESULTS}/")
        and not str(file).endswith(".py")
        and (is_flagged(file, "local") or not STORED)
    ]


def data_hashes(rule):
    """Params function: SHA-256 of the files that a job reads besides results, by path. The step compares them with what it reads.

    Snakemake records no params of this type, and does not compare them: `data_contents` is for that.
    """

    def hashes(wildcards):
        files = [str(file) for file in data_files(rule, wildcards)]
        HASHES.update((file, hash_file(file)) for file in files if file not in HASHES)
        return UserDict((file, HASHES[file]) for file in files)

    return hashes


def data_contents(rule):
    """Params function: a hash of what a job reads besides results; of a `data_file` only what it says counts."""

    def hash_of(wildcards):
        hashes = data_hashes(rule)(wildcards)
        says = [
            contents(Path(file)) if is_flagged(file, "ancient") else hashes[str(file)]
            for file in data_files(rule, wildcards)
        ]
        return sha256(repr(says).encode()).hexdigest()

    return hash_of


def logs_of(rule):
    """The step of a rule, and a pattern of the logs of its jobs, below the folder of logs. A module's rules may have other names."""
    log = str(rule.log[0]).removeprefix(f"{RESULTS}/logs/")
    return re.split("[/.]", log)[0], re.compile(regex_from_filepattern(log))


def with_folders(paths):
    """Paths, and the folders that they are in: what a step made may be a folder."""
    return {place.as_posix() for path in paths for place in [Path(path), *Path(path).parents]}


def settings(block, *keys):
    """Some keys of a block of the configuration, by name, as one parameter. Snakemake compares the parameters of a rule as a
    set of values without names: as parameters of their own, two whole numbers that swap their values would go unnoticed.
    """
    return {key: config[block][key] for key in keys}


def needs(step, reports=None):
    """What the jobs of a rule ask a cluster for."""
    return job_resources(step, FOLDER, reports)


def schemas(*tables):
    return [project_file(f"workflow/schemas/tables/{table}.yaml") for table in tables]


SCHEMAS = {
    file.stem: file.read_text(encoding="utf-8") for file in sorted((ROOT / "workflow/schemas/tables").glob("*.yaml"))
}
# What `snakemake --report` says of tables. Pictures carry their captions where they are drawn.
TITLES = {name: text.partition("\n")[0].removeprefix("title: ") for name, text in SCHEMAS.items()}
# Tables that measure the sections of a report, recognised by their keys: results and part of the page without being listed.
SECTION_TABLES = [
    name
    for name, text in SCHEMAS.items()
    if re.search(r"^primaryKey: \[report_id, (section_id|unit, name)\]$", text, re.MULTILINE)
    and name not in ("outline", "sections")
]


def captioned(paths, category):
    """Results with the captions that were made from their schemas, for the target that all results are inputs of."""
    flagged = []
    for path in paths:
        name = table_name(str(path))
        group = "All reports together" if name in OF_ALL_REPORTS else "By report"
        labels = {"file": Path(path).name, "holds": TITLES.get(name, "")}
        caption = f"workflow/report/tables/{name}.rst"
        flagged += [report(path, caption=caption, category=category, subcategory=group, labels=labels)]
    return flagged


def charts(folder, names, subcategory):
    """What a step that draws puts out: the PNG of each chart, which `snakemake --report` shows, and its SVG and PDF."""
    outputs = {}
    for name in names:
        shown = {"caption": f"../report/{name}.rst", "category": "Figures", "labels": {"figure": name}}
        outputs[name] = report(f"{folder}/{name}.png", subcategory=subcategory, **shown)
        outputs |= {f"{name}_{format}": f"{folder}/{name}.{format}" for format in FORMATS[1:]}
    return outputs


def cloud_labels(wildcards, input):
    """What the report of a run calls a cloud: its part of the report, or the heading of its section."""
    return {"figure": cloud_label(Path(input.sections), wildcards.report_id, wildcards.name)}


def cloud_label(sections, report_id, name):
    from emphasis.figures.strings import cloud_heading

    return cloud_heading(sections, report_id, name, config["figures"]["language"])


def pictures(report_id):
    """What a step that draws for several reports puts out for one of them: the folder of its pictures."""

    def labels(wildcards, input):
        chart = wildcards.get("chart")
        return {"figure": chart or cloud_label(Path(input.sections), report_id, wildcards.name)}

    return report(
        directory(f"{RESULTS}/figures/{report_id}"),
        patterns=["{chart,[^/]+}.png", "clouds/{name}.png"],
        caption="../report/pictures.rst",
        category="Figures",
        subcategory=report_id,
        labels=labels,
    )


def paper(name, ending):
    """A file of the kit in each language, the Chinese one with .zh before its ending."""
    return [f"{RESULTS}/paper/{name}{ENDINGS[language]}.{ending}" for language in LANGUAGES]


def template(name, ending):
    return [project_file(f"{TEMPLATES}/{name}{ENDINGS[language]}.{ending}.j2") for language in LANGUAGES]


def in_batches_shown(path):
    """A table of the batches that have a report on the page."""
    return sorted({in_batch(path).format(batch=FOLDER.batch_of(report_id)) for report_id in ON_PAGE})


def printed(path):
    """A table of the batches that hold the reports with tables of their own."""
    if FOLDER.one_batch:
        return [in_batch(path)]
    return sorted({in_batch(path).format(batch=FOLDER.batch_of(report_id)) for report_id in PRINTED})
