"""The core, and the domains that gather from others."""

from tests.authorization.cases import EDITORS, OPEN, OPEN_TO_BROWSERS, OWNER, PERSON, READ, Gathers
from tests.authorization.expectations.statuses import REFUSED, WRONG

CORE = {
    "GET api_reference": OPEN_TO_BROWSERS,
    "GET health_live": OPEN,
    "GET health_ready": OPEN,
    "GET api_document": OPEN,
    "GET app_manifest": OPEN_TO_BROWSERS,
    "GET service_worker": OPEN_TO_BROWSERS,
    "GET offline": OPEN_TO_BROWSERS,
    "GET opensearch": OPEN_TO_BROWSERS,
    "GET static": OPEN.at(name=lambda _: "manifest.json"),
}

GATHERING = {
    "GET home.show_home": PERSON,
    "POST home.change_card": PERSON.at(name=lambda _: "recent", verb=lambda _: "hide").may_answer(404),
    "POST home.reset_cards": PERSON,
    "POST home.put_welcome_away": PERSON,
    "GET home_api.list_cards": PERSON,
    "PUT home_api.arrange_cards": PERSON.sends({"cards": []}),
    "DELETE home_api.reset_cards": PERSON,
    "GET quick.palette": PERSON,
    "GET quick.show_quick_add": PERSON,
    "POST quick.add": PERSON.posts({"text": "https://example.org/quick"}).may_answer(WRONG),
    "GET quick.preview": PERSON.asks({"text": "https://example.org/quick"}),
    "GET quick_api.search_palette": PERSON,
    "POST quick_api.add": PERSON.sends({"text": "https://example.org/quick"}).may_answer(WRONG),
    "GET quick_api.preview": PERSON.asks({"text": "https://example.org/quick"}),
    "GET trash.show_trash": PERSON,
    "POST trash.empty": PERSON,
    "GET trash_api.list_trash": PERSON,
    "POST trash_api.empty": PERSON.sends({}),
    "GET portability.show_archives": PERSON,
    "POST portability.request_archive": PERSON,
    "GET portability.download_archive": OWNER,
    "POST portability.delete_archive": OWNER,
    "GET portability_api.list_archives": PERSON,
    "POST portability_api.request_archive": PERSON.may_answer(REFUSED),
    "GET portability_api.download_archive": OWNER.gathering(Gathers.ALL),
    "DELETE portability_api.delete_archive": OWNER,
    "GET spaces_api.list_spaces": PERSON,
    "POST spaces.choose": READ.posts(lambda things: {"space": things.space_id}),
}

TRASH = {
    "POST trash.change": EDITORS.posts(lambda things: {"verb": "restore", "ids": things.trashed_id}),
    "POST trash_api.restore": EDITORS.sends(lambda things: {"ids": [things.trashed_id]}).gathering(Gathers.PARTS),
    "POST trash_api.purge": EDITORS.sends(lambda things: {"ids": [things.trashed_id]}).gathering(Gathers.PARTS),
}

TABLE = {**CORE, **GATHERING, **TRASH}
