"""The check before publishing: what authors say, their reasons, the report of each version, and elections.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "preparations",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("who_decides", sa.Text(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("significant", sa.Boolean(), nullable=False),
        sa.Column("alternatives", sa.Boolean(), nullable=False),
        sa.Column("impacts", sa.Boolean(), nullable=False),
        sa.Column("equality_assessment", sa.Text(), nullable=False),
        sa.Column("privacy_assessment", sa.Text(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=True),
        sa.Column("formats", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_preparations"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_preparations_consultation_id_consultations"
        ),
        sa.CheckConstraint("audience is null or audience >= 0", name="audience"),
    )
    op.create_table(
        "check_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_reasons"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_check_reasons_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["given_by"], ["accounts.id"], name="fk_check_reasons_given_by_accounts"),
        sa.UniqueConstraint("consultation_id", "mark", name="uq_check_reasons_consultation_id_mark"),
    )
    op.create_table(
        "check_reports",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_check_reports"),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name="fk_check_reports_revision_id_revisions"),
    )
    op.create_table(
        "election_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_election_times"),
        sa.CheckConstraint("starts_on <= ends_on", name="order"),
    )


def downgrade() -> None:
    op.drop_table("election_times")
    op.drop_table("check_reports")
    op.drop_table("check_reasons")
    op.drop_table("preparations")
