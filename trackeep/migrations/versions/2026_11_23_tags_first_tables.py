"""Make the tables of tags: tags and what carries them."""

import sqlalchemy as sa
from alembic import op

revision = "0004_tags"
down_revision = "0003_core"


def upgrade() -> None:
    _make_tags()
    _index_tags()
    _make_object_tags()
    _index_object_tags()


def _make_tags() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("folded", sa.String(length=100), nullable=False),
        sa.Column("colour", sa.String(length=10), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_tags_uses")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_tags_space_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("id", "space_id", name=op.f("uq_tags_id_space_id")),
        sa.UniqueConstraint("space_id", "folded", name=op.f("uq_tags_space_id_folded")),
        sqlite_autoincrement=True,
    )


def _index_tags() -> None:
    op.create_index("ix_tags_space_id_uses", "tags", ["space_id", "uses"], unique=False)


def _make_object_tags() -> None:
    op.create_table(
        "object_tags",
        sa.Column("object_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("space_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["object_id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_object_tags_object",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id", "space_id"], ["tags.id", "tags.space_id"], name="fk_object_tags_tag", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("object_id", "tag_id", name=op.f("pk_object_tags")),
    )


def _index_object_tags() -> None:
    op.create_index("ix_object_tags_tag_id", "object_tags", ["tag_id", "object_id"], unique=False)
