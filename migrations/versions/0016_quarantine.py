"""Answers set aside until somebody has looked at them.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0016"
down_revision = "0015"

RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "quarantines",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("segment", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("adds", Json(), nullable=False),
        sa.Column("equality", Json(), nullable=False),
        sa.Column("apart", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantines")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_quarantines_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_quarantines_revision_id_revisions")),
        sa.CheckConstraint("reason in ('trap', 'fast', 'same')", name=op.f("ck_quarantines_reason")),
        sa.CheckConstraint(
            "stage in ('waiting', 'to_count', 'counted', 'left_out')", name=op.f("ck_quarantines_stage")
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_quarantines_people")),
    )
    op.create_index(op.f("ix_quarantines_consultation_id"), "quarantines", ["consultation_id"])
    op.create_table(
        "quarantined",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("quarantine_id", RANDOM, nullable=False),
        sa.Column("answers", Json(), nullable=False),
        sa.Column("comments", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_quarantined_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["quarantine_id"], ["quarantines.id"], name=op.f("fk_quarantined_quarantine_id_quarantines")
        ),
    )
    op.create_index(op.f("ix_quarantined_consultation_id"), "quarantined", ["consultation_id"])
    op.create_index(op.f("ix_quarantined_quarantine_id"), "quarantined", ["quarantine_id"])
    with op.batch_alter_table("releases") as table:
        table.add_column(sa.Column("left_out", Json(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("releases") as table:
        table.drop_column("left_out")
    op.drop_table("quarantined")
    op.drop_table("quarantines")
