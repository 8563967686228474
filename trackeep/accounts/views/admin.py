"""The administrator's pages about accounts: people, invitations, registration, outbox."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as Answer

from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import InvitationIn, ModeIn, NewAccountIn, PageQuery, PeopleQuery, RoleIn
from trackeep.accounts.views.forms import FormPage, form, go
from trackeep.core import outbox as letters
from trackeep.core.schemas import parse
from trackeep.core.templating import page
from trackeep.core.web.identity import current_actor


def register(blueprint: Blueprint) -> None:
    for path, function, methods in (
        ("/admin/people", people, ["GET", "POST"]),
        ("/admin/people/<int:user_id>", person, ["GET"]),
        ("/admin/people/<int:user_id>/role", change_role, ["POST"]),
        ("/admin/people/<int:user_id>/disable", disable, ["POST"]),
        ("/admin/people/<int:user_id>/enable", enable, ["POST"]),
        ("/admin/people/<int:user_id>/reset-link", reset_link, ["POST"]),
        ("/admin/people/<int:user_id>/totp-off", remove_second_factor, ["POST"]),
        ("/admin/people/<int:user_id>/sign-out", end_sessions, ["POST"]),
        ("/admin/invitations", invitations, ["GET", "POST"]),
        ("/admin/invitations/<int:invitation_id>/revoke", revoke_invitation, ["POST"]),
        ("/admin/registration", switch_registration, ["POST"]),
        ("/admin/outbox", outbox, ["GET"]),
    ):
        blueprint.add_url_rule(path, view_func=function, methods=methods)


def people() -> Answer:
    shown = _people_page()
    return shown.show() if request.method == "GET" else shown.answer(_create)


def person(user_id: int) -> Answer:
    return _person_page(user_id).show()


def change_role(user_id: int) -> Answer:
    def change() -> Answer:
        accounts.change_person_role(current_actor(), user_id, role=form(RoleIn).role)
        return _back_to(user_id)

    return _person_page(user_id).answer(change)


def disable(user_id: int) -> Answer:
    def change() -> Answer:
        accounts.disable_person(current_actor(), user_id)
        return _back_to(user_id)

    return _person_page(user_id).answer(change)


def enable(user_id: int) -> Answer:
    accounts.enable_person(current_actor(), user_id)
    return _back_to(user_id)


def reset_link(user_id: int) -> Answer:
    def make() -> Answer:
        link = accounts.make_reset_link(current_actor(), user_id)
        return FormPage("accounts/admin_person.html", **{**_person_page(user_id).context, "link": link}).show()

    return _person_page(user_id).answer(make)


def remove_second_factor(user_id: int) -> Answer:
    def change() -> Answer:
        accounts.remove_second_factor(current_actor(), user_id)
        return _back_to(user_id)

    return _person_page(user_id).answer(change)


def end_sessions(user_id: int) -> Answer:
    accounts.end_person_sessions(current_actor(), user_id)
    return _back_to(user_id)


def invitations() -> Answer:
    shown = _invitations_page()
    return shown.show() if request.method == "GET" else shown.answer(_invite)


def revoke_invitation(invitation_id: int) -> Answer:
    accounts.revoke_invitation(current_actor(), invitation_id)
    return go(url_for("accounts.invitations"))


def switch_registration() -> Answer:
    def change() -> Answer:
        accounts.switch_registration(current_actor(), mode=form(ModeIn).mode)
        return go(url_for("accounts.invitations"))

    return _invitations_page().answer(change)


def outbox() -> Answer:
    wanted = parse(PageQuery, request.args)
    return page("accounts/admin_outbox.html", page=letters.letters(current_actor(), cursor=wanted.cursor))


def _people_page() -> FormPage:
    wanted = parse(PeopleQuery, request.args)
    found = accounts.list_people(current_actor(), text=wanted.q, cursor=wanted.cursor)
    return FormPage("accounts/admin_people.html", people=found, q=wanted.q)


def _person_page(user_id: int) -> FormPage:
    back = url_for("accounts.person", user_id=user_id)
    return FormPage("accounts/admin_person.html", back, person=accounts.one_person(current_actor(), user_id))


def _invitations_page() -> FormPage:
    wanted = parse(PageQuery, request.args)
    return FormPage(
        "accounts/admin_invitations.html",
        invitations=accounts.invitations(current_actor(), cursor=wanted.cursor),
        mode=accounts.registration_mode(),
    )


def _create() -> Answer:
    made = accounts.create_person(current_actor(), **form(NewAccountIn).model_dump())
    return FormPage("accounts/admin_people.html", **{**_people_page().context, "made": made}).show()


def _invite() -> Answer:
    given = form(InvitationIn)
    invited = accounts.invite(current_actor(), email=given.email, role=given.role)
    return FormPage("accounts/admin_invitations.html", **{**_invitations_page().context, "invited": invited}).show()


def _back_to(user_id: int) -> Answer:
    return go(url_for("accounts.person", user_id=user_id))
