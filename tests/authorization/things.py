"""Alice's things, made when a route asks for one, and the people who reach for them."""

import io
from collections.abc import Mapping
from functools import cached_property

from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import insert, update

from extensions.sessions import COOKIE_NAME
from tests.authorization.belongings import numbers
from tests.authorization.share_things import ShareThings
from tests.authorization.task_things import TaskThings
from tests.factories.accounts import make_person
from trackeep.accounts import service as accounts
from trackeep.accounts.service import links
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.highlights import Passage
from trackeep.bookmarks.models import Article, ArticlePicture, Bookmark
from trackeep.bookmarks.rules import Actions, Condition, Definition, Field, How, Join
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.bookmarks.webarchive import Snapshot
from trackeep.core import clock, db, ext
from trackeep.core.jobs.queue import JobRow
from trackeep.feeds import service as feeds
from trackeep.feeds.drafts import OutletDraft, Subscription
from trackeep.feeds.states import OutletKind
from trackeep.portability import service as portability
from trackeep.references import service as references
from trackeep.tags import service as tags


class Things(ShareThings, TaskThings):
    """Each property makes a thing of alice's, at most once, in the given one of her spaces."""

    @cached_property
    def bookmark_id(self) -> int:
        return self.new_bookmark()

    def new_bookmark(self) -> int:
        draft = Draft(url=f"https://example.org/{next(numbers)}", title="A page", tags=["reading"])
        return bookmarks.save_bookmark(self.actor, space_id=self.space_id, draft=draft)

    @cached_property
    def trashed_id(self) -> int:
        bookmarks.trash_bookmarks(self.actor, [self.bookmark_id])
        return self.bookmark_id

    @cached_property
    def highlight_id(self) -> int:
        return bookmarks.add_highlight(self.actor, self.bookmark_id, Passage(quote="Some words"))

    @cached_property
    def trashed_highlight_id(self) -> int:
        bookmarks.trash_highlights(self.actor, [self.highlight_id])
        return self.highlight_id

    @cached_property
    def pictured_bookmark_id(self) -> int:
        """With an icon and a preview picture."""
        key = ext.blobs().put_bytes(picture())
        change = update(Bookmark).where(Bookmark.id == self.bookmark_id).values(favicon_key=key, preview_key=key)
        with db.unit_of_work() as session:
            session.execute(change.execution_options(synchronize_session=False))
        return self.bookmark_id

    @cached_property
    def article_id(self) -> int:
        """With an article that has a picture."""
        key = ext.blobs().put_bytes(picture())
        with db.unit_of_work() as session:
            session.execute(insert(Article).values(bookmark_id=self.bookmark_id, state="done", html="<p>Words</p>"))
            row = {"bookmark_id": self.bookmark_id, "number": 0, "url": "https://example.org/a.png", "key": key}
            session.execute(insert(ArticlePicture).values(row))
        return self.bookmark_id

    @cached_property
    def undo_id(self) -> int:
        selection = Selection(ids=[self.bookmark_id])
        done = bookmarks.change_many(self.actor, selection, BulkAction(verb=BulkVerb.FAVOURITE))
        return done.undo_id or 0

    @cached_property
    def visited_bookmark_id(self) -> int:
        """Whose link somebody wants to be looked at."""
        bookmarks.check_link_now(self.actor, self.bookmark_id)
        return self.bookmark_id

    @cached_property
    def twin_ids(self) -> list[int]:
        return [self.new_bookmark(), self.new_bookmark()]

    @cached_property
    def archived_bookmark_id(self) -> int:
        """With a copy at the web archive."""
        bookmarks.find_archived(self.actor, self.bookmark_id)
        copy = Snapshot(f"https://web.archive.org/web/20260101000000/https://example.org/{self.number}", clock.now())
        bookmarks.note_archived(self.bookmark_id, copy, source="lookup")
        return self.bookmark_id

    @cached_property
    def copy_id(self) -> int:
        """A copy of the bookmark's page."""
        copy_id = bookmarks.request_copy(self.actor, self.bookmark_id)
        content = f"<p>{copy_id}</p>".encode()
        bookmarks.store_copy(copy_id, key=ext.blobs().put_bytes(content), size=len(content), missing=0)
        return copy_id

    @property
    def bookmark_file(self) -> tuple[io.BytesIO, str]:
        """A browser's export, to be uploaded."""
        page = f'<DT><A HREF="https://example.org/imported/{self.number}">A page</A>'
        return io.BytesIO(f"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>{page}</DL><p>".encode()), "bookmarks.html"

    @cached_property
    def import_id(self) -> int:
        """One that has been looked through and waits to be saved."""
        stream, name = self.bookmark_file
        import_id = bookmarks.open_import(self.actor, self.space_id, file_name=name, stream=stream)
        bookmarks.check_import(import_id)
        return import_id

    @cached_property
    def archive_id(self) -> int:
        """A finished archive of alice's data."""
        archive_id = portability.request_archive(self.actor)
        portability.make_archive(archive_id)
        return archive_id

    @cached_property
    def feed_id(self) -> int:
        return feeds.subscribe(self.actor, self.space_id, Subscription(url=f"https://example.org/{self.number}.xml"))

    @cached_property
    def left_feed_id(self) -> int:
        feeds.unsubscribe(self.actor, self.feed_id)
        return self.feed_id

    @property
    def feed_file(self) -> tuple[io.BytesIO, str]:
        """A list of feeds, to be uploaded."""
        line = f'<outline text="A feed" xmlUrl="https://example.org/listed/{self.number}.xml"/>'
        return io.BytesIO(f'<opml version="2.0"><body>{line}</body></opml>'.encode()), "feeds.opml"

    @cached_property
    def outline_id(self) -> int:
        stream, name = self.feed_file
        return feeds.open_outline(self.actor, self.space_id, file_name=name, stream=stream)

    @cached_property
    def _outlet(self) -> feeds.NewOutlet:
        return feeds.create_outlet(self.actor, self.space_id, OutletDraft(name="Mine", kind=OutletKind.ALL))

    @cached_property
    def outlet_id(self) -> int:
        return self._outlet.id

    @cached_property
    def outlet_secret(self) -> str:
        return self._outlet.secret

    @cached_property
    def reference_id(self) -> int:
        """Between a bookmark and its highlight."""
        return references.link(self.actor, self.bookmark_id, self.highlight_id)

    @cached_property
    def collection_id(self) -> int:
        return bookmarks.create_collection(self.actor, self.space_id, name=f"Collection {self.number}")

    @cached_property
    def rule_id(self) -> int:
        test = Condition(Field.SITE, How.EQUALS, "example.org")
        definition = Definition(Join.ALL, (test,), Actions(tags=("cooking",)))
        return bookmarks.create_rule(self.actor, self.space_id, bookmarks.RuleDraft(definition=definition))

    @cached_property
    def deleted_rule_id(self) -> int:
        bookmarks.delete_rule(self.actor, self.rule_id)
        return self.rule_id

    @cached_property
    def tag_name(self) -> str:
        return f"tag {self.number}"

    @cached_property
    def tag_id(self) -> int:
        return next(iter(tags.ensure_tags(self.actor, self.space_id, [self.tag_name]).values()))

    @cached_property
    def other_tag_id(self) -> int:
        return next(iter(tags.ensure_tags(self.actor, self.space_id, [f"other tag {self.number}"]).values()))

    @cached_property
    def deleted_tag_undo_id(self) -> int:
        return tags.delete_tags(self.actor, [self.tag_id])

    @cached_property
    def session_id(self) -> int:
        return self.world.signed_in(self.world.alice).session_id or 0

    @cached_property
    def token_id(self) -> int:
        return accounts.create_token(self.actor, name="phone", scopes=["home:read"]).id

    @cached_property
    def user_id(self) -> int:
        """Somebody whom administrators do things to."""
        return make_person(self.world.app, f"person{self.number}").id

    @cached_property
    def pictured_id(self) -> int:
        """Alice, with an avatar."""
        accounts.set_avatar(self.actor, picture())
        return self.world.alice.id

    @cached_property
    def invitation_id(self) -> int:
        return self._invited.id

    @cached_property
    def invitation_secret(self) -> str:
        return self._invited.link.rpartition("/")[2]

    @cached_property
    def _invited(self) -> accounts.Invited:
        return accounts.invite(self.world.signed_in(self.world.admin), email=f"guest{self.number}@example.org")

    @cached_property
    def reset_secret(self) -> str:
        with db.unit_of_work():
            return links.new_link(self.user_id, links.RESET)

    @cached_property
    def confirmation_secret(self) -> str:
        with db.unit_of_work():
            return links.new_link(self.user_id, links.EMAIL, email=f"new{self.number}@example.org")

    @cached_property
    def failed_job_id(self) -> int:
        row = {
            "name": "matrix.none",
            "arguments": {},
            "state": "failed",
            "created_at": clock.now(),
            "run_at": clock.now(),
        }
        with db.unit_of_work() as session:
            return session.scalars(insert(JobRow).returning(JobRow.id), [row]).one()

    @property
    def unused_name(self) -> str:
        return f"new{next(numbers)}"


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(stream, "PNG")
    return stream.getvalue()


def cookie_of(client: FlaskClient) -> Mapping[str, str]:
    cookie = client.get_cookie(COOKIE_NAME)
    return {cookie.key: cookie.value} if cookie else {}
