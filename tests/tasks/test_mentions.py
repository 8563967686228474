"""Names behind an @: found in texts, marked on pages, and offered to who writes."""

from markupsafe import Markup
from sqlalchemy import update

from tests.tasks.conftest import Make, Team
from trackeep.accounts.models import User
from trackeep.core import clock, db, markdown
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.mentions import MAX_MENTIONS, named_in, with_mentions

API = "/api/v1/tasks"


def change(user_id: int, **values: object) -> None:
    with db.unit_of_work() as session:
        session.execute(update(User).where(User.id == user_id).values(**values))


def marked(text: str, **names: str) -> str:
    return str(with_mentions(markdown.render(text).html, names)).strip()


def test_a_name_ends_where_its_sentence_does() -> None:
    assert named_in("@marc, @Olivia! (@stan) a@b.example ./@x2 @marc. @a") == ["marc", "Olivia", "stan"]
    assert len(named_in(" ".join(f"@person{number}" for number in range(50)))) == MAX_MENTIONS


def test_only_those_who_are_mentioned_stand_out() -> None:
    token = '<span class="mention" title="Marc &lt;b&gt; &#34;M&#34;">@Marc</span>'
    assert marked("Ask @Marc. Or @vera", marc='Marc <b> "M"') == f"<p>Ask {token}. Or @vera</p>"
    assert marked("**@Marc** & @Marc", marc='Marc <b> "M"') == f"<p><strong>{token}</strong> &amp; {token}</p>"
    assert "mention" not in marked("Nobody @marc")


def test_links_and_code_are_left_alone() -> None:
    text = '`@marc` [to @marc](https://a.example/@marc "> @marc") me@marc.example\n\n```\n@marc\n```\n\n> @marc'
    assert marked(text, marc="Marc").count("mention") == 1
    assert with_mentions(Markup('<a title="> @marc">x</a>'), {"marc": "M"}) == '<a title="> @marc">x</a>'


def test_those_who_see_the_task_are_offered_and_oneself_last(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    assert [each.username for each in queries.mentionable(me, task_id)] == ["marc", "vera", "olivia"]
    assert [each.username for each in queries.mentionable(team.viewer.actor, task_id)] == ["marc", "olivia", "vera"]
    assert [each.username for each in queries.mentionable(me, task_id, text="R", limit=1)] == ["marc"]
    assert [each.username for each in queries.mentionable(me, task_id, text="ve")] == ["vera"]
    assert queries.mentionable(me, task_id, text="stan") == []
    change(team.member.id, disabled_at=clock.now())
    assert [each.username for each in queries.mentionable(me, task_id, text="mar")] == []


def test_shown_names_count_too_and_accents_do_not(team: Team, me: Actor, make: Make) -> None:
    change(team.member.id, name="René Étienne")
    found = queries.mentionable(me, make(), text="etie")
    assert [(each.username, each.name) for each in found] == [("marc", "René Étienne")]


def test_a_personal_space_has_nobody_to_tell(team: Team, me: Actor) -> None:
    task_id = service.create_task(me, me.personal_space_id or 0, TaskDraft(title="Mine"))
    assert queries.mentionable(me, task_id) == []


def test_strangers_and_bad_wishes_are_turned_away(team: Team, make: Make) -> None:
    address = f"{API}/{make()}/mentionable"
    found = team.viewer.client().get(address, query_string={"text": "OLI"})
    assert found.get_json() == {"items": [{"id": team.owner.id, "username": "olivia", "name": "Olivia"}]}
    assert team.stranger.client().get(address).status_code == 404
    assert team.viewer.client().get(address, query_string={"limit": 51}).status_code == 422


def test_pages_offer_and_mark(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    browser = team.owner.client()
    offered = browser.get(f"/tasks/{task_id}/mentionable?text=mar", headers={"HX-Request": "true"})
    assert 'data-name="marc"' in offered.get_data(as_text=True)
    service.write_comment(me, task_id, "Look, @marc")
    page = browser.get(f"/tasks/{task_id}").get_data(as_text=True)
    assert '<span class="mention" title="Marc">@marc</span>' in page
    assert f'data-people="/tasks/{task_id}/mentionable"' in page
    alone = service.create_task(me, me.personal_space_id or 0, TaskDraft(title="Mine"))
    assert "data-people" not in browser.get(f"/tasks/{alone}").get_data(as_text=True)
