"""Comments on tasks, and who is mentioned in them."""

from sqlalchemy import delete, func, insert, select, update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn, touch_spaces_of
from trackeep.core.slots import slots
from trackeep.tasks import policy, queries, signals
from trackeep.tasks.errors import TooManyTasks
from trackeep.tasks.mentions import named_in
from trackeep.tasks.models import MAX_COMMENT, TaskComment, TaskMention
from trackeep.tasks.service.rows import members_among

MAX_COMMENTS = 5_000


def write_comment(actor: Actor, task_id: int, body: str) -> int:
    """Answers its id. Members of the space whose user name stands behind an @ are mentioned."""
    task = queries.get_task(actor, task_id)
    actor.require_write(task.space_id)
    body = _checked(body)
    named = _mentioned(body, task.space_id)
    with db.unit_of_work() as session:
        take_turn(task.space_id)
        there = session.scalar(select(func.count()).select_from(TaskComment).where(TaskComment.task_id == task_id))
        if (there or 0) >= MAX_COMMENTS:
            raise TooManyTasks()
        row = {"task_id": task_id, "author_id": actor.user_id, "body": body, "created_at": clock.now()}
        comment_id = session.scalars(insert(TaskComment).returning(TaskComment.id), [row]).one()
        _mention(comment_id, named)
        _announce(actor, task_id, comment_id, sorted(named))
    return comment_id


def edit_comment(actor: Actor, task_id: int, comment_id: int, body: str) -> None:
    """By its author alone; raises Forbidden for others."""
    before = queries.get_comment(actor, task_id, comment_id)
    space_id = queries.get_task(actor, task_id).space_id
    actor.require_write(space_id)
    if not policy.can_edit_comment(actor, before.author_id):
        raise Forbidden()
    body = _checked(body)
    named = _mentioned(body, space_id)
    with db.unit_of_work() as session:
        take_turn(space_id)
        values = {"body": body, "edited_at": clock.now()}
        session.execute(update(TaskComment).where(TaskComment.id == comment_id).values(**values))
        session.execute(delete(TaskMention).where(TaskMention.comment_id == comment_id))
        _mention(comment_id, named)
        _announce(actor, task_id, comment_id, sorted(named - set(before.mentions)))


def delete_comment(actor: Actor, task_id: int, comment_id: int) -> None:
    """By its author, or by who manages the space."""
    comment = queries.get_comment(actor, task_id, comment_id)
    space_id = queries.get_task(actor, task_id).space_id
    actor.require_write(space_id)
    if not policy.can_delete_comment(actor, comment.author_id, space_id):
        raise Forbidden()
    with db.unit_of_work() as session:
        take_turn(space_id)
        session.execute(delete(TaskComment).where(TaskComment.id == comment_id))
        touch_spaces_of([task_id])


def _checked(text: str) -> str:
    body = text.strip()
    if not body:
        raise Invalid(fields={"body": [_("Write something first.")]})
    if len(body) > MAX_COMMENT:
        raise Invalid(fields={"body": [_("At most %(limit)s characters.", limit=MAX_COMMENT)]})
    return body


def _mentioned(body: str, space_id: int) -> set[int]:
    people = [slots.actor_named(name) for name in named_in(body)]
    ids = [person.user_id for person in people if person is not None and person.user_id is not None]
    return members_among(space_id, ids) if ids else set()


def _mention(comment_id: int, user_ids: set[int]) -> None:
    if user_ids:
        rows = [{"comment_id": comment_id, "user_id": user_id} for user_id in sorted(user_ids)]
        db.session().execute(insert(TaskMention), rows)


def _announce(actor: Actor, task_id: int, comment_id: int, mentions: list[int]) -> None:
    touch_spaces_of([task_id])
    others = [user_id for user_id in mentions if user_id != actor.user_id]
    signals.comment_written.announce(id=comment_id, task_id=task_id, author_id=actor.require_user(), mentions=others)
