"""Questions and pages kept to be asked again.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "bank_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bank_entries"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_bank_entries_group_id_groups"),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_bank_entries_made_by_accounts"),
        sa.CheckConstraint("part in ('question', 'page')", name="part"),
    )


def downgrade() -> None:
    op.drop_table("bank_entries")
