"""The OpenAPI document at its address below the API."""

from apiflask import APIFlask

SPEC_PATH = "/api/v1/openapi.json"


def init_app(app: APIFlask) -> None:
    app.config.update(
        SECURITY_SCHEMES={
            "session": {"type": "apiKey", "in": "cookie", "name": "trackeep"},
            "token": {"type": "http", "scheme": "bearer"},
        },
    )
