"""Second factors, sign-ins, and letters to staff.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("totp", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("accounts", sa.Column("last_in", sa.Date(), nullable=True))
    op.add_column("organisation", sa.Column("second_factor_roles", sa.Text(), nullable=True))
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_ins_account_id_accounts"),
        sa.UniqueConstraint("mark", name="uq_sign_ins_mark"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_recovery_codes_account_id_accounts"),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])
    op.create_table(
        "account_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("to_send", sa.Text(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_letters"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_letters_account_id_accounts"),
        sa.UniqueConstraint("mark", name="uq_account_letters_mark"),
        sa.CheckConstraint("kind in ('invitation', 'recovery')", name="kind"),
    )
    op.create_index("ix_account_letters_account_id", "account_letters", ["account_id"])


def downgrade() -> None:
    op.drop_table("account_letters")
    op.drop_table("recovery_codes")
    op.drop_table("sign_ins")
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_column("second_factor_roles")
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("last_in")
        accounts.drop_column("totp_step")
        accounts.drop_column("totp")
