"""Make the reference that is shipped: python scripts/tools/ship_reference.py FOLDER [RESULTS]

FOLDER holds the reports, RESULTS is where the run works (a folder that is deleted at the end, if none is given). Runs
`snakemake reference` with the settings of config/config.yaml, puts what it makes into config/reference, and notes how the bundled report is
cut, so that a test says when the reference has to be made again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from emphasis import read_report  # noqa: E402
from emphasis.reference.build import counts_hash  # noqa: E402
from emphasis.reference.folder import FILES  # noqa: E402
from emphasis.store.atomic import write_text  # noqa: E402
from emphasis.store.markup import from_yaml  # noqa: E402
from emphasis.topics.basis import FILES as TOPIC_FILES  # noqa: E402

SHIPPED = ROOT / "config/reference"
_QUICK = {"topics": {"k": 4, "refits": 5, "shuffles": 5}}
"""The model of the reports at hand, which is fitted besides, is no part of a reference: it need not be good."""
BUNDLED = ROOT / "seeds/changchun-2025.txt"


def ship(reports: Path, results: Path) -> None:
    """Make the reference of a folder of reports in `results`, and ship it."""
    snakemake = Path(sys.executable).parent / "snakemake"
    results.mkdir(parents=True, exist_ok=True)
    write_text(results / "quick.yaml", yaml.safe_dump(_QUICK))
    command = [snakemake, "reference", "--configfile", results.absolute() / "quick.yaml"]
    command += ["--config", f"reports={reports.absolute()}", f"results={results.absolute()}"]
    subprocess.run(list(map(str, command)), cwd=ROOT, check=True)
    made = results / "reference"
    for name in (*FILES, *(f"topics/{name}" for name in TOPIC_FILES)):
        (SHIPPED / name).write_bytes((made / name).read_bytes())
    provenance = from_yaml((SHIPPED / "provenance.yaml").read_text(encoding="utf-8"))
    provenance["definitions"]["segmentation"] = counts_hash(read_report(BUNDLED).counts)
    write_text(SHIPPED / "provenance.yaml", yaml.safe_dump(provenance, allow_unicode=True, sort_keys=False, width=120))
    size = sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file())
    print(f"config/reference: {size / 1e6:.2f} MB; now run the tests in tests/yardstick and `make reference`")


def main(arguments: list[str]) -> None:
    """Read the arguments."""
    if len(arguments) not in (1, 2) or not Path(arguments[0]).is_dir():
        sys.exit(__doc__)
    with TemporaryDirectory() as temporary:
        ship(Path(arguments[0]), Path(arguments[1] if len(arguments) > 1 else temporary))


if __name__ == "__main__":
    main(sys.argv[1:])
