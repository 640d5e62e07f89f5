"""The office of these tests."""

from __future__ import annotations

import pytest

from tests.answering.factories import NOW
from tests.keying.factories import Office, make_office


@pytest.fixture
def office(database, clock) -> Office:
    """An open consultation with its people, at noon."""
    clock.set(NOW)
    return make_office()
