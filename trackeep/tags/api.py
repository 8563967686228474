"""JSON of tags."""

from apiflask import APIBlueprint
from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden
from trackeep.core.paging import Page
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.tags import queries, service
from trackeep.tags.queries import TagItem
from trackeep.tags.schemas import (
    MergeIn,
    SuggestionsIn,
    SuggestionsOut,
    TagIn,
    TagOut,
    TagPatch,
    TagsOut,
    TagsQuery,
)

blueprint = APIBlueprint("tags_api", __name__, tag="Tags")


@blueprint.get("")
@limited_by(SEARCH, searched("text"))
@blueprint.input(TagsQuery, location="query")
@blueprint.output(TagsOut)
def list_tags(query_data: TagsQuery) -> Page[TagItem]:
    """List tags by name or by use, with the number of things that carry each"""
    query = query_data
    return queries.list_tags(
        _actor("tags:read"),
        space_id=query.space,
        text=query.text,
        sort=query.sort,
        cursor=query.cursor,
        limit=query.limit,
    )


@blueprint.post("")
@idempotent
@blueprint.input(TagIn)
@blueprint.output(TagOut, status_code=201)
def create_tag(json_data: TagIn) -> tuple[TagItem, int, dict[str, str]]:
    """Make a tag"""
    actor = _actor("tags:write")
    space_id = json_data.space_id if json_data.space_id is not None else actor.personal_space_id
    if space_id is None:
        raise Forbidden()
    tag_id = service.create_tag(actor, space_id, name=json_data.name, colour=json_data.colour)
    return queries.get_tag(actor, tag_id), 201, {"Location": url_for("tags_api.show_tag", tag_id=tag_id)}


@blueprint.get("/suggestions")
@blueprint.input(SuggestionsIn, location="query")
@blueprint.output(SuggestionsOut)
def suggestions(query_data: SuggestionsIn) -> SuggestionsOut:
    """Suggest tags for what is being typed, most used first"""
    actor = _actor("tags:read")
    space_id = query_data.space if query_data.space is not None else actor.personal_space_id
    found = queries.suggest(actor, space_id=space_id, text=query_data.text, limit=query_data.limit)
    return SuggestionsOut(items=[TagOut.model_validate(tag) for tag in found])


@blueprint.post("/merge")
@blueprint.input(MergeIn)
@blueprint.output(TagOut)
def merge_tags(json_data: MergeIn) -> TagItem:
    """Merge tags into one; everything keeps being tagged"""
    actor = _actor("tags:write")
    service.merge_tags(actor, json_data.ids, into=json_data.into)
    return queries.get_tag(actor, json_data.into)


@blueprint.get("/<int:tag_id>")
@blueprint.output(TagOut)
def show_tag(tag_id: int) -> TagItem:
    """Show one tag"""
    return queries.get_tag(_actor("tags:read"), tag_id)


@blueprint.patch("/<int:tag_id>")
@blueprint.input(TagPatch)
@blueprint.output(TagOut)
def edit_tag(tag_id: int, json_data: TagPatch) -> TagItem:
    """Rename a tag, and those below it with it, or give it another colour"""
    actor = _actor("tags:write")
    service.edit_tag(actor, tag_id, name=json_data.name or None, colour=json_data.colour or None)
    return queries.get_tag(actor, tag_id)


@blueprint.delete("/<int:tag_id>")
@blueprint.output({}, status_code=204)
def delete_tag(tag_id: int) -> str:
    """Delete a tag; what carried it stays"""
    service.delete_tags(_actor("tags:write"), [tag_id])
    return ""


def _actor(scope: str) -> Actor:
    actor = current_actor()
    actor.require_user()
    actor.require_scope(scope)
    return actor
