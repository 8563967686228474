"""The page about the API."""

from tests.people import People


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
