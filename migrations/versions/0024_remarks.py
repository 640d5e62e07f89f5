"""Remarks and trials before a consultation opens.

Revision ID: 0024
Revises: 0023
"""

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
