"""Write workflow/envs/policy-emphasis.yaml, the environment for conda, from requirements.lock.

Each package of the lock is listed by its version rather than by naming the lock: Snakemake copies the file to where conda reads it, from
where no path leads to the lock.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK, ENVIRONMENT = ROOT / "requirements.lock", ROOT / "workflow/envs/policy-emphasis.yaml"
_HEAD = """\
# For those who run `snakemake --sdm conda`, or `conda env create --file workflow/envs/policy-emphasis.yaml`: the packages of
# requirements.lock. Made from it by `make lock`; do not edit.
name: policy-emphasis
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def environment(lock: str) -> str:
    """The text of the environment for the text of a lock."""
    packages = re.findall(r"^(\S+==.*?) *\\?$", lock, re.MULTILINE)
    return _HEAD + "".join(f'      - "{package}"\n' for package in packages)


if __name__ == "__main__":
    ENVIRONMENT.write_text(environment(LOCK.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
