"""Documents need the frame of pages and the words of our own, but no table."""

from __future__ import annotations

import pytest

from tests.questions.conftest import bare

__all__ = ["bare"]


@pytest.fixture(autouse=True)
def inside(bare):
    """An application around every test."""
    with bare.app_context():
        yield
