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
