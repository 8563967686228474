"""Only what the named number of proxies has reported counts, whatever a visitor claims before them."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import jsonify, request
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from config import testing
from trackeep import create_app

CLAIMED = {
    "X-Forwarded-For": "10.9.9.9, 203.0.113.5, 198.51.100.7",
    "X-Forwarded-Host": "evil.example, hub.example.org",
    "X-Forwarded-Proto": "ftp, https",
}


def behind(hops: int, folder: Path) -> FlaskClient:
    settings = testing.testing_settings(folder, f"sqlite:///{folder / 'trackeep.db'}")
    app = create_app(replace(settings, proxy_hops=hops, allowed_hosts=("localhost", "hub.example.org")))

    @app.get("/health/whence")
    def whence() -> Response:
        return jsonify([request.remote_addr, request.host, request.scheme])

    return app.test_client()


def test_without_proxies_no_header_is_believed(tmp_path: Path, offers: tuple[object, ...]) -> None:
    assert behind(0, tmp_path).get("/health/whence", headers=CLAIMED).json == ["127.0.0.1", "localhost", "http"]


@pytest.mark.parametrize(("hops", "address"), [(1, "198.51.100.7"), (2, "203.0.113.5")])
def test_the_last_proxies_are_believed_and_nobody_before_them(
    hops: int, address: str, tmp_path: Path, offers: tuple[object, ...]
) -> None:
    one_host = {**CLAIMED, "X-Forwarded-Host": "hub.example.org", "X-Forwarded-Proto": "https"}
    headers = CLAIMED if hops == 1 else {**one_host, "X-Forwarded-Host": "hub.example.org, proxy.example"}
    found = behind(hops, tmp_path).get("/health/whence", headers=headers)
    assert found.get_json()[:2] == [address, "hub.example.org"]


def test_more_proxies_than_reported_are_none(tmp_path: Path, offers: tuple[object, ...]) -> None:
    found = behind(2, tmp_path).get("/health/whence", headers={"X-Forwarded-For": "10.9.9.9"})
    assert found.get_json() == ["127.0.0.1", "localhost", "http"]


def test_a_host_that_only_the_proxy_reports_is_held_against_the_list(
    tmp_path: Path, offers: tuple[object, ...]
) -> None:
    answer = behind(1, tmp_path).get("/health/whence", headers={"X-Forwarded-Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
