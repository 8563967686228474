"""Whose note of which day there is."""

from datetime import date

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.notes.models import Note
from trackeep.notes.queries.access import shown_in


def find_daily(actor: Actor, space_id: int, day: date) -> int | None:
    """The actor's own live note of this day in the space."""
    actor.require_read(space_id)
    own = (Note.space_id == space_id, Note.daily_by == actor.require_user(), Note.daily_on == day)
    rows = db.rows(select(Note.id).where(*own, Note.deleted_at.is_(None), *shown_in(actor, space_id)))
    return rows[0].id if rows else None


def daily_days(actor: Actor, space_id: int, first: date, last: date) -> list[date]:
    """The days between these two, of at most a year, of which the actor has a note in the space."""
    actor.require_read(space_id)
    own = (Note.space_id == space_id, Note.daily_by == actor.require_user(), Note.daily_on.between(first, last))
    shown = (Note.deleted_at.is_(None), *shown_in(actor, space_id))
    query = select(Note.daily_on).where(*own, *shown).order_by(Note.daily_on).limit(366)
    return [row.daily_on for row in db.rows(query)]
