"""The numbers in addresses: only those that a row can have, so that others are not found instead of an error."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


class RowNumber(IntegerConverter):
    """``<int:...>`` of every route."""

    regex = "[0-9]{1,19}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
