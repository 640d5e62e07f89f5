"""Consultations, their documents, frozen questionnaires and public changes."""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDED = ("title", "summary", "why", "decided", "still_open", "what_next")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        *(sa.Column(name, Json(), nullable=False) for name in WORDED),
        sa.Column("activity", sa.String(10), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("contact_name", sa.String(120), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("contact_telephone", sa.String(40), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("equality", sa.Boolean(), nullable=False),
        sa.Column("equality_purpose", Json(), nullable=False),
        sa.Column("definition", Json(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("paused_reason", Json(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", Json(), nullable=False),
        sa.Column("withdrawn_answers", sa.String(10), nullable=True),
        sa.Column("authors", Json(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultations_slug")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_consultations_group_id_groups")),
        sa.ForeignKeyConstraint(["submitted_by"], ["accounts.id"], name=op.f("fk_consultations_submitted_by_accounts")),
        sa.ForeignKeyConstraint(["approved_by"], ["accounts.id"], name=op.f("fk_consultations_approved_by_accounts")),
        sa.CheckConstraint(
            "state in ('draft', 'in_review', 'approved', 'reported')", name=op.f("ck_consultations_state")
        ),
        sa.CheckConstraint("activity in ('inform', 'engage', 'consult')", name=op.f("ck_consultations_activity")),
        sa.CheckConstraint(
            "state not in ('approved', 'reported') or (opens_at is not null and closes_at is not null)",
            name=op.f("ck_consultations_dates"),
        ),
        sa.CheckConstraint(
            "closes_at is null or opens_at is null or opens_at < closes_at", name=op.f("ck_consultations_order")
        ),
        sa.CheckConstraint(
            "approved_by is null or submitted_by is null or approved_by <> submitted_by",
            name=op.f("ck_consultations_two_people"),
        ),
    )
    op.create_index(op.f("ix_consultations_group_id"), "consultations", ["group_id"])
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("title", Json(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_documents_consultation_id_consultations")
        ),
        sa.CheckConstraint("(sha256 is null) <> (address is null)", name=op.f("ck_documents_file_or_link")),
        sa.CheckConstraint("(sha256 is null) = (size is null)", name=op.f("ck_documents_size")),
    )
    op.create_index(op.f("ix_documents_consultation_id"), "documents", ["consultation_id"])
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", Json(), nullable=False),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_revisions_consultation_id_number")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_revisions_consultation_id_consultations")
        ),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", Json(), nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("second_due_at", UtcDateTime(), nullable=False),
        sa.Column("seconded_by", sa.Integer(), nullable=True),
        sa.Column("seconded_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_corrections_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_corrections_made_by_accounts")),
        sa.ForeignKeyConstraint(["seconded_by"], ["accounts.id"], name=op.f("fk_corrections_seconded_by_accounts")),
        sa.CheckConstraint(
            "kind in ('corrected', 'extended', 'paused', 'reopened', 'withdrawn')", name=op.f("ck_corrections_kind")
        ),
        sa.CheckConstraint(
            "seconded_by is null or made_by is null or seconded_by <> made_by", name=op.f("ck_corrections_two_people")
        ),
    )
    op.create_index(op.f("ix_corrections_consultation_id"), "corrections", ["consultation_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("corrections", "revisions", "documents", "consultations"):
        op.drop_table(table)
