"""The clean-up is on the schedule."""

from apiflask import APIFlask

from trackeep.core import jobs


def test_the_clean_up_runs_every_hour(app: APIFlask) -> None:
    job = jobs.registry.get("trash.purge_overdue")
    assert job is not None
    assert job.every == 3600
    job()
