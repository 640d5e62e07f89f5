"""Second factors, sessions and invitations of staff.

Revision ID: 0025
Revises: 0024
"""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
