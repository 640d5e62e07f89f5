"""Counts of two things at once that wait sealed for the closing.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, RandomKey

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    for table in ("consultations", "revisions"):
        op.add_column(table, sa.Column("crossings", Json(), nullable=True))
    op.create_table(
        "closing_arrays",
        sa.Column("consultation_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("closing_key", RandomKey, nullable=False),
        sa.Column("public_key", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_closing_arrays")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_closing_arrays_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=op.f("fk_closing_arrays_revision_id_revisions")
        ),
    )
    op.create_table(
        "released_crossings",
        sa.Column("consultation_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("grids", Json(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_released_crossings")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_released_crossings_consultation_id_consultations")
        ),
    )


def downgrade() -> None:
    op.drop_table("released_crossings")
    op.drop_table("closing_arrays")
    for table in ("revisions", "consultations"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("crossings")
