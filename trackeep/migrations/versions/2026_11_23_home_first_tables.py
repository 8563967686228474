"""Make the tables of home: how people arrange their home page."""

import sqlalchemy as sa
from alembic import op

revision = "0006_home"
down_revision = "0005_bookmarks"


def upgrade() -> None:
    _make_home_cards()


def _make_home_cards() -> None:
    op.create_table(
        "home_cards",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_home_cards_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "name", name=op.f("pk_home_cards")),
    )
