"""Administration through the API."""

import pytest
from sqlalchemy import update

from tests.people import Browser, People
from trackeep.core import audit, db, jobs
from trackeep.core.jobs import JobRow
from trackeep.core.jobs.claims import State

URL = "/api/v1/admin"


@pytest.fixture
def admin(people: People) -> Browser:
    actor = people.add("admin", is_admin=True)
    with db.unit_of_work() as session:
        jobs.enqueue_many("a.one", [{}, {}], unique_keys=[None, None])
        session.execute(update(JobRow).values(state=State.FAILED, error="It broke."))
        audit.record(actor, "a.happened", number=7)
    return people.browser("admin")


def test_jobs_are_listed_retried_and_discarded(admin: Browser) -> None:
    items = admin.get(f"{URL}/jobs?state=failed").get_json()["items"]
    assert {item["error"] for item in items} == {"It broke."}
    assert admin.post(f"{URL}/jobs/retry", json={"ids": [items[0]["id"]]}).get_json() == {"changed": 1}
    assert admin.post(f"{URL}/jobs/discard", json={}).get_json() == {"changed": 1}


def test_the_audit_log_is_listed(admin: Browser) -> None:
    item = admin.get(f"{URL}/audit?name=a.").get_json()["items"][0]
    assert (item["name"], item["facts"]) == ("a.happened", {"number": 7})


def test_the_overview_tells_figures(admin: Browser) -> None:
    panels = {panel["name"]: panel for panel in admin.get(f"{URL}/overview").get_json()["panels"]}
    assert {"term": "Failed", "value": "2", "state": "bad"} in panels["jobs"]["facts"]


@pytest.mark.parametrize("path", ["jobs?state=odd", "jobs?limit=0", "audit?first_day=x", "audit?sort=name"])
def test_a_wrong_query_is_refused(admin: Browser, path: str) -> None:
    assert admin.get(f"{URL}/{path}").status_code == 422


@pytest.mark.parametrize("path", ["overview", "jobs", "audit"])
def test_it_is_for_signed_in_administrators_only(admin: Browser, people: People, path: str) -> None:
    people.add("alice")
    assert people.browser("alice").get(f"{URL}/{path}").status_code == 404
    assert people.browser().get(f"{URL}/{path}").status_code == 401
    token = people.holder("admin", "admin:read", "admin:write")
    refused = people.browser().get(f"{URL}/{path}", headers=token)
    assert (refused.status_code, refused.get_json()["type"]) == (403, "about:blank#session-needed")
