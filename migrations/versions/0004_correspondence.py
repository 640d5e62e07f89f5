"""Requests for another format or language."""

import sqlalchemy as sa
from alembic import op

from consult.storage import RandomKey

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "format_requests",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_format_requests")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_format_requests_consultation_id_consultations")
        ),
        sa.CheckConstraint(
            "what in ('large_print', 'easy_read', 'braille', 'audio', 'bsl', 'language', 'other')",
            name=op.f("ck_format_requests_what"),
        ),
        sa.CheckConstraint("state in ('asked', 'in_hand', 'sent', 'closed')", name=op.f("ck_format_requests_state")),
    )
    op.create_index(op.f("ix_format_requests_consultation_id"), "format_requests", ["consultation_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("format_requests")
