"""References."""

from tests.authorization.cases import READ, WRITE, Gathers
from tests.authorization.expectations.statuses import WRONG

SEEN = READ.gathering(Gathers.PARTS)
CHANGED = WRITE.gathering(Gathers.PARTS)

TABLE = {
    "GET references.show": READ.at(object_id="bookmark_id"),
    "GET references.choose": READ.at(object_id="bookmark_id"),
    "POST references.link": WRITE.at(object_id="bookmark_id", other_id="highlight_id"),
    "POST references.unlink": WRITE.at(object_id="bookmark_id", reference_id="reference_id"),
    "POST references.make": WRITE.at(object_id="bookmark_id")
    .posts({"kind": "task", "text": "Do it"})
    .may_answer(WRONG),
    "GET references_api.list_linked": SEEN.asks(lambda things: {"object": things.bookmark_id}),
    "POST references_api.link": CHANGED.sends(
        lambda things: {"object_id": things.bookmark_id, "other_id": things.highlight_id}
    ),
    "DELETE references_api.unlink": CHANGED,
    "POST references_api.make": CHANGED.sends(
        lambda things: {"object_id": things.bookmark_id, "kind": "task", "text": "Do it"}
    ).may_answer(WRONG),
    "GET references_api.list_candidates": SEEN.asks(lambda things: {"object": things.bookmark_id}),
}
