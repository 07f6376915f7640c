"""A reference from ten reports, and reports compared with it."""

import pandas as pd
import yaml

from support import ROOT
from support.project import Project
from synthetic import compose, read_pool

PROVINCES = "河北 山西 辽宁 吉林 江苏 浙江 安徽 福建 江西 山东".split()


def test_ten_reports_make_a_reference_that_works(tmp_path):
    project = Project(tmp_path)
    (project.folder / "many").mkdir()
    pool = read_pool([ROOT / "seeds/changchun-2025.txt"])
    for name in PROVINCES:
        text = compose(pool, f"{name}省", 2025, name)
        (project.folder / f"many/{name}-2025.txt").write_text(text, encoding="utf-8")
    settings = ("--config", "reports=many", "results=made", "segmenter=rjieba", "reference_topics=refit")
    settings += ('topics={"refits": 5, "shuffles": 5}',)
    done = project.run("reference", *settings)
    assert done.status == 0, done.output
    assert "reference_topics" in done.rules
    made = project.folder / "made"
    labels = pd.read_csv(made / "reference/topics/labels.tsv", sep="\t")
    assert (made / "reference_topics/passages.csv").exists()
    provenance = yaml.safe_load((made / "reference/provenance.yaml").read_text(encoding="utf-8"))
    assert len(provenance["topics"]["reports"]) == 10 and provenance["topics"]["topics"] == len(labels)
    reports = pd.read_csv(project.folder / "made/reference/reports.tsv", sep="\t")
    assert len(reports) == 10 and reports["sha256"].str.len().eq(64).all()

    files = [f"own/tables/{name}.csv" for name in ("peers", "distinctive", "missing", "standing")]
    done = project.run(*files, "--config", "results=own", "reference=made/reference")
    assert done.status == 0, done.output
    peers, distinctive, missing, standing = (pd.read_csv(project.folder / file) for file in files)
    assert peers["compared"].all() and len(peers) == 10
    assert len(distinctive) and len(missing) and len(standing)
    assert distinctive.loc[distinctive["part"] == "section", "area"].notna().all()
    # The topics are those of the reference, not the shipped ones.
    assert set(standing.loc[standing["kind"] == "topic", "measure"]) <= set(labels["label"])


def test_a_folder_that_is_no_reference_is_named(tmp_path):
    project = Project(tmp_path)
    done = project.run("-n", "--config", "reference=seeds")
    assert done.status == 1 and "reference: there is no seeds/reports.tsv" in done.output, done.output
