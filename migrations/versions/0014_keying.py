"""Batches of paper and telephone answers, and the forms in them that are being keyed.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0014"
down_revision = "0013"

BEFORE = "'promoter', 'editor', 'analyst', 'commissioner', 'administrator'"
AFTER = f"'keyer', {BEFORE}"


def upgrade() -> None:
    allow_roles(AFTER)
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("late_because", sa.Text(), nullable=False),
        sa.Column("twice", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("mismatches", Json(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_batches_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_batches_revision_id_revisions")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_batches_consultation_id_number")),
        sa.CheckConstraint(
            "channel in ('paper', 'telephone', 'face_to_face', 'letter')", name=op.f("ck_batches_channel")
        ),
        sa.CheckConstraint("received > 0 and late >= 0 and late <= received", name=op.f("ck_batches_counts")),
    )
    op.create_table(
        "batch_keyers",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "account_id", name=op.f("pk_batch_keyers")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_keyers_batch_id_batches")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_batch_keyers_account_id_accounts")),
        sa.CheckConstraint("entry in (1, 2)", name=op.f("ck_batch_keyers_entry")),
    )
    op.create_index(op.f("ix_batch_keyers_account_id"), "batch_keyers", ["account_id"])
    op.create_table(
        "keyed_forms",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("first", sa.LargeBinary(), nullable=True),
        sa.Column("second", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_keyed_forms")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_keyed_forms_batch_id_batches")),
        sa.CheckConstraint("stage in ('once', 'differs', 'counted', 'unreadable')", name=op.f("ck_keyed_forms_stage")),
        sa.CheckConstraint(
            "stage in ('once', 'differs') or (first is null and second is null)", name=op.f("ck_keyed_forms_wiped")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_counts",
        sa.Column("consultation_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "question", "what", name=op.f("pk_paper_counts")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_paper_counts_consultation_id_consultations")
        ),
        sa.CheckConstraint("what in ('not asked', 'unclear')", name=op.f("ck_paper_counts_what")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("paper_counts", "keyed_forms", "batch_keyers", "batches"):
        op.drop_table(table)
    op.execute("DELETE FROM memberships WHERE role = 'keyer'")
    allow_roles(BEFORE)


def allow_roles(roles: str) -> None:
    """The roles that a membership may have; SQLite writes the table anew for it."""
    check = f"role in ({roles})"
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("memberships", copy_from=memberships(check), recreate="always"):
            pass
        return
    op.drop_constraint(op.f("ck_memberships_role"), "memberships", type_="check")
    op.create_check_constraint(op.f("ck_memberships_role"), "memberships", check)


def memberships(check: str) -> sa.Table:
    """The table as it was made, with this check."""
    return sa.Table(
        "memberships",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("account_id", "group_id", "role", name=op.f("uq_memberships_account_id_group_id_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_memberships_group_id_groups")),
        sa.CheckConstraint(check, name=op.f("ck_memberships_role")),
        sa.CheckConstraint(
            "role <> 'administrator' or group_id is null", name=op.f("ck_memberships_administrator_of_all")
        ),
        sa.Index(op.f("ix_memberships_group_id"), "group_id"),
    )
