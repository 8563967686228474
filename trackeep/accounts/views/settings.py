"""Settings of one's own account: profile, preferences, devices, the end of the account."""

from flask import Blueprint, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from trackeep.accounts import preferences as choices
from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import PreferencesIn, ProfileIn, UsernameIn
from trackeep.accounts.views import forms
from trackeep.accounts.views.forms import FormPage, form, go
from trackeep.core.errors import Invalid
from trackeep.core.templating import page
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import UPLOAD, limited_by

AVATAR_AGE = 86_400


def register(blueprint: Blueprint) -> None:
    for path, function, methods in (
        ("/settings", index, ["GET"]),
        ("/settings/profile", profile, ["GET", "POST"]),
        ("/settings/avatar", change_avatar, ["POST"]),
        ("/settings/preferences", preferences, ["GET", "POST"]),
        ("/settings/sessions", sessions, ["GET"]),
        ("/settings/sessions/<int:session_id>/end", end_session, ["POST"]),
        ("/settings/sessions/end-all", end_all_sessions, ["POST"]),
        ("/settings/account", account, ["GET", "POST"]),
        ("/people/<int:user_id>/avatar", avatar, ["GET"]),
    ):
        blueprint.add_url_rule(path, view_func=function, methods=methods)


def index() -> Answer:
    return go(url_for("accounts.profile"))


def profile() -> Answer:
    shown = FormPage(
        "accounts/profile.html",
        profile=accounts.own_profile(current_actor()),
        zones=[(zone, zone) for zone in choices.time_zones()],
    )
    if request.method == "POST":
        return shown.answer(_change_profile)
    known = shown.context["profile"]
    return shown.show(username=known.username, name=known.name, bio=known.bio, time_zone=known.time_zone)


@limited_by(UPLOAD, lambda: "avatar" in request.files)
def change_avatar() -> Answer:
    """A new picture, or none."""
    file = request.files.get("avatar")
    shown = FormPage(
        "accounts/profile.html",
        profile=accounts.own_profile(current_actor()),
        zones=[(zone, zone) for zone in choices.time_zones()],
    )
    if "remove" in request.form:
        accounts.remove_avatar(current_actor())
        return go(url_for("accounts.profile"))

    def store() -> Answer:
        if file is None or not file.filename:
            raise Invalid(fields={"avatar": [_("Please choose a picture.")]})
        accounts.set_avatar(current_actor(), file.read(accounts.MAX_UPLOAD + 1))
        return go(url_for("accounts.profile"))

    return shown.answer(store)


def avatar(user_id: int) -> Answer:
    path, _key = accounts.avatar_file(current_actor(), user_id)
    response = send_file(path, mimetype="image/webp", max_age=AVATAR_AGE)
    response.headers["Cache-Control"] = f"private, max-age={AVATAR_AGE}"
    return response


def preferences() -> Answer:
    known = accounts.own_profile(current_actor()).preferences
    shown = FormPage("accounts/preferences.html", choices=choices)
    if request.method == "POST":
        return shown.answer(_change_preferences)
    return shown.show(**known.stored())


def sessions() -> Answer:
    return page("accounts/sessions.html", sessions=accounts.own_sessions(current_actor()))


def end_session(session_id: int) -> Answer:
    accounts.end_session(current_actor(), session_id)
    return go(url_for("accounts.sessions"))


def end_all_sessions() -> Answer:
    accounts.sign_out_everywhere(current_actor())
    return forms.signed_out()


def account() -> Answer:
    """Where the account is deleted; the user name is typed to be sure."""
    shown = FormPage("accounts/account.html", profile=accounts.own_profile(current_actor()))
    return shown.show() if request.method == "GET" else shown.answer(_delete_account)


def _change_profile() -> Answer:
    accounts.change_profile(current_actor(), form(ProfileIn).model_dump(exclude_unset=True))
    return go(url_for("accounts.profile"))


def _change_preferences() -> Answer:
    accounts.change_preferences(current_actor(), form(PreferencesIn).model_dump(exclude_unset=True))
    return go(url_for("accounts.preferences"))


def _delete_account() -> Answer:
    accounts.delete_account(current_actor(), username=form(UsernameIn).username)
    return forms.signed_out()
