"""Names, agents, devices and codes: the pure parts of accounts."""

import pytest
from babel.dates import get_timezone

from trackeep.accounts import agents, codes, names
from trackeep.accounts.devices import MAX_PEOPLE, Device, from_payload
from trackeep.accounts.preferences import Preferences, known_zones, time_zones


@pytest.mark.parametrize("name", ["ada", "a1", "Ünal", "x.y-z_1", "日本", "a" * 40])
def test_good_user_names(name: str) -> None:
    assert names.is_username(name)


@pytest.mark.parametrize("name", ["", "a", "a" * 41, ".ada", "ada-", "a b", "a@b", "a/b", "_ada", "a\u202eb", "a\nb"])
def test_bad_user_names(name: str) -> None:
    assert not names.is_username(name)


@pytest.mark.parametrize("email", ["a@b.co", "Ada.L+x@mail.example.org", "ü@example.org", "root@server.test"])
def test_good_addresses(email: str) -> None:
    assert names.is_email(email)


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b.co", "a@b@c.co", "a b@c.co", "a@b.co\nBcc: x", "a" * 250 + "@b.co"]
)
def test_bad_addresses(email: str) -> None:
    assert not names.is_email(email)


def test_folding_finds_the_same_name() -> None:
    assert names.fold(" Straße ") == names.fold("STRASSE")
    assert names.fold("ａｄａ") == names.fold("ADA")
    assert names.fold(names.fold("İ")) == names.fold("İ")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1",
            "Safari on macOS",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl"),
        ("", ""),
    ],
)
def test_agents_in_plain_words(agent: str, words: str) -> None:
    assert agents.describe(agent) == words


def test_a_device_remembers_the_last_people() -> None:
    device = Device()
    for person in range(MAX_PEOPLE + 2):
        device = device.with_person(person)
    assert not device.knows(1)
    assert device.knows(MAX_PEOPLE + 1)
    assert from_payload(device.payload()) == device


@pytest.mark.parametrize("payload", [None, [], ["x"], ["x", "y"], ["x", ["1"]], {"x": 1}, [1, [2]]])
def test_other_payloads_are_a_new_device(payload: object) -> None:
    assert from_payload(payload).people == ()


def test_codes_are_random_and_readable() -> None:
    assert len({codes.new_one_time_password() for _time in range(50)}) == 50
    assert not set("01ilo") & set(codes.new_one_time_password())
    assert codes.new_api_token().startswith("tk_")


def test_preferences_leave_unknown_names_alone() -> None:
    assert Preferences.read({"theme": "dark", "from_the_future": 1}).theme == "dark"


def test_the_library_that_writes_times_knows_every_zone_that_is_taken() -> None:
    """Whoever had another one would get an error for each page with a time on it."""
    assert {"Europe/Berlin", "UTC", "EST5EDT"} < known_zones()
    for zone in sorted(known_zones()):
        get_timezone(zone)


def test_time_zones_are_places() -> None:
    zones = time_zones()
    assert zones[0] == "UTC"
    assert "Europe/Berlin" in zones
    assert not [zone for zone in zones if zone.startswith("Etc/")]
