"""The readers of environment variables take what is meant and name the variable when they cannot."""

from pathlib import Path

import pytest

from config.env import Environment, SettingError


def env(value: str) -> Environment:
    return Environment({"NAME": value})


def test_an_empty_variable_counts_as_not_set() -> None:
    assert env("  ").text("NAME", "default") == "default"
    assert env("").integer("NAME", 7, 1, 9) == 7
    assert Environment({}).boolean("NAME", True) is True


@pytest.mark.parametrize(
    ("value", "seconds"), [("250ms", 0.25), ("5s", 5.0), ("1.5h", 5400.0), ("3", 3.0), ("2d", 172800)]
)
def test_duration_is_seconds(value: str, seconds: float) -> None:
    assert env(value).duration("NAME", 1.0) == pytest.approx(seconds)


@pytest.mark.parametrize(("value", "amount"), [("5MiB", 5 * 1024**2), ("20 MB", 20_000_000), ("7", 7), ("1kib", 1024)])
def test_size_is_bytes(value: str, amount: int) -> None:
    assert env(value).size("NAME", 1) == amount


@pytest.mark.parametrize(("value", "meaning"), [("Yes", True), ("on", True), ("0", False), ("FALSE", False)])
def test_boolean_is_plain_words(value: str, meaning: bool) -> None:
    assert env(value).boolean("NAME", not meaning) is meaning


def test_words_are_split_at_commas() -> None:
    assert env(" ai, marketplace ,,").words("NAME") == ("ai", "marketplace")


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        ("integer", "eighty"), ("integer", "0"), ("integer", "10"), ("integer", "1" * 40), ("integer", "٣"),
        ("boolean", "maybe"), ("duration", "soon"), ("duration", "-1s"), ("duration", "1 week"),
        ("size", "big"), ("size", "5 parsecs"), ("choice", "green"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_one_line_that_names_the_variable(reader: str, value: str) -> None:
    arguments = {"integer": (1, 1, 9), "choice": ("red", ("red", "blue"))}.get(reader, (1,))
    with pytest.raises(SettingError, match=r"^NAME must be [^\n]+$"):
        getattr(env(value), reader)("NAME", *arguments)


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("correct horse\n", encoding="utf-8")
    assert Environment({"NAME_FILE": str(file)}).secret("NAME") == "correct horse"


def test_a_secret_is_set_in_one_way_only(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"NAME and NAME_FILE are both set"):
        Environment({"NAME": "x", "NAME_FILE": str(tmp_path / "secret")}).secret("NAME")
    with pytest.raises(SettingError, match=r"NAME_FILE names a file that cannot be read"):
        Environment({"NAME_FILE": str(tmp_path / "missing")}).secret("NAME")
