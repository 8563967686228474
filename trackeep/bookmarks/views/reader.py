"""The reader: an article on a quiet page, set as its person likes it."""

from flask import Response, request, url_for
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.articles.pictures import with_addresses
from trackeep.bookmarks.queries import ArticleItem, BookmarkItem
from trackeep.bookmarks.schemas import ReaderLooksIn
from trackeep.bookmarks.views.answers import by_script
from trackeep.bookmarks.views.door import blueprint
from trackeep.bookmarks.views.pictures import picture_answer
from trackeep.bookmarks.views.places import list_place
from trackeep.bookmarks.views.rows import rows_of
from trackeep.core import templating
from trackeep.core.actor import Actor
from trackeep.core.schemas import parse
from trackeep.core.web.identity import current_actor

LONGEST_WAIT = 60


@blueprint.get("/<int:bookmark_id>/read")
def read(bookmark_id: int) -> Response:
    actor = current_actor()
    item, article = queries.get_article(actor, bookmark_id)
    place = list_place(actor)
    before, behind = queries.neighbours(actor, place.filters(), place.given.sort, bookmark_id)
    progress = queries.progress_of(actor, bookmark_id)
    row = rows_of(actor, [item])[0]
    return templating.page(
        "bookmarks/reader.html",
        block="reading",
        item=item,
        row=row,
        article=article,
        state=_state(item, article),
        html=Markup(_shown(item, article)),  # noqa: S704  # sanitised before it was stored
        facts=_facts(item, article),
        looks=queries.looks_of(actor),
        place=place,
        before=before,
        behind=behind,
        fraction=0.0 if progress.finished_at else progress.fraction,
        wait=_next_look(),
        title=row.title,
    )


@blueprint.get("/<int:bookmark_id>/pictures/<int:number>")
def article_picture(bookmark_id: int, number: int) -> AnyResponse:
    return picture_answer(queries.article_picture(current_actor(), bookmark_id, number))


@blueprint.post("/<int:bookmark_id>/article")
def retry_article(bookmark_id: int) -> AnyResponse:
    service.retry_article(current_actor(), bookmark_id)
    return redirect(url_for("bookmarks.read", bookmark_id=bookmark_id), 303)


@blueprint.post("/reader-settings")
def save_reader_settings() -> AnyResponse:
    """Saved by itself with every choice; without scripts by the button, which leads back to the text."""
    given = {name: value for name, value in request.form.items() if name in ReaderLooksIn.model_fields}
    given["marks_read"] = "1" if "marks_read" in request.form else "0"
    service.save_looks(current_actor(), parse(ReaderLooksIn, given).looks())
    if by_script():
        return Response("", 204)
    back = request.form.get("back", type=int)
    return redirect(url_for("bookmarks.read", bookmark_id=back) if back else url_for("bookmarks.index"), 303)


def reader_marks(actor: Actor, item: BookmarkItem) -> Response:
    """The marks in the reader's bar, after one was changed."""
    return templating.page(
        "bookmarks/reader.html", block="marks", item=item, row=rows_of(actor, [item])[0], place=list_place(actor)
    )


def _state(item: BookmarkItem, article: ArticleItem) -> str:
    """What the page shows: the text whenever there is one, else why there is none."""
    if article.html:
        return "done"
    if article.state == "pending" or item.fetch_state == "pending":
        return "pending"
    if article.state == "none":
        return "unfetched" if item.fetch_state == "failed" else "none"
    return article.state


def _shown(item: BookmarkItem, article: ArticleItem) -> str:
    return with_addresses(article.html, article.pictures, f"{url_for('bookmarks.index')}/{item.id}/pictures")


def _facts(item: BookmarkItem, article: ArticleItem) -> list[str]:
    minutes = article.reading_minutes or item.reading_minutes
    facts = [ngettext("%(num)d minute to read", "%(num)d minutes to read", minutes)] if minutes else []
    return [*([item.author] if item.author else []), *facts]


def _next_look() -> int:
    waited = request.args.get("waited", type=int) or 2
    return min(max(waited, 2) * 2, LONGEST_WAIT)
