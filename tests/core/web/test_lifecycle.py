"""What every request passes: the host it names, and what is written about it."""

import pytest
import structlog
from apiflask import APIFlask
from structlog.testing import capture_logs

from tests.people import People
from trackeep.core import keyring
from trackeep.core.actor import Actor
from trackeep.core.web import lifecycle


@pytest.mark.parametrize("host", ["evil.example", "localhost@evil.example", "localhost:99999", "evil.example:80", ""])
@pytest.mark.parametrize("path", ["/", "/forgot", "/api/v1/bookmarks", "/nothing-here"])
def test_a_host_that_is_not_ours_is_refused_in_plain_text(people: People, alice: Actor, host: str, path: str) -> None:
    for browser in (people.browser(), people.browser("alice")):
        answer = browser.get(path, headers={"Host": host})
        assert (answer.status_code, answer.mimetype) == (400, "text/plain")
        assert "evil" not in answer.text


def test_a_host_that_is_not_ours_is_refused_before_the_set_up(app: APIFlask) -> None:
    answer = app.test_client().get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")


@pytest.mark.parametrize("path", ["/reset/{}", "/reset/{}/", "/invitation/{}", "/confirm-email/{}", "/nowhere/{}."])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_the_log_of_requests_holds_no_secret_of_a_link(
    app: APIFlask, alice: Actor, path: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = keyring.new_token()
    # The module's own logger keeps the configuration of its first use, which another test may have replaced since.
    monkeypatch.setattr(lifecycle, "log", structlog.get_logger("trackeep.request"))
    with capture_logs() as logs:
        app.test_client().open(path.format(secret), method=method)
    events = [event for event in logs if event["event"] == "request"]
    assert [event["path"] for event in events] == [path.format("***")]
    assert secret not in str(logs)
