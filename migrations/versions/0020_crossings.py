"""Counts of two things at once that wait sealed for the closing.

Revision ID: 0020
Revises: 0019
"""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
