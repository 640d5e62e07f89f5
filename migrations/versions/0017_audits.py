"""When the anonymity of this site was last audited, and with what result.

Revision ID: 0017
Revises: 0016
"""

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
