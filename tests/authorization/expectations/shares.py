"""Shared links."""

from tests.authorization.cases import OPEN, OWNER, PERSON, READ, WRITE, Gathers

TABLE = {
    "GET shares.show": WRITE.at(object_id="note_id"),
    "POST shares.create": WRITE.at(object_id="note_id").posts({"ends": "7"}),
    "POST shares.change": OWNER.posts({"ends": "keep"}),
    "POST shares.revoke": OWNER,
    "GET shares.own": PERSON,
    "GET shares.read": OPEN.at(token="share_token"),
    "GET shares.read_inside": OPEN.at(token="share_token", page_id="note_id"),
    "POST shares.unlock": OPEN.at(token="share_token"),
    "GET shares.download": OPEN.at(token="share_token"),
    "GET shares_api.list_shares": READ.asks(lambda things: {"object": things.note_id}).gathering(Gathers.PARTS),
    "POST shares_api.create_share": WRITE.sends(lambda things: {"object_id": things.note_id}).gathering(Gathers.PARTS),
    "GET shares_api.show_share": OWNER.gathering(Gathers.PARTS),
    "PATCH shares_api.change_share": OWNER.sends({"allow_download": True}).gathering(Gathers.PARTS),
    "DELETE shares_api.revoke_share": OWNER.gathering(Gathers.PARTS),
}
