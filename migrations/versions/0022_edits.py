"""Every change of a questionnaire as an event, with the questionnaire after it.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import UtcDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("brought_back", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_edits_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_edits_made_by_accounts"),
        sa.UniqueConstraint("consultation_id", "number", name="uq_edits_consultation_id_number"),
        sa.CheckConstraint("number > 0", name="number"),
    )


def downgrade() -> None:
    op.drop_table("edits")
