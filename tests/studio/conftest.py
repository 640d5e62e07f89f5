"""The people of these tests."""

from tests.consultations.conftest import commissioner, editor

__all__ = ["commissioner", "editor"]
