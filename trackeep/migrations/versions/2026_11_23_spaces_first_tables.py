"""Make the tables of spaces: spaces and memberships."""

import sqlalchemy as sa
from alembic import op

revision = "0002_spaces"
down_revision = "0001_accounts"


def upgrade() -> None:
    _make_spaces()
    _index_spaces()
    _make_memberships()
    _index_memberships()


def _make_spaces() -> None:
    op.create_table(
        "spaces",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('personal', 'team', 'conversation')", name=op.f("ck_spaces_kind")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_spaces_created_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spaces")),
        sqlite_autoincrement=True,
    )


def _index_spaces() -> None:
    op.create_index(
        "uq_spaces_personal",
        "spaces",
        ["created_by"],
        unique=True,
        postgresql_where=sa.text("kind = 'personal'"),
        sqlite_where=sa.text("kind = 'personal'"),
    )


def _make_memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("space_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'admin', 'member', 'viewer')", name=op.f("ck_memberships_role")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_memberships_space_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space_id", "user_id", name=op.f("pk_memberships")),
    )


def _index_memberships() -> None:
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"], unique=False)
