"""The document and the page about the API."""

from apiflask import APIFlask
from flask import Blueprint

from tests.people import People
from trackeep.core.openapi.views import document_of


def test_the_page_shows_every_operation_with_its_fields(people: People) -> None:
    people.add("alice")
    page = people.browser("alice").get("/api/docs")
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    assert "nonce-" in page.headers["Content-Security-Policy"]
    assert "/api/v1/home/cards" in page.text
    assert "<code>hidden</code>" in page.text
    assert "at most 200 characters" in page.text


def test_a_visitor_may_read_it(people: People) -> None:
    people.add("alice")
    assert people.browser().get("/api/docs").status_code == 200


def test_pages_that_look_at_each_request_do_not_hinder_the_document() -> None:
    app = APIFlask("other", spec_path=None, docs_path=None)
    pages = Blueprint("pages", __name__)
    pages.before_request(lambda: None)
    app.register_blueprint(pages)
    assert document_of(app)["openapi"].startswith("3.1")
