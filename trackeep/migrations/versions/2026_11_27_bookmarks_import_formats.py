"""Keep which format a file of bookmarks was recognised as."""

import sqlalchemy as sa
from alembic import op

revision = "0010_import_formats"
down_revision = "0009_node_summaries"


def upgrade() -> None:
    op.add_column(
        "bookmark_imports", sa.Column("format", sa.String(length=20), nullable=False, server_default="netscape")
    )
