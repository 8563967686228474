"""What the tests of tasks share: people who share a space, and short ways to make tasks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from apiflask import APIFlask

from tests.factories.accounts import Person, make_person
from trackeep.core.actor import Actor, Role
from trackeep.spaces import service as spaces
from trackeep.tasks import service
from trackeep.tasks.drafts import ProjectDraft, TaskDraft

Make = Callable[..., int]


@dataclass(frozen=True)
class Team:
    """A shared space with its people, whose actors have the roles of the moment."""

    id: int
    owner: Person
    member: Person
    viewer: Person
    stranger: Person


@pytest.fixture
def team(app: APIFlask) -> Team:
    owner, member = make_person(app, "olivia"), make_person(app, "marc")
    viewer, stranger = make_person(app, "vera"), make_person(app, "stan")
    space_id = spaces.create_team(owner.actor, name="Together")
    for person, role in ((member, Role.MEMBER), (viewer, Role.VIEWER)):
        spaces.add_member(owner.actor, space_id, user_id=person.id, role=role)
    return Team(space_id, owner, member, viewer, stranger)


@pytest.fixture
def me(team: Team) -> Actor:
    return team.owner.actor


@pytest.fixture
def make(team: Team, me: Actor) -> Make:
    """A task of the team, by its title and what else it has."""

    def task(title: str = "A task", **parts: Any) -> int:
        return service.create_task(me, team.id, TaskDraft(title=title, **parts))

    return task


@pytest.fixture
def project(team: Team, me: Actor) -> Make:
    def made(name: str = "A project", **parts: Any) -> int:
        return service.create_project(me, team.id, ProjectDraft(name=name, **parts))

    return made
