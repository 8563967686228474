"""What the people of the demonstration have to do: projects, lines as one types them, a shared list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.tasks import service as tasks

Project = tuple[str, str, Sequence[tuple[str, Sequence[str]]]]
"""Name, colour, and sections with the lines of quick add in them. A line that begins with > is below the one above, and
one that begins with x is done."""

MINE: Sequence[Project] = (
    (
        "Move the studio",
        "violet",
        (
            (
                "Before",
                (
                    "Give notice for the old rooms in 6 days p1 #papers",
                    "Ask three movers for a price in 2 days p2",
                    "> Send them the list of large things tomorrow",
                    "> Ask about the piano",
                    "Order sixty boxes in 4 days #shopping",
                    "x Measure the stairs",
                ),
            ),
            ("After", ("Register the new address in 20 days #papers", "Hang the lamps in 22 days", "Invite everybody")),
        ),
    ),
    (
        "Garden",
        "green",
        (
            ("This season", ("Water the seedlings every 2 days #garden", "Turn the compost every month #garden")),
            ("Some day", ("Build a bench from the old boards", "x Cut back the roses", "x Order garlic")),
        ),
    ),
    (
        "Writing",
        "azure",
        (
            ("", ("Draft the essay on slow software in 3 days p2 #essays", "Send the newsletter every last fri 10am")),
            ("Ideas", ("A letter about letters", "What the library smells like", "Interview the bell founder")),
        ),
    ),
)
INBOX = (
    "Call the dentist tomorrow 9am #calls",
    "Pay the electricity bill today p1 #papers",
    "Return the borrowed ladder",
    "Renew the library card in 9 days",
    "Backup the photos every sun #home",
    "Buy oats, lemons, candles today #shopping",
)
SHARED: Sequence[Project] = (
    (
        "House",
        "orange",
        (
            (
                "This week",
                (
                    "Take out the paper bins every thu 7am",
                    "Bleed the radiators in 2 days @tomasz",
                    "Choose a colour for the hall in 5 days @ines p3",
                    "> Bring home three samples tomorrow @tomasz",
                    "x Fix the bell",
                ),
            ),
            ("Later", ("Have the chimney swept in 30 days", "Insulate the attic door")),
        ),
    ),
    ("Groceries", "amber", (("", ("Coffee", "Rice", "x Olive oil", "Something green")),)),
)
HIS = (
    "Book the ferry in 3 days p2 #travel",
    "Repair the front wheel today #bike",
    "Read the lease in 6 days #papers",
    "Water Mrs. Okafor's plants every 3 days",
)
LATE = (("Send the deposit back", 3, 4), ("Answer the letter from the school", 1, 2))


def fill(actor: Actor, space_id: int, projects: Sequence[Project], inbox: Sequence[str] = ()) -> Mapping[str, int]:
    """The ids of the tasks by their titles."""
    made: dict[str, int] = {}
    for name, colour, sections in projects:
        project_id = tasks.create_project(actor, space_id, tasks.ProjectDraft(name=name, colour=colour))
        for section, lines in sections:
            section_id = tasks.create_section(actor, project_id, section) if section else None
            made |= _add(actor, space_id, lines, tasks.Place(project_id=project_id, section_id=section_id))
    return made | _add(actor, space_id, inbox, tasks.Place())


def add_late(actor: Actor, space_id: int) -> None:
    today = clock.now().date()
    for title, days, priority in LATE:
        due: date = today - timedelta(days)
        draft = tasks.TaskDraft(title=title, due_on=due, priority=tasks.Priority(priority))
        tasks.create_task(actor, space_id, draft)


def talk(ines: Actor, tomasz: Actor, shared: Mapping[str, int]) -> None:
    hall = shared["Choose a colour for the hall"]
    tasks.write_comment(
        tomasz, hall, "The **warm white** looked grey at four o'clock. @ines, look again in the morning?"
    )
    tasks.write_comment(ines, hall, "Agreed. Bring the yellow one, too.")
    tasks.add_dependency(ines, hall, shared["Bring home three samples"])
    tasks.add_reminder(ines, shared["Have the chimney swept"], tasks.ReminderDraft(minutes_before=24 * 60))


def _add(actor: Actor, space_id: int, lines: Sequence[str], place: tasks.Place) -> dict[str, int]:
    made: dict[str, int] = {}
    above = 0
    for line in lines:
        mark, text = (line[0], line[2:]) if line[:2] in ("> ", "x ") else ("", line)
        title = tasks.read_line(actor, space_id, text).draft.title
        made[title] = tasks.add_line(actor, space_id, text, replace(place, parent_id=above if mark == ">" else None))
        if mark != ">":
            above = made[title]
        if mark == "x":
            tasks.complete_task(actor, made[title])
    return made
