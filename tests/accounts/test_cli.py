"""`flask user`, for whoever runs the server."""

import pytest
from apiflask import APIFlask

from tests.accounts.visitors import NOBODY, PASSWORD, Account
from trackeep.accounts import service as accounts


def run(app: APIFlask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["user", *words])
    return result.exit_code, result.output


def test_create_makes_an_account_with_a_one_time_password(app: APIFlask) -> None:
    code, output = run(app, "create", "ada", "ada@example.org", "--admin")
    assert code == 0
    password = output.rsplit(" ", 1)[1].strip()
    assert accounts.sign_in(NOBODY, login="ada", password=password).stage.value == "new_password"


@pytest.mark.parametrize(
    "words", [("create", "a b", "x@example.org"), ("create", "eve", "nothing"), ("create", "ada", "a@b.co")]
)
def test_create_says_what_is_wrong(app: APIFlask, ada: Account, words: tuple[str, ...]) -> None:
    code, output = run(app, *words)
    assert code == 1
    assert output.startswith("Error: ")


def test_reset_password_lets_a_locked_out_person_in(app: APIFlask, ada: Account) -> None:
    code, output = run(app, "reset-password", "ada", "--without-second-factor")
    assert code == 0
    password = output.rsplit(" ", 1)[1].strip()
    assert password != PASSWORD
    assert accounts.sign_in(NOBODY, login="ada", password=password).stage.value == "new_password"
    assert run(app, "reset-password", "nobody")[0] == 1
