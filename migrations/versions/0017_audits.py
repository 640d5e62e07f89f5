"""When the anonymity of this site was last audited, and with what result.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("breaches", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
        sa.CheckConstraint("id = 1", name=op.f("ck_audits_only_one")),
    )


def downgrade() -> None:
    op.drop_table("audits")
