"""Notes at their size: the tree, lists and backlinks of 20,000 notes among 200,000 by time and number of queries, a
note of 1 MB, a rename that 1,000 notes follow, and 5,000 notes brought in and taken out as a zip file.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/notes.py [MINE] [OTHERS] [DATABASE_URL]`; without an address it uses
SQLite in a folder of its own.
"""

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from apiflask import APIFlask

from benchmarks.note_seeding import WORDS, fill
from config.testing import testing_settings
from tests.factories.accounts import Person, make_person
from tests.statements import counted
from trackeep import create_app
from trackeep.core import db
from trackeep.core.db import migrate
from trackeep.notes import exports, queries, service
from trackeep.notes.drafts import NoteChanges, NoteDraft
from trackeep.notes.filters import Filters, Sort, View
from trackeep.notes.vault import NoteOut, read_vault, write_vault

BATCH = 500
ROUNDS = 40
IMPORTED = 5_000
FOLLOWING = 1_000
OTHER_SPACES = 9
Result = TypeVar("Result")


def main(mine: int, others: int, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(testing_settings(Path(folder), url or f"sqlite:///{folder}/notes.db"))
        with app.app_context():
            migrate.upgrade()
            people = [make_person(app, f"noter{number}") for number in range(OTHER_SPACES + 1)]
            say(f"{db.dialect()}: {mine:,} notes of one space among {others:,} of {OTHER_SPACES} others")
            measured("filling", lambda: fill(people, mine, others))
            measure_reads(people[0])
            measure_large(people[0])
            measure_rename(people[0])
            measure_zip(app)


def measure_reads(person: Person) -> None:
    actor, space_id = person.actor, person.space_id
    hub = service.create_note(actor, space_id, NoteDraft(title="Hub", body="All lead here"))
    ids = queries.exported_ids(actor, space_id)
    chance = random.Random(3)
    some = [chance.choice(ids) for _round in range(ROUNDS)]
    parents = [note.parent_id for note in queries.get_notes(actor, some).values() if note.parent_id]
    timed("tree, the top", lambda _at: queries.list_branches(actor, space_id))
    timed("tree, below a note", lambda at: queries.list_branches(actor, space_id, parents[at % len(parents)]))
    timed("path to a note", lambda at: queries.path_to(actor, some[at]))
    for view in View:
        filters = Filters(space_id=space_id, view=view)
        timed(f"list: {view.value}", lambda at, given=filters: list_fresh(person, given, Sort.CHANGED, at))
    timed("list: by title", lambda at: list_fresh(person, Filters(space_id=space_id), Sort.TITLE, at))
    timed("list: a word", lambda at: list_fresh(person, Filters(space_id=space_id, text=WORDS[at]), Sort.CHANGED, at))
    timed("read a note", lambda at: queries.read_note(actor, some[at]))
    timed("backlinks of a hub", lambda _at: queries.list_backlinks(actor, hub))
    timed("number of them", lambda _at: queries.count_backlinks(actor, hub))
    timed("names that lead nowhere", lambda _at: queries.list_missing(actor, space_id))
    timed("palette", lambda at: queries.find_notes(actor, WORDS[at], 8))


def list_fresh(person: Person, filters: Filters, sort: Sort, at: int) -> object:
    """Another limit is another answer: none of these is a kept one."""
    return queries.list_notes(person.actor, filters, sort=sort, limit=50 + at % 40)


def measure_large(person: Person) -> None:
    """Opened and saved by their verbs, with links, versions and search."""
    actor = person.actor
    line = " ".join(WORDS[:12])
    body = "".join(f"Line {n}: {line}{' [[Hub]]' if n % 20 == 0 else ''}\n" for n in range(12_000))[: 2**20]
    note_id = measured(
        "1 MB: made", lambda: service.create_note(actor, person.space_id, NoteDraft(title="Large", body=body))
    )
    timed("1 MB: opened", lambda _at: queries.read_note(actor, note_id), rounds=10)

    def save(at: int) -> object:
        version = queries.get_note(actor, note_id).version
        return service.edit_note(actor, note_id, NoteChanges(body=f"{body[:-20]} {at}"), version=version)

    timed("1 MB: saved", save, rounds=10)


def measure_rename(person: Person) -> None:
    actor, space_id = person.actor, person.space_id
    note_id = service.create_note(actor, space_id, NoteDraft(title="Old name", body=""))
    for start in range(0, FOLLOWING, BATCH):
        rows = [NoteDraft(title=f"Mention {start + each}", body="See [[Old name]].\n" * 3) for each in range(BATCH)]
        service.create_many(actor, space_id, rows)
    changes = NoteChanges(title="New name")
    done = measured(
        f"renamed, {FOLLOWING:,} notes follow", lambda: service.edit_note(actor, note_id, changes, version=1)
    )
    taken = measured("taken back", lambda: service.undo_rename(actor, done.undo_id or 0))
    say(f"  {done.notes:,} followed, {taken.restored:,} restored")


def measure_zip(app: APIFlask) -> None:
    person = make_person(app, f"mover{time.time_ns()}")
    data = io.BytesIO(b"".join(write_vault(vault(random.Random(5)))))
    say(f"a zip file of {IMPORTED:,} notes, {len(data.getvalue()) / 2**20:.1f} MiB")

    def look() -> int:
        found = service.open_import(person.actor, person.space_id, file_name="v.zip", stream=data)
        service.check_import(found)
        return found

    import_id = measured("import: dry run", look)
    service.start_import(person.actor, import_id)
    measured("import: saving", lambda: service.run_import(import_id))
    out = measured("export", lambda: b"".join(exports.vault_file(person.actor, person.space_id)))
    service.start_undo(person.actor, import_id)
    measured("import: undo", lambda: service.undo_import(import_id))
    other = make_person(app, f"taker{time.time_ns()}")
    again = service.open_import(other.actor, other.space_id, file_name="v.zip", stream=io.BytesIO(out))
    service.check_import(again)
    service.start_import(other.actor, again)
    service.run_import(again)
    back = b"".join(exports.vault_file(other.actor, other.space_id))
    say(f"  in, out, in and out again: {'equal' if texts(out) == texts(back) else 'DIFFERENT'}")


def vault(chance: random.Random) -> list[NoteOut]:
    notes: list[NoteOut] = []
    for number in range(IMPORTED):
        above = chance.randrange(number) // 12 if number and number % 10 else None
        body = f"# {number}\n\n{' '.join(chance.choices(WORDS, k=200))}\n\n[[Note {chance.randrange(IMPORTED)}]]\n"
        tags = (f"topic{number % 50}",) if number % 3 == 0 else ()
        notes.append(NoteOut(number, above, f"Note {number}", body, tags))
    return notes


def texts(data: bytes) -> list[tuple[tuple[str, ...], str, str, tuple[str, ...]]]:
    return [(each.path, each.title, each.body, each.tags) for each in read_vault(io.BytesIO(data))]


def timed(name: str, step: Callable[[int], object], rounds: int = ROUNDS) -> None:
    times: list[float] = []
    for at in range(rounds):
        started = time.perf_counter()
        step(at)
        times.append((time.perf_counter() - started) * 1_000)
        db.release()
    with counted() as statements:
        step(rounds - 1)
    db.release()
    ordered = sorted(times)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95) - 1]
    say(f"{name:28}{middle:9.1f} ms, p95 {late:9.1f} ms, {len(statements):3} statements")


def measured(name: str, step: Callable[[], Result]) -> Result:
    started, processor = time.perf_counter(), time.process_time()
    result = step()
    db.release()
    say(f"{name:28}{time.perf_counter() - started:8.2f} s, {time.process_time() - processor:6.2f} s of the processor")
    return result


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(int(given.get(0, "20000")), int(given.get(1, "180000")), given.get(2, ""))
