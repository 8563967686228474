"""The application is killed at random while people write: what they were told is there, once, and nothing else."""

import random
from pathlib import Path

from tests.drills.application import Application, application
from tests.drills.length import LENGTH
from tests.drills.truth import Truth
from tests.drills.writers import Writer, writing
from tests.servers import postgresql_server, until
from tests.servers.programs import pause

WRITERS = 4
WORKER_SECONDS = 30.0
WRITE_SECONDS = 60.0


def kill_at_random(server: Application, writers: list[Writer], *, workers_too: bool) -> None:
    """Somewhere in the middle of a write, and again as soon as some were done."""
    chance = random.Random(4)
    for number in range(LENGTH.kills):
        await_writes(writers)
        pause(chance.uniform(0.0, 0.5))
        if workers_too and number % 2:
            server.kill_worker()
            until(lambda: len(server.workers()) > 1 and server.answers(), WORKER_SECONDS, "a new worker")
        else:
            server.restart()


def await_writes(writers: list[Writer]) -> None:
    enough = done(writers) + WRITERS
    until(lambda: done(writers) >= enough or any(writer.wrong for writer in writers), WRITE_SECONDS, "some more writes")


def done(writers: list[Writer]) -> int:
    return sum(writer.done for writer in writers)


def check(server: Application, writers: list[Writer]) -> None:
    server.stop()
    truth = Truth(server)
    assert truth.complaints(writers) == []
    assert truth.blob_complaints() == []
    # It was a drill only if there was something to disturb, and it was disturbed.
    assert done(writers) >= LENGTH.kills * WRITERS
    assert sum(writer.lost for writer in writers) >= LENGTH.kills / 2


def test_killed_on_postgresql(tmp_path: Path) -> None:
    with postgresql_server() as database:
        settings = {"DATABASE_URL": database.url, "WEB_WORKERS": "2", "EMBEDDED_WORKER": "on"}
        with application(tmp_path, **settings) as server:
            with writing(server, WRITERS) as writers:
                kill_at_random(server, writers, workers_too=True)
            check(server, writers)


def test_killed_on_sqlite(tmp_path: Path) -> None:
    with application(tmp_path) as server:
        with writing(server, WRITERS) as writers:
            kill_at_random(server, writers, workers_too=False)
        check(server, writers)
        assert Truth(server).rows("PRAGMA integrity_check") == [("ok",)]
        assert Truth(server).rows("PRAGMA foreign_key_check") == []
        assert "database is locked" not in server.log
        # With one process there is always somebody whose turn it is: nobody is sent away.
        assert sum(writer.refused for writer in writers) == 0
