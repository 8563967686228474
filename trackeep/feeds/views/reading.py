"""The feeds that go out, as programs read them: by a secret address, without a session, changed or not."""

from collections.abc import Callable

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from trackeep.feeds import publishing, service
from trackeep.feeds.publishing import Channel, Story
from trackeep.feeds.service import Published
from trackeep.feeds.views.door import blueprint

MAX_TEXT = 4_000


@blueprint.get("/out/<secret>.atom")
def read_atom(secret: str) -> AnyResponse:
    return _answer(secret, "feeds.read_atom", publishing.atom, publishing.ATOM_TYPE)


@blueprint.get("/out/<secret>.json")
def read_json(secret: str) -> AnyResponse:
    return _answer(secret, "feeds.read_json", publishing.json_feed, publishing.JSON_TYPE)


def _answer(secret: str, endpoint: str, write: Callable[[Channel], bytes], content_type: str) -> AnyResponse:
    found = service.published(secret)
    if found is None:
        # Not the page for people: that one would greet a program with a cookie.
        return Response(_("There is no such feed."), 404, content_type="text/plain; charset=utf-8")
    channel = _channel(found, url_for(endpoint, secret=secret, _external=True))
    response = Response(write(channel), content_type=content_type)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _channel(found: Published, own: str) -> Channel:
    return Channel(
        uid=found.uid,
        title=found.outlet.name,
        home=url_for("bookmarks.index", _external=True),
        own=own,
        updated_at=found.updated_at,
        stories=[
            Story(
                id=item.id,
                url=item.url,
                title=item.title,
                text=item.description[:MAX_TEXT],
                author=item.author,
                tags=[tag.name for tag in item.tags],
                added_at=item.added_at,
                updated_at=item.updated_at,
            )
            for item in found.items
        ],
    )
