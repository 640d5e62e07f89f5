"""Figures of a population to hold beside who answered: tables, which a consultation is compared with, and a copy.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "population_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(200), nullable=False),
        sa.Column("area_name", sa.String(200), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("dated", sa.String(40), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_population_tables"),
        sa.ForeignKeyConstraint(["imported_by"], ["accounts.id"], name="fk_population_tables_imported_by_accounts"),
        sa.UniqueConstraint("area_code", "question", name="uq_population_tables_area_code_question"),
    )
    op.create_table(
        "populations",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("places", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_populations"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_populations_consultation_id_consultations"
        ),
    )
    op.add_column("releases", sa.Column("population", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("releases") as releases:
        releases.drop_column("population")
    op.drop_table("populations")
    op.drop_table("population_tables")
