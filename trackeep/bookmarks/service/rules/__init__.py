"""Rules: made and arranged by people, acting as bookmarks come in, applied to what is there already."""

from trackeep.bookmarks.service.rules.acting import apply_rules
from trackeep.bookmarks.service.rules.arranging import arrange_rules, move_rule
from trackeep.bookmarks.service.rules.managing import (
    RuleChanges,
    RuleDraft,
    checked_rule,
    create_rule,
    delete_rule,
    duplicate_rule,
    edit_rule,
    forget_rules,
    restore_rule,
    switch_rule,
)
from trackeep.bookmarks.service.rules.running import run_rule, start_run

__all__ = [
    "RuleChanges",
    "RuleDraft",
    "apply_rules",
    "arrange_rules",
    "checked_rule",
    "create_rule",
    "delete_rule",
    "duplicate_rule",
    "edit_rule",
    "forget_rules",
    "move_rule",
    "restore_rule",
    "run_rule",
    "start_run",
    "switch_rule",
]
