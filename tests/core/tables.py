"""The tables that tests of the core need, and how they are emptied again."""

import importlib.util

from sqlalchemy import Column, Engine, Table, delete, insert, text

from trackeep.core import clock, db
from trackeep.core.actor import Actor, Role
from trackeep.spaces.models import Space

METADATA = db.Base.metadata
if importlib.util.find_spec("trackeep.accounts"):
    importlib.import_module("trackeep.accounts.models")
else:
    Table("users", METADATA, Column("id", db.BigId, primary_key=True))


def create_all(engine: Engine) -> None:
    METADATA.create_all(engine)


def empty(engine: Engine) -> None:
    """Delete all rows. Cycles of keys are fine: what refers to a deleted row goes or forgets it."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))


def person(user_id: int, space_id: int) -> Actor:
    """Somebody with a personal space."""
    name = f"user{user_id}"
    known = {
        "id": user_id,
        "username": name,
        "username_key": name,
        "email": f"{name}@example.org",
        "email_key": f"{name}@example.org",
        "created_at": clock.now(),
        "password_hash": "",
    }
    users = METADATA.tables["users"]
    space = {"id": space_id, "kind": "personal", "name": "", "created_by": user_id, "created_at": clock.now()}
    with db.unit_of_work() as session:
        session.execute(insert(users).values({key: value for key, value in known.items() if key in users.columns}))
        session.execute(insert(Space).values(space))
    return Actor(user_id=user_id, roles={space_id: Role.OWNER}, personal_space_id=space_id)
