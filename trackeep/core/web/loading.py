"""Puts the chosen domains into the application: tables, pages, API, jobs, listeners, commands and offers."""

from collections.abc import Callable, Sequence
from types import ModuleType

from apiflask import APIFlask
from flask.cli import AppGroup

import trackeep.core.tables  # noqa: F401  # to know the core's tables is all that this import is for
from trackeep.core import events, ext, jobs, upkeep
from trackeep.core.domain import Domain
from trackeep.core.slots import slots
from trackeep.core.web.shell import DOMAINS


def import_tables(domains: Sequence[Domain]) -> None:
    """Tables never depend on a switch: all domains' models are known, also of those that are switched off."""
    for domain in domains:
        domain.module("models")


def load_domains(app: APIFlask, domains: Sequence[Domain], switched_off: Sequence[Domain]) -> None:
    app.extensions[DOMAINS] = list(domains)
    for domain in switched_off:
        events.disconnect_listeners(_listeners(domain))
    ext.token_domains.bind(tuple(domain.name for domain in domains if domain.takes_tokens and domain.module("api")))
    for domain in domains:
        _register_web(app, domain)
        events.connect_listeners(_listeners(domain))
    jobs.registry.fill([*upkeep.JOBS, *(job for domain in domains for job in _jobs(domain))])
    slots.fill(offer for domain in domains for offer in _offers(domain))


def _register_web(app: APIFlask, domain: Domain) -> None:
    if api := domain.module("api"):
        app.register_blueprint(api.blueprint, url_prefix=f"/api/v1/{domain.name}")
    if views := domain.module("views"):
        app.register_blueprint(views.blueprint)
    if cli := domain.module("cli"):
        group: AppGroup = cli.group
        app.cli.add_command(group)


def _listeners(domain: Domain) -> list[Callable[..., None]]:
    return [value for value in _values(domain.module("listeners")) if callable(value) and events.listened_facts(value)]


def _jobs(domain: Domain) -> list[jobs.Job]:
    return [value for value in _values(domain.module("jobs")) if isinstance(value, jobs.Job)]


def _offers(domain: Domain) -> tuple[object, ...]:
    provides = domain.module("provides")
    return tuple(provides.OFFERS) if provides else ()


def _values(module: ModuleType | None) -> list[object]:
    return list(vars(module).values()) if module else []
