"""The lists that stand beside each other above every list of tasks."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from flask import Response, render_template, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from trackeep.core.actor import Actor
from trackeep.core.web.chosen_space import chosen_space
from trackeep.tasks import queries
from trackeep.tasks.filters import View
from trackeep.tasks.views.answers import way_back

COUNT_CAP = 1_000
Tab = tuple[str, str, bool, str | None]


def tabs(actor: Actor, shown: View | None) -> Sequence[Tab]:
    """Name, address, whether it is the one on show, and how many tasks wait in it."""
    counts = queries.counts(actor, chosen_space(actor))
    names = {
        View.TODAY: (_("Today"), counts.get("today")),
        View.UPCOMING: (_("Upcoming"), None),
        View.INBOX: (_("Inbox"), counts.get("inbox")),
        View.OPEN: (_("All open"), None),
        View.FINISHED: (_("Finished"), None),
    }
    return [
        (name, url_for("tasks.index", view=view.value), view is shown, shown_count(number) if number else None)
        for view, (name, number) in names.items()
    ]


def shown_count(number: int) -> str:
    return f"{format_decimal(COUNT_CAP)}+" if number > COUNT_CAP else str(format_decimal(number))


def tabs_again(actor: Actor) -> Response:
    """The tabs with new numbers, beside a row that leaves the list which the form came from."""
    named = parse_qs(urlsplit(way_back()).query).get("view", [""])[0]
    shown = View(named) if named in set(View) else None
    return Response(render_template("tasks/head.html", tabs=tabs(actor, shown), oob=True), mimetype="text/html")
