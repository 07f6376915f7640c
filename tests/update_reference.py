"""Make tests/reference anew: the text tables of the bundled report (`make reference`)."""

import shutil
import tempfile
from pathlib import Path

from conftest import ROOT
from workflow import Project

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project")
        run = project.run("corpus", "tables")
        if run.status:
            raise SystemExit(run.output)
        for table in sorted(project.results.rglob("*.csv")):
            target = ROOT / "tests/reference" / table.relative_to(project.results)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(table, target)
            print(target.relative_to(ROOT))
