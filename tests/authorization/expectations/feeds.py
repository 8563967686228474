"""Feeds."""

from tests.authorization.cases import OPEN, OWNER, PERSON, READ, WRITE, Gathers
from tests.authorization.expectations.statuses import WRONG

TABLE = {
    "GET feeds.index": PERSON,
    "GET feeds.new": PERSON,
    "POST feeds.preview": PERSON.posts({"url": "https://example.org/feed"}).may_answer(WRONG),
    "POST feeds.subscribe": PERSON.posts(lambda things: {"url": f"https://example.org/{things.unused_name}.xml"}),
    "GET feeds.show": READ,
    "POST feeds.change": WRITE.posts({"title": "Changed", "tags": "press"}),
    "POST feeds.check": WRITE,
    "POST feeds.pause": WRITE,
    "POST feeds.resume": WRITE,
    "POST feeds.unsubscribe": WRITE,
    "POST feeds.restore": WRITE.at(feed_id="left_feed_id"),
    "GET feeds.opml_page": PERSON,
    "GET feeds.opml_file": PERSON,
    "POST feeds.upload_opml": PERSON.posts(lambda things: {"file": things.feed_file}),
    "GET feeds.show_opml": OWNER,
    "POST feeds.take_opml": OWNER.posts({"folders": "tags"}),
    "POST feeds.discard_opml": OWNER,
    "GET feeds.outlets_page": PERSON,
    "POST feeds.create_outlet": PERSON.posts({"name": "Mine", "kind": "all"}),
    "POST feeds.revoke_outlet": OWNER,
    "GET feeds.read_atom": OPEN.at(secret="outlet_secret"),
    "GET feeds.read_json": OPEN.at(secret="outlet_secret"),
    "GET feeds_api.list_feeds": READ.asks(lambda things: {"space": things.space_id}),
    "POST feeds_api.preview_feed": PERSON.sends({"url": "https://example.org/feed"}).may_answer(WRONG),
    "POST feeds_api.subscribe": WRITE.sends(
        lambda things: {"url": f"https://example.org/{things.unused_name}.xml", "space_id": things.space_id}
    ).gathering(Gathers.ALL),
    "GET feeds_api.show_feed": READ,
    "PATCH feeds_api.edit_feed": WRITE.sends({"title": "Changed"}).gathering(Gathers.ALL),
    "DELETE feeds_api.unsubscribe": WRITE,
    "GET feeds_api.list_entries": READ,
    "POST feeds_api.check_feed": WRITE,
    "POST feeds_api.pause_feed": WRITE,
    "POST feeds_api.resume_feed": WRITE.gathering(Gathers.ALL),
    "GET feeds_api.export_opml": PERSON.gathering(Gathers.ALL),
    "POST feeds_api.upload_outline": WRITE.posts(
        lambda things: {"file": things.feed_file, "space_id": things.space_id}
    ),
    "GET feeds_api.show_outline": OWNER,
    "POST feeds_api.take_outline": OWNER.sends({"folders": "tags"}).gathering(Gathers.ALL),
    "DELETE feeds_api.discard_outline": OWNER,
    "GET feeds_api.list_outlets": PERSON,
    "POST feeds_api.create_outlet": READ.sends(
        lambda things: {"name": "Mine", "kind": "all", "space_id": things.space_id}
    ).gathering(Gathers.ALL),
    "DELETE feeds_api.revoke_outlet": OWNER,
}
