"""What an import could not bring in, and who accepted that.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("losses", Json(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_imports_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["imported_by"], ["accounts.id"], name="fk_imports_imported_by_accounts"),
        sa.ForeignKeyConstraint(["accepted_by"], ["accounts.id"], name="fk_imports_accepted_by_accounts"),
    )
    op.create_index("ix_imports_consultation_id", "imports", ["consultation_id"])


def downgrade() -> None:
    op.drop_table("imports")
