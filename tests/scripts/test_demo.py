"""The demonstration: the same library each time, nothing to be fetched, and never into an instance with people."""

from random import Random

import pytest
from apiflask import APIFlask
from sqlalchemy import func, select

from scripts import demo, demo_articles
from tests.factories.accounts import make_person
from trackeep.accounts import service as accounts
from trackeep.accounts.models import User
from trackeep.bookmarks import queries
from trackeep.bookmarks.articles.pictures import KeptPicture
from trackeep.bookmarks.models import (
    ArchivedCopy,
    Article,
    ArticlePicture,
    Bookmark,
    BookmarkRule,
    Collection,
    Highlight,
    LinkCheck,
    PageCopy,
    ReadingProgress,
)
from trackeep.core import db, ext
from trackeep.core.actor import Actor
from trackeep.core.jobs import runner
from trackeep.feeds.models import Feed
from trackeep.spaces import service as spaces


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are the slow part."""
    monkeypatch.setattr(demo, "_preview", lambda _title, _site: None)
    monkeypatch.setattr(demo_articles, "_drawn", lambda _url: KeptPicture("0" * 64, 10, 10))


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
        assert "Lighthouses" in set(db.session().scalars(select(Collection.name)))


def test_every_page_has_something_to_show(app: APIFlask) -> None:
    with app.app_context():
        demo.fill(Random(1))
        count = _count(Bookmark)
        texts = db.session().scalars(select(Article.text).where(Article.state == "done")).all()

        assert count * 0.5 < len(texts) < count * 0.8
        assert all(len(text) > 140 for text in texts)
        assert _count(ArticlePicture) > 10
        assert set(db.session().scalars(select(Article.language).where(Article.state == "done"))) == {"en", "zh"}
        assert (_count(ReadingProgress), _count(Highlight), _count(BookmarkRule)) == (5, 12, 3)
        assert len(set(db.session().scalars(select(Highlight.colour)))) == 5
        assert db.session().scalars(select(Highlight.start_offset).where(Highlight.start_offset.is_(None))).all() == []
        assert _states(ArchivedCopy) == {"found": 1}
        assert _states(PageCopy) == {"done": 1}
        assert _states(Feed) == {"paused": 1}
        links = _states(LinkCheck)
        assert (links["broken"], links["redirected"]) == (2, 1)
        doubles = queries.duplicate_counts(_ines())
        assert (doubles.sure, doubles.likely) == (1, 2)
        assert sum(week.read or 0 for week in queries.statistics(_ines()).weeks) > 10


def test_the_jobs_that_wait_ask_nobody(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        demo.fill(Random(1))

        def refuse(*_arguments: object, **_options: object) -> None:
            raise AssertionError("the demonstration is not to be fetched")

        monkeypatch.setattr(ext.fetcher(), "get", refuse)
        runner.work_off(app)

        assert set(db.session().scalars(select(Bookmark.fetch_state))) == {"done"}


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


def _count(table: type[db.Base]) -> int:
    return db.session().scalar(select(func.count()).select_from(table)) or 0


def _states(table: type[ArchivedCopy | PageCopy | Feed | LinkCheck]) -> dict[str, int]:
    counted = db.session().execute(select(table.state, func.count()).group_by(table.state))
    return {row[0]: row[1] for row in counted}


def _ines() -> Actor:
    user_id = db.session().scalars(select(User.id).where(User.username_key == "ines")).one()
    return Actor(
        user_id=user_id, roles=dict(spaces.roles_of(user_id)), personal_space_id=spaces.personal_space_of(user_id)
    )
