"""How a case becomes a request: the address with a thing of alice's in it, the body, and who sends it."""

import re
from collections.abc import Mapping
from functools import cache

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import Table, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool
from werkzeug.test import TestResponse

from tests.authorization.cases import Case, filled
from tests.authorization.things import Things
from tests.authorization.visitors import Route
from trackeep.core import db

# What changes by itself: counts of guesses and visits, the log of what happened, when somebody was last seen.
UNWATCHED_TABLES = frozenset({"audit_events", "guess_counts"})
UNWATCHED_COLUMNS = frozenset(
    {"last_active_at", "last_used_at", "last_address", "expires_at", "view_count", "download_count", "last_viewed_at"}
)


def address(app: APIFlask, route: Route, values: Mapping[str, object]) -> str:
    adapter = app.url_map.bind("localhost")
    return adapter.build(route.rule.endpoint, dict(values), method=route.method)


def path_values(route: Route, case: Case, things: Things) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in route.rule.arguments:
        wanted = case.path.get(name, name)
        values[name] = wanted(things) if callable(wanted) else getattr(things, wanted)
    return values


def prepare(route: Route, case: Case, things: Things) -> None:
    """Make the things of alice's that this case reaches for."""
    path_values(route, case, things)
    for values in (case.headers, case.query, case.json, case.form):
        filled(values, things)


def send(client: FlaskClient, route: Route, case: Case, things: Things, headers: Mapping[str, str]) -> TestResponse:
    """The request of this case, aimed at alice's things. A file is read to its end, as a browser does."""
    app = things.world.app
    more = {name: str(value) for name, value in (filled(case.headers, things) or {}).items()}
    return client.open(
        address(app, route, path_values(route, case, things)),
        method=route.method,
        query_string=filled(case.query, things),
        json=filled(case.json, things),
        data=filled(case.form, things),
        headers={**headers, **more},
        buffered=True,
    )


_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|CREATE|DROP|ALTER|COPY|MERGE)\b", re.IGNORECASE)
# A statement that by its beginning writes to one table alone. Of these tables no trigger and no key leads to others.
_WRITES_ONE = re.compile(r"(?:INSERT INTO|UPDATE) (audit_events|guess_counts|sessions|api_tokens)\b")
_kept: dict[str, object] = {}


@event.listens_for(Engine, "before_cursor_execute")
def _notice(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    if not _kept:
        return
    if one := _WRITES_ONE.match(statement):
        _kept.pop(one[1], None)
    elif _WRITES.search(statement):
        _kept.clear()


@event.listens_for(Pool, "connect")
def _forget(*_connection: object) -> None:
    """A new connection may be one to another database, as the first of a test is."""
    _kept.clear()


def contents() -> Mapping[str, object]:
    """All rows of all tables that a request may not change on its way to a refusal: of each table read anew when some
    statement since the last time could have written to it."""
    wanted = {name: statement for name, statement in _statements().items() if name not in _kept}
    connection = db.session().connection() if wanted else None
    found = {name: sorted(map(repr, connection.exec_driver_sql(wanted[name]))) for name in wanted} if connection else {}
    db.release()
    _kept.update(found)
    return dict(_kept)


@cache
def _statements() -> Mapping[str, str]:
    """By table. Written out, for composing them anew takes longer than running them."""
    watched = [table for table in db.Base.metadata.sorted_tables if table.name not in UNWATCHED_TABLES]
    return {table.name: f"SELECT {_columns(table)} FROM {table.name}" for table in watched}


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns if column.name not in UNWATCHED_COLUMNS)


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return [name for name in after if before[name] != after[name]]
