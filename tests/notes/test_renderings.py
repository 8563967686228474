"""Texts as pages show them are kept, and yet say what is true now."""

from collections.abc import Iterator

import pytest

from extensions import events
from tests.factories.accounts import Person
from tests.notes.making import edit, make
from trackeep.notes import service
from trackeep.notes.queries import renderings

LONG = "Some words, many times. " * 100


@pytest.fixture
def outcomes() -> Iterator[list[str]]:
    """Where each rendering came from."""
    found: list[str] = []

    def noting(resource: str, *, outcome: str, **_facts: object) -> None:
        if resource == renderings.RENDERED.name:
            found.append(outcome)

    with events.cache_asked.connected_to(noting):
        yield found


def page(person: Person, note_id: int) -> str:
    return str(person.client().get(f"/notes/{note_id}").get_data(as_text=True))


def test_a_long_text_is_rendered_once(alice: Person, outcomes: list[str]) -> None:
    note = make(alice, "Long", f"## Part\n\n## Other\n\n{LONG}")
    first, second = page(alice, note), page(alice, note)
    assert outcomes == ["miss", "near"]
    for shown in (first, second):
        assert 'id="h-part"' in shown and 'href="#h-part"' in shown


def test_what_links_lead_to_is_never_the_former(alice: Person, outcomes: list[str]) -> None:
    note = make(alice, "Long", f"[[Plan]] {LONG}")
    assert "wikilink-missing" in page(alice, note)
    plan = make(alice, "Plan")
    assert f'<a class="wikilink" href="/notes/{plan}"' in page(alice, note)
    service.trash_notes(alice.actor, [plan])
    assert "wikilink-missing" in page(alice, note)
    assert outcomes == ["miss", "miss", "near"], "the text without a note named Plan was still known"


def test_an_edit_shows_at_once(alice: Person) -> None:
    note = make(alice, "Long", f"- [ ] one\n\n{LONG}")
    page(alice, note)
    edit(alice, note, body=f"- [ ] two\n\n{LONG}")
    assert 'data-expected="- [ ] two"' in page(alice, note)


def test_a_page_of_more_than_a_megabyte_is_kept(alice: Person, outcomes: list[str]) -> None:
    note = make(alice, "Large", "**word** " * 110_000)
    page(alice, note), page(alice, note)
    assert outcomes == ["miss", "near"]


def test_known_targets_are_those_of_the_text(alice: Person, stranger: Person) -> None:
    plan = make(alice, "Plan")
    note = make(alice, "Source", "[[Plan]] [[plan#x]] [[Nowhere]]")
    assert renderings.link_targets(alice.actor, note) == {"Plan": plan, "plan": plan}
    assert renderings.link_targets(stranger.actor, note) == {}
