"""Words outside of a request, where nobody's language is known."""

from apiflask import APIFlask
from flask_babel import format_datetime

from trackeep.core import clock
from trackeep.core.i18n import gettext, lazy_gettext


def test_jobs_and_commands_speak_english(app: APIFlask) -> None:
    with app.app_context():
        assert gettext("Nothing here") == "Nothing here"
        assert str(lazy_gettext("Nothing here")) == "Nothing here"
        assert format_datetime(clock.now())


def test_words_without_an_application_are_english() -> None:
    assert str(lazy_gettext("Nothing here")) == "Nothing here"
