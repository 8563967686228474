"""Schemas told in words."""

from typing import Any

from trackeep.core.openapi.reference import groups

LEAF = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 5}}}
LOOP = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Loop"}}}


def document(schema: dict[str, Any]) -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": schema}}}
    operation = {"operationId": "x", "summary": "X", "tags": ["Things"], "requestBody": body, "responses": {}}
    return {
        "paths": {"/api/v1/x": {"post": operation}},
        "components": {"schemas": {"Leaf": LEAF, "Loop": LOOP}},
    }


def body_of(schema: dict[str, Any]) -> list[tuple[str, str, bool, str, int]]:
    (group,) = groups(document(schema))
    return [(row.name, row.type, row.required, row.text, row.depth) for row in group.operations[0].body]


def test_fields_are_nested_and_limits_are_words() -> None:
    leaves = {"type": "array", "items": {"$ref": "#/components/schemas/Leaf"}, "minItems": 1}
    assert body_of({"type": "object", "properties": {"leaves": leaves}}) == [
        ("leaves", "list of object", False, "at least 1", 0),
        ("name", "string", True, "at most 5 characters", 1),
    ]


def test_what_may_be_null_or_one_of_some_words_is_told() -> None:
    kind = {"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]}
    assert body_of({"type": "object", "properties": {"kind": kind}}) == [("kind", "“a” or “b” or null", False, "", 0)]


def test_a_schema_that_contains_itself_ends() -> None:
    assert len(body_of({"$ref": "#/components/schemas/Loop"})) == 5
