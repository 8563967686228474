"""Keep what encrypted notes said before, sealed as it came."""

import sqlalchemy as sa
from alembic import op

revision = "0026_sealed_versions"
down_revision = "0025_task_orders"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "note_sealed_versions",
        sa.Column("note_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("passphrase", sa.Integer(), nullable=False),
        sa.Column("iterations", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("iv", sa.LargeBinary(), nullable=False),
        sa.Column("cipher_text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name="fk_note_sealed_versions_note_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name="fk_note_sealed_versions_author_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("note_id", "number", name="pk_note_sealed_versions"),
    )
    op.create_index("ix_note_sealed_versions_saved_at", "note_sealed_versions", ["saved_at"])
    op.create_index("ix_note_sealed_versions_author_id", "note_sealed_versions", ["author_id"])
