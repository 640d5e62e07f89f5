"""People who asked to be told what happened.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_subscribers_consultation_id_consultations"
        ),
        sa.UniqueConstraint("consultation_id", "email", name="uq_subscribers_consultation_id_email"),
    )


def downgrade() -> None:
    op.drop_table("subscribers")
