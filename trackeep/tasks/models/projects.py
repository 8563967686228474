"""Projects, nested in each other, and the sections in them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.tasks.models.indexes import live

PROJECT_KIND = "project"
MAX_NAME = 200


class Project(db.Base):
    """``position`` orders it among its siblings. An archived project keeps its tasks, but lists leave them out."""

    __tablename__ = "projects"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "space_id"],
            ["objects.id", "objects.space_id"],
            name="fk_projects_object",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        live("ix_projects_space", "space_id", "position", "id"),
        Index("ix_projects_parent_id", "parent_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("projects.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(MAX_NAME), nullable=False)
    colour: Mapped[str] = mapped_column(String(10), nullable=False, default="grey")
    position: Mapped[int] = mapped_column(BigInteger, nullable=False, default=0)
    archived_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class Section(db.Base):
    """A part of a project. When it goes, its tasks stay in the project."""

    __tablename__ = "sections"
    __table_args__ = (
        Index("ix_sections_project_id", "project_id", "position", "id"),
        Index("ix_sections_space_id", "space_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    project_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False)
    name: Mapped[str] = mapped_column(String(MAX_NAME), nullable=False)
    position: Mapped[int] = mapped_column(BigInteger, nullable=False, default=0)
