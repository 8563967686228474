"""Trackeep: a self-hosted productivity and knowledge hub."""

import os
from collections.abc import Callable
from typing import Any

from apiflask import APIFlask
from flask import has_request_context
from flask_babel import Babel

from config import settings as configuration
from config.settings import Settings
from extensions.cache import AnswerCache
from extensions.rate_limits import Permits
from extensions.sessions import ServerSessions
from trackeep.core import (
    clock,
    commands,
    db,
    ext,
    health,
    logs,
    measures,
    openapi,
    redis_start,
    statics,
    templating,
    versions,
)
from trackeep.core.blobs import BlobStore
from trackeep.core.domain import choose_domains, find_domains
from trackeep.core.fetch import Fetcher
from trackeep.core.jobs import serving
from trackeep.core.keyring import KeyRing
from trackeep.core.web import installed, lifecycle, limits, own_writes, row_numbers
from trackeep.core.web.identity import current_actor
from trackeep.core.web.loading import import_tables, load_domains
from trackeep.core.web.shell import admin_menu, current_frame, settings_menu

__version__ = "0.1.0"


class Application(APIFlask):
    """No view or hook here is a coroutine, so nobody has to look for that twenty times in each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None) -> APIFlask:
    """The application, from the settings given or the environment; raises SettingError or DomainError."""
    settings = settings or configuration.load(os.environ)
    app = Application(
        __name__,
        title="Trackeep",
        version=__version__,
        spec_path=None,
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]  # APIFlask narrows what Flask allows
    )
    configure(app, settings)
    bind(app, settings)
    logs.configure_logs(settings.log_level)
    Babel(app, locale_selector=_locale, timezone_selector=_time_zone)
    templating.init_app(app, settings, current_frame)
    app.jinja_env.globals.update(settings_menu=settings_menu, admin_menu=admin_menu)
    row_numbers.init_app(app)
    own_writes.init_app(app)
    lifecycle.init_app(app, settings)
    for part in (statics, health, openapi, commands, serving, redis_start, installed):
        part.init_app(app)
    measures.init_app(app, settings)
    load(app, settings)
    return app


def configure(app: APIFlask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_size,
        MAX_FORM_MEMORY_SIZE=settings.max_request_size,
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        APPLICATION_ROOT=settings.base_path or "/",
        BABEL_DEFAULT_LOCALE="en",
    )
    app.session_interface = ServerSessions(app, https=settings.is_https, path=settings.base_path)


def bind(app: APIFlask, settings: Settings) -> None:
    """Give the process's unbound objects what the settings decided."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    ext.settings.bind(settings)
    ext.keyring.bind(KeyRing(settings.secret_key, settings.previous_secret_keys))
    ext.fetcher.bind(
        Fetcher(
            allow=settings.fetch_allow,
            user_agent=f"Trackeep/{__version__} (+{settings.public_url})",
        )
    )
    ext.blobs.bind(BlobStore(settings.data_dir / "blobs"))
    db.database.bind(settings.database_url, settings.database_pool_size)
    ext.bind_redis(settings.redis, versions.current_versions)
    limits.bind(settings, Permits(ext.redis().get("limits")))
    answers = AnswerCache(
        ext.freshness(),
        exact=own_writes.wants_exact,
        bypass=db.in_work,
        before_wait=db.release,
        clock=clock.timestamp,
    )
    answers.start(app, ext.redis().get("cache"))
    ext.answers.bind(answers)


def load(app: APIFlask, settings: Settings) -> None:
    domains = find_domains(settings.plugins)
    chosen = choose_domains(domains, settings.domains_off)
    import_tables(list(domains.values()))
    load_domains(app, chosen, [domain for domain in domains.values() if domain not in chosen])


def _locale() -> str:
    return (current_actor().locale if has_request_context() else "") or "en"


def _time_zone() -> str:
    return current_actor().time_zone if has_request_context() else "UTC"
