"""The shipped reference, read once."""

import pytest

from emphasis.reference.data import read_reference
from support.yardstick import SHIPPED


@pytest.fixture(scope="session")
def shipped():
    return read_reference(SHIPPED)
