"""Which limit a request counts against, in whose name, and what one too many is told."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask import g
from werkzeug.test import TestResponse

from config import testing
from config.settings import Settings
from extensions.rate_limits import Permits, UnnamedSubject
from tests.factories.accounts import Person, make_person
from trackeep import create_app
from trackeep.core import ext
from trackeep.core.web import limits

TAGS = "/api/v1/tags"
NONE = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def alice(app: APIFlask) -> Person:
    return make_person(app, "alice")


@pytest.fixture
def bob(app: APIFlask) -> Person:
    return make_person(app, "bob")


@pytest.fixture
def limit(app: APIFlask) -> Callable[..., None]:
    """Sets limits; all of them begin anew."""

    def set_limits(**figures: Any) -> None:
        limits.bind(replace(ext.settings(), **figures), Permits(None))

    return set_limits


def told(answer: TestResponse) -> tuple[str | None, ...]:
    return tuple(answer.headers.get(name) for name in NONE[:2])


def statuses(ask: Callable[[], TestResponse], times: int) -> list[int]:
    return [ask().status_code for _ in range(times)]


def token_of(person: Person, *scopes: str) -> dict[str, str]:
    answer = person.client().post("/api/v1/accounts/tokens", json={"name": "program", "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def test_a_program_has_the_limit_of_the_api(app: APIFlask, alice: Person, limit: Callable[..., None]) -> None:
    header, browser = token_of(alice, "tags:read"), app.test_client()
    limit(api_limit=3)
    answers = [browser.get(TAGS, headers=header) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [told(answer) for answer in answers] == [("3", "2"), ("3", "1"), ("3", "0"), ("3", "0")]
    assert all(0 < int(answer.headers["RateLimit-Reset"]) <= 61 for answer in answers)


def test_one_too_many_gets_a_problem_document_with_when_to_come_back(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    header = token_of(alice, "tags:read")
    limit(api_limit=1)
    _, refused = (app.test_client().get(TAGS, headers=header) for _ in "12")
    assert refused.mimetype == "application/problem+json"
    assert refused.get_json()["type"] == "about:blank#too-many"
    assert refused.get_json()["limit"] == "api"
    assert 1 <= int(refused.headers["Retry-After"]) == refused.get_json()["retry_after"] <= 61


def test_one_too_many_gets_a_page(alice: Person, limit: Callable[..., None]) -> None:
    browser = alice.client()
    limit(page_limit=1)
    assert browser.get("/settings/profile").status_code == 200
    refused = browser.get("/settings/profile")
    assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert 'data-problem="429"' in refused.text
    assert "Please wait a moment" in refused.text
    assert 1 <= int(refused.headers["Retry-After"]) <= 61


def test_a_program_that_is_out_of_requests_does_not_lock_its_persons_pages(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    header, browser = token_of(alice, "tags:read"), alice.client()
    limit(api_limit=1)
    assert statuses(lambda: app.test_client().get(TAGS, headers=header), 2) == [200, 429]
    assert browser.get("/tags").status_code == 200


def test_a_persons_programs_share_their_limit_and_others_have_their_own(
    app: APIFlask, alice: Person, bob: Person, limit: Callable[..., None]
) -> None:
    first, second, other = (token_of(person, "tags:read") for person in (alice, alice, bob))
    limit(api_limit=2)
    client = app.test_client()
    assert [client.get(TAGS, headers=header).status_code for header in (first, second, first, other)] == [
        200,
        200,
        429,
        200,
    ]


@pytest.mark.parametrize("headers", [OUR_PAGE, {"X-Form": "1"}, {"HX-Request": "true"}, {"X-CSRF-Token": "any"}])
def test_our_own_pages_have_the_limit_of_pages(
    alice: Person, limit: Callable[..., None], headers: dict[str, str]
) -> None:
    browser = alice.client()
    browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
    limit(api_limit=1, page_limit=4)
    assert statuses(lambda: browser.get(TAGS, headers=headers), 5) == [200] * 4 + [429]


def test_a_session_without_a_page_of_ours_counts_as_a_program(alice: Person, limit: Callable[..., None]) -> None:
    browser = alice.client()
    browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
    limit(api_limit=1)
    assert statuses(lambda: browser.get(TAGS), 2) == [200, 429]
    assert browser.get(TAGS, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 429


def test_neither_a_token_nor_nobody_passes_for_a_page_of_ours(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    header, client = token_of(alice, "tags:read"), app.test_client()
    limit(api_limit=1)
    assert statuses(lambda: client.get(TAGS, headers={**header, **OUR_PAGE, "X-CSRF-Token": "x"}), 2) == [200, 429]
    assert statuses(lambda: client.get(TAGS, headers=OUR_PAGE), 2) == [401, 429]


def test_wrong_tokens_and_what_is_not_there_count_by_address(app: APIFlask, limit: Callable[..., None]) -> None:
    limit(api_limit=2, page_limit=2)
    client = app.test_client()
    wrong = {"Authorization": "Bearer wrong"}
    assert [client.get(path, headers=wrong).status_code for path in (TAGS, "/api/v1/nowhere", TAGS)] == [401, 401, 429]
    assert statuses(lambda: client.get("/nowhere"), 3)[-1] == 429


def test_forged_requests_count(alice: Person, limit: Callable[..., None]) -> None:
    browser = alice.client()
    browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
    limit(page_limit=2)
    assert statuses(lambda: browser.post("/settings/profile"), 3) == [403, 403, 429]


@pytest.mark.parametrize("path", ["/static/nothing.js", "/health/ready"])
def test_files_and_supervisors_are_not_counted(app: APIFlask, limit: Callable[..., None], path: str) -> None:
    limit(page_limit=1, api_limit=1)
    answers = [app.test_client().get(path) for _ in range(3)]
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert all(name not in answer.headers for answer in answers for name in NONE)


@pytest.mark.parametrize("path", ["/static/", "/health/nothing"])
def test_what_is_not_there_is_counted_also_beside_them(app: APIFlask, limit: Callable[..., None], path: str) -> None:
    """A page is made for it, with all that a page costs."""
    limit(page_limit=2)
    assert statuses(lambda: app.test_client().get(path), 3) == [404, 404, 429]


def test_a_missing_file_makes_no_page(app: APIFlask) -> None:
    answer = app.test_client().get("/static/nothing.js")
    assert (answer.status_code, answer.data) == (404, b"")


@pytest.mark.parametrize(
    "search", [f"{TAGS}?text=a", "/api/v1/bookmarks?text=a", "/api/v1/bookmarks?te%78t=a", "/api/v1/quick/palette?q=a"]
)
def test_searching_has_a_limit_of_its_own(
    app: APIFlask, alice: Person, limit: Callable[..., None], search: str
) -> None:
    header = token_of(alice, "tags:read", "bookmarks:read", "quick:read")
    limit(search_limit=2, api_limit=100)
    client = app.test_client()
    answers = [client.get(search, headers=header) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert told(answers[0]) == ("2", "1")
    assert answers[2].get_json()["limit"] == "search"
    assert int(answers[2].headers["Retry-After"]) >= 1
    # Without words it is a list like any other.
    assert client.get(search.split("?")[0], headers=header).status_code == 200


def test_all_searches_share_one_limit_and_typing_on_our_pages_does_not_count(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    header, browser = token_of(alice, "tags:read", "bookmarks:read"), alice.client()
    limit(search_limit=1)
    client = app.test_client()
    assert client.get(f"{TAGS}?text=a", headers=header).status_code == 200
    assert client.get("/api/v1/bookmarks?text=a", headers=header).status_code == 429
    assert statuses(lambda: browser.get("/palette?q=a", headers={"HX-Request": "true"}), 5) == [200] * 5


def test_uploads_of_pages_and_programs_share_one_limit(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    header, browser = token_of(alice, "bookmarks:write"), alice.client()
    limit(upload_limit=3)

    def file() -> tuple[io.BytesIO, str]:
        return io.BytesIO(b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p></DL>"), "bookmarks.html"

    def by_program() -> TestResponse:
        return app.test_client().post("/api/v1/bookmarks/imports", headers=header, data={"file": file()})

    # Several files that are dropped together come in one request, and count as one.
    together = {"file": [file(), file(), file()]}
    assert browser.post("/bookmarks/import", data=together).status_code == 303
    assert by_program().status_code == 202
    assert browser.post("/settings/avatar", data={"remove": "1"}).status_code == 303
    assert browser.post("/settings/avatar", data={"avatar": file()}).status_code == 422
    answers = [by_program(), browser.post("/bookmarks/import", data={"file": file()})]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert 60 < int(answers[0].headers["Retry-After"]) <= 610


def test_a_domain_says_in_one_word_that_chat_is_limited(tmp_path: Path) -> None:
    app = create_app(testing.testing_settings(tmp_path, f"sqlite:///{tmp_path / 'none.db'}"))

    @limits.limited_by(limits.CHAT)
    def answer() -> str:
        return "hello"

    app.add_url_rule("/api/v1/trial-of-chat", view_func=answer)
    limits.bind(replace(ext.settings(), chat_limit=2), Permits(None))
    asked = [app.test_client().get("/api/v1/trial-of-chat") for _ in range(3)]
    assert [one.status_code for one in asked] == [200, 200, 429]
    assert 1 <= int(asked[2].headers["Retry-After"]) <= 30


def test_an_answer_carries_one_set_and_it_is_the_tightest(
    app: APIFlask, alice: Person, limit: Callable[..., None]
) -> None:
    client = app.test_client()
    limit(api_limit=50)
    wrong = {"login": "nobody", "password": "wrong password"}
    answer = client.post("/api/v1/accounts/session", json=wrong, headers={"X-CSRF-Token": csrf(client)})
    assert answer.status_code == 401, answer.text
    assert told(answer) == ("5", "4")
    assert all(len(answer.headers.getlist(name)) == 1 for name in NONE)
    limit(api_limit=2)
    answer = client.post("/api/v1/accounts/session", json=wrong, headers={"X-CSRF-Token": csrf(client)})
    assert told(answer) == ("2", "1")


def csrf(client: Any) -> str:
    text: str = client.get("/sign-in").text
    return text.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.mark.parametrize("hops", [0, 1])
def test_a_forged_address_does_not_move_a_limit(tmp_path: Path, hops: int) -> None:
    settings = testing.testing_settings(tmp_path, f"sqlite:///{tmp_path / 'none.db'}")
    client = create_app(replace(settings, api_limit=2, proxy_hops=hops)).test_client()
    claims = [f"198.51.100.{number}" for number in range(3)]
    # Behind one proxy, what the visitor claims stands before what the proxy has seen.
    chains = [f"{claim}, 203.0.113.9" if hops else claim for claim in claims]
    asked = [client.get("/api/v1/openapi.json", headers={"X-Forwarded-For": chain}) for chain in chains]
    assert [one.status_code for one in asked] == [200, 200, 429]


def test_behind_a_proxy_each_visitor_has_their_own_limit(tmp_path: Path) -> None:
    settings = testing.testing_settings(tmp_path, f"sqlite:///{tmp_path / 'none.db'}")
    client = create_app(replace(settings, api_limit=1, proxy_hops=1)).test_client()
    visitors = ["203.0.113.9", "203.0.113.10"] * 2
    asked = [client.get("/api/v1/openapi.json", headers={"X-Forwarded-For": visitor}) for visitor in visitors]
    assert [one.status_code for one in asked] == [200, 200, 429, 429]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("", "", True),
    ],
)
def test_who_has_one_ipv6_address_has_its_network(
    app: APIFlask, limit: Callable[..., None], one: str, other: str, shared: bool
) -> None:
    limit(api_limit=1)
    asked = [
        app.test_client().get("/api/v1/openapi.json", environ_base={"REMOTE_ADDR": address}).status_code
        for address in (one, other)
    ]
    assert asked == [200, 429 if shared else 200]


def test_a_limit_for_nobody_is_refused_loudly(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.limiter, "_subject", lambda: "")
    with app.test_request_context("/"), pytest.raises(UnnamedSubject):
        limits.limiter.take(limits.PAGE)


def test_the_figures_are_settings(tmp_path: Path) -> None:
    figures = {rule.name: (rule.amount, rule.seconds, str(rule.algorithm)) for rule in limits.rules(defaults(tmp_path))}
    assert figures == {
        "api": (100, 60, "sliding window"),
        "page": (1200, 60, "sliding window"),
        "search": (100, 60, "fixed window"),
        "chat": (20, 60, "token bucket"),
        "upload": (10, 600, "sliding window"),
    }


def defaults(folder: Path) -> Settings:
    return Settings(data_dir=folder, secret_key="k" * 32)


def test_the_refusal_belongs_to_its_request(app: APIFlask, limit: Callable[..., None]) -> None:
    limit(page_limit=1)
    with app.test_request_context("/"):
        limits.count_request()
        assert "refusal" not in g
