"""The settings of one's own account."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as Answer

from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import PasswordIn
from trackeep.accounts.views import forms
from trackeep.accounts.views.forms import FormPage, form, go, home, way_on
from trackeep.core.templating import page
from trackeep.core.web.identity import current_actor


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/settings/sessions", view_func=sessions)
    blueprint.add_url_rule("/settings/sessions/<int:session_id>/end", view_func=end_session, methods=["POST"])
    blueprint.add_url_rule("/settings/sessions/end-all", view_func=end_all_sessions, methods=["POST"])
    blueprint.add_url_rule("/confirm-password", view_func=confirm_password, methods=["GET", "POST"])


def sessions() -> Answer:
    return page("accounts/sessions.html", sessions=accounts.own_sessions(current_actor()))


def end_session(session_id: int) -> Answer:
    accounts.end_session(current_actor(), session_id)
    return go(url_for("accounts.sessions"))


def end_all_sessions() -> Answer:
    accounts.sign_out_everywhere(current_actor())
    return forms.end_session(go(url_for("accounts.sign_in")))


def confirm_password() -> Answer:
    """Asked before dangerous changes; afterwards the person repeats the change."""
    current_actor().require_user()
    shown = FormPage("accounts/confirm_password.html", next=way_on(""))
    return shown.show() if request.method == "GET" else shown.answer(_confirm_password)


def _confirm_password() -> Answer:
    accounts.confirm_password(current_actor(), password=form(PasswordIn).password)
    return go(way_on(home()))
