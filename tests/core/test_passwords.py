"""Hashing, the equal time of a miss, the rules, and that hashing neither piles up nor blocks greenlets."""

import subprocess
import sys
import time
from threading import Lock, Thread

import pytest

from trackeep.core import passwords
from trackeep.core.passwords import hash_password, needs_rehash, password_problems, verify_password

GOOD = "violet kettle 9 orbit"


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password(GOOD)


def test_hash_is_argon2id_with_the_agreed_cost(stored: str) -> None:
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(GOOD) != stored


def test_verify(stored: str) -> None:
    assert verify_password(stored, GOOD)
    assert not verify_password(stored, GOOD + "x")
    assert not verify_password(stored, "")
    assert not verify_password(None, GOOD)
    assert not verify_password(stored, "x" * 1_001)


@pytest.mark.parametrize("mark", ["", "!", "unusable"])
def test_an_account_without_a_password_takes_none(mark: str) -> None:
    assert not verify_password(mark, mark)
    assert not verify_password(mark, "correct horse battery staple")


def test_a_password_is_the_same_however_its_accents_are_composed() -> None:
    assert verify_password(hash_password("cafe\u0301 noir 77"), "caf\u00e9 noir 77")


def test_odd_characters_are_no_error() -> None:
    for odd in ("nul\x00 within words", "lone \ud800 surrogate", "😀" * 12):
        assert verify_password(hash_password(odd), odd)


def test_old_parameters_ask_for_a_new_hash(stored: str) -> None:
    assert not needs_rehash(stored)
    assert needs_rehash(stored.replace("m=19456", "m=9216"))


def test_an_unknown_account_takes_as_long_as_a_known_one(stored: str) -> None:
    known = min(_seconds(stored) for _attempt in range(5))
    unknown = min(_seconds(None) for _attempt in range(5))
    assert 0.6 < unknown / known < 1.7


def _seconds(encoded: str | None) -> float:
    started = time.process_time()
    verify_password(encoded, "not the password")
    return time.process_time() - started


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "zX9$kkqpLm2w", "これは私の長い暗号です", "x" * 3 + "Rt!7qLp0zV"]
)
def test_acceptable(password: str) -> None:
    assert password_problems(password, known=["Alice Liddell", "alice@example.org"]) == []


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("short", "at least 10"), ("x" * 1_001, "at most 1000"), ("1234567890", "common"), ("qwertyuiop", "common"),
        ("password123", "common"), ("Passw0rd!!", "common"), ("iloveyou123", "common"), ("aaaaaaaaaaaaaaa", "common"),
        ("Alice Liddell", "your name"), ("aliceliddell", "your name"), ("ALICE@example.org", "your name"),
        ("alice.in.wonderland", "your name"), ("trackeep12", "common"), ("a" * 1_000, "common"),
        ("trackeeptrackeep", "common"), (" " * 12, "common"), ("\u3000" * 12, "common"), ("../" * 12, "common"),
    ],
)  # fmt: skip
def test_refused_with_the_reason(password: str, word: str) -> None:
    problems = password_problems(password, known=["Alice Liddell", "alice@example.org", "alice.in.wonderland@x.org"])
    assert len(problems) == 1
    assert word in problems[0]


@pytest.mark.parametrize(
    "password", ["x" * 1_000, "4@8({[<369&#!1/|0$5+7%2" * 43, "ab" * 500, "qwe123" * 160, "@" * 999]
)
def test_judging_is_bounded(password: str) -> None:
    started = time.process_time()
    password_problems(password)
    assert time.process_time() - started < 0.2


def test_at_most_two_hashes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, running, most = Lock(), [0], [0]

    class Slow:
        def hash(self, prepared: bytes) -> str:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            real.hash(prepared)
            with lock:
                running[0] -= 1
            return ""

    real = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [Thread(target=hash_password, args=(GOOD,)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


GREENLETS = """
from gevent import monkey; monkey.patch_all()
import gevent, time
from trackeep.core import passwords
stored = passwords.hash_password("violet kettle 9 orbit")
ticks, longest, running = [], 0.0, [0]
def tick():
    while True:
        ticks.append(time.monotonic()); gevent.sleep(0.001)
ticker = gevent.spawn(tick)
jobs = [gevent.spawn(passwords.verify_password, stored, "wrong") for _ in range(12)]
jobs.append(gevent.spawn(passwords.verify_password, stored, "violet kettle 9 orbit"))
gevent.joinall(jobs)
print(type(passwords._pool()).__name__, len(ticks) > 12, [job.value for job in jobs].count(True))
"""


def test_greenlets_go_on_while_hashes_are_computed() -> None:
    done = subprocess.run([sys.executable, "-c", GREENLETS], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["ThreadPool", "True", "1"]


def test_gevent_is_not_loaded_for_a_process_that_does_not_use_it() -> None:
    code = (
        "import sys\nfrom trackeep.core import passwords\npasswords.hash_password('x')\nprint('gevent' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
