"""The shipped reference and the bundled report, read once."""

import pytest

from emphasis import read_report
from emphasis.reference.folder import read_reference
from support import REPORT, ROOT
from support.yardstick import SHIPPED


@pytest.fixture(scope="session")
def shipped():
    return read_reference(SHIPPED)


@pytest.fixture(scope="session")
def report():
    return read_report(ROOT / f"seeds/{REPORT}.txt")
