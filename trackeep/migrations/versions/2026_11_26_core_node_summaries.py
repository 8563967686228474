"""Let each node tell every ten seconds how it is doing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_node_summaries"
down_revision = "0008_content_versions"


def upgrade() -> None:
    op.create_table(
        "node_summaries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("node", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Double(), nullable=False),
        sa.Column("errors", sa.Double(), nullable=False),
        sa.Column("p50_ms", sa.Double(), nullable=True),
        sa.Column("p95_ms", sa.Double(), nullable=True),
        sa.Column("cache_hits", sa.Integer(), nullable=False),
        sa.Column("cache_misses", sa.Integer(), nullable=False),
        sa.Column("redis_calls", sa.Double(), nullable=False),
        sa.Column("redis_memory", sa.Double(), nullable=True),
        sa.Column("due_seconds", sa.Double(), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_node_summaries"),
    )
    op.create_index("ix_node_summaries_slot", "node_summaries", ["slot"], unique=False)
