"""Comments that somebody asked the team to read today, and where to complain or to raise a concern.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, UtcDateTime

revision = "0015"
down_revision = "0014"

RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "urgent_comments",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lead_told", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("passed_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_urgent_comments"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_urgent_comments_consultation_id_consultations"
        ),
        sa.CheckConstraint(
            "outcome in ('', 'none', 'signposted', 'safeguarding', 'quality', 'police')",
            name=op.f("ck_urgent_comments_outcome"),
        ),
    )
    op.create_index("ix_urgent_comments_consultation_id", "urgent_comments", ["consultation_id"])
    op.create_table(
        "urgent_rounds",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hour", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_urgent_rounds"),
        sa.CheckConstraint("id = 1", name=op.f("ck_urgent_rounds_only_one")),
    )
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("safeguarding_lines", Json(), nullable=True))
        table.add_column(sa.Column("complaint_lines", Json(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.drop_column("complaint_lines")
        table.drop_column("safeguarding_lines")
    op.drop_table("urgent_rounds")
    op.drop_table("urgent_comments")
