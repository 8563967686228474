"""Make the tables of portability: portability."""

import sqlalchemy as sa
from alembic import op

revision = "0007_portability"
down_revision = "0006_home"


def upgrade() -> None:
    _make_archives()
    _index_archives()


def _make_archives() -> None:
    op.create_table(
        "archives",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("blob_key", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'failed')", name=op.f("ck_archives_state")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_archives_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives")),
        sqlite_autoincrement=True,
    )


def _index_archives() -> None:
    op.create_index("ix_archives_expires_at", "archives", ["expires_at"], unique=False)
    op.create_index("ix_archives_user_id_id", "archives", ["user_id", "id"], unique=False)
    op.create_index(
        "uq_archives_waiting",
        "archives",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
