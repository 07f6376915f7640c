# What a job asks a cluster for: memory and minutes, from how much text it reads. On one machine nothing looks at it. Ask for
# two to five times of what was measured; a job that is tried again asks for more.

# Megabytes and seconds for each report of usual length, beside what every job needs.
NEEDS = {
    "ingest": (5, 2),
    "segment": (15, 3),
    "keyness": (15, 5),
    "topics": (15, 20),
    "variants": (30, 20),
    "targets": (5, 20),
    "clouds": (500, 60),
    "frequency_corpus": (10, 2),
    "keyness_across": (15, 10),
    "reuse": (10, 2),
    "similarity": (10, 2),
    "outline": (5, 2),
    "segmentation": (10, 2),
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
    megabytes, seconds = NEEDS.get(step, (5, 2))
    return {
        "mem_mb": lambda wildcards, attempt: int(attempt * (500 + megabytes * load(wildcards))),
        "runtime": lambda wildcards, attempt: int(attempt * (5 + seconds * load(wildcards) / 60)),
    }
