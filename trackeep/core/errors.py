"""The family of errors that reach the user; entrances never catch them, one table renders them."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from trackeep.core.i18n import Text
from trackeep.core.i18n import lazy_gettext as _l


class TrackeepError(Exception):
    """An error with plain words for the user. ``fields`` maps a field's name to its complaints; ``extra`` goes into
    the problem document as it is."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[Text] = _l("Something went wrong")
    default_detail: ClassVar[Text] = _l("The server could not answer this request.")

    def __init__(
        self,
        detail: Text | None = None,
        *,
        fields: Mapping[str, Sequence[Text]] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(detail)
        self.detail: Text = detail if detail is not None else self.default_detail
        self.fields = {name: list(messages) for name, messages in (fields or {}).items()}
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


class Invalid(TrackeepError):
    status, code = 422, "invalid"
    title = _l("This cannot be saved as it is")
    default_detail = _l("Please check the fields that are marked.")


class Malformed(TrackeepError):
    status, code = 400, "malformed"
    title = _l("The request cannot be read")
    default_detail = _l("The request is not in the form that is expected here.")


class Unauthenticated(TrackeepError):
    status, code = 401, "unauthenticated"
    title = _l("Please sign in")
    default_detail = _l("You need to sign in to see this.")


class Forbidden(TrackeepError):
    status, code = 403, "forbidden"
    title = _l("This is not allowed")
    default_detail = _l("Your role does not allow this.")


class NotFound(TrackeepError):
    status, code = 404, "not-found"
    title = _l("Nothing here")
    default_detail = _l("It does not exist, or it is not yours.")


class Conflict(TrackeepError):
    """Somebody else changed the thing, or it exists already; ``extra`` may hold yours, theirs and version."""

    status, code = 409, "conflict"
    title = _l("This was changed in the meantime")
    default_detail = _l("Somebody, or another tab, saved a newer version. Nothing of yours is lost.")


class Gone(TrackeepError):
    status, code = 410, "gone"
    title = _l("No longer available")
    default_detail = _l("This link has been used or has expired.")


class TooLarge(TrackeepError):
    status, code = 413, "too-large"
    title = _l("Too large")
    default_detail = _l("This is larger than the server accepts.")


class UnsupportedMedia(TrackeepError):
    status, code = 415, "unsupported-media"
    title = _l("This kind of content is not accepted here")
    default_detail = _l("Please send JSON.")


class PreconditionRequired(TrackeepError):
    status, code = 428, "precondition-required"
    title = _l("A version is needed")
    default_detail = _l("Send the version that you edited in the If-Match header.")


class TooMany(TrackeepError):
    """``extra["retry_after"]`` is in seconds."""

    status, code = 429, "too-many"
    title = _l("Too many attempts")
    default_detail = _l("Please wait a moment and try again.")


class Unavailable(TrackeepError):
    """``extra["retry_after"]`` is in seconds."""

    status, code = 503, "unavailable"
    title = _l("Not available right now")
    default_detail = _l("A part of the server is not reachable. Please try again in a moment.")


class NoRoom(TrackeepError):
    status, code = 507, "no-room"
    title = _l("The disk is full")
    default_detail = _l(
        "The server has no room left on its disk, so nothing was saved. Whoever runs it must make room; then try again."
    )
