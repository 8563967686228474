"""Tags."""

from tests.authorization.cases import OWNER, PERSON, READ, WRITE

TABLE = {
    "GET tags_api.list_tags": READ.asks(lambda things: {"space": things.space_id}),
    "POST tags_api.create_tag": WRITE.sends(lambda things: {"name": things.unused_name, "space_id": things.space_id}),
    "GET tags_api.suggestions": READ.asks(lambda things: {"space": things.space_id}),
    "POST tags_api.merge_tags": WRITE.sends(lambda things: {"ids": [things.tag_id], "into": things.other_tag_id}),
    "GET tags_api.show_tag": READ,
    "PATCH tags_api.edit_tag": WRITE.sends(lambda things: {"name": things.unused_name}),
    "DELETE tags_api.delete_tag": WRITE,
    "GET tags.index": PERSON,
    "POST tags.change_many": WRITE.posts(lambda things: {"verb": "delete", "ids": things.tag_id}),
    "GET tags.show": READ,
    "POST tags.change": WRITE.posts(lambda things: {"name": things.unused_name}),
    "GET tags.edit": WRITE,
    "GET tags.colours": WRITE,
    "POST tags.merge": WRITE.posts(lambda things: {"ids": things.tag_id, "into": things.other_tag_id}),
    "GET tags.new": PERSON,
    "POST tags.create": PERSON.posts(lambda things: {"name": things.unused_name}),
    "POST tags.undo_change": OWNER.at(undo_id="deleted_tag_undo_id"),
    "GET tags.suggestions": READ.asks(lambda things: {"space": things.space_id}),
}
