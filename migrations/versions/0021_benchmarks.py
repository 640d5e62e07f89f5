"""Figures of a population to hold beside who answered.

Revision ID: 0021
Revises: 0020
"""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
