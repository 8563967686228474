"""The bar of marked tasks, and taking back what it did."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.undone import kept_words
from trackeep.tags import service as tags
from trackeep.tasks import queries, service
from trackeep.tasks.schemas import BulkIn, FilterIn
from trackeep.tasks.service import BulkDone, BulkVerb
from trackeep.tasks.views.answers import told
from trackeep.tasks.views.door import blueprint
from trackeep.tasks.views.relocating import moved_words, place_of
from trackeep.tasks.wording import near_days, today_in

FIELDS = {
    BulkVerb.SCHEDULE.value: ("due_on",),
    BulkVerb.PRIORITISE.value: ("priority",),
    BulkVerb.MOVE.value: ("project_id", "section_id"),
    BulkVerb.ASSIGN.value: ("assignee_id",),
    BulkVerb.COMPLETE.value: ("children",),
}
TAGGING = frozenset({BulkVerb.TAG.value, BulkVerb.UNTAG.value})


@blueprint.post("/bulk")
def change_many() -> AnyResponse:
    wanted = parse(BulkIn, _given())
    done = service.change_many(current_actor(), wanted.selection(), wanted.action())
    undo_url = url_for("tasks.undo_change", undo_id=done.undo_id) if done.undo_id else ""
    return told(words_of(wanted.verb, done), undo_url=undo_url)


@blueprint.post("/undo/<int:undo_id>")
def undo_change(undo_id: int) -> AnyResponse:
    undone = service.undo_change(current_actor(), undo_id)
    words = ngettext("%(num)d task is as before.", "%(num)d tasks are as before.", undone.restored)
    return told(words + kept_words(undone.kept), redraw=False)


@blueprint.get("/bulk/tags")
def choose_tags() -> Response:
    return templating.page("tasks/choices.html", block="tags", space_id=target_space(current_actor()))


@blueprint.get("/bulk/project")
def choose_project() -> Response:
    actor = current_actor()
    projects = [project for project in queries.project_tree(actor) if actor.can_write(project.space_id)]
    return templating.page("tasks/choices.html", block="projects", projects=projects)


def _given() -> dict[str, object]:
    form = request.form
    verb, _sign, value = form.get("verb", "").partition(":")
    given: dict[str, object] = {"verb": verb}
    if verb == BulkVerb.TO_SPACE.value:
        given |= place_of(form.get("place", ""))
    for name in FIELDS.get(verb, ()):
        chosen = value if value and name == FIELDS[verb][0] else form.get(name, "")
        given |= {name: chosen} if chosen else {}
    if given.get("due_on") == "none":
        given.pop("due_on")
    elif "due_on" in given:
        near = {each.key: each.day.isoformat() for each in near_days(today_in(current_actor().time_zone).day)}
        day = str(given["due_on"])
        given["due_on"] = near.get(day, day)
    if verb in TAGGING:
        given["tags"] = tags.listed_names(form.get("tags", ""))
    if form.get("all") == "1":
        return given | {"filter": {name: form[name] for name in FilterIn.model_fields if form.get(name)}}
    return given | {"ids": form.getlist("ids")}


def words_of(verb: BulkVerb, done: BulkDone) -> str:
    if verb is BulkVerb.TO_SPACE:
        return moved_words(done)
    if not done.changed:
        return str(_("Nothing to change: they are like that already."))
    if verb is BulkVerb.TRASH:
        words = ngettext("%(num)d task is in the trash.", "%(num)d tasks are in the trash.", done.changed)
    elif verb is BulkVerb.COMPLETE:
        words = ngettext("%(num)d task is done.", "%(num)d tasks are done.", done.changed)
    elif verb is BulkVerb.CANCEL:
        words = ngettext("%(num)d task is given up.", "%(num)d tasks are given up.", done.changed)
    else:
        words = ngettext("%(num)d task was changed.", "%(num)d tasks were changed.", done.changed)
    if done.left_open:
        words += " " + ngettext("%(num)d below stays open.", "%(num)d below stay open.", done.left_open)
    return str(words)
