"""What the forms of feeds send, in the shape that the API takes, and what they offer to choose from."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _

from trackeep.bookmarks import service as bookmarks
from trackeep.core.actor import Actor
from trackeep.tags import service as tags


def given_treatment() -> dict[str, object]:
    """The fields that say what becomes of entries; those that a form does not have are left out."""
    form = request.form
    given: dict[str, object] = {
        "collection_id": form.get("collection_id") or None,
        "tags": tags.listed_names(form.get("tags", "")),
        "unread": "unread" in form,
    }
    return given | {name: form[name] for name in ("backlog", "per_check", "per_day") if form.get(name)}


def typed() -> Mapping[str, object]:
    """What stood in the form, to be shown again."""
    return {**request.form.to_dict(), "unread": "unread" in request.form}


def collection_choices(actor: Actor, space_id: int) -> list[tuple[str, str]]:
    tree = bookmarks.collections_in(actor, space_id)
    return [("", _("No collection")), *((str(node.id), " / ".join(node.path)) for node in tree)]
