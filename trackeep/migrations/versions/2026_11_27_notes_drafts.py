"""Let notes be drafts, which only those see who may write in their space."""

import sqlalchemy as sa
from alembic import op

revision = "0024_note_drafts"
down_revision = "0023_shares"


def upgrade() -> None:
    op.add_column("notes", sa.Column("is_draft", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_notes_drafts",
        "notes",
        ["space_id", "changed_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL AND is_draft"),
        sqlite_where=sa.text("deleted_at IS NULL AND is_draft = 1"),
    )
