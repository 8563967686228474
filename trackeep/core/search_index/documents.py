"""The table of search documents, and how services write it inside their unit of work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Executable,
    ForeignKey,
    Index,
    String,
    Text,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db
from trackeep.core.search_index import schema
from trackeep.core.search_index.marks import kind_word, marked
from trackeep.core.tokeniser import cut, to_tsvector, tokens

MAX_TITLE_BYTES = 20_000
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What of an object can be found. Tags are not in it: they are found by id, so renaming one rewrites nothing.
    ``flags`` are words for states such as ``unread``."""

    object_id: int
    space_id: int
    kind: str
    title: str
    text: str = ""
    host: str = ""
    author: str = ""
    happened: datetime | None = None
    due: datetime | None = None
    flags: tuple[str, ...] = ()


class SearchDocument(db.Base):
    """``tokens`` is a tsvector on PostgreSQL; on SQLite it is the words, a line of the title and a line of the text."""

    __tablename__ = "search_documents"
    # For looking at the newest documents, which only PostgreSQL's matching does.
    __table_args__ = (
        Index("ix_search_documents_space_id_kind_object_id", "space_id", "kind", "object_id").ddl_if("postgresql"),
        Index("ix_search_documents_space_id_object_id", "space_id", "object_id").ddl_if("postgresql"),
    )

    object_id: Mapped[int] = mapped_column(
        db.BigId, ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    space_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    truncated: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    host: Mapped[str] = mapped_column(String(255), nullable=False, default="")
    author: Mapped[str] = mapped_column(String(255), nullable=False, default="")
    happened: Mapped[datetime | None]
    due: Mapped[datetime | None]
    flags: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    title: Mapped[str] = mapped_column(Text, nullable=False)
    tokens: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR, "postgresql"), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, default="")


db.define_after(SearchDocument.__table__, schema.STATEMENTS, schema.DROPPING)


def index_documents(documents: Sequence[Document]) -> None:
    """Insert or replace these documents inside the open unit of work; ``text`` beyond 200 KB is cut at a word."""
    statement = _replacing(db.dialect())
    for start in range(0, len(documents), _BATCH):
        db.write(statement, [_row(document) for document in documents[start : start + _BATCH]])


def remove_documents(object_ids: Collection[int]) -> None:
    """Make these objects impossible to find, such as those in the trash. Purged objects go by themselves."""
    db.session().execute(delete(SearchDocument).where(SearchDocument.object_id.in_(list(object_ids))))


def move_documents(object_ids: Collection[int], space_id: int) -> None:
    """Follow objects that were moved to another space."""
    rows = db.session().scalars(select(SearchDocument).where(SearchDocument.object_id.in_(list(object_ids))))
    index_documents([replace(_document(row), space_id=space_id) for row in rows.all()])


def titles_of(object_ids: Collection[int]) -> dict[int, str]:
    """The titles of those of these objects that can be found."""
    query = select(SearchDocument.object_id, SearchDocument.title)
    rows = db.session().execute(query.where(SearchDocument.object_id.in_(list(object_ids))))
    return {row.object_id: row.title for row in rows}


def _document(row: SearchDocument) -> Document:
    return Document(
        object_id=row.object_id,
        space_id=row.space_id,
        kind=row.kind,
        title=row.title,
        text=row.text,
        host=row.host,
        author=row.author,
        happened=row.happened,
        due=row.due,
        flags=tuple(row.flags.split()),
    )


@lru_cache
def _replacing(dialect: str) -> Executable:
    """The upsert; on PostgreSQL it puts the vector together, words of the title weighing more."""
    values: dict[str, ColumnElement[Any]] = {
        column.name: bindparam(column.name, type_=column.type) for column in SearchDocument.__table__.columns
    }
    if dialect == "postgresql":
        title = func.setweight(cast(bindparam("title_vector", type_=Text), TSVECTOR), literal_column("'A'"))
        values["tokens"] = title.op("||")(cast(bindparam("text_vector", type_=Text), TSVECTOR))
    insert = db.upsert(SearchDocument).values(**values)
    replaced = {name: insert.excluded[name] for name in values if name != "object_id"}
    return insert.on_conflict_do_update(index_elements=[SearchDocument.object_id], set_=replaced)


def _row(document: Document) -> dict[str, Any]:
    title, title_cut = cut(document.title, MAX_TITLE_BYTES)
    text, text_cut = cut(document.text)
    title_words = [kind_word(document.kind), *tokens(title)]
    beside = " ".join((document.host, document.author))
    text_words = [*tokens(text), *tokens(beside)]
    row = {
        "object_id": document.object_id,
        "space_id": document.space_id,
        "kind": document.kind,
        "truncated": title_cut or text_cut,
        "host": document.host[:255],
        "author": document.author[:255],
        "happened": document.happened,
        "due": document.due,
        "flags": " ".join(document.flags),
        "title": title,
        "text": text,
    }
    return row | _tokens(title_words, text_words, document.space_id)


def _tokens(title: list[str], text: list[str], space_id: int) -> dict[str, str]:
    if db.dialect() == "postgresql":
        vectors = (to_tsvector(marked(words, space_id)) for words in (title, text))
        return dict(zip(("title_vector", "text_vector"), vectors, strict=True))
    return {"tokens": f"{' '.join(title)}\n{' '.join(text)}"}
