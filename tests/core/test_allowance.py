"""Which of several limits an answer tells of."""

import pytest

from trackeep.core import allowance
from trackeep.core.allowance import Allowance


@pytest.fixture(autouse=True)
def a_new_request() -> None:
    allowance.forget()


def test_the_limit_with_the_fewest_tries_left_is_told() -> None:
    for left in (900, 3, 4):
        allowance.tell(Allowance(left + 1, left, 60))
    used = allowance.used()
    assert used is not None
    assert used.headers() == {"RateLimit-Limit": "4", "RateLimit-Remaining": "3", "RateLimit-Reset": "60"}


def test_a_guess_and_the_request_itself_are_told_as_one() -> None:
    allowance.tell_requests(Allowance(100, 99, 60))
    assert allowance.used() == Allowance(100, 99, 60)
    allowance.tell(Allowance(5, 4, 300))
    assert allowance.used() == Allowance(5, 4, 300)
    allowance.tell_requests(Allowance(10, 2, 600))
    assert allowance.used() == Allowance(10, 2, 600)


def test_a_guess_that_is_given_back_gives_no_request_back() -> None:
    allowance.tell(Allowance(5, 3, 300))
    allowance.tell_requests(Allowance(100, 1, 60))
    allowance.give_back()
    assert allowance.used() == Allowance(100, 1, 60)


def test_one_too_many_leaves_none_and_one_given_back_is_there_again() -> None:
    allowance.tell(Allowance(5, 0, 100))
    allowance.tell(Allowance(5, -1, 200))
    over = allowance.used()
    assert over is not None and over.is_over
    assert (over.headers()["RateLimit-Remaining"], over.reset) == ("0", 200)

    allowance.forget()
    allowance.give_back()
    assert allowance.used() is None
    allowance.tell(Allowance(5, 3, 100))
    allowance.give_back()
    assert allowance.used() == Allowance(5, 4, 100)
