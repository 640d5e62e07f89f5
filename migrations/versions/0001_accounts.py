"""People who sign in, their roles, what they did, and the organisation."""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; groups, which memberships and events point at, come with the next migration."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_is_borrowed", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_fs_uniquifier")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("account_id", "group_id", "role", name=op.f("uq_memberships_account_id_group_id_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")),
        sa.CheckConstraint(
            "role in ('promoter', 'editor', 'analyst', 'commissioner', 'administrator')",
            name=op.f("ck_memberships_role"),
        ),
        sa.CheckConstraint(
            "role <> 'administrator' or group_id is null", name=op.f("ck_memberships_administrator_of_all")
        ),
    )
    op.create_index(op.f("ix_memberships_group_id"), "memberships", ["group_id"])
    op.create_table(
        "staff_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(60), nullable=False),
        sa.Column("thing", sa.String(200), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_events")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_staff_events_account_id_accounts")),
    )
    for column in ("account_id", "verb", "group_id"):
        op.create_index(op.f(f"ix_staff_events_{column}"), "staff_events", [column])
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", Json(), nullable=False),
        sa.Column("logo_text", sa.String(20), nullable=False),
        sa.Column("group_kind", Json(), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("contact_telephone", sa.String(40), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("privacy_contact", Json(), nullable=False),
        sa.Column("footer_links", Json(), nullable=False),
        sa.Column("emergency_numbers", Json(), nullable=False),
        sa.Column("support_lines", Json(), nullable=False),
        sa.Column("languages", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.CheckConstraint("id = 1", name=op.f("ck_organisation_only_one")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("organisation", "staff_events", "memberships", "accounts"):
        op.drop_table(table)
