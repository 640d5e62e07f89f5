"""Who translated what, who signed it off, and translators who see their languages only.

Revision ID: 0023
Revises: 0022
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0023"
down_revision = "0022"

BEFORE = "'keyer', 'promoter', 'editor', 'analyst', 'commissioner', 'administrator'"
AFTER = BEFORE.replace("'keyer', ", "'keyer', 'translator', ")
FOR_TRANSLATORS = "languages is null or role = 'translator'"


def upgrade() -> None:
    op.create_table(
        "translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target_mark", sa.String(32), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_translations"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_translations_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["written_by"], ["accounts.id"], name="fk_translations_written_by_accounts"),
        sa.ForeignKeyConstraint(["signed_by"], ["accounts.id"], name="fk_translations_signed_by_accounts"),
        sa.UniqueConstraint(
            "consultation_id", "language", "place", name="uq_translations_consultation_id_language_place"
        ),
        sa.CheckConstraint("signed_by is null or signed_at is not null", name="signed"),
        sa.CheckConstraint("signed_by is null or written_by is null or signed_by <> written_by", name="two_people"),
    )
    op.create_table(
        "translators_notes",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "place", name="pk_translators_notes"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_translators_notes_consultation_id_consultations"
        ),
    )
    op.add_column("memberships", sa.Column("languages", Json(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        languages = sa.Column("languages", Json(), nullable=True)
        with op.batch_alter_table("memberships", copy_from=memberships(AFTER, languages), recreate="always"):
            pass
        return
    op.drop_constraint(op.f("ck_memberships_role"), "memberships", type_="check")
    op.create_check_constraint(op.f("ck_memberships_role"), "memberships", f"role in ({AFTER})")
    op.create_check_constraint(op.f("ck_memberships_languages"), "memberships", FOR_TRANSLATORS)


def downgrade() -> None:
    op.drop_table("translators_notes")
    op.drop_table("translations")
    op.execute("DELETE FROM memberships WHERE role = 'translator'")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("memberships", copy_from=memberships(BEFORE), recreate="always"):
            pass
        return
    op.drop_constraint(op.f("ck_memberships_languages"), "memberships", type_="check")
    op.drop_constraint(op.f("ck_memberships_role"), "memberships", type_="check")
    op.create_check_constraint(op.f("ck_memberships_role"), "memberships", f"role in ({BEFORE})")
    op.drop_column("memberships", "languages")


def memberships(roles: str, *more: sa.Column[Any]) -> sa.Table:
    """The table as it was made, with these roles and columns; SQLite writes it anew."""
    checks = [sa.CheckConstraint(FOR_TRANSLATORS, name=op.f("ck_memberships_languages"))] if more else []
    return sa.Table(
        "memberships",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("account_id", "group_id", "role", name=op.f("uq_memberships_account_id_group_id_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_memberships_group_id_groups")),
        sa.CheckConstraint(f"role in ({roles})", name=op.f("ck_memberships_role")),
        sa.CheckConstraint(
            "role <> 'administrator' or group_id is null", name=op.f("ck_memberships_administrator_of_all")
        ),
        *checks,
        sa.Index(op.f("ix_memberships_group_id"), "group_id"),
    )
