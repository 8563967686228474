"""How forms write tags, and what a person types about how a task repeats."""

from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.tasks.line import understood
from trackeep.tasks.zones import zone_of

LONGEST_RULE = 300


def typed_rule(actor: Actor, text: str, *, week_start: int = 0) -> str:
    """A rule written as in quick add ('every 2 weeks on mon'), or an RRULE as it is; raises Invalid for neither."""
    text = text.strip()
    if not text or text.upper().removeprefix("RRULE:").startswith("FREQ="):
        return text.upper().removeprefix("RRULE:")
    now = clock.now().astimezone(zone_of(actor.time_zone))
    line = understood(f"x {text[:LONGEST_RULE]}", now, week_start=week_start)
    if not line.recurrence or line.title != "x":
        raise Invalid(fields={"recurrence": [_("Write it like “every 2 weeks on Monday” or “every last Friday”.")]})
    return line.recurrence
