"""The demonstration: the same library each time, nothing to be fetched, and never into an instance with people."""

from random import Random

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from scripts import demo
from tests.factories.accounts import make_person
from trackeep.accounts import service as accounts
from trackeep.bookmarks.models import Bookmark, Collection
from trackeep.core import db
from trackeep.core.jobs.queue import JobRow


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are the slow part."""
    monkeypatch.setattr(demo, "_preview", lambda _title, _site: None)


def test_the_library_is_whole(app: APIFlask) -> None:
    with app.app_context():
        made = demo.fill(Random(1))

        assert [name for name, _password in made] == ["ines", "tomasz"]
        assert accounts.is_set_up()
        rows = db.session().execute(select(Bookmark.space_id, Bookmark.fetch_state, Bookmark.site)).all()
        assert len(rows) > 100
        assert len({row.space_id for row in rows}) == 3
        assert {row.fetch_state for row in rows} == {"done"}
        assert all(".example" in row.site for row in rows)
        assert db.session().scalars(select(JobRow.name)).all() == []
        assert "Lighthouses" in set(db.session().scalars(select(Collection.name)))


def test_where_people_are_it_refuses(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_person(app, "alice")
    monkeypatch.setattr(demo, "create_app", lambda: app)

    assert demo.main([]) == 1
    assert "--anyway" in capsys.readouterr().err
    assert demo.main(["--anyway"]) == 0
    assert "tomasz" in capsys.readouterr().out
    assert demo.main(["--anyway"]) == 1
