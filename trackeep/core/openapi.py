"""The OpenAPI document at its address below the API."""

from apiflask import APIFlask


def init_app(app: APIFlask) -> None:
    app.spec_path = "/api/v1/openapi.json"
    app.config.update(
        SECURITY_SCHEMES={
            "session": {"type": "apiKey", "in": "cookie", "name": "trackeep"},
            "token": {"type": "http", "scheme": "bearer"},
        },
    )
