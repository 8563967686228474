"""The core's own jobs."""

from apiflask import APIFlask
from sqlalchemy import inspect, text

from tests.factories.accounts import make_person
from trackeep.core import db, upkeep


def test_sqlite_learns_what_its_tables_hold(app: APIFlask) -> None:
    for number in range(3):
        make_person(app, f"person{number}")

    upkeep.learn_statistics()

    db.release()
    if db.dialect() == "sqlite":
        assert inspect(db.database.engine).has_table("sqlite_stat1")
        assert db.session().scalar(text("SELECT count(*) FROM sqlite_stat1")) > 0
