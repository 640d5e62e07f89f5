"""Short addresses to share, and how often they were opened."""

import sqlalchemy as sa
from alembic import op

from consult.storage import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "promotion_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_links")),
        sa.UniqueConstraint("code", name=op.f("uq_promotion_links_code")),
        sa.UniqueConstraint("consultation_id", "label", name=op.f("uq_promotion_links_consultation_id_label")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_promotion_links_consultation_id_consultations")
        ),
        sa.CheckConstraint("kind in ('everyone', 'group', 'practice', 'place')", name=op.f("ck_promotion_links_kind")),
        sa.CheckConstraint("(kind = 'everyone') = (label = '')", name=op.f("ck_promotion_links_label")),
    )
    op.create_table(
        "promotion_opens",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("hour", UtcDateTime(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("link_id", "hour", name=op.f("pk_promotion_opens")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["promotion_links.id"], name=op.f("fk_promotion_opens_link_id_promotion_links")
        ),
        sa.CheckConstraint("opens > 0", name=op.f("ck_promotion_opens_opens")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("promotion_opens", "promotion_links"):
        op.drop_table(table)
