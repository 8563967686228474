"""The conditions of a list in words, each with the address of the list without it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from trackeep.core.actor import Actor
from trackeep.tasks import queries
from trackeep.tasks.filters import Filters
from trackeep.tasks.views.choices import assigned_choices, priority_choices, status_choices, view_choices
from trackeep.tasks.wording import day_words, today_in


class Condition(NamedTuple):
    icon: str
    text: str
    without: str


def chips_of(actor: Actor, plain: Mapping[str, Any], asked: Filters) -> list[Condition]:
    base = url_for("tasks.filters")
    return [
        Condition(icon, text, _without(base, plain, names)) for names, icon, text in _told(actor, plain, asked) if text
    ]


def _without(base: str, plain: Mapping[str, Any], names: tuple[str, ...]) -> str:
    rest = {name: value for name, value in plain.items() if name not in names}
    return f"{base}?{urlencode(rest)}" if rest else base


def _told(actor: Actor, plain: Mapping[str, Any], asked: Filters) -> Iterator[tuple[tuple[str, ...], str, str]]:
    today = today_in(actor.time_zone)
    if "view" in plain:
        yield ("view",), "list", dict(view_choices()).get(plain["view"], "")
    if "text" in plain:
        yield ("text",), "search", f"“{asked.text}”"
    if "status" in plain:
        words = dict(status_choices())
        yield ("status",), "circle-check", ", ".join(words[status.value] for status in asked.statuses)
    if "priority" in plain:
        yield ("priority",), "flag", dict(priority_choices()).get(plain["priority"], "")
    if "tag" in plain:
        yield ("tag",), "hash", asked.tag
    if "assigned" in plain:
        yield ("assigned",), "user", dict(assigned_choices()).get(plain["assigned"], "")
    if asked.project_id is not None and "project" in plain:
        name = queries.get_project(actor, asked.project_id).name
        yield ("project", "only_here", "section"), "folder", name
    if asked.due_from is not None:
        yield ("due_from",), "calendar", _("Due from %(day)s", day=day_words(asked.due_from, today))
    if asked.due_to is not None:
        yield ("due_to",), "calendar", _("Due until %(day)s", day=day_words(asked.due_to, today))
    if asked.undated:
        yield ("undated",), "calendar", _("Without a day")
