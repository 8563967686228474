"""The same request with the stock libraries as their documentation has them: Flask-Session, Flask-Limiter and
Flask-Caching, each with Redis, each in its default configuration."""

import os

from flask import Response, session
from flask_caching import Cache
from flask_limiter import Limiter
from flask_session import Session
from redis import Redis

from benchmarks.bare import BODY, make_app

URL = os.environ["STOCK_REDIS_URL"]

app = make_app("stock")
app.config.update(SESSION_TYPE="redis", SESSION_REDIS=Redis.from_url(URL))
Session(app)
cache = Cache(app, config={"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": URL})
limiter = Limiter(
    lambda: str(session["user_id"]),
    app=app,
    storage_uri=URL,
    strategy="sliding-window-counter",
    headers_enabled=True,
)


@app.get("/sign-in")
@limiter.exempt
def sign_in() -> str:
    session["user_id"] = 7
    return ""


@app.get("/answer")
@limiter.limit("1000000/minute")
def answer() -> Response:
    return Response(_body(session["user_id"]), mimetype="application/json")


@cache.memoize(timeout=300)
def _body(_user_id: int) -> bytes:
    return BODY
