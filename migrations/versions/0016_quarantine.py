"""Answers set aside until somebody has looked at them.

Revision ID: 0016
Revises: 0015
"""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
