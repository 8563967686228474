"""The document is valid OpenAPI 3.1 and tells the truth about every route."""

import re
from typing import Any

import pytest
from apiflask import APIFlask
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.people import People
from trackeep.core.openapi.document import SPEC_PATH, operations

BY_NOBODY: list[dict[str, list[str]]] = [{"forgery_token": []}]
CONVERTER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


@pytest.fixture
def document(people: People) -> dict[str, Any]:
    answer = people.browser().get(SPEC_PATH)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_route_of_the_api_is_in_it(document: dict[str, Any], application: APIFlask) -> None:
    served = {
        (CONVERTER.sub(r"{\1}", rule.rule), method.lower())
        for rule in application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, method, _operation in operations(document)}
    assert served == told
    assert len(told) > 10


def test_every_operation_says_what_it_does_and_what_may_go_wrong(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        place = f"{method} {path}"
        assert operation.get("summary"), place
        assert operation.get("tags"), place
        assert "429" in operation["responses"], place
        if operation.get("security", document["security"]):
            assert "401" in operation["responses"], place
        if "{" in path:
            assert "404" in operation["responses"], place
        if "requestBody" in operation:
            assert "422" in operation["responses"], place


def test_every_problem_is_a_problem_document(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert answer == {"$ref": f"#/components/responses/Problem{status}"}, f"{method} {path} {status}"
    for response in document["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_one_too_many_tells_in_headers_what_is_left_and_when_to_come_back(document: dict[str, Any]) -> None:
    components = document["components"]
    told = components["responses"]["Problem429"]["headers"]
    assert list(told) == ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"]
    assert all(reference["$ref"].rpartition("/")[2] in components["headers"] for reference in told.values())
    assert list(components["responses"]["Problem503"]["headers"]) == ["Retry-After"]


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _path, _method, operation in operations(document)]
    assert len(names) == len(set(names))


def test_a_change_by_cookie_needs_the_forgery_token(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    for path, method, operation in operations(document):
        if method != "get" and operation["security"] not in ([], BY_NOBODY):
            assert {"session": [], "forgery_token": []} in operation["security"], f"{method} {path}"


def test_what_nobody_has_to_be_signed_in_for_says_so(document: dict[str, Any]) -> None:
    told = {f"{method} {path}": operation.get("security") for path, method, operation in operations(document)}
    free = {name for name, security in told.items() if security == BY_NOBODY}
    assert free == {
        "post /api/v1/accounts/session",
        "post /api/v1/accounts/session/second-factor",
        "post /api/v1/accounts/session/new-password",
        "post /api/v1/accounts/registrations",
        "post /api/v1/accounts/registrations/by-mail",
        "post /api/v1/accounts/password-resets",
        "post /api/v1/accounts/password-resets/{secret}",
        "post /api/v1/accounts/email-confirmations/{secret}",
        "post /api/v1/accounts/invitations/{secret}/accept",
        "post /api/v1/accounts/invitations/{secret}/decline",
    }


def test_a_real_problem_matches_its_schema(document: dict[str, Any], people: People) -> None:
    problem = people.browser().get("/api/v1/home/cards").get_json()
    required = document["components"]["schemas"]["Problem"]["required"]
    assert set(required) - set(problem) <= {"errors"}
