"""People who are invited: lists, contacts, invitations, their words, and who does not want any.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import Json

revision = "0012"
down_revision = "0011"

RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("consultations", sa.Column("invited_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "contact_lists",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("report", Json(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_lists"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_contact_lists_consultation_id_consultations"
        ),
        sa.CheckConstraint("state in ('checked', 'kept')", name=op.f("ck_contact_lists_state")),
    )
    op.create_index("ix_contact_lists_consultation_id", "contact_lists", ["consultation_id"])
    op.create_table(
        "contacts",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("list_id", RANDOM, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("segment", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.ForeignKeyConstraint(["list_id"], ["contact_lists.id"], name="fk_contacts_list_id_contact_lists"),
    )
    op.create_index("ix_contacts_list_id", "contacts", ["list_id"])
    op.create_table(
        "invitations",
        sa.Column("id", RANDOM, nullable=False, autoincrement=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", RANDOM, nullable=False),
        sa.Column("ticket", sa.String(64), nullable=False),
        sa.Column("link_hash", sa.String(64), nullable=True),
        sa.Column("next_link_hash", sa.String(64), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("wanted", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(80), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_invitations_consultation_id_consultations"
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_invitations_contact_id_contacts"),
        sa.UniqueConstraint("consultation_id", "contact_id", name="uq_invitations_consultation_id_contact_id"),
        sa.UniqueConstraint("ticket", name="uq_invitations_ticket"),
        sa.UniqueConstraint("link_hash", name="uq_invitations_link_hash"),
        sa.UniqueConstraint("next_link_hash", name="uq_invitations_next_link_hash"),
        sa.CheckConstraint(
            "state in ('to_send', 'sent', 'reminded', 'answered', 'bounced', 'opted_out')",
            name=op.f("ck_invitations_state"),
        ),
        sa.CheckConstraint("wanted in ('', 'invite', 'remind')", name=op.f("ck_invitations_wanted")),
        sa.CheckConstraint(
            "wanted = '' or state in ('to_send', 'sent', 'reminded')", name=op.f("ck_invitations_wanted_by_state")
        ),
    )
    op.create_index("ix_invitations_contact_id", "invitations", ["contact_id"])
    op.create_index("ix_invitations_consultation_id_wanted", "invitations", ["consultation_id", "wanted"])
    op.create_table(
        "opt_outs",
        sa.Column("who", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("who", name="pk_opt_outs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitation_words",
        sa.Column("consultation_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id", "kind", "language", name="pk_invitation_words"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name="fk_invitation_words_consultation_id_consultations"
        ),
        sa.CheckConstraint("kind in ('invite', 'remind')", name=op.f("ck_invitation_words_kind")),
    )


def downgrade() -> None:
    for table in ("invitation_words", "opt_outs", "invitations", "contacts", "contact_lists"):
        op.drop_table(table)
    with op.batch_alter_table("consultations") as table:
        table.drop_column("invited_only")
