# policy-emphasis: what Chinese government work reports put their weight on.
#
#   snakemake            all results of every report in seeds/, but those below that are made only when asked for
#   snakemake corpus     reports, sections, sentences, tokens
#   snakemake tables     the tables
#   snakemake figures    the charts and the word clouds
#   snakemake site       the page: every number with its sentences
#   snakemake paper      what an author copies into a paper: tables, workbook, methods, references
#
# Made only when asked for:
#   snakemake outline    the outlines that were found, to be corrected and put beside the reports
#   snakemake frequency_intervals   rates of sections with their intervals
#   snakemake sensitivity   how far themes and keywords depend on segmenter, lexicon and stop list
#   snakemake collocates    the words near the nodes of the configuration (collocates.nodes)
#   snakemake expand        words that stand near those of a theme, for its list
#   snakemake areas_model   the coder of policy areas, fitted anew on coded sentences, to be copied into config/areas
#   snakemake reference   a reference made from the reports at hand, to compare others with: --config reference=<folder>;
#                       with --config reference_topics=refit its topics are fitted anew (`snakemake basis` is an older name)
#   snakemake validate   sentences for two coders, to test themes or policy areas; filled in, they are read back
#
#   snakemake -n         what would be made, and why
#   snakemake --report report.zip   after a run: every result with its caption, to be opened in a browser
import os
import re
import sys
import time
from collections import UserDict
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from snakemake.io import is_flagged, regex_from_filepattern
from snakemake.persistence import PersistenceBase
from snakemake.script import PythonScript

STARTED = time.monotonic()
# False in a module of another workflow.
ALONE = workflow.modifier.is_main_snakefile()


if "project_folder" not in globals():  # else workflow/Snakefile has included it

    include: "workflow/rules/project.smk"


ROOT = project_folder(workflow.current_basedir)  # the other files are included from there: a repository has no folders
sys.path.insert(0, str(ROOT / "scripts"))
# Steps multiply no large matrices; threads of BLAS would wait for work from the start of each.
if ALONE:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from emphasis import __version__
from emphasis.run.config import (
    check_config,
    check_config_file,
    check_writable,
    counted_otherwise,
    reference_settings,
    take_older_names,
    typed,
)
from emphasis.errors import EmphasisError
from emphasis.project import find
from emphasis.publish.dictionary import table_name, table_path
from emphasis.ingest.groupings import corrects_nothing, grouping_columns
from emphasis.run.own_files import AREA_FILES, check_own_files
from emphasis.run.reports_folder import open_reports_folder
from emphasis.run.resources import job_resources
from emphasis.run.lock import begin_before_locks, begin_run, forget_dead_runs
from emphasis.run.forks import fork_steps
from emphasis.run.fingerprint import contents, definitions, fingerprint, modules, recall, remember
from emphasis.run.scale import PAGE, explain, settle
from emphasis.run.records import CHANGED, Records, date_now, hash_file, take_for_incomplete
from emphasis.run.closing_line import closing_line, where_things_are

try:
    # The settings of a workflow that this one is part of are its own.
    for named in [find("config/config.yaml"), *workflow.overwrite_configfiles] if ALONE else []:
        check_config_file(named)
except EmphasisError as error:
    sys.exit(f"policy-emphasis: {error}")


configfile: find("config/config.yaml")


# What is known of code and configuration by their contents, so that a run with nothing to do need not find it out again.
KNOWN = Path(".snakemake/policy-emphasis")
recall(KNOWN / "code.json")


try:
    config = with_defaults(config)
    CONFIG_SCHEMA = ROOT / "workflow" / "schemas" / "config.schema.yaml"
    config.update(typed(config, CONFIG_SCHEMA))
    OLDER_NAMES = take_older_names(config)
    check_config(config, CONFIG_SCHEMA, KNOWN / "config")
    check_own_files(config)
    RESULTS = check_writable(config["results"], config["reports"])
    FOLDER = open_reports_folder(
        Path(config["reports"]),
        config["batch_size"],
        # What reads tables is imported where there is one.
        lambda path: import_module("emphasis.ingest.readers.table").read_rows(path, config["reports_table"]),
        Path(RESULTS),
    )
    # From here on no setting that the number of reports decides is `auto`.
    config, CHOSEN = settle(config, len(FOLDER.files))
    SHOWN = FOLDER.select(config["site"]["reports"], "site.reports")
    ON_PAGE = SHOWN[: config["site"]["limit"]]
    BESIDE_PAGE = SHOWN[config["site"]["limit"] :] if config["site"]["rest"] else []
    CHARTED, CLOUDED = (
        FOLDER.select(ON_PAGE if config[block]["reports"] == PAGE else config[block]["reports"], f"{block}.reports")
        for block in ("figures", "clouds")
    )
    PRINTED = FOLDER.first(config["paper"]["reports"])
    GROUPINGS = grouping_columns(find(config["metadata"])) if len(FOLDER.files) > 1 else []
    IDLE_ROWS = corrects_nothing(find(config["metadata"]), FOLDER.files) if workflow.is_main_process else ""
except EmphasisError as error:
    sys.exit("\n".join(f"policy-emphasis: {line}" for line in str(error).splitlines()))

# Snakemake looks for tables among parameters and imports pandas to do so; there are none here, and it costs a third of a
# second at every start. Steps run in processes of their own and are not concerned; a workflow that this one is part of may be.
if ALONE:
    sys.modules.setdefault("pandas", None)

# A job of a cluster is a run of its own, of one step.
if ALONE and workflow.is_main_process:
    fork_steps(PythonScript)
    begin_before_locks(PersistenceBase, RESULTS)

if workflow.is_main_process:
    if "basis" in sys.argv:
        OLDER_NAMES.append(
            "`snakemake basis` is `snakemake reference --config reference_topics=refit` now, which also uses it"
        )
    idle = f"{config['metadata']}: {IDLE_ROWS}" if IDLE_ROWS else ""
    for line in filter(None, [*OLDER_NAMES, idle, explain(CHOSEN, config, len(FOLDER.files))]):
        print(f"policy-emphasis: {line}", file=sys.stderr)

if workflow.is_main_process and (other := forget_dead_runs(RESULTS, Path(".snakemake/locks"))):
    print(f"policy-emphasis: {other}", file=sys.stderr)


report: "workflow/report/workflow.rst"


wildcard_constraints:
    batch=r"\d+-of-\d+",
    report_id="[^/]+",


include: ROOT / "workflow/rules/common.smk"
include: ROOT / "workflow/rules/corpus.smk"
include: ROOT / "workflow/rules/topics.smk"
include: ROOT / "workflow/rules/measures.smk"
include: ROOT / "workflow/rules/reference.smk"
include: ROOT / "workflow/rules/figures.smk"
include: ROOT / "workflow/rules/publish.smk"
include: ROOT / "workflow/rules/validation.smk"


# Not those of a workflow that this one is part of.
RULES = [rule for rule in workflow.rules if rule in workflow.modifier.rules]

if workflow.is_main_process:
    remember(KNOWN / "code.json")

# Every rule that writes CSV files knows how, and runs again when that changes.
for written in RULES:
    if any(str(file).endswith((".csv", ".{format}")) for file in written.output):
        written.set_params(csv_form={"mark": config["csv_bom"], "escaped": config["csv_escape"]})

# What a rule reads besides results decides by its contents whether the rule runs again. Snakemake's own look at dates would not
# see a file that was replaced by an older one, or edited under a clock that was set back.
for reading in RULES:
    reading.set_params(data=data_contents(reading), seen=data_hashes(reading))

# Results by their contents, too: those that are no longer what their steps made, and those made from others than there are.
RECORDS = Records(Path(RESULTS), dict(logs_of(written) for written in RULES if written.log))
if workflow.is_main_process and RECORDS.stale:
    take_for_incomplete(PersistenceBase, with_folders(f"{RESULTS}/{path}" for path in RECORDS.stale))
    for path in RECORDS.changed:
        print(
            f"policy-emphasis: {RESULTS}/{path} is not what its step made: a run that needs it makes it anew and keeps what is there now "
            f"in {RESULTS}/{CHANGED}",
            file=sys.stderr,
        )


rule all:
    default_target: True
    input:
        captioned(CORPUS, "Corpus"),
        captioned(TABLES, "Tables"),
        SITE,
        BESIDE,
        PAPER,
        # Needs the figures: thousands of them, asked for once.
        f"{RESULTS}/manifest.json",


rule corpus:
    input:
        CORPUS,


rule tables:
    input:
        CORPUS,
        TABLES,


rule frequency_intervals:
    input:
        expand(f"{RESULTS}/tables/{{table}}.csv", table=INTERVAL_TABLES),


rule sensitivity:
    input:
        expand(f"{RESULTS}/tables/{{table}}.csv", table=SENSITIVITY_TABLES),


rule validate:
    input:
        VALIDATED,


rule figures:
    input:
        FIGURES,


rule site:
    input:
        SITE,
        BESIDE,


rule paper:
    input:
        PAPER,


onstart:
    try:
        begin_run(RESULTS)
        RECORDS.forget_others()
        RECORDS.keep_changed()
        for dated in date_now([*HASHES, *(f"{RESULTS}/{path}" for path in RECORDS.made)]):
            print(f"policy-emphasis: {dated} was dated in the future and now has today's date", file=sys.stderr)
    except EmphasisError as error:
        sys.exit(f"policy-emphasis: {error}")
    # By default Snakemake starts at most 100 jobs in a second. For that it looks at all jobs again a second after each time it
    # looked, and each finished job begins another such row of looks: after some hundred jobs they take a core. How many jobs run
    # at once is limited by cores or by the cluster. A limit that was asked for stays.
    limit = getattr(workflow.scheduler, "job_rate_limiter", None)
    if limit and (limit.max_jobs, limit.timespan) == (100, 1):
        workflow.scheduler.job_rate_limiter = None


onsuccess:
    Records(Path(RESULTS)).sign()
    stored = workflow.storage_settings.default_storage_prefix
    # With results in a cloud's storage there is nothing here to count.
    line, confident = (f"finished; results are in {stored}.", True) if stored else closing_line(Path(RESULTS))
    lines = [] if stored else where_things_are(Path(RESULTS))
    print(f"policy-emphasis: {line} It took {time.monotonic() - STARTED:.0f} s.", *lines, sep="\n", file=sys.stderr)
    if config["strict"] and not confident:
        sys.exit("policy-emphasis: strict: a report was left out or is of low confidence")


onerror:
    Records(Path(RESULTS)).sign()
    print(
        f"policy-emphasis: not finished; logs are in {RESULTS}/logs. Run snakemake again to go on.", file=sys.stderr
    )


if not ALONE:
    join_handlers(RESULTS, onstart=onstart, onsuccess=onsuccess, onerror=onerror)
