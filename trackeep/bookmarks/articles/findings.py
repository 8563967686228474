"""What the extraction tells: an article, or why there is none."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from trackeep.core.i18n import gettext as _


class Lack(StrEnum):
    """Why there is no article; the value is stable."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    NO_PAGE = "no_page"
    TOO_HARD = "too_hard"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """Sanitised, with the addresses of the pictures that its numbered places stand for."""

    html: str
    text: str
    pictures: Sequence[str]
    word_count: int
    reading_minutes: int
    language: str
    direction: str

    @property
    def text_hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class NoArticle(Exception):
    """``lack`` says why; ``is_failure`` whether something went wrong that may be otherwise next time."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack)
        self.lack = lack

    @property
    def is_failure(self) -> bool:
        return self.lack in (Lack.TOO_HARD, Lack.LOST)

    def words(self) -> str:
        return lack_words(self.lack)


def lack_words(lack: Lack) -> str:
    """The reason for people."""
    words = {
        Lack.NO_TEXT: _("There is no article on this page, or it only appears when scripts run."),
        Lack.TOO_LONG: _("The text is too long to be shown here."),
        Lack.NO_PAGE: _("This is a file of another kind, not a page with text."),
        Lack.TOO_HARD: _("The page is built so strangely that its text could not be found in time."),
        Lack.LOST: _("What was kept of the page cannot be read any more. Fetch it again."),
    }
    return str(words[lack])


def read_findings(value: Any) -> FoundArticle:
    """From the plain data that the child answers; raises NoArticle."""
    if value["lack"]:
        raise NoArticle(Lack(value["lack"]))
    return FoundArticle(
        html=value["html"],
        text=value["text"],
        pictures=value["pictures"],
        word_count=value["words"],
        reading_minutes=value["minutes"],
        language=value["language"],
        direction=value["direction"],
    )
