"""The people of these tests."""

from __future__ import annotations

import pytest

from tests.accounts.factories import Person, make_person
from tests.engagement.factories import make_group


@pytest.fixture
def editor(database) -> Person:
    """Writes for Purbeck."""
    return make_person("editor", make_group())


@pytest.fixture
def commissioner(database) -> Person:
    """Approves for Purbeck."""
    return make_person("commissioner", make_group())
