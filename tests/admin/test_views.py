"""The administrator's pages."""

import pytest
from sqlalchemy import update

from tests.people import Browser, People
from trackeep.core import audit, db, jobs
from trackeep.core.jobs import JobRow
from trackeep.core.jobs.board import job_page
from trackeep.core.jobs.claims import State

PAGES = ["/admin", "/admin/system", "/admin/jobs", "/admin/audit"]


@pytest.fixture
def admin(people: People) -> Browser:
    people.add("admin", is_admin=True)
    return people.browser("admin")


def fail_jobs(count: int) -> list[int]:
    with db.unit_of_work() as session:
        jobs.enqueue_many("a.one", [{}] * count, unique_keys=[None] * count)
        session.execute(update(JobRow).values(state=State.FAILED, error="<b>It broke.</b>"))
        return [entry.id for entry in job_page(None).items]


@pytest.mark.parametrize("url", PAGES)
def test_pages_open_and_lead_to_each_other(admin: Browser, url: str) -> None:
    page = admin.get(url)
    assert page.status_code == 200
    assert all(f'href="{other}"' in page.text for other in PAGES)


@pytest.mark.parametrize("url", PAGES)
def test_for_others_they_do_not_exist(admin: Browser, people: People, url: str) -> None:
    people.add("alice")
    assert people.browser("alice").get(url).status_code == 404
    assert people.browser().get(url).status_code == 303


def test_failed_jobs_are_shown_with_their_reason_as_text(admin: Browser) -> None:
    fail_jobs(2)
    page = admin.get("/admin/jobs?state=failed").text
    assert page.count("&lt;b&gt;It broke.&lt;/b&gt;") == 2
    assert "<b>It broke" not in page
    assert "Older jobs" not in page
    assert "cursor=" in admin.get("/admin/jobs?limit=1").text


def test_one_job_runs_again_and_the_others_are_let_go(admin: Browser) -> None:
    ids = fail_jobs(3)
    answer = admin.post("/admin/jobs", {"verb": "retry", "ids": ids[0]})
    assert (answer.status_code, answer.location) == (303, "/admin/jobs?state=failed")
    assert [entry.id for entry in job_page(State.WAITING).items] == ids[:1]
    answer = admin.post("/admin/jobs", {"verb": "discard", "all": "1"}, partial=True)
    assert answer.status_code == 204
    assert "2 jobs were let go." in answer.headers["HX-Trigger"]
    assert len(job_page(None).items) == 1


@pytest.mark.parametrize("form", [{"verb": "explode", "all": "1"}, {"verb": "retry", "ids": "x"}])
def test_an_impossible_wish_is_refused(admin: Browser, form: dict[str, object]) -> None:
    assert admin.post("/admin/jobs", form).status_code == 422


def test_a_person_cannot_touch_jobs(admin: Browser, people: People) -> None:
    people.add("alice")
    fail_jobs(1)
    assert people.browser("alice").post("/admin/jobs", {"verb": "retry", "all": "1"}).status_code == 404
    assert len(job_page(State.FAILED).items) == 1


def test_the_log_is_filtered_by_a_form(admin: Browser, people: People) -> None:
    alice = people.add("alice")
    with db.unit_of_work():
        audit.record(alice, "trash.emptied", removed=3)
        audit.record(alice, "accounts.signed_in", agent="<i>x</i>")
    page = admin.get(f"/admin/audit?name=trash.&user_id={alice.user_id}&first_day=&last_day=").text
    assert "trash.emptied" in page
    assert "accounts.signed_in" not in page
    assert "&lt;i&gt;x" in admin.get("/admin/audit").text
    assert "No such events" in admin.get("/admin/audit?name=nothing").text


@pytest.mark.parametrize("query", ["first_day=yesterday", "user_id=x", "user_id=-1", "last_day=9999-12-31", "cursor=x"])
def test_a_wrong_filter_is_told(admin: Browser, query: str) -> None:
    assert admin.get(f"/admin/audit?{query}").status_code == 422
