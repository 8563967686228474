"""What the commands that bring and take files share: whose they are, files through pipes, and complaints in words."""

import shutil
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import click

from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.slots import slots


def person_named(login: str) -> Actor:
    """By user name or address; ends the command when there is none."""
    actor = slots.actor_named(login)
    if actor is None or actor.personal_space_id is None:
        raise click.ClickException(f"There is no account {login} that may sign in.")
    return actor


def seekable(stream: BinaryIO) -> BinaryIO:
    """What comes through a pipe, as a file that can be read twice; it ends with the command."""
    if stream.seekable():
        return stream
    copy = click.get_current_context().with_resource(TemporaryFile())  # noqa: SIM115  # the command closes it
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast(BinaryIO, copy)


def write_pieces(target: BinaryIO, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        target.write(piece)
    target.flush()


def words_of(error: TrackeepError) -> str:
    complaints = [str(text) for texts in error.fields.values() for text in texts]
    return " ".join(complaints) or str(error.detail)
