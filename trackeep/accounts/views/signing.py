"""Pages of people who are not signed in yet: set-up, sign-in with all its stages, registration."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as Answer

from extensions.sessions import DEVICE_COOKIE_NAME, browser_session
from trackeep.accounts import service as accounts
from trackeep.accounts.schemas import CodeIn, PasswordIn, PersonIn, SignInIn
from trackeep.accounts.views.forms import FormPage, enter, form, go, home, signed_out, way_on
from trackeep.core import ext
from trackeep.core.web.identity import current_actor


def register(blueprint: Blueprint) -> None:
    for path, function in (
        ("/setup", set_up),
        ("/sign-in", sign_in),
        ("/sign-in/code", second_factor),
        ("/sign-in/new-password", new_password),
        ("/register", register_person),
    ):
        blueprint.add_url_rule(path, view_func=function, methods=["GET", "POST"])
    blueprint.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])


def set_up() -> Answer:
    """The first visitor creates the administrator."""
    if accounts.is_set_up():
        return go(url_for("accounts.sign_in"))
    shown = FormPage("accounts/set_up.html", data_dir=str(ext.settings().data_dir))
    if request.method == "GET":
        return shown.show()
    return shown.answer(lambda: enter(accounts.set_up(current_actor(), new_person())))


def sign_in() -> Answer:
    shown = FormPage("accounts/sign_in.html", next=way_on(""), mode=accounts.registration_mode())
    if request.method == "POST":
        return shown.answer(_sign_in)
    if current_actor().user_id is not None:
        return go(way_on(home()))
    return shown.show()


def second_factor() -> Answer:
    shown = FormPage("accounts/second_factor.html", next=way_on(""))
    if request.method == "POST":
        return shown.answer(_second_factor)
    accounts.pending_sign_in(cookie())
    return shown.show()


def new_password() -> Answer:
    shown = FormPage("accounts/new_password.html", next=way_on(""))
    if request.method == "POST":
        return shown.answer(_new_password)
    accounts.pending_sign_in(cookie())
    return shown.show()


def register_person() -> Answer:
    if accounts.registers_by_mail():
        return go(url_for("accounts.register_by_mail"))
    shown = FormPage("accounts/register.html", mode=accounts.registration_mode())
    if request.method == "GET":
        return shown.show()
    return shown.answer(lambda: enter(accounts.register(current_actor(), new_person())))


def sign_out() -> Answer:
    accounts.sign_out(current_actor())
    return signed_out()


def new_person() -> accounts.NewPerson:
    return accounts.NewPerson(**form(PersonIn).model_dump())


def cookie() -> str | None:
    return browser_session().sid


def _sign_in() -> Answer:
    given = form(SignInIn)
    return enter(
        accounts.sign_in(
            current_actor(),
            login=given.login,
            password=given.password,
            remember=given.remember,
            device=_device(),
            replaces=cookie(),
        )
    )


def _second_factor() -> Answer:
    code = form(CodeIn).code
    return enter(accounts.give_second_factor(current_actor(), token=cookie(), code=code, device=_device()))


def _new_password() -> Answer:
    password = form(PasswordIn).password
    return enter(accounts.give_new_password(current_actor(), token=cookie(), password=password, device=_device()))


def _device() -> str | None:
    return request.cookies.get(DEVICE_COOKIE_NAME)
