"""Completes the generated document: who may call, problem documents for what goes wrong, one name per tag."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from trackeep.core.schemas import ProblemOut

API = "/api/v1/"
SPEC_PATH = f"{API}openapi.json"
# What a route says of itself beyond its schemas; none of these marks is left in the document.
PUBLIC, BY_NOBODY, TAKES_KEY, TAKES_VERSION = "x-public", "x-by-nobody", "x-takes-key", "x-takes-version"
DESCRIPTION = """\
Everything that the pages do, a program can do. Lists are paged by `cursor`: pass the `next_cursor` of one page to get
the next. Errors are problem documents (RFC 9457) with the field `errors` naming each field that was refused.

A program signs in with a token from *Settings, API tokens*, sent as `Authorization: Bearer ...`; a token can do what
its scopes allow. A browser sends its session cookie, and with each change the header `X-CSRF-Token`.

Requests are limited. Answers tell in `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) what is
left; one too many is answered with 429 and `Retry-After`.
"""
SECURITY_SCHEMES: Mapping[str, Mapping[str, str]] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A personal API token with scopes."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "trackeep",
        "description": "The cookie of a signed-in browser.",
    },
    "forgery_token": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "Proves that a change comes from our own page; needed with the cookie only.",
    },
}
PROBLEMS: Mapping[str, str] = {
    "400": "The request cannot be read.",
    "401": "Nobody is signed in, or the token is no longer good.",
    "403": "The role or the token's scopes do not allow this.",
    "404": "It does not exist, or it is not yours.",
    "409": "Somebody else changed the thing in the meantime, or it exists already.",
    "413": "This is larger than the server accepts.",
    "415": "Only JSON is accepted here.",
    "422": "A field was refused; `errors` tells which and why.",
    "428": "A text is changed without `If-Match`.",
    "429": "Too many attempts or requests; `Retry-After` tells when to try again, `limit` which limit it was.",
    "503": "A part of the server is not reachable; `Retry-After` tells when to try again.",
}
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "IdempotencyKey": (
        "Idempotency-Key",
        "Of your choice: the same request with the same key within a day takes effect once and gets the same answer.",
    ),
    "IfMatch": ("If-Match", "The `ETag` of what you edited, or its version in quotes. Needed when a text is changed."),
}
HEADERS: Mapping[str, str] = {
    "RateLimit-Limit": "How many requests or tries there are, of the limit with the fewest left.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "In how many seconds all of them are there again.",
    "Retry-After": "In how many seconds to try again.",
}
# What a problem tells in headers beside its document.
HEADERS_OF: Mapping[str, tuple[str, ...]] = {"429": tuple(HEADERS), "503": ("Retry-After",)}
MARKS = {TAKES_KEY: "IdempotencyKey", TAKES_VERSION: "IfMatch"}
CHANGING = frozenset({"post", "put", "patch", "delete"})
METHODS = CHANGING | {"get"}

Document = dict[str, Any]


def complete(generated: dict[Any, Any] | str) -> Document:
    """The document with what the generator does not know; called once per process. Only JSON is generated."""
    document: Document = generated if isinstance(generated, dict) else orjson.loads(generated)
    document["paths"] = {path: item for path, item in document["paths"].items() if path.startswith(API)}
    document["info"]["description"] = DESCRIPTION
    document["security"] = [{"token": []}, {"session": []}]
    _name_tags_once(document)
    _describe_problems(document)
    document["paths"][SPEC_PATH] = {"get": _own_operation()}
    for path, method, operation in operations(document):
        _complete_operation(operation, path, method)
        if method == "patch":
            _forget_defaults(document, operation)
    return document


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Path, method and operation, of all operations."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def _complete_operation(operation: Document, path: str, method: str) -> None:
    operation.setdefault("operationId", _operation_id(path, method))
    if operation.pop(PUBLIC, False):
        operation["security"] = []
    elif operation.pop(BY_NOBODY, False):
        # Whoever signs in is nobody yet; the form's token still has to be ours.
        operation["security"] = [{"forgery_token": []}]
    elif method in CHANGING:
        operation["security"] = [{"token": []}, {"session": [], "forgery_token": []}]
    problems = _problems_of(operation, path, method)
    for mark, name in MARKS.items():
        if operation.pop(mark, False):
            operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{name}"})
    for status in problems:
        operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _forget_defaults(document: Document, operation: Document) -> None:
    """What is not sent in a partial change stays as it is: the defaults of its schema mean nothing."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").removeprefix("#/components/schemas/")
        for field in document["components"]["schemas"].get(name, {}).get("properties", {}).values():
            field.pop("default", None)


def _problems_of(operation: Document, path: str, method: str) -> list[str]:
    """What can go wrong with every operation of this form; an operation's own problem answers are replaced as well."""
    usual = ["429", "503"]
    if operation.get("security") != []:
        usual += ["401", "403"]
    if "{" in path:
        usual.append("404")
    if TAKES_VERSION in operation:
        usual += ["409", "428"]
    if method in CHANGING:
        usual += ["400", "403"]
    if "requestBody" in operation:
        usual += ["413", "415", "422"]
    elif operation.get("parameters"):
        usual.append("422")
    return sorted({*usual, *(set(operation["responses"]) & set(PROBLEMS))})


def _operation_id(path: str, method: str) -> str:
    words = path.removeprefix(API).replace("-", "_").replace(".", "_").split("/")
    return "_".join([method, *(word.strip("{}") for word in words if word)])


def _name_tags_once(document: Document) -> None:
    document["tags"] = list({tag["name"]: tag for tag in document.get("tags", [])}.values())


def _describe_problems(document: Document) -> None:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = ProblemOut.model_json_schema(mode="serialization")
    for generated in ("ValidationError", "HTTPError"):
        schemas.pop(generated, None)
    components["parameters"] = {
        key: {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}
        for key, (name, text) in PARAMETERS.items()
    }
    components["headers"] = {
        name: {"description": text, "schema": {"type": "integer", "minimum": 0}} for name, text in HEADERS.items()
    }
    components["responses"] = {f"Problem{status}": _problem(status, text) for status, text in PROBLEMS.items()}


def _problem(status: str, text: str) -> Document:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS_OF.get(status, ())}
    return {"description": text, "content": content, **({"headers": headers} if headers else {})}


def _own_operation() -> Document:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "summary": "This document",
        "tags": ["API"],
        "parameters": [],
        PUBLIC: True,
        "responses": {"200": {"description": "OpenAPI 3.1", "content": content}},
    }
