"""Asks the web archive for the copy of a page, or to take one; only jobs import this module, and only when a person has
asked for it: nothing else tells the archive an address."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from trackeep.bookmarks.urls import MAX_LENGTH, has_credentials
from trackeep.core import ext
from trackeep.core.fetch import Fetched, FetchFailed, FetchRefused
from trackeep.core.fetch.addresses import is_public

LOOKUP_SECONDS, SUBMIT_SECONDS = 20.0, 90.0
MAX_ANSWER = 64 * 1024
STAMP = "%Y%m%d%H%M%S"
_COPY = re.compile(r"/web/([0-9]{14})(?:[a-z]{2}_)?/\S+")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy at the archive."""

    url: str
    taken_at: datetime


def look_up(url: str, *, near: datetime) -> Snapshot | None:
    """The copy that was taken next to this moment; None when there is none. Raises FetchError."""
    _refuse_private(url)
    stamp = near.astimezone(UTC).strftime(STAMP)
    asked = f"{_base()}/wayback/available?url={quote(url, safe='')}&timestamp={stamp}"
    answer = ext.fetcher().get(asked, max_bytes=MAX_ANSWER, seconds=LOOKUP_SECONDS).require_ok()
    closest = _closest(answer)
    if not closest or closest.get("available") is not True or str(closest.get("status", "200")) != "200":
        return None
    return _snapshot(str(closest.get("url", "")))


def submit(url: str) -> Snapshot:
    """Have a copy taken now. Raises FetchError."""
    _refuse_private(url)
    asked = f"{_base()}/save/{url.partition('#')[0]}"
    answer = ext.fetcher().get(asked, max_bytes=0, seconds=SUBMIT_SECONDS)
    if answer.status == 429:
        raise FetchFailed("archive", "The web archive takes no more pages just now.", retryable=True)
    answer.require_ok()
    return _snapshot(answer.headers.get("content-location") or answer.url)


def _base() -> str:
    return ext.settings().web_archive_url


def _closest(answer: Fetched) -> dict[str, Any]:
    try:
        said = orjson.loads(answer.body)
        found = said.get("archived_snapshots", {}).get("closest") or {}
        if answer.truncated or not isinstance(found, dict):
            raise ValueError("another shape")
    except (ValueError, AttributeError) as error:
        raise FetchFailed("archive", "The web archive gave an answer that cannot be read.", retryable=True) from error
    return found


def _snapshot(address: str) -> Snapshot:
    """The copy of this address, always at the archive that was asked, whatever host the answer names."""
    base_path = urlsplit(_base()).path
    try:
        parts = urlsplit(address)
        path = parts.path.removeprefix(base_path)
        found = _COPY.fullmatch(path)
        if found is None or len(address) > MAX_LENGTH - 100:
            raise ValueError("not a copy")
        taken_at = datetime.strptime(found[1], STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise FetchFailed("archive", "The web archive did not say where the copy is.", retryable=True) from error
    return Snapshot(f"{_base()}{path}{f'?{parts.query}' if parts.query else ''}", taken_at)


def _refuse_private(url: str) -> None:
    """What only this network knows is nobody else's business."""
    host = urlsplit(url).hostname or ""
    if has_credentials(url):
        raise FetchRefused("credentials", "The address contains a password, so nobody else is told it.")
    if "." not in host.strip(".") or host.lower() in ext.settings().fetch_allow or not _may_be_public(host):
        raise FetchRefused("private_address", "This address is not on the public internet, so nobody else is told it.")


def _may_be_public(host: str) -> bool:
    try:
        return is_public(ip_address(host))
    except ValueError:
        return (
            not host.lower().rstrip(".").endswith((".local", ".lan", ".internal", ".home.arpa", ".localhost", ".onion"))
        )
