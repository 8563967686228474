"""Imports of tasks: the dry run, the saving, what comes twice, and the way back."""

import io
from dataclasses import replace

import pytest
from apiflask import APIFlask

from tests.effort import at_most
from tests.people import People
from tests.tasks.importing import (
    CALENDAR,
    TABLE,
    TODOIST,
    bring,
    choose,
    everything,
    library,
    report,
    run,
    undo,
    written,
)
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid
from trackeep.core.imports import ImportBusy
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.imports import Options, Outcome


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def bob(people: People) -> Actor:
    return people.add("bob")


def rename(actor: Actor, task_id: int, title: str) -> None:
    service.edit_task(actor, task_id, {"title": title}, version=queries.get_task(actor, task_id).version)


def test_the_dry_run_saves_nothing_and_the_run_saves_all(app: APIFlask, alice: Actor) -> None:
    item = bring(app, alice, TODOIST, name="House [2203306141].csv")

    assert (item.kind, item.state, item.total, item.counts) == ("todoist", "checked", 4, {"new": 4})
    assert library(alice) == {}

    done = run(app, alice, item)

    assert (done.state, done.saved, done.error) == ("done", 4, None)
    found = library(alice)
    hall, paint, roofer = found["Paint the hall"], found["Buy paint"], found["Call the roofer"]
    assert (hall.project, hall.section, hall.tags, hall.priority) == ("House", "Ground floor", ("paint",), 4)
    assert (paint.parent_key, paint.recurrence, paint.comments) == (
        hall.key,
        "FREQ=WEEKLY",
        ("Ask for the old colour",),
    )
    assert (roofer.section, str(roofer.due_at)) == ("Roof", "2026-12-03 09:00:00+00:00")


def test_a_second_import_of_the_file_finds_the_same_tasks(app: APIFlask, alice: Actor) -> None:
    for content, name in ((TODOIST, "House.csv"), (CALENDAR, "garden.ics")):
        run(app, alice, bring(app, alice, content, name=name))
        before = library(alice)
        rename(alice, queries.outgoing_ids(alice, everything(alice))[-1], f"Changed in {name}")

        again = bring(app, alice, content, name=name)

        assert set(again.counts) == {"known"}
        assert all(row.task_id for row in report(alice, again))
        assert run(app, alice, again).saved == 0
        assert len(library(alice)) == len(before)


def test_what_lies_in_the_trash_comes_anew(app: APIFlask, alice: Actor) -> None:
    first = run(app, alice, bring(app, alice, CALENDAR))
    service.trash_tasks(alice, [row.task_id for row in report(alice, first) if row.title == "Sow" and row.task_id])

    again = bring(app, alice, CALENDAR)

    assert again.counts == {"new": 1, "known": 2}
    assert run(app, alice, again).saved == 1


def test_the_columns_of_a_table_are_chosen_and_the_rows_judged(app: APIFlask, alice: Actor) -> None:
    item = bring(app, alice, TABLE)
    assert (item.state, item.kind) == ("choosing", "table")
    assert list(queries.preview_columns(alice, item.id).columns) == ["What", "When it is due", "Where", "Labels"]
    with pytest.raises(ImportBusy):
        service.start_import(alice, item.id)
    with pytest.raises(Invalid):
        service.choose_options(alice, item.id, Options({"due": 1}))

    checked = choose(app, alice, item, {"title": 0, "due": 1, "project": 2, "tags": 3})

    assert checked.counts == {"new": 2, "broken": 1, "same": 1}
    assert [row.notes for row in report(alice, checked, Outcome.SAME)] == [["The same as entry 1."]]
    run(app, alice, checked)
    rent = library(alice)["Pay the rent"]
    assert (rent.project, str(rent.due_on), rent.tags) == ("Home", "2026-12-01", ("money",))


def test_an_import_is_taken_back_but_for_what_was_edited(app: APIFlask, alice: Actor) -> None:
    item = run(app, alice, bring(app, alice, TODOIST, name="House.csv"))
    tasks = {row.title: row.task_id or 0 for row in report(alice, item)}
    rename(alice, tasks["Buy paint"], "Buy green paint")
    service.create_task(alice, item.space_id, TaskDraft(title="Added below", parent_id=tasks["Paint the hall"]))

    undone = undo(app, alice, item)

    assert (undone.state, undone.counts["undone"], undone.counts["kept"]) == ("undone", 3, 1)
    assert set(library(alice)) == {"Buy green paint", "Added below"}
    with pytest.raises(Gone):
        service.start_undo(alice, item.id)


def test_what_an_undone_import_made_is_gone_with_it(app: APIFlask, alice: Actor) -> None:
    undone = undo(app, alice, run(app, alice, bring(app, alice, TODOIST, name="House.csv")))
    assert (undone.counts["undone"], undone.counts["kept"]) == (4, 0)
    assert library(alice) == {}
    assert queries.project_tree(alice) == []


def test_a_large_nested_import_is_taken_back_whole(app: APIFlask, alice: Actor) -> None:
    rows = "".join(f"task,Part {n},,4,{1 + n % 3},,,,,\n" for n in range(1_201))
    item = run(app, alice, bring(app, alice, TODOIST.partition("\n")[0] + "\n" + rows))
    assert item.saved == 1_201
    undone = undo(app, alice, item)
    assert (undone.counts["undone"], undone.counts["kept"]) == (1_201, 0)


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_what_goes_out_comes_back(app: APIFlask, alice: Actor, bob: Actor, form: str) -> None:
    run(app, alice, bring(app, alice, TODOIST, name="House.csv"))
    run(app, alice, bring(app, alice, CALENDAR, name="garden.ics"))
    file = written(alice, form)

    assert set(bring(app, alice, file, name=f"tasks.{form}").counts) == {"known"}
    run(app, bob, bring(app, bob, file, name=f"tasks.{form}"))

    mine, theirs = library(alice), library(bob)
    assert mine.keys() == theirs.keys()
    for title, task in mine.items():
        copy = theirs[title]
        assert replace(copy, number=0, created_at=None) == replace(task, number=0, created_at=None)
    assert set(bring(app, bob, written(bob, form), name=f"tasks.{form}").counts) == {"known"}


def test_five_thousand_rows_take_a_few_seconds(app: APIFlask, alice: Actor) -> None:
    rows = "".join(f"task,Task number {n} @tag{n % 40},,4,{1 + n % 3},,,2026-12-0{1 + n % 9},,\n" for n in range(5_000))
    with at_most(10):  # not the clock on the wall: other things may run on the machine
        item = run(app, alice, bring(app, alice, TODOIST.partition("\n")[0] + "\n" + rows))
        assert item.saved == 5_000


def test_circles_and_lost_parents_are_cut(app: APIFlask, alice: Actor) -> None:
    text = "BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(
        f"BEGIN:VTODO\nUID:{uid}\nSUMMARY:{uid}\nRELATED-TO:{above}\nEND:VTODO\n"
        for uid, above in (("a", "b"), ("b", "a"), ("c", "nobody"), ("d", "d"))
    )
    item = run(app, alice, bring(app, alice, text + "END:VCALENDAR\n", name="circle.ics"))
    assert item.saved == 4


def test_what_cannot_be_read_is_refused(alice: Actor) -> None:
    with pytest.raises(Invalid):
        service.open_import(alice, alice.personal_space_id or 0, file_name="x.csv", stream=io.BytesIO(b""))
