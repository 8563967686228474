"""Rules, statistics and reminders through API and pages."""

import json
import re
from typing import Any

import pytest

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.schemas import RuleOut, RuleRunsOut, RulesOut, StatisticsOut
from trackeep.core.actor import Actor

URL = "/api/v1/bookmarks/rules"
RULE: dict[str, Any] = {
    "name": "Recipes",
    "conditions": [{"field": "title", "how": "contains", "value": "recipe", "not": True}],
    "actions": {"tags": ["cooking"], "unread": False},
}
FORM: dict[str, Any] = {
    "field": ["site", "title"],
    "how": ["equals", "not-contains"],
    "value": ["example.org", "soup"],
    "join": "any",
    "tags": "cooking, bread",
    "favourite": "1",
    "enabled": "1",
    "unread": "",
}


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def test_a_rule_is_made_changed_and_deleted_as_the_document_says(browser: Browser) -> None:
    made = browser.post(URL, json=RULE)
    assert made.status_code == 201
    rule = made.get_json()
    RuleOut.model_validate(rule, strict=False)
    assert set(rule) == {field.alias or name for name, field in RuleOut.model_fields.items()}
    assert rule["conditions"] == RULE["conditions"]
    assert rule["sentence"] == "When the title does not contain “recipe”: tag cooking, mark as read"

    changed = browser.patch(f"{URL}/{rule['id']}", json={"enabled": False, "name": "Other"}).get_json()
    assert (changed["enabled"], changed["name"], changed["conditions"]) == (False, "Other", rule["conditions"])
    definition = {name: RULE[name] for name in ("conditions", "actions")} | {"join": "any"}
    changed = browser.patch(f"{URL}/{rule['id']}", json={"definition": definition}).get_json()
    assert (changed["join"], changed["enabled"]) == ("any", False)
    RulesOut.model_validate(browser.get(URL).get_json(), strict=False)

    assert browser.delete(f"{URL}/{rule['id']}").status_code == 204
    assert browser.get(f"{URL}/{rule['id']}").status_code == 404
    assert browser.post(f"{URL}/{rule['id']}/restore").get_json()["id"] == rule["id"]


def test_a_repeated_request_makes_one_rule(browser: Browser) -> None:
    ids = [browser.post(URL, json=RULE, headers={"Idempotency-Key": "k"}).get_json()["id"] for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(browser.get(URL).get_json()["items"]) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**RULE, "conditions": []}, "conditions"),
        ({**RULE, "conditions": [{"field": "title", "how": "regex", "value": "("}]}, "conditions.0"),
        ({**RULE, "conditions": [{"field": "nothing", "how": "regex", "value": "x"}]}, "conditions.0.field"),
        ({**RULE, "actions": {}}, "actions"),
        ({**RULE, "odd": 1}, "odd"),
    ],
)
def test_bad_input_is_told_by_field(browser: Browser, body: dict[str, Any], field: str) -> None:
    answer = browser.post(URL, json=body)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"], answer.get_json()["errors"]


def test_trying_and_applying(browser: Browser, alice: Actor) -> None:
    bookmark = save(alice, 1, title="A récipe")
    body = {"conditions": [{"field": "title", "how": "ends", "value": "RECIPE"}], "actions": {"tags": ["cooking"]}}
    trial = browser.post(f"{URL}/try", json=body).get_json()
    assert (trial["matched"], trial["examples"][0]["tags"]) == (1, ["cooking"])
    rule = browser.post(URL, json=body).get_json()["id"]
    run = browser.post(f"{URL}/{rule}/apply")
    assert (run.status_code, run.get_json()["state"]) == (202, "running")
    service.run_rule(run.get_json()["id"])
    runs = browser.get(f"{URL}/{rule}/runs").get_json()
    RuleRunsOut.model_validate(runs, strict=False)
    assert runs["items"][0]["changed"] == 1
    assert browser.post(f"/api/v1/bookmarks/undo/{runs['items'][0]['undo_id']}").get_json()["restored"] == 1
    assert not queries.get_bookmark(alice, bookmark).tags


def test_statistics_and_reminders(browser: Browser, alice: Actor) -> None:
    bookmark = save(alice, 1)
    answer = browser.get("/api/v1/bookmarks/statistics?weeks=52").get_json()
    StatisticsOut.model_validate(answer, strict=False)
    assert (len(answer["weeks"]), answer["weeks"][-1]["saved"], answer["totals"]["saved"]) == (52, 1, 1)
    assert browser.get("/api/v1/bookmarks/statistics?weeks=3").status_code == 422
    assert browser.get("/api/v1/bookmarks/resurfacing").get_json() == {"kind": None, "items": []}
    assert browser.post(f"/api/v1/bookmarks/{bookmark}/rest").status_code == 204


def test_the_form_makes_and_changes_a_rule(browser: Browser, alice: Actor) -> None:
    made = browser.post("/bookmarks/rules", data=FORM)
    assert made.status_code == 303
    rule = queries.list_rules(alice, alice.personal_space_id or 0)[0]
    assert rule.sentence == (
        "When the site is example.org or the title does not contain “soup”: tag cooking and bread, mark as favourite"
    )
    page = browser.get(made.headers["Location"]).get_data(as_text=True)
    assert re.search(r'value="not-contains" selected', page)
    changed = browser.post(made.headers["Location"], data={**FORM, "name": "Mine", "field": "url", "value": "x"})
    assert changed.status_code == 303
    assert queries.get_rule(alice, rule.id).name == "Mine"
    assert "Mine" in browser.get("/bookmarks/rules").get_data(as_text=True)


def test_the_form_gets_conditions_more_and_fewer(browser: Browser) -> None:
    more = browser.post("/bookmarks/rules/draft", data={**FORM, "add": "1"}, partial=True).get_data(as_text=True)
    assert more.count('name="value"') == 3
    fewer = browser.post("/bookmarks/rules/draft", data={**FORM, "without": "0"}, partial=True).get_data(as_text=True)
    assert fewer.count('name="value"') == 1
    assert 'value="soup"' in fewer


def test_a_rule_is_made_from_a_list_or_a_bookmark(browser: Browser, alice: Actor) -> None:
    page = browser.get("/bookmarks/rules/new?site=example.org&text=bread&tag=baking").get_data(as_text=True)
    assert 'value="example.org"' in page
    assert 'value="bread"' in page
    assert 'value="baking"' in page
    bookmark = save(alice, 1)
    assert "rules/new?site=example.org" in browser.get(f"/bookmarks/{bookmark}").get_data(as_text=True)
    assert "Make a rule from this" in browser.get("/bookmarks?site=example.org").get_data(as_text=True)


def test_the_live_trial(browser: Browser, alice: Actor) -> None:
    save(alice, 1, title="Bread <b>")
    tried = browser.post("/bookmarks/rules/try", data=FORM, partial=True)
    assert "1 bookmark matches" in tried.get_data(as_text=True)
    assert "&lt;b&gt;" in tried.get_data(as_text=True)
    unfinished = browser.post("/bookmarks/rules/try", data={**FORM, "value": ["", ""]}, partial=True)
    assert unfinished.status_code == 200
    assert "Write what is looked for." in unfinished.get_data(as_text=True)
    rule = browser.post("/bookmarks/rules", data=FORM).headers["Location"].rpartition("/")[2]
    saved = browser.post("/bookmarks/rules/try", data={**FORM, "rule_id": rule}, partial=True).get_data(as_text=True)
    assert "Apply to the existing 1" in saved
    other = browser.post("/bookmarks/rules/try", data={**FORM, "tags": "x", "rule_id": rule}, partial=True)
    assert "Save the rule to apply it" in other.get_data(as_text=True)


def test_the_list_is_worked_on(browser: Browser, alice: Actor) -> None:
    space_id = alice.personal_space_id or 0
    urls = [browser.post("/bookmarks/rules", data={**FORM, "name": name}).headers["Location"] for name in "ab"]
    ids = [int(url.rpartition("/")[2]) for url in urls]
    browser.post(f"{urls[1]}/up", partial=True)
    browser.post(f"{urls[0]}/off", partial=True)
    assert [(rule.id, rule.enabled) for rule in queries.list_rules(alice, space_id)] == [
        (ids[1], True),
        (ids[0], False),
    ]
    browser.post("/bookmarks/rules/order", data={"ids": ids}, partial=True)
    assert [rule.id for rule in queries.list_rules(alice, space_id)] == ids
    gone = browser.post(f"{urls[0]}/delete", partial=True)
    assert json.loads(gone.headers["HX-Trigger"])["toast"]["undo_url"].endswith("/restore")
    browser.post(f"{urls[0]}/restore")
    assert len(queries.list_rules(alice, space_id)) == 2
    assert browser.post(f"{urls[0]}/explode").status_code == 404


def test_statistics_and_the_card_are_drawn(browser: Browser, alice: Actor) -> None:
    assert "Nothing to count yet" in browser.get("/bookmarks/statistics").get_data(as_text=True)
    save(alice, 1, tags=["x"], unread=True)
    page = browser.get("/bookmarks/statistics?weeks=52").get_data(as_text=True)
    assert page.count("data-day=") == 52
    assert browser.get("/bookmarks/resurfacing").status_code == 200
