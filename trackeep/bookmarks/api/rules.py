"""JSON of rules: made, tried, arranged, and applied to what is there."""

from flask import Response

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.queries import RuleItem, Trial
from trackeep.bookmarks.schemas import (
    RuleIn,
    RuleOrderIn,
    RuleOut,
    RulePatch,
    RuleRunOut,
    RuleRunsOut,
    RulesOut,
    RulesQuery,
    RuleTrialIn,
    TrialOut,
)
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.templating import json_response
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by


@blueprint.get("/rules")
@blueprint.input(RulesQuery, location="query")
@blueprint.output(RulesOut)
def list_rules(query_data: RulesQuery) -> Response:
    """List the rules of a space in the order in which they act

    Without ``space`` those of your personal space.
    """
    actor = current_actor()
    return _rules(actor, query_data.space or _own_space(actor))


@blueprint.post("/rules")
@idempotent
@blueprint.input(RuleIn)
@blueprint.output(RuleOut, status_code=201)
def create_rule(json_data: RuleIn) -> Response:
    """Make a rule

    It acts on what is saved from now on; apply it to have it act on what is there.
    """
    actor = current_actor()
    rule_id = service.create_rule(actor, json_data.space_id or _own_space(actor), json_data.draft())
    return _rule(actor, rule_id, 201)


@blueprint.post("/rules/try")
@limited_by(SEARCH)
@blueprint.input(RuleTrialIn)
@blueprint.output(TrialOut)
def try_rule(json_data: RuleTrialIn) -> Trial:
    """Try a rule without saving it

    Looks at the newest bookmarks first, at most 20,000 and for about a second, and shows the first 20 that match with
    what would change on them. Nothing is changed.
    """
    actor = current_actor()
    space_id = json_data.space_id or _own_space(actor)
    return queries.try_rule(actor, space_id, service.checked_rule(json_data.definition()))


@blueprint.put("/rules/order")
@blueprint.input(RuleOrderIn)
@blueprint.output(RulesOut)
def arrange_rules(json_data: RuleOrderIn) -> Response:
    """Put the rules of a space into an order"""
    actor = current_actor()
    space_id = json_data.space_id or _own_space(actor)
    service.arrange_rules(actor, space_id, json_data.ids)
    return _rules(actor, space_id)


@blueprint.get("/rules/<int:rule_id>")
@blueprint.output(RuleOut)
def show_rule(rule_id: int) -> Response:
    """Show a rule"""
    return _rule(current_actor(), rule_id)


@blueprint.patch("/rules/<int:rule_id>")
@blueprint.input(RulePatch)
@blueprint.output(RuleOut)
def edit_rule(rule_id: int, json_data: RulePatch) -> Response:
    """Change a rule, or switch it on or off"""
    actor = current_actor()
    service.edit_rule(actor, rule_id, json_data.changes())
    return _rule(actor, rule_id)


@blueprint.delete("/rules/<int:rule_id>")
@blueprint.output({}, status_code=204)
def delete_rule(rule_id: int) -> str:
    """Delete a rule

    What it has done stays. It can be restored for 30 days.
    """
    service.delete_rule(current_actor(), rule_id)
    return ""


@blueprint.post("/rules/<int:rule_id>/restore")
@blueprint.output(RuleOut)
def restore_rule(rule_id: int) -> Response:
    """Bring a deleted rule back"""
    actor = current_actor()
    service.restore_rule(actor, rule_id)
    return _rule(actor, rule_id)


@blueprint.post("/rules/<int:rule_id>/apply")
@blueprint.output(RuleRunOut, status_code=202)
def apply_rule(rule_id: int) -> RuleRunOut:
    """Apply a rule to the bookmarks that are there

    It runs in the background. ``undo_id`` of the run, given to ``/bookmarks/undo/{undo_id}``, takes it back.
    """
    actor = current_actor()
    service.start_run(actor, rule_id)
    return RuleRunOut.model_validate(queries.rule_runs(actor, rule_id)[0])


@blueprint.get("/rules/<int:rule_id>/runs")
@blueprint.output(RuleRunsOut)
def list_rule_runs(rule_id: int) -> RuleRunsOut:
    """List the last runs of a rule over the library, newest first"""
    runs = queries.rule_runs(current_actor(), rule_id)
    return RuleRunsOut(items=[RuleRunOut.model_validate(run) for run in runs])


def _rules(actor: Actor, space_id: int) -> Response:
    return json_response({"items": [_shape(rule) for rule in queries.list_rules(actor, space_id)]})


def _rule(actor: Actor, rule_id: int, status: int = 200) -> Response:
    return json_response(_shape(queries.get_rule(actor, rule_id)), status)


def _shape(rule: RuleItem) -> dict[str, object]:
    definition = rule.definition
    stored = definition.stored()
    names = ("id", "space_id", "name", "position", "enabled", "sentence", "stopped", "missing", "hits", "last_hit_at")
    return {
        **{name: getattr(rule, name) for name in (*names, "created_at", "updated_at")},
        "join": stored["conditions"]["join"],
        "conditions": stored["conditions"]["tests"],
        "actions": stored["actions"],
    }


def _own_space(actor: Actor) -> int:
    if actor.personal_space_id is None:
        raise NotFound()
    return actor.personal_space_id
