"""A reference from ten reports, and reports compared with it."""

import pandas as pd

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
    settings = ("--config", "reports=many", "results=made", "segmenter=rjieba")
    done = project.run("reference", *settings)
    assert done.status == 0, done.output
    reports = pd.read_csv(project.folder / "made/reference/reports.tsv", sep="\t")
    assert len(reports) == 10 and reports["sha256"].str.len().eq(64).all()

    files = [f"own/tables/{name}.csv" for name in ("peers", "distinctive", "missing", "standing")]
    done = project.run(*files, "--config", "results=own", "reference=made/reference")
    assert done.status == 0, done.output
    peers, distinctive, missing, standing = (pd.read_csv(project.folder / file) for file in files)
    assert peers["compared"].all() and len(peers) == 10
    assert len(distinctive) and len(missing) and len(standing)


def test_a_folder_that_is_no_reference_is_named(tmp_path):
    project = Project(tmp_path)
    done = project.run("-n", "--config", "reference=seeds")
    assert done.status == 1 and "reference: there is no seeds/reports.tsv" in done.output, done.output
