"""Lets people of a journey share a space, which no page does yet: ``together`` runs this module beside the server."""

import os
import subprocess
import sys

from config import settings
from tests.journeys.server import ROOT, Gunicorn
from trackeep import create_app
from trackeep.core.actor import Actor, Role
from trackeep.core.slots import slots
from trackeep.spaces import service as spaces


def together(server: Gunicorn, *names: str, role: Role = Role.MEMBER) -> int:
    """A team of these people, the first of whom owns it and the others have this role in; answers its id."""
    command = [sys.executable, "-m", "tests.journeys.teaming", role, *names]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


def _make(role: Role, owner: str, *others: str) -> int:
    space_id = spaces.create_team(_actor(owner), name="Together")
    for name in others:
        spaces.add_member(_actor(owner), space_id, user_id=_actor(name).require_user(), role=role)
    return space_id


def _actor(name: str) -> Actor:
    actor = slots.actor_named(name)
    if actor is None:
        raise LookupError(name)
    return actor


if __name__ == "__main__":
    with create_app(settings.load(os.environ)).app_context():
        sys.stdout.write(str(_make(Role(sys.argv[1]), *sys.argv[2:])))
