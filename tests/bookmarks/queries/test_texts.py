"""Where the texts of articles come from: the table of articles, if there is one."""

from unittest.mock import patch

from apiflask import APIFlask
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, insert

from trackeep.bookmarks.queries import texts
from trackeep.core import db

FRAME = MetaData()
ARTICLES = Table(
    "articles",
    FRAME,
    Column("bookmark_id", Integer, primary_key=True),
    Column("text", Text),
    Column("html", Text),
    Column("state", String(10)),
)


def test_without_articles_there_are_no_texts(app: APIFlask) -> None:
    with patch.object(db.Base, "metadata", MetaData()):
        assert texts.article_texts([1, 2]) == {}


def test_the_texts_that_there_are(app: APIFlask) -> None:
    with patch.object(db.Base, "metadata", FRAME), db.unit_of_work() as session:
        session.connection().exec_driver_sql(
            "CREATE TEMPORARY TABLE articles (bookmark_id integer, text text, html text, state text)"
        )
        session.execute(
            insert(ARTICLES),
            [{"bookmark_id": 1, "text": "one"}, {"bookmark_id": 2, "text": None}, {"bookmark_id": 3, "text": ""}],
        )
        assert texts.article_texts([1, 2, 3, 4]) == {1: "one"}
        assert texts.article_texts([]) == {}
        session.connection().exec_driver_sql("DROP TABLE articles")
