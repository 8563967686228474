"""Keep the links that show a thing to whoever has one."""

import sqlalchemy as sa
from alembic import op

revision = "0023_shares"
down_revision = "0021_note_imports"

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "object_shares",
        sa.Column("id", ID, nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("token_sealed", sa.String(length=300), nullable=False),
        sa.Column("include_children", sa.Boolean(), nullable=False),
        sa.Column("allow_download", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("view_count", sa.Integer(), nullable=False),
        sa.Column("download_count", sa.Integer(), nullable=False),
        sa.Column("last_viewed_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("view_count >= 0 AND download_count >= 0", name=op.f("ck_object_shares_counts")),
        sa.CheckConstraint("revoked_at IS NULL OR token_sealed = ''", name=op.f("ck_object_shares_revoked")),
        sa.ForeignKeyConstraint(
            ["object_id"], ["objects.id"], name=op.f("fk_object_shares_object_id_objects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_object_shares_created_by_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_shares")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_object_shares_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_object_shares_object_id", "object_shares", ["object_id", "id"])
    op.create_index("ix_object_shares_created_by", "object_shares", ["created_by", "id"])
    op.create_index("ix_object_shares_revoked_at", "object_shares", ["revoked_at"])
