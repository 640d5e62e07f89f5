"""Every change of a questionnaire as an event.

Revision ID: 0022
Revises: 0021
"""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
