"""A rule applied to what a library has already: step by step in the background, with a way back."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.errors import RuleBusy
from trackeep.bookmarks.models import KIND, Bookmark, BookmarkRule, BookmarkRuleRun
from trackeep.bookmarks.rules import judge, merged
from trackeep.bookmarks.rules.sentences import stopped_words
from trackeep.bookmarks.service.rules import changing
from trackeep.bookmarks.service.rules.acting import COLUMNS, subjects_of
from trackeep.bookmarks.service.rules.records import LiveRule, note_acts, ready, stop_rules
from trackeep.core import clock, db, jobs, undo
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn, touch_objects
from trackeep.core.slots import slots

RUN_JOB = "bookmarks.run_rule"
BATCH = 500
PRIORITY = -5


def start_run(actor: Actor, rule_id: int) -> int:
    """The id of the run; raises RuleBusy while another one of this rule is at work."""
    rule = queries.get_rule(actor, rule_id)
    actor.require_write(rule.space_id)
    live = (Bookmark.space_id == rule.space_id, Bookmark.deleted_at.is_(None))
    try:
        with db.attempt() as session:
            row = {
                "rule_id": rule_id,
                "user_id": actor.require_user(),
                "space_id": rule.space_id,
                "state": "running",
                "total": session.scalar(select(func.count()).select_from(Bookmark).where(*live)) or 0,
                "created_at": clock.now(),
            }
            run_id = session.scalars(insert(BookmarkRuleRun).returning(BookmarkRuleRun.id), [row]).one()
            jobs.enqueue(RUN_JOB, {"run_id": run_id}, unique_key=f"{RUN_JOB}:{run_id}", priority=PRIORITY)
    except IntegrityError as error:
        raise RuleBusy() from error
    return run_id


def run_rule(run_id: int) -> None:
    """Called by the job, any number of times: after an interruption it goes on where it was."""
    while _step(run_id):
        pass


def _step(run_id: int) -> bool:
    """Up to 500 bookmarks in one unit of work; False when nothing is left to do."""
    with db.unit_of_work() as session:
        running = (BookmarkRuleRun.id == run_id, BookmarkRuleRun.state == "running")
        space_id = session.scalar(select(BookmarkRuleRun.space_id).where(*running))
        if space_id is None:
            return False
        take_turn(space_id)
        query = select(BookmarkRuleRun).where(*running).with_for_update().execution_options(populate_existing=True)
        run = session.scalar(query)
        if run is None:
            return False
        actor = slots.actor_of(run.user_id)
        if actor is None or not actor.can_write(space_id):
            return _end(run, _("You may no longer change the bookmarks of this space."))
        rules = _rule(run.rule_id)
        if not rules:
            return _end(run, _("The rule is no longer there."))
        return _apply(actor, run, rules[0])


def _apply(actor: Actor, run: BookmarkRuleRun, rule: LiveRule) -> bool:
    rows = _next(run, rule)
    if not rows:
        return _end(run)
    judgement = judge({rule.id: rule.matcher}, subjects_of([rule], rows))
    matching = [rows[place] for place in judgement.hits[rule.id]]
    outcomes = {row.id: merged([rule.actions]) for row in matching}
    new = changing.news(run.space_id, matching, outcomes) if matching else {}
    undo_id = run.undo_id
    if new:
        changing.write(actor, run.space_id, new)
        touch_objects(new)
        undo_id = undo_id or undo.begin(actor, _("Rule"))
        undo.remember(undo_id, KIND, {i: changing.way_back(outcome) for i, outcome in new.items()})
        signals.bookmarks_changed.announce(ids=list(new))
    note_acts([(rule.id, row.id) for row in matching])
    counts = {"looked_at": run.looked_at + len(rows), "matched": run.matched + len(matching)}
    _change(run, **counts, changed=run.changed + len(new), undo_id=undo_id, last_id=rows[-1].id)
    if judgement.stopped:
        stop_rules(judgement.stopped)
        return _end(run, stopped_words(judgement.stopped[rule.id]))
    return True


def _next(run: BookmarkRuleRun, rule: LiveRule) -> Sequence[db.AnyRow]:
    """Fewer where their articles are looked at, since those are long."""
    count = min(BATCH, queries.TEXTS_AT_ONCE) if rule.matcher.reads_articles else BATCH
    here = (Bookmark.space_id == run.space_id, Bookmark.deleted_at.is_(None), Bookmark.id > run.last_id)
    query = select(*COLUMNS).where(*here).order_by(Bookmark.id).limit(count).with_for_update()
    return db.session().execute(query).all()


def _rule(rule_id: int) -> list[LiveRule]:
    """Also one that is switched off: it was asked for."""
    there = (BookmarkRule.id == rule_id, BookmarkRule.deleted_at.is_(None))
    rows = select(BookmarkRule.id, BookmarkRule.conditions, BookmarkRule.actions).where(*there)
    return ready(db.session().execute(rows).all())


def _end(run: BookmarkRuleRun, error: str | None = None) -> bool:
    _change(run, state="failed" if error else "done", error=error, finished_at=clock.now())
    return False


def _change(run: BookmarkRuleRun, **values: object) -> None:
    change = update(BookmarkRuleRun).where(BookmarkRuleRun.id == run.id).values(**values)
    db.session().execute(change.execution_options(synchronize_session=False))
