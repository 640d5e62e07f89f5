"""You Said, We Did: what is being written, and what was published."""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, RandomKey, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feedback_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("authors", Json(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_drafts")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_feedback_drafts_consultation_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_feedback_drafts_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_feedback_drafts_submitted_by_accounts")
        ),
        sa.CheckConstraint("state in ('draft', 'in_review', 'published')", name=op.f("ck_feedback_drafts_state")),
    )
    op.create_table(
        "feedback_themes",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_themes")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["feedback_drafts.id"], name=op.f("fk_feedback_themes_draft_id_feedback_drafts")
        ),
    )
    op.create_index(op.f("ix_feedback_themes_draft_id"), "feedback_themes", ["draft_id"])
    op.create_table(
        "feedback_rows",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("theme_id", RandomKey, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heard", Json(), nullable=False),
        sa.Column("evidence", Json(), nullable=False),
        sa.Column("answer", sa.String(20), nullable=True),
        sa.Column("words", Json(), nullable=False),
        sa.Column("who", Json(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("addressed", Json(), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("reflects", sa.Boolean(), nullable=False),
        sa.Column("informs", sa.Boolean(), nullable=False),
        sa.Column("flagged_by", sa.Integer(), nullable=True),
        sa.Column("flagged_at", UtcDateTime(), nullable=True),
        sa.Column("authors", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_rows")),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["feedback_themes.id"], name=op.f("fk_feedback_rows_theme_id_feedback_themes")
        ),
        sa.ForeignKeyConstraint(["flagged_by"], ["accounts.id"], name=op.f("fk_feedback_rows_flagged_by_accounts")),
        sa.CheckConstraint(
            "answer is null or answer in ('changed', 'already', 'will_do', 'not_decided', 'cannot', 'other_body')",
            name=op.f("ck_feedback_rows_answer"),
        ),
        sa.CheckConstraint(
            "reason is null or reason in ('scope', 'law', 'cost', 'safety', 'happening', 'unsupported', 'other_body')",
            name=op.f("ck_feedback_rows_reason"),
        ),
    )
    op.create_index(op.f("ix_feedback_rows_theme_id"), "feedback_rows", ["theme_id"])
    op.create_table(
        "feedback_publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frozen", Json(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_publications")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_feedback_publications_consultation_id_number")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_feedback_publications_consultation_id_consultations"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.id"], name=op.f("fk_feedback_publications_published_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_feedback_publications_submitted_by_accounts")
        ),
        sa.CheckConstraint(
            "published_by is null or submitted_by is null or published_by <> submitted_by",
            name=op.f("ck_feedback_publications_two_people"),
        ),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("feedback_publications", "feedback_rows", "feedback_themes", "feedback_drafts"):
        op.drop_table(table)
