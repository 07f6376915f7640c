"""Write down what went into a run and what came out of it, as a manifest and as a Workflow Run Crate."""

from emphasis.publish.crate import WORKFLOW, crate, newest_day
from emphasis.publish.manifest import check_inputs, file_entry, write_json
from emphasis.publish.manifest import manifest as describe
from emphasis.run.records import Records
from emphasis.run.step import Step, run_step


def manifest(step: Step) -> None:
    target, copy = step.target("manifest"), step.target("workflow")
    files = {name: step.files(name) for name in ("outlines", "outputs", "data", "code")}
    params = step.params
    document = describe(
        results=step.folder, inputs=step.files("reports"), **files, config=params.config, chosen=params.chosen
    )
    reports = list(step.results(["metadata"]).rows("metadata"))
    check_inputs(document["inputs"], reports)
    Records(step.folder).check_made({entry["path"]: entry["sha256"] for entry in document["outputs"]})
    write_json(document, target)
    step.write_text("workflow", step.file("entry").read_text(encoding="utf-8"))
    entries = file_entry(target, target.name), file_entry(copy, WORKFLOW)
    write_json(crate(document, *entries, newest_day(reports)), step.target("crate"))


if __name__ == "__main__":
    run_step(manifest, snakemake)
