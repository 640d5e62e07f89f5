"""Ways of looking closer that staff keep.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_saved_views_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_saved_views_made_by_accounts"),
        sa.UniqueConstraint("consultation_id", "name", name="uq_saved_views_consultation_id_name"),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
