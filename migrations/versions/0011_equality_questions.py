"""Which equality questions a consultation asks.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("consultations", sa.Column("equality_questions", Json(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consultations") as table:
        table.drop_column("equality_questions")
