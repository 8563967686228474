"""A calendar that goes out: due tasks at an address that nobody can guess."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db

MAX_OUTLET_NAME = 100


class TaskOutlet(db.Base):
    """Of the secret only the hash is kept. Whoever knows it reads what ``user_id`` may read: in all spaces, in one, or
    in one project. ``content_hash`` and ``changed_at`` tell programs whether anything is new."""

    __tablename__ = "task_outlets"
    __table_args__ = (
        CheckConstraint("shape IN ('events', 'tasks')", name="shape"),
        Index("ix_task_outlets_user_id", "user_id"),
        Index("ix_task_outlets_space_id", "space_id"),
        Index("ix_task_outlets_project_id", "project_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    space_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"))
    project_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(MAX_OUTLET_NAME), nullable=False)
    shape: Mapped[str] = mapped_column(String(10), nullable=False)
    content_hash: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    changed_at: Mapped[datetime] = mapped_column(nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    last_used_at: Mapped[datetime | None]
