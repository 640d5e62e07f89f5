"""Remarks and trials before a consultation opens, what was looked at in a review, and revisions while it is open.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

BEFORE = ("corrected", "extended", "paused", "reopened", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "review_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(4), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_review_links"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_review_links_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_review_links_made_by_accounts"),
        sa.UniqueConstraint("code_hash", name="uq_review_links_code_hash"),
        sa.CheckConstraint("purpose in ('look', 'try')", name="purpose"),
    )
    op.create_index("ix_review_links_consultation_id", "review_links", ["consultation_id"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("signed", sa.String(120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_remarks"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_remarks_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["answers_id"], ["remarks.id"], name="fk_remarks_answers_id_remarks"),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_remarks_made_by_accounts"),
        sa.ForeignKeyConstraint(["link_id"], ["review_links.id"], name="fk_remarks_link_id_review_links"),
        sa.ForeignKeyConstraint(["closed_by"], ["accounts.id"], name="fk_remarks_closed_by_accounts"),
        sa.CheckConstraint("part in ('whole', 'text', 'page', 'question')", name="part"),
        sa.CheckConstraint("made_by is null or link_id is null", name="one_writer"),
        sa.CheckConstraint("answers_id is null or closed_on is null", name="answers_are_not_closed"),
    )
    op.create_index("ix_remarks_consultation_id", "remarks", ["consultation_id"])
    op.create_table(
        "looked_at",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_looked_at"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_looked_at_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["accounts.id"], name="fk_looked_at_seen_by_accounts"),
        sa.CheckConstraint("outcome in ('returned', 'approved')", name="outcome"),
    )
    op.create_index("ix_looked_at_consultation_id", "looked_at", ["consultation_id"])
    op.create_table(
        "trial_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trial_answers"),
        sa.ForeignKeyConstraint(["link_id"], ["review_links.id"], name="fk_trial_answers_link_id_review_links"),
        sa.CheckConstraint("minutes is null or minutes >= 0", name="minutes"),
    )
    op.create_index("ix_trial_answers_link_id", "trial_answers", ["link_id"])
    _kinds((*BEFORE, "revised"))


def downgrade() -> None:
    op.execute("UPDATE corrections SET kind = 'corrected' WHERE kind = 'revised'")
    _kinds(BEFORE)
    op.drop_table("trial_answers")
    op.drop_table("looked_at")
    op.drop_table("remarks")
    op.drop_table("review_links")


def _kinds(kinds: tuple[str, ...]) -> None:
    """What can happen to a consultation in public; SQLite writes the table anew for it."""
    check = f"kind in ({', '.join(repr(kind) for kind in kinds)})"
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("corrections", copy_from=_corrections(check), recreate="always"):
            pass
        return
    op.drop_constraint(op.f("ck_corrections_kind"), "corrections", type_="check")
    op.create_check_constraint(op.f("ck_corrections_kind"), "corrections", check)


def _corrections(check: str) -> sa.Table:
    """The table as it was made, with this check."""
    return sa.Table(
        "corrections",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("second_due_at", sa.DateTime(), nullable=False),
        sa.Column("seconded_by", sa.Integer(), nullable=True),
        sa.Column("seconded_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_corrections_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_corrections_made_by_accounts"),
        sa.ForeignKeyConstraint(["seconded_by"], ["accounts.id"], name="fk_corrections_seconded_by_accounts"),
        sa.CheckConstraint(check, name="ck_corrections_kind"),
        sa.CheckConstraint(
            "seconded_by is null or made_by is null or seconded_by <> made_by", name="ck_corrections_two_people"
        ),
        sa.Index("ix_corrections_consultation_id", "consultation_id"),
    )
