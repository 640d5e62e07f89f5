"""Published results."""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("profile", sa.String(20), nullable=False),
        sa.Column("figures", Json(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_releases_consultation_id_number")),
        sa.CheckConstraint("number > 0", name=op.f("ck_releases_number")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_releases_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_releases_revision_id_revisions")),
        sa.ForeignKeyConstraint(["published_by"], ["accounts.id"], name=op.f("fk_releases_published_by_accounts")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("releases")
