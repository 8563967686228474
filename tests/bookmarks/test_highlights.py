"""Marking passages: places, notes, colours, trash, moving with their page, limits, and who may."""

import threading
from datetime import date
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from tests.bookmarks.reading import drop_article, put_article
from tests.bookmarks.test_api import save
from tests.factories.accounts import Person
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Draft, Quote
from trackeep.bookmarks.errors import TooManyHighlights
from trackeep.bookmarks.highlights import Colour, HighlightFilters, Passage, State
from trackeep.bookmarks.models import Bookmark, Highlight
from trackeep.bookmarks.service import highlight_rows, quotes
from trackeep.bookmarks.service.saving import save_many
from trackeep.core import db
from trackeep.core.actor import Role
from trackeep.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionRequired
from trackeep.core.objects import Object
from trackeep.core.search_index import SearchDocument
from trackeep.spaces import service as spaces

TEXT = "Once upon a time there was a reader. The reader marked a line, and the line stayed."
EVERYTHING = HighlightFilters()


def mark(person: Person, bookmark_id: int, quote: str = "a line", **parts: object) -> int:
    return service.add_highlight(person.actor, bookmark_id, Passage(quote=quote, **parts))  # type: ignore[arg-type]  # parts of a passage


def quotes_of(person: Person, **filters: object) -> list[str]:
    wanted = HighlightFilters(**filters)  # type: ignore[arg-type]  # parts of filters
    return [item.quote for item in queries.list_highlights(person.actor, wanted).items]


def documents(ids: list[int]) -> int:
    return db.session().scalar(select(func.count()).where(SearchDocument.object_id.in_(ids))) or 0


def test_a_passage_is_marked_where_it_is(alice: Person) -> None:
    page = save(alice.actor)
    put_article(page, TEXT)
    made = mark(alice, page, "the  line", suffix=" stayed", colour=Colour.GREEN, note="**why**", start=3, end=9)

    (placed,) = queries.highlights_of(alice.actor, page)
    item = placed.item
    assert (item.id, item.quote, item.colour, item.note, item.created_by) == (
        made,
        "the  line",
        "green",
        "**why**",
        alice.id,
    )
    assert TEXT[item.start : item.end] == "the line"
    assert item.start is not None
    assert (item.prefix, item.suffix) == (TEXT[item.start - 40 : item.start], " stayed.")
    assert placed.state is State.PLACED


def test_a_text_that_changes_moves_them_or_loses_them_but_never_drops_them(alice: Person) -> None:
    page = save(alice.actor)
    put_article(page, TEXT)
    mark(alice, page, "a reader")
    mark(alice, page, "Once upon a time")
    assert [each.item.quote for each in queries.highlights_of(alice.actor, page)] == ["Once upon a time", "a reader"]

    changed = put_article(page, f"An altogether new beginning. {TEXT[17:]}")
    placed = queries.highlights_of(alice.actor, page)
    assert [(each.item.quote, each.state) for each in placed] == [
        ("a reader", State.PLACED),
        ("Once upon a time", State.LOST),
    ]
    assert placed[0].place is not None
    assert changed[placed[0].place.start : placed[0].place.end] == "a reader"

    assert service.anchor_highlights(page) == 1
    assert queries.highlights_of(alice.actor, page)[0].item.start == placed[0].place.start
    assert service.anchor_highlights(page) == 0

    drop_article(page)
    assert {each.state for each in queries.highlights_of(alice.actor, page)} == {State.UNPLACED}
    assert service.anchor_highlights(page) == 0


def test_a_note_needs_the_version_and_a_colour_does_not(alice: Person) -> None:
    made = mark(alice, save(alice.actor))
    with pytest.raises(PreconditionRequired):
        service.edit_highlight(alice.actor, made, note="x")
    service.edit_highlight(alice.actor, made, colour=Colour.BLUE)
    version = queries.get_highlight(alice.actor, made).version
    service.edit_highlight(alice.actor, made, note="first", version=version)
    with pytest.raises(Conflict) as caught:
        service.edit_highlight(alice.actor, made, note="second", version=version)

    assert (caught.value.extra["yours"], caught.value.extra["theirs"]) == ({"note": "second"}, {"note": "first"})
    item = queries.get_highlight(alice.actor, made)
    assert (item.colour, item.note) == ("blue", "first")
    assert quotes_of(alice, text="first") == ["a line"]


def test_readers_see_writers_mark_and_strangers_find_nothing(
    alice: Person, bob: Person, stranger: Person, admin: Person
) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.VIEWER)
    page = save(alice.actor, space_id=team, shared=True)
    made = mark(alice, page)

    assert [each.item.id for each in queries.highlights_of(bob.actor, page)] == [made]
    assert quotes_of(bob) == ["a line"]
    with pytest.raises(Forbidden):
        mark(bob, page)
    with pytest.raises(Forbidden):
        service.trash_highlights(bob.actor, [made])
    # The page is shared with everybody; what was marked on it is not.
    assert queries.highlights_of(stranger.actor, page) == []
    assert quotes_of(stranger) == quotes_of(admin) == []
    for deed in (
        lambda: queries.get_highlight(stranger.actor, made),
        lambda: mark(stranger, page),
        lambda: service.edit_highlight(stranger.actor, made, colour=Colour.PINK),
        lambda: service.trash_highlights(stranger.actor, [made]),
        lambda: quotes_of(stranger, space_id=team),
    ):
        with pytest.raises(NotFound):
            deed()


def test_trash_and_back(alice: Person) -> None:
    made = mark(alice, save(alice.actor))
    service.trash_highlights(alice.actor, [made])

    assert quotes_of(alice) == []
    assert documents([made]) == 0
    assert queries.trashed_quotes(alice.actor, [made]) == {made: "a line"}
    assert service.restore_highlights(alice.actor, [made]) == 1
    assert quotes_of(alice, text="line") == ["a line"]
    assert service.purge_highlights(alice.actor, [made]) == 0
    service.trash_highlights(alice.actor, [made])
    assert service.purge_highlights(alice.actor, [made]) == 1
    with pytest.raises(NotFound):
        service.restore_highlights(alice.actor, [made])


def test_they_go_and_come_with_their_page(alice: Person) -> None:
    page = save(alice.actor)
    kept, trashed = mark(alice, page), mark(alice, page, "another")
    service.trash_highlights(alice.actor, [trashed])
    service.trash_bookmarks(alice.actor, [page])
    assert quotes_of(alice) == []
    assert queries.find_highlights(alice.actor, "line", 5) == []
    assert documents([kept]) == 0
    with pytest.raises(NotFound):
        queries.get_highlight(alice.actor, kept)

    service.restore_bookmarks(alice.actor, [page])
    assert quotes_of(alice, text="line") == ["a line"]
    assert documents([kept, trashed]) == 1

    service.trash_bookmarks(alice.actor, [page])
    service.restore_highlights(alice.actor, [trashed])
    assert documents([kept, trashed]) == 0
    service.purge_bookmarks(alice.actor, [page])
    assert db.session().scalar(select(func.count()).where(Object.id.in_([kept, trashed]))) == 0


def test_they_move_with_their_page(alice: Person) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    page = save(alice.actor)
    made = [mark(alice, page), mark(alice, page, "gone")]
    service.trash_highlights(alice.actor, made[1:])
    service.move_bookmarks(alice.actor, [page], to_space=team)

    assert set(db.session().scalars(select(Highlight.space_id))) == {team}
    assert quotes_of(alice, space_id=team, text="line") == ["a line"]
    assert quotes_of(alice, space_id=alice.space_id) == []


def test_filters(alice: Person) -> None:
    one = save(alice.actor, 1, url="https://one.example/a", tags=["art/old"])
    two = save(alice.actor, 2, url="https://two.example/b", tags=["news"])
    mark(alice, one, "red apples", colour=Colour.PINK)
    mark(alice, one, "green pears", note="for the kitchen")
    mark(alice, two, "green tea")

    assert quotes_of(alice) == ["green tea", "green pears", "red apples"]
    assert quotes_of(alice, colour=Colour.PINK) == ["red apples"]
    assert quotes_of(alice, tag="art") == ["green pears", "red apples"]
    assert quotes_of(alice, tag="nothing") == []
    assert quotes_of(alice, site="two.example") == ["green tea"]
    assert quotes_of(alice, text="green") == ["green tea", "green pears"]
    assert quotes_of(alice, text="kitch") == ["green pears"]
    assert quotes_of(alice, text="green", bookmark_id=one) == ["green pears"]
    assert quotes_of(alice, text="nowhere") == []


def test_lists_go_on_where_they_ended(alice: Person) -> None:
    pages = [save(alice.actor, number) for number in range(4)]
    for number in range(12):
        mark(alice, pages[number % 4], f"words {number}")
    seen: list[str] = []
    cursor = None
    while True:
        page = queries.list_highlights(alice.actor, EVERYTHING, cursor=cursor, limit=5)
        seen += [item.quote for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [f"words {number}" for number in reversed(range(12))]

    first = queries.highlight_groups(alice.actor, EVERYTHING, limit=3, in_group=2)
    second = queries.highlight_groups(alice.actor, EVERYTHING, limit=3, in_group=2, cursor=first.next_cursor)
    assert [group.page.bookmark_id for group in [*first.items, *second.items]] == list(reversed(pages))
    assert second.next_cursor is None
    assert [(len(group.items), group.count) for group in first.items] == [(2, 3)] * 3
    filtered = queries.highlight_groups(alice.actor, HighlightFilters(text="7"))
    assert [(group.page.quote, group.count) for group in filtered.items] == [("words 7", 1)]
    exported = [item.quote for group in queries.exported_highlights(alice.actor, EVERYTHING) for item in group.items]
    assert sorted(exported) == sorted(seen)
    with pytest.raises(Invalid):
        queries.list_highlights(alice.actor, EVERYTHING, cursor="nonsense")


def test_the_export_goes_on_within_a_page(alice: Person) -> None:
    page, other = save(alice.actor, 1), save(alice.actor, 2)
    put_article(page, TEXT)
    words = ["Once", "upon", "time", "there", "was", "reader", "marked", "line", "stayed", "not in it"]
    for word in reversed(words):
        mark(alice, page, word)
    mark(alice, other)
    with patch("trackeep.bookmarks.queries.highlight_groups.STEP", 3):
        groups = list(queries.exported_highlights(alice.actor, EVERYTHING))

    assert [item.quote for group in groups for item in group.items] == [*words, "a line"]


def test_the_same_number_of_statements_for_many(alice: Person) -> None:
    def asked() -> tuple[int, int, int]:
        with counted() as listed:
            queries.list_highlights(alice.actor, HighlightFilters(text="words", tag="a"))
        with counted() as grouped:
            queries.highlight_groups(alice.actor, HighlightFilters(text="words", tag="a"))
        with counted() as placed:
            queries.highlights_of(alice.actor, pages[0])
        return len(listed), len(grouped), len(placed)

    pages = [save(alice.actor, 0, tags=["a"])]
    mark(alice, pages[0], "words")
    before = asked()
    for number in range(1, 6):
        pages.append(save(alice.actor, number, tags=["a", "b"]))
        for part in range(4):
            mark(alice, pages[-1], f"words {part}")
        mark(alice, pages[0], f"words {number}")
    assert asked() == before


def test_a_page_has_room_for_so_many(alice: Person) -> None:
    page = save(alice.actor)
    with patch.object(highlight_rows, "PER_BOOKMARK", 3):
        made = [mark(alice, page, f"words {number}") for number in range(3)]
        with pytest.raises(TooManyHighlights):
            mark(alice, page, "one more")
        service.trash_highlights(alice.actor, made[:1])
        mark(alice, page, "one more")
        assert service.restore_highlights(alice.actor, made[:1]) == 0
        rivals = [threading.Thread(target=_try_to_mark, args=(alice, page, number)) for number in range(4)]
        service.trash_highlights(alice.actor, made[1:2])
        for rival in rivals:
            rival.start()
        for rival in rivals:
            rival.join()
    db.release()
    assert len(quotes_of(alice)) == 3


def _try_to_mark(person: Person, page: int, number: int) -> None:
    try:
        with person.app.app_context():
            mark(person, page, f"rival {number}")
    except TooManyHighlights:
        pass
    finally:
        db.release()


@pytest.mark.parametrize("quote", ["", " \n", "\x00\u200b", "\ud800", "x" * 10_001])
def test_quotes_that_cannot_be(alice: Person, quote: str) -> None:
    with pytest.raises(Invalid):
        mark(alice, save(alice.actor), quote)


def test_hostile_letters_are_kept_apart_or_kept_out(alice: Person) -> None:
    page = save(alice.actor)
    made = mark(alice, page, "a\x00b\ud800c \u202edrow\u202c", prefix="\x00p", note="n\x07\udfffote")
    item = queries.get_highlight(alice.actor, made)

    assert (item.quote, item.prefix, item.note) == ("abc \u202edrow\u202c", "p", "note")
    with pytest.raises(Invalid):
        mark(alice, page, note="x" * 20_001)


def test_imports_bring_quotes_with_their_pages(alice: Person) -> None:
    brought = [Quote(text="one", note="n", colour="pink"), Quote(text="one"), Quote(text=" "), Quote(text="x" * 12_000)]
    drafts = [Draft(url=f"https://e.org/{number}", highlights=brought) for number in range(3)]
    with counted() as few:
        service.save_bookmark(alice.actor, space_id=alice.space_id, draft=drafts[0])
    with db.unit_of_work():
        save_many(alice.actor, space_id=alice.space_id, drafts=drafts[1:])

    items = queries.list_highlights(alice.actor, EVERYTHING).items
    assert len(items) == 6
    assert {(item.colour, item.note, len(item.quote)) for item in items} == {("pink", "n", 3), ("yellow", "", 10_000)}
    many = [Draft(url=f"https://many.example/{number}", highlights=brought) for number in range(50)]
    with counted() as sent, db.unit_of_work():
        save_many(alice.actor, space_id=alice.space_id, drafts=many)
    assert len(sent) < len(few) + 12


def test_quotes_are_added_once_and_only_where_they_may(alice: Person, stranger: Person) -> None:
    page = save(alice.actor)
    pairs = [(page, Quote(text=f"words {number}", colour="octarine")) for number in range(1_200)]
    assert len(service.add_quotes(alice.actor, alice.space_id, pairs)) == 1_200
    assert service.add_quotes(alice.actor, alice.space_id, pairs[:10]) == []
    more = [(page, Quote(text=f"more {number}")) for number in range(1_000)]
    assert len(service.add_quotes(alice.actor, alice.space_id, more)) == 800
    with pytest.raises(NotFound):
        service.add_quotes(stranger.actor, alice.space_id, pairs[:1])
    with pytest.raises(NotFound):
        service.add_quotes(stranger.actor, stranger.space_id, pairs[:1])
    service.trash_bookmarks(alice.actor, [page])
    with pytest.raises(NotFound):
        service.add_quotes(alice.actor, alice.space_id, pairs[:1])
    assert set(Colour) == quotes.COLOURS


def test_a_mark_keeps_its_page_from_being_taken_back(alice: Person) -> None:
    page = save(alice.actor)
    before = db.session().scalar(select(Object.version).where(Object.id == page)) or 0
    shown = queries.get_bookmark(alice.actor, page).version
    mark(alice, page)

    assert db.session().scalar(select(Object.version).where(Object.id == page)) == before + 1
    assert queries.get_bookmark(alice.actor, page).version == shown


def test_a_few_are_chosen_for_the_day(alice: Person) -> None:
    page = save(alice.actor)
    for number in range(30):
        mark(alice, page, f"words {number}")
    days = [date(2026, 3, number) for number in range(1, 6)]
    chosen = [[item.id for item in queries.highlights_of_the_day(alice.actor, day, 3)] for day in days]

    assert [[item.id for item in queries.highlights_of_the_day(alice.actor, day, 3)] for day in days] == chosen
    assert len({tuple(each) for each in chosen}) > 1
    assert db.session().scalar(select(func.count()).select_from(Bookmark)) == 1
