"""The form of a rule: what it shows at first, what was typed, and the same in the shape that the API takes."""

from typing import Any

from flask import request

from trackeep.bookmarks.queries import RuleItem
from trackeep.bookmarks.rules import MAX_CONDITIONS, Condition, Field, How, Join
from trackeep.tags import service as tags

LONGEST_PREFILLED = 1_000
FLAGS = ("favourite", "archive", "private")


def draft_of_address() -> dict[str, Any]:
    """What the address of the page asks for: 'make a rule from this'."""
    args = request.args
    rows = []
    if args.get("site"):
        rows.append(_row(Field.SITE, How.EQUALS, args["site"]))
    if args.get("text"):
        rows.append(_row(Field.TEXT, How.CONTAINS, args["text"]))
    collection = args.get("collection", type=int)
    return {
        "name": "",
        "enabled": True,
        "join": Join.ALL.value,
        "rows": rows or [_row(Field.SITE, How.EQUALS, "")],
        "tags": args.get("tag", "")[:LONGEST_PREFILLED],
        "collection_ids": [collection] if collection else [],
        "unread": "",
        **dict.fromkeys(FLAGS, False),
    }


def draft_of_rule(rule: RuleItem) -> dict[str, Any]:
    actions = rule.definition.actions
    return {
        "name": rule.name,
        "enabled": rule.enabled,
        "join": rule.definition.join.value,
        "rows": [_row_of(each) for each in rule.definition.conditions],
        "tags": list(actions.tags),
        "collection_ids": actions.collection_ids,
        "unread": {True: "1", False: "0", None: ""}[actions.unread],
        **{name: getattr(actions, name) for name in FLAGS},
    }


def draft_typed() -> dict[str, Any]:
    """What stands in the form, with a condition more (``add``) or one taken away (``without``)."""
    form = request.form
    rows = [{"field": field, "how": how, "value": value, "is_new": False} for field, how, value in _conditions_typed()]
    removed = form.get("without", type=int)
    if removed is not None and 0 <= removed < len(rows) and len(rows) > 1:
        del rows[removed]
    if "add" in form and len(rows) < MAX_CONDITIONS:
        rows.append({**_row(Field.TITLE, How.CONTAINS, ""), "is_new": True})
    return {
        "name": form.get("name", ""),
        "enabled": "enabled" in form,
        "join": form.get("join", Join.ALL.value),
        "rows": rows,
        "tags": form.get("tags", ""),
        "collection_ids": [int(text) for text in form.getlist("collection_ids") if text.isascii() and text.isdigit()],
        "unread": form.get("unread", ""),
        **{name: name in form for name in FLAGS},
    }


def draft_given(*, with_name: bool = True) -> dict[str, Any]:
    """The form in the shape that the API takes."""
    form = request.form
    conditions = [
        {"field": field, "how": how.removeprefix("not-"), "value": value, "not": how.startswith("not-")}
        for field, how, value in _conditions_typed()
    ]
    actions: dict[str, Any] = {
        "tags": tags.listed_names(form.get("tags", "")),
        "collection_ids": form.getlist("collection_ids"),
        "unread": {"1": True, "0": False}.get(form.get("unread", "")),
        **{name: name in form for name in FLAGS},
    }
    given = {"join": form.get("join", Join.ALL.value), "conditions": conditions, "actions": actions}
    return given | ({"name": form.get("name", ""), "enabled": "enabled" in form} if with_name else {})


def _conditions_typed() -> list[tuple[str, str, str]]:
    form = request.form
    return list(zip(form.getlist("field"), form.getlist("how"), form.getlist("value"), strict=False))


def _row(field: Field, how: How, value: str) -> dict[str, Any]:
    return {"field": field.value, "how": how.value, "value": value[:LONGEST_PREFILLED], "is_new": False}


def _row_of(condition: Condition) -> dict[str, Any]:
    row = _row(condition.field, condition.how, condition.value)
    return {**row, "how": f"not-{condition.how.value}" if condition.negated else condition.how.value}
