"""How a case becomes a request: the address with a thing of alice's in it, the body, and who sends it."""

from collections.abc import Mapping

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.authorization.cases import Case, filled
from tests.authorization.things import Things
from tests.authorization.visitors import Route
from trackeep.core import db

# What changes by itself: counts of guesses, the log of what happened, when somebody was last seen.
UNWATCHED_TABLES = frozenset({"audit_events", "guess_counts"})
UNWATCHED_COLUMNS = frozenset({"last_active_at", "last_used_at", "last_address", "expires_at"})


def address(app: APIFlask, route: Route, values: Mapping[str, object]) -> str:
    adapter = app.url_map.bind("localhost")
    return adapter.build(route.rule.endpoint, dict(values), method=route.method)


def path_values(route: Route, case: Case, things: Things) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in route.rule.arguments:
        wanted = case.path.get(name, name)
        values[name] = wanted(things) if callable(wanted) else getattr(things, wanted)
    return values


def send(client: FlaskClient, route: Route, case: Case, things: Things, headers: Mapping[str, str]) -> TestResponse:
    """The request of this case, aimed at alice's things."""
    app = things.world.app
    more = {name: str(value) for name, value in (filled(case.headers, things) or {}).items()}
    return client.open(
        address(app, route, path_values(route, case, things)),
        method=route.method,
        query_string=filled(case.query, things),
        json=filled(case.json, things),
        data=filled(case.form, things),
        headers={**headers, **more},
    )


def contents() -> dict[str, object]:
    """All rows of all tables that a request may not change on its way to a refusal."""
    found: dict[str, object] = {}
    for table in db.Base.metadata.sorted_tables:
        if table.name not in UNWATCHED_TABLES:
            columns = [column for column in table.columns if column.name not in UNWATCHED_COLUMNS]
            found[table.name] = sorted(map(repr, db.session().execute(select(*columns))))
    db.release()
    return found


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return [name for name in after if before[name] != after[name]]
