"""All routes of the product, known before the first test runs."""

import functools
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from apiflask import APIFlask

from config.testing import testing_settings
from tests.authorization.visitors import SAFE, Route
from trackeep import create_app

SAMPLE_NUMBER = 4_211
_PLACE = re.compile(r"<(\w+:)?\w+>")


@functools.cache
def all_routes() -> list[Route]:
    """Read from an application of its own: tests are collected before there are fixtures."""
    with tempfile.TemporaryDirectory(prefix="trackeep-routes-") as folder:
        settings = testing_settings(Path(folder), f"sqlite:///{folder}/unused.db")
        return list(_routes(create_app(settings)))


def unsafe_routes() -> list[Route]:
    return [route for route in all_routes() if route.method not in SAFE]


def sample_address(route: Route, number: int = SAMPLE_NUMBER) -> str:
    """The route's address with made-up values: any do where a request is refused before anything is looked up."""
    return _PLACE.sub(lambda place: str(number) if place[1] == "int:" else "sample", route.rule.rule)


def has_number(route: Route) -> bool:
    return "<int:" in route.rule.rule


def _routes(app: APIFlask) -> Iterator[Route]:
    """Every method of every rule; HEAD and OPTIONS are GET's shadow."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(method, rule)
