"""Lines of quick add: what they name is looked up in the space."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.service import Place
from trackeep.tasks.service.lines import Missing

Read = Callable[..., service.Reading]


@pytest.fixture
def read(team: Team, me: Actor) -> Read:
    def reading(text: str, place: Place | None = None) -> service.Reading:
        return service.read_line(me, team.id, text, place or Place())

    return reading


def test_a_line_says_it_all(team: Team, me: Actor, project: Make) -> None:
    home = project("Home")
    task = queries.get_task(me, service.add_line(me, team.id, "Water plants on 2027-03-01 9am #garden +home p2"))
    assert (task.title, task.project_id, task.priority) == ("Water plants", home, 3)
    assert task.due_on == date(2027, 3, 1)
    assert task.due_at is not None
    assert [tag.name for tag in task.tags] == ["garden"]


def test_names_that_nothing_goes_by_stay_in_the_title(read: Read) -> None:
    reading = read("Paint the door +nowhere")
    assert reading.draft.title == "Paint the door +nowhere"
    assert reading.draft.project_id is None
    assert [span.kind for span in reading.spans] == []
    assert reading.missing == [Missing("project", "nowhere")]


def test_what_is_missing_is_told_where_it_could_be(project: Make, read: Read) -> None:
    home = project("Home")
    assert read("Wipe +home /attic").missing == [Missing("section", "attic")]
    assert read("Wipe /attic", Place(project_id=home)).missing == [Missing("section", "attic")]
    assert read("Read /etc").missing == []
    assert read("Wipe +home").missing == []


def test_the_preview_says_what_stays_in_the_title(team: Team) -> None:
    browser = team.owner.client()
    page = browser.get("/tasks/line?text=Paint+%2BAttic", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "No project named “Attic”: it stays in the title" in page
    told = browser.get("/api/v1/quick/preview?text=Paint+%2BAttic").get_json()
    assert told["preview"] == "Task: Paint +Attic · No project named “Attic”: it stays in the title"


def test_a_member_is_who_does_it_and_another_name_a_tag(team: Team, read: Read) -> None:
    draft = read("Call back @marc @phone @stan").draft
    assert draft.assignee_id == team.member.id
    assert list(draft.tags) == ["phone", "stan"]


def test_the_place_of_the_field_counts_until_the_line_says_otherwise(
    team: Team, me: Actor, project: Make, read: Read
) -> None:
    home, work = project("Home"), project("Work")
    section = service.create_section(me, home, "Kitchen")
    here = Place(project_id=home, section_id=section, due_on=date(2027, 1, 2))
    assert read("Wipe the table", here).draft.section_id == section
    assert read("Wipe the table", here).draft.due_on == date(2027, 1, 2)
    moved = read("Write the report +work on 2027-02-03", here).draft
    assert (moved.project_id, moved.section_id, moved.due_on) == (work, None, date(2027, 2, 3))
    assert read("Wipe /kitchen", Place(project_id=home)).draft.section_id == section


def test_a_missing_project_is_made_once(team: Team, me: Actor, read: Read) -> None:
    made = service.make_named_project(me, team.id, "Attic")
    assert read("Paint +attic").draft.project_id == made
    assert service.make_named_project(me, team.id, " attic ") is None
    with pytest.raises(Forbidden):
        service.make_named_project(team.viewer.actor, team.id, "Cellar")
    with pytest.raises(NotFound):
        service.make_named_project(team.stranger.actor, team.id, "Cellar")


def test_the_preview_offers_to_make_it(team: Team, me: Actor, project: Make) -> None:
    browser, headers = team.owner.client(), {"HX-Request": "true"}
    page = browser.get("/tasks/line?text=Paint+%2BAttic", headers=headers).get_data(as_text=True)
    assert 'data-make="Attic"' in page
    answer = browser.post("/tasks/line/project", data={"name": "Attic"}, headers={"X-Form": "1"})
    assert "/trash" in answer.headers["HX-Trigger"]
    again = browser.get("/tasks/line?text=Paint+%2BAttic", headers=headers).get_data(as_text=True)
    assert "data-make" not in again
    browser.post("/tasks/line/project", data={"name": "Cellar", "project_id": project("Home")}, headers={"X-Form": "1"})
    assert [each.name for each in queries.project_tree(me, team.id)] == ["Home", "Cellar"]
    address = f"/tasks/line?text=Paint+%2BLoft&project_id={project('Work')}"
    page = team.viewer.client().get(address, headers=headers).get_data(as_text=True)
    assert "No project named “Loft”" in page
    assert "data-make" not in page


def test_only_who_may_write_adds_and_only_who_may_read_asks(team: Team) -> None:
    with pytest.raises(Forbidden):
        service.add_line(team.viewer.actor, team.id, "A task")
    with pytest.raises(NotFound):
        service.read_line(team.stranger.actor, team.id, "A task")


def test_a_line_without_words_is_no_task(team: Team, me: Actor) -> None:
    with pytest.raises(Invalid):
        service.add_line(me, team.id, "   ")
