"""Make the table of the outbox: letters that wait, were sent, or are kept for the administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0007_outbox"
down_revision = "0006_home"


def upgrade() -> None:
    op.create_table(
        "outbox_letters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed', 'kept')", name=op.f("ck_outbox_letters_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letters")),
    )
    op.create_index("ix_outbox_letters_created_at", "outbox_letters", ["created_at"], unique=False)
