"""Show the sentences behind a row of a table: python scripts/evidence.py keyness.csv 12"""

import sys
from pathlib import Path

from emphasis.publish.evidence.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).parents[1]))
