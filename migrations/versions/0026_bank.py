"""Questions kept to be asked again.

Revision ID: 0026
Revises: 0025
"""

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
