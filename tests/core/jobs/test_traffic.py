"""A burst is many requests in a short while, and it passes by itself."""

from trackeep.core.jobs.traffic import BURST, SECONDS, Traffic


def test_many_requests_in_a_short_while_are_dense_until_they_end() -> None:
    now = [100.0]
    traffic = Traffic(lambda: now[0])
    for _ in range(BURST - 1):
        traffic.note()
    assert not traffic.is_dense()

    traffic.note()
    assert traffic.is_dense()

    now[0] += SECONDS
    assert not traffic.is_dense()


def test_a_person_who_reads_is_no_burst() -> None:
    now = [100.0]
    traffic = Traffic(lambda: now[0])
    for _ in range(3 * BURST):
        now[0] += 0.05
        traffic.note()
        assert not traffic.is_dense()
