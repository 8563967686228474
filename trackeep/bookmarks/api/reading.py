"""JSON of articles, of how far somebody has read, and of how they like the reader."""

from dataclasses import asdict

from flask import Response, url_for

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.api.door import blueprint
from trackeep.bookmarks.articles.pictures import with_addresses
from trackeep.bookmarks.progress import Progress
from trackeep.bookmarks.schemas import ArticleOut, ProgressIn, ProgressOut, ReaderLooksIn, ReaderLooksOut
from trackeep.core.templating import json_response
from trackeep.core.web.identity import current_actor


@blueprint.get("/<int:bookmark_id>/article")
@blueprint.output(ArticleOut)
def show_article(bookmark_id: int) -> Response:
    """Show the article of a bookmark

    While ``state`` is 'pending' its text is being looked for in the stored page; ask again after some seconds.
    """
    return _article(bookmark_id)


@blueprint.post("/<int:bookmark_id>/article")
@blueprint.output(ArticleOut, status_code=202)
def retry_article(bookmark_id: int) -> Response:
    """Look for the article again

    In the page as it is stored; a page of which nothing is stored is fetched.
    """
    service.retry_article(current_actor(), bookmark_id)
    return _article(bookmark_id, 202)


@blueprint.get("/<int:bookmark_id>/progress")
@blueprint.output(ProgressOut)
def show_progress(bookmark_id: int) -> Response:
    """Show how far you have read"""
    return _progress(bookmark_id, queries.progress_of(current_actor(), bookmark_id))


@blueprint.put("/<int:bookmark_id>/progress")
@blueprint.input(ProgressIn)
@blueprint.output(ProgressOut)
def note_progress(bookmark_id: int, json_data: ProgressIn) -> Response:
    """Tell how far you have read

    Reaching 0.95 for the first time marks the bookmark as read, if your reader settings say so and it is yours to mark.
    """
    return _progress(bookmark_id, service.note_progress(current_actor(), bookmark_id, json_data.fraction))


@blueprint.get("/reader-settings")
@blueprint.output(ReaderLooksOut)
def show_reader_settings() -> Response:
    """Show your reader settings"""
    return json_response(asdict(queries.looks_of(current_actor())))


@blueprint.put("/reader-settings")
@blueprint.input(ReaderLooksIn)
@blueprint.output(ReaderLooksOut)
def save_reader_settings(json_data: ReaderLooksIn) -> Response:
    """Change your reader settings"""
    service.save_looks(current_actor(), json_data.looks())
    return json_response(asdict(queries.looks_of(current_actor())))


def _article(bookmark_id: int, status: int = 200) -> Response:
    _bookmark, article = queries.get_article(current_actor(), bookmark_id, with_text=True)
    shape = asdict(article) | {"bookmark_id": bookmark_id}
    pictures = url_for("bookmarks.article_picture", bookmark_id=bookmark_id, number=0).rpartition("/")[0]
    shape["html"] = with_addresses(article.html, article.pictures, pictures)
    del shape["pictures"]
    return json_response(shape, status)


def _progress(bookmark_id: int, progress: Progress) -> Response:
    return json_response({"bookmark_id": bookmark_id, **asdict(progress)})
