"""A public address that ends in a path: redirects, cookies and the way back stay below it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import testing
from trackeep import create_app
from trackeep.core.db import migrate

HOST = "https://hub.example.org"


@pytest.fixture
def client(tmp_path: Path, offers: tuple[object, ...]) -> FlaskClient:
    settings = testing.testing_settings(tmp_path, f"sqlite:///{tmp_path / 'trackeep.db'}")
    app = create_app(replace(settings, public_url=f"{HOST}/keep", allowed_hosts=("hub.example.org",)))
    migrate.upgrade()
    return app.test_client()


@pytest.mark.parametrize("prefix", ["", "/keep"])
def test_everything_stays_below_the_path(client: FlaskClient, prefix: str) -> None:
    assert client.get(f"{prefix}/", base_url=HOST).location == "/keep/setup"
    page = client.get(f"{prefix}/setup", base_url=HOST)
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page.text)
    assert token
    addresses = re.findall(r'(?:href|action|src)="(/[^"]*)"', page.text)
    assert addresses
    assert all(address.startswith("/keep/") for address in addresses)
    person = {"username": "ada", "email": "ada@example.org", "password": "seven quiet otters paint"}
    made = client.post(f"{prefix}/setup", data={**person, "csrf_token": token[1]}, base_url=HOST)
    assert made.location == "/keep/"
    cookies = made.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("Path=/keep;" in cookie and "Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)

    client.delete_cookie("trackeep", domain="hub.example.org", path="/keep")
    assert client.get(f"{prefix}/settings/profile?a=b", base_url=HOST).location == (
        "/keep/sign-in?next=/keep/settings/profile?a%3Db"
    )
