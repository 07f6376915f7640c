"""What tests share: where things are, made-up data, a project to run the workflow in."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
SHARED = ROOT.parent / "shared"
"""Real reports and hand annotations that are not part of the project; tests that use them skip without them."""
REFERENCE = TESTS / "reference"
"""The bundled report's results, which a run must reproduce."""
JUDGEMENTS = TESTS / "judgements"
"""What readers decided about real texts."""
REPORT = "changchun-2025"
"""The bundled report."""
