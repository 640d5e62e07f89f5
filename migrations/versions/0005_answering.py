"""Drafts, the box, what is settled out of it, and counts."""

import sqlalchemy as sa
from alembic import op

from consult.storage import RandomKey

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def consultation_key(table: str) -> sa.ForeignKeyConstraint:
    """The key to the consultation."""
    return sa.ForeignKeyConstraint(
        ["consultation_id"], ["consultations.id"], name=op.f(f"fk_{table}_consultation_id_consultations")
    )


def revision_key(table: str) -> sa.ForeignKeyConstraint:
    """The key to the questionnaire."""
    return sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f(f"fk_{table}_revision_id_revisions"))


def upgrade() -> None:
    """Make the tables; those without an INTEGER key have no rowid, which would count arrivals."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("comeback", sa.LargeBinary(32), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("comeback", name=op.f("uq_drafts_comeback")),
        consultation_key("drafts"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_drafts_consultation_id"), "drafts", ["consultation_id"])
    op.create_table(
        "generations",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
        consultation_key("generations"),
    )
    op.create_index(op.f("ix_generations_consultation_id"), "generations", ["consultation_id"])
    op.create_table(
        "boxes",
        sa.Column("consultation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation_id", RandomKey, nullable=True),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("swept_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_boxes")),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=op.f("fk_boxes_generation_id_generations")),
        sa.CheckConstraint("stage in ('open', 'held', 'settled', 'rewritten', 'closed')", name=op.f("ck_boxes_stage")),
        consultation_key("boxes"),
    )
    op.create_table(
        "ballots",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("generation", RandomKey, nullable=False),
        sa.Column("receipt", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("equality", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.ForeignKeyConstraint(["generation"], ["generations.id"], name=op.f("fk_ballots_generation_generations")),
        sa.UniqueConstraint("receipt", name=op.f("uq_ballots_receipt")),
    )
    op.create_index(op.f("ix_ballots_generation"), "ballots", ["generation"])
    op.create_table(
        "responses",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("segment", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        consultation_key("responses"),
        revision_key("responses"),
    )
    op.create_index(op.f("ix_responses_consultation_id"), "responses", ["consultation_id"])
    op.create_table(
        "comments",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("response_id", RandomKey, nullable=True),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("part", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.id"],
            name=op.f("fk_comments_response_id_responses"),
            deferrable=True,
            initially="DEFERRED",
        ),
        consultation_key("comments"),
    )
    op.create_index(op.f("ix_comments_response_id"), "comments", ["response_id"])
    op.create_index(op.f("ix_comments_consultation_id_question"), "comments", ["consultation_id", "question"])
    op.create_table(
        "personal_answers",
        sa.Column("id", RandomKey, autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_answers")),
        consultation_key("personal_answers"),
    )
    op.create_index(op.f("ix_personal_answers_consultation_id"), "personal_answers", ["consultation_id"])
    op.create_table(
        "counted",
        sa.Column("receipt", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_counted")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spent",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_spent")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("consultation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("part", sa.String(100), nullable=False),
        sa.Column("atom", sa.String(100), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "revision_id", "question", "part", "atom", name=op.f("pk_tallies")),
        sa.CheckConstraint('"count" > 0', name=op.f("ck_tallies_count")),
        consultation_key("tallies"),
        revision_key("tallies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "equality_counts",
        sa.Column("consultation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("option", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "question", "option", name=op.f("pk_equality_counts")),
        sa.CheckConstraint('"count" > 0', name=op.f("ck_equality_counts_count")),
        consultation_key("equality_counts"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "equality_counts",
        "tallies",
        "spent",
        "counted",
        "personal_answers",
        "comments",
        "responses",
        "ballots",
        "boxes",
        "generations",
        "drafts",
    ):
        op.drop_table(table)
