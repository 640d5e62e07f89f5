"""Submissions, enquiries, and requests for a format that extend somebody's closing date.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, UtcDateTime

revision = "0013"
down_revision = "0012"

RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "state in ('asked', 'in_hand', 'sent', 'closed')"
AFTER = "state in ('asked', 'in_hand', 'sent', 'cannot', 'closed')"


def upgrade() -> None:
    op.add_column("consultations", sa.Column("extended_until", UtcDateTime(), nullable=True))
    op.add_column("consultations", sa.Column("format_awaited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("format_requests", sa.Column("in_time", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("format_requests", sa.Column("sent_on", sa.Date(), nullable=True))
    op.add_column("format_requests", sa.Column("more_time_until", sa.Date(), nullable=True))
    allow_states(AFTER)
    op.create_table(
        "enquiries",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("published_question", Json(), nullable=False),
        sa.Column("published_answer", Json(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_enquiries_consultation_id_consultations")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'private', 'published', 'set_aside')", name=op.f("ck_enquiries_state")
        ),
        sa.CheckConstraint("(state = 'waiting') = (answered_on is null)", name=op.f("ck_enquiries_answered")),
    )
    op.create_index(op.f("ix_enquiries_consultation_id"), "enquiries", ["consultation_id"])
    op.create_table(
        "submissions",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("capacity", sa.String(200), nullable=False),
        sa.Column("came_by", sa.String(10), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("summary", Json(), nullable=False),
        sa.Column("file_kind", sa.String(10), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("signatures", sa.Integer(), nullable=True),
        sa.Column("signatures_counted", sa.Text(), nullable=False),
        sa.Column("permission", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_submissions_consultation_id_consultations")
        ),
        sa.CheckConstraint(
            "kind in ('organisation', 'councillor', 'mp', 'scrutiny', 'petition', 'individual')",
            name=op.f("ck_submissions_kind"),
        ),
        sa.CheckConstraint("came_by in ('site', 'email', 'post', 'in_person')", name=op.f("ck_submissions_came_by")),
        sa.CheckConstraint("permission in ('named', 'unnamed', 'none')", name=op.f("ck_submissions_permission")),
        sa.CheckConstraint("state in ('new', 'counted', 'set_aside')", name=op.f("ck_submissions_state")),
        sa.CheckConstraint("(kind = 'petition') = (signatures is not null)", name=op.f("ck_submissions_signatures")),
        sa.CheckConstraint("(sha256 is null) = (size is null)", name=op.f("ck_submissions_size")),
    )
    op.create_index(op.f("ix_submissions_consultation_id"), "submissions", ["consultation_id"])
    op.create_table(
        "submission_contacts",
        sa.Column("submission_id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("thanked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_contacts")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_contacts_submission_id_submissions")
        ),
    )


def downgrade() -> None:
    for table in ("submission_contacts", "submissions", "enquiries"):
        op.drop_table(table)
    op.execute("update format_requests set state = 'sent' where state = 'cannot'")
    allow_states(BEFORE)
    with op.batch_alter_table("format_requests") as table:
        for column in ("more_time_until", "sent_on", "in_time"):
            table.drop_column(column)
    with op.batch_alter_table("consultations") as table:
        table.drop_column("format_awaited")
        table.drop_column("extended_until")


def allow_states(condition: str) -> None:
    """How far a request may be; SQLite writes the table anew for it."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("format_requests", copy_from=format_requests(condition), recreate="always"):
            pass
        return
    op.drop_constraint(op.f("ck_format_requests_state"), "format_requests", type_="check")
    op.create_check_constraint(op.f("ck_format_requests_state"), "format_requests", condition)


def format_requests(condition: str) -> sa.Table:
    """The table as it is, with this condition on its states."""
    return sa.Table(
        "format_requests",
        sa.MetaData(),
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("more_time_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_format_requests"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_format_requests_consultation_id_consultations"
        ),
        sa.CheckConstraint(
            "what in ('large_print', 'easy_read', 'braille', 'audio', 'bsl', 'language', 'other')",
            name=op.f("ck_format_requests_what"),
        ),
        sa.CheckConstraint(condition, name=op.f("ck_format_requests_state")),
        sa.Index("ix_format_requests_consultation_id", "consultation_id"),
    )
