"""Translation for templates: the words of each language, and parts of pages made of them, are worked out once."""

from collections.abc import Mapping

from babel.support import NullTranslations
from flask import Flask, current_app, g
from flask_babel import get_translations
from markupsafe import Markup

# More than the templates have; what is not a template's own word must not fill the memory.
MOST_WORDS = 20_000
MOST_PARTS = 1_000


class Words:
    """The words of one language, as Markup: ``%`` fills them in with escaped values."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations
        self._formats: dict[str, Markup] = {}
        self._plain: dict[str, Markup] = {}
        self.parts: dict[tuple[object, ...], Markup] = {}

    def plain(self, word: str) -> Markup:
        return self._plain.get(word) or self._kept(self._plain, word, self.format(word) % {})

    def format(self, word: str) -> Markup:
        return self._formats.get(word) or self._kept(self._formats, word, Markup(self.translations.gettext(word)))  # noqa: S704  # the catalogue's words are ours

    def numbered(self, singular: str, plural: str, number: int) -> Markup:
        return Markup(self.translations.ngettext(singular, plural, number))  # noqa: S704  # the catalogue's words are ours

    def _kept(self, words: dict[str, Markup], word: str, shown: Markup) -> Markup:
        if len(words) < MOST_WORDS:
            words[word] = shown
        return shown


_languages: dict[int, Words] = {}


def current_words() -> Words:
    """The words of this request's language."""
    try:
        words: Words = g.words
    except AttributeError:
        translations = get_translations()
        # Flask-Babel keeps one catalogue a language for as long as the process lives.
        words = _languages.get(id(translations)) or Words(translations)
        g.words = _languages[id(translations)] = words
    return words


def init_app(app: Flask) -> None:
    """Replace what the translation extension offers to templates, which asks for the language several times a word."""
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext, "kept": kept})


def gettext(word: str, **values: object) -> Markup:
    words = current_words()
    return words.format(word) % values if values else words.plain(word)


def ngettext(singular: str, plural: str, num: int, **values: object) -> Markup:
    shown: Mapping[str, object] = {"num": num, **values}
    return current_words().numbered(singular, plural, num) % shown


def kept(template: str, **values: bool) -> Markup:
    """A part of a page that is decided by the language and a few marks alone, so it is rendered once for each of them.
    It must hold nothing of the request or the person: no token, no nonce, no name."""
    parts = current_words().parts
    key = (template, *values.items())
    part = parts.get(key)
    if part is None:
        part = Markup(current_app.jinja_env.get_template(template).render(values))  # noqa: S704  # a template's own output
        if len(parts) < MOST_PARTS and not current_app.debug:
            parts[key] = part
    return part
