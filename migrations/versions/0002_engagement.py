"""Transformation groups, their practices and leads."""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", Json(), nullable=False),
        sa.Column("locality", sa.String(120), nullable=False),
        sa.Column("description", Json(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("slug", name=op.f("uq_groups_slug")),
        sa.CheckConstraint("status in ('planning', 'active', 'finished')", name=op.f("ck_groups_status")),
    )
    op.create_table(
        "practices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("town", sa.String(80), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint("code", name=op.f("uq_practices_code")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_practices_group_id_groups")),
    )
    op.create_index(op.f("ix_practices_group_id"), "practices", ["group_id"])
    op.create_table(
        "group_leads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("telephone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_leads")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_leads_group_id_groups")),
        sa.CheckConstraint("role in ('clinical lead', 'principal programme lead')", name=op.f("ck_group_leads_role")),
    )
    op.create_index(op.f("ix_group_leads_group_id"), "group_leads", ["group_id"])
    for table in ("memberships", "staff_events"):
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(op.f(f"fk_{table}_group_id_groups"), "groups", ["group_id"], ["id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("memberships", "staff_events"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_group_id_groups"), type_="foreignkey")
    op.drop_table("group_leads")
    op.drop_table("practices")
    op.drop_table("groups")
