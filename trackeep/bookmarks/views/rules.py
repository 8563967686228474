"""The pages of rules: their list in the order in which they act, and one rule with what it would do."""

from collections.abc import Callable, Mapping

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.queries import RuleItem
from trackeep.bookmarks.rules import MAX_CONDITIONS
from trackeep.bookmarks.rules.sentences import SUBJECTS, TESTS, mark_words
from trackeep.bookmarks.schemas import DefinitionIn, RuleIn
from trackeep.bookmarks.views.answers import by_script
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.drafting import draft_given, draft_of_address, draft_of_rule, draft_typed
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import chosen_space, target_space
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by

NO_ERRORS: Mapping[str, object] = {}
_VERBS: dict[str, Callable[[Actor, int], object]] = {
    "up": lambda actor, rule_id: service.move_rule(actor, rule_id, -1),
    "down": lambda actor, rule_id: service.move_rule(actor, rule_id, 1),
    "on": lambda actor, rule_id: service.switch_rule(actor, rule_id, enabled=True),
    "off": lambda actor, rule_id: service.switch_rule(actor, rule_id, enabled=False),
    "duplicate": service.duplicate_rule,
    "delete": service.delete_rule,
    "restore": service.restore_rule,
}


@blueprint.get("/rules")
def list_rules() -> Response:
    actor = current_actor()
    space_id = _shown_space(actor)
    return templating.page(
        "bookmarks/rules.html",
        block="rules",
        rules=queries.list_rules(actor, space_id),
        space_id=space_id,
        writable=actor.can_write(space_id),
    )


@blueprint.get("/rules/new")
def new_rule() -> Response:
    return _form(draft_of_address(), None)


@blueprint.post("/rules/draft")
def redraw_rule() -> Response:
    """The form with one condition more or less; nothing is saved."""
    response = _form(draft_typed(), _rule_named())
    response.headers["HX-Trigger"] = "rule-redrawn"
    return response


@blueprint.post("/rules")
def create_rule() -> AnyResponse:
    actor = current_actor()
    given = parse(RuleIn, draft_given())
    rule_id = service.create_rule(actor, target_space(actor), given.draft())
    return redirect(url_for("bookmarks.show_rule", rule_id=rule_id), 303)


@blueprint.post("/rules/try")
@limited_by(SEARCH)
def try_rule() -> Response:
    actor, rule = current_actor(), _rule_named()
    space_id = rule.space_id if rule else target_space(actor)
    trial, errors = None, NO_ERRORS
    try:
        given = parse(DefinitionIn, {**draft_given(with_name=False)})
        definition = service.checked_rule(given.definition())
        trial = queries.try_rule(actor, space_id, definition)
    except Invalid as error:
        definition, errors = None, error.fields
    return templating.page(
        "bookmarks/rule_trial.html",
        block="trial",
        trial=trial,
        errors=errors,
        rule=rule,
        is_saved=rule is not None and rule.definition == definition,
        mark_words=mark_words,
    )


@blueprint.post("/rules/order")
def arrange_rules() -> AnyResponse:
    ids = [int(text) for text in request.form.getlist("ids") if text.isascii() and text.isdigit() and len(text) < 19]
    service.arrange_rules(current_actor(), target_space(current_actor()), ids)
    return _listed()


@blueprint.get("/rules/<int:rule_id>")
def show_rule(rule_id: int) -> Response:
    rule = queries.get_rule(current_actor(), rule_id)
    return _form(draft_of_rule(rule), rule, block="runs")


@blueprint.post("/rules/<int:rule_id>")
def change_rule(rule_id: int) -> AnyResponse:
    changes = parse(RuleIn, draft_given()).draft()
    service.edit_rule(
        current_actor(),
        rule_id,
        service.RuleChanges(definition=changes.definition, name=changes.name, enabled=changes.enabled),
    )
    return redirect(url_for("bookmarks.show_rule", rule_id=rule_id), 303)


@blueprint.post("/rules/<int:rule_id>/apply")
def apply_rule(rule_id: int) -> AnyResponse:
    service.start_run(current_actor(), rule_id)
    return redirect(url_for("bookmarks.show_rule", rule_id=rule_id), 303)


@blueprint.post("/rules/<int:rule_id>/<verb>")
def change_rules(rule_id: int, verb: str) -> AnyResponse:
    if verb not in _VERBS:
        raise NotFound()
    _VERBS[verb](current_actor(), rule_id)
    if verb == "delete" and by_script():
        response = _listed()
        undo_url = url_for("bookmarks.change_rules", rule_id=rule_id, verb="restore")
        return templating.toast(response, _("The rule was deleted."), undo_url=undo_url)
    return _listed()


def _listed() -> Response:
    """The list as it is now, or the way back to it."""
    if templating.wants_partial():
        return list_rules()
    return Response("", 303, headers={"Location": url_for("bookmarks.list_rules")})


def _shown_space(actor: Actor) -> int:
    space_id = chosen_space(actor) or actor.personal_space_id
    if space_id is None:
        raise Forbidden()
    return space_id


def _rule_named() -> RuleItem | None:
    """The saved rule that the form changes."""
    rule_id = request.form.get("rule_id", type=int)
    return queries.get_rule(current_actor(), rule_id) if rule_id else None


def _form(draft: Mapping[str, object], rule: RuleItem | None, *, block: str = "form") -> Response:
    actor = current_actor()
    space_id = rule.space_id if rule else target_space(actor)
    runs = queries.rule_runs(actor, rule.id) if rule else []
    return templating.page(
        "bookmarks/rule.html",
        block=block,
        draft=draft,
        rule=rule,
        runs=runs,
        space_id=space_id,
        writable=actor.can_write(space_id),
        collections=queries.collection_tree(actor, space_id, counted=False),
        subjects=[(field.value, words) for field, words in SUBJECTS.items()],
        tests=[(f"not-{how.value}" if negated else how.value, words) for (how, negated), words in TESTS.items()],
        most=MAX_CONDITIONS,
    )
