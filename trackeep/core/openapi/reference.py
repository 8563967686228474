"""Turns the document into what the page shows: groups of operations with their fields in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from trackeep.core.openapi.document import Document, operations

MAX_DEPTH = 4
_BOUNDS = (("minLength", "at least %s characters"), ("maxLength", "at most %s characters"), ("minimum", "from %s"),
           ("maximum", "up to %s"), ("minItems", "at least %s"), ("maxItems", "at most %s"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body or an answer, or one parameter; ``depth`` is how deep it is nested."""

    name: str
    type: str
    required: bool
    text: str = ""
    place: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    text: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    title: str
    text: str
    is_public: bool
    parameters: list[Field]
    body: list[Field]
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Operation] = field(default_factory=list)


def groups(document: Document) -> list[Group]:
    """Operations by their first tag, in the order of names and paths."""
    found: dict[str, Group] = {}
    for path, method, operation in operations(document):
        name = (operation.get("tags") or ["Other"])[0]
        found.setdefault(name, Group(name)).operations.append(_operation(document, path, method, operation))
    for group in found.values():
        group.operations.sort(key=lambda operation: (operation.path, operation.method))
    return sorted(found.values(), key=lambda group: group.name)


def _operation(document: Document, path: str, method: str, raw: Document) -> Operation:
    body = _content(_resolved(document, raw.get("requestBody", {})))
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        title=raw.get("summary", ""),
        text=raw.get("description", ""),
        is_public=raw.get("security") in ([], [{"forgery_token": []}]),
        parameters=[_parameter(document, parameter) for parameter in raw.get("parameters", [])],
        body=list(_fields(document, body)),
        answers=[_answer(document, status, _resolved(document, answer)) for status, answer in raw["responses"].items()],
    )


def _parameter(document: Document, raw: Document) -> Field:
    raw = _resolved(document, raw)
    schema = raw.get("schema", {})
    text = raw.get("description") or _bounds(schema)
    return Field(raw["name"], _type(document, schema), raw.get("required", False), text, place=raw["in"])


def _answer(document: Document, status: str, raw: Document) -> Answer:
    # The shape of problem documents is the same everywhere and told once at the top of the page.
    fields = [] if status >= "400" else list(_fields(document, _content(raw)))
    return Answer(status, raw.get("description", ""), fields)


def _content(raw: Document) -> Document:
    """The schema of the first kind of content."""
    return next((content.get("schema", {}) for content in raw.get("content", {}).values()), {})


def _fields(document: Document, schema: Document, depth: int = 0) -> Iterator[Field]:
    schema = _resolved(document, schema)
    if schema.get("type") == "array":
        schema = _resolved(document, schema.get("items", {}))
    required = set(schema.get("required", ()))
    for name, raw in schema.get("properties", {}).items():
        part = _resolved(document, raw)
        text = part.get("description") or _bounds(part)
        yield Field(name, _type(document, raw), name in required, text, depth=depth)
        if depth < MAX_DEPTH:
            for option in part.get("anyOf", [part]):
                yield from _fields(document, option, depth + 1)


def _resolved(document: Document, schema: Document) -> Document:
    """The thing itself where the document only refers to it."""
    while "$ref" in schema:
        found: Any = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        schema = found
    return schema


def _type(document: Document, schema: Document) -> str:
    schema = _resolved(document, schema)
    if "anyOf" in schema:
        return " or ".join(_type(document, option) for option in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f"“{value}”" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(document, schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "anything")


def _bounds(schema: Document) -> str:
    """The limits of a value in words; those of a value that may be null are told too."""
    told = [words % schema[name] for name, words in _BOUNDS if name in schema]
    told += [text for option in schema.get("anyOf", []) if (text := _bounds(option))]
    return ", ".join(told)
