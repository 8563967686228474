"""Let any object refer to any other."""

import sqlalchemy as sa
from alembic import op

revision = "0018_references"
down_revision = "0017_notes"


def upgrade() -> None:
    op.create_table(
        "object_references",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("low_id", sa.BigInteger(), nullable=False),
        sa.Column("high_id", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_object_references_order")),
        sa.ForeignKeyConstraint(
            ["low_id"], ["objects.id"], name=op.f("fk_object_references_low_id_objects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["high_id"], ["objects.id"], name=op.f("fk_object_references_high_id_objects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_object_references_created_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_references")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_object_references_low_id_high_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_object_references_high_id", "object_references", ["high_id"])
