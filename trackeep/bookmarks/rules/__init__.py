"""What a rule is, whether it matches, how long that may take, and how it reads as a sentence."""

from trackeep.bookmarks.rules.allowance import Judgement, Reason, judge
from trackeep.bookmarks.rules.matching import LOOKED_AT, BadPattern, Matcher, Subject, matcher_of, pattern_complaint
from trackeep.bookmarks.rules.outcomes import Outcome, merged
from trackeep.bookmarks.rules.shapes import (
    MAX_CONDITIONS,
    MAX_NAMES,
    MAX_RULES,
    MAX_VALUE,
    Actions,
    Condition,
    Definition,
    Field,
    How,
    Join,
    Stage,
    read_definition,
)

__all__ = [
    "LOOKED_AT",
    "MAX_CONDITIONS",
    "MAX_NAMES",
    "MAX_RULES",
    "MAX_VALUE",
    "Actions",
    "BadPattern",
    "Condition",
    "Definition",
    "Field",
    "How",
    "Join",
    "Judgement",
    "Matcher",
    "Outcome",
    "Reason",
    "Stage",
    "Subject",
    "judge",
    "matcher_of",
    "merged",
    "pattern_complaint",
    "read_definition",
]
