"""What is wrong with a field, in words for people: the validator's own are neither plain nor translated."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from trackeep.core.i18n import Text
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l

WHOLE_NUMBER, NUMBER = _l("This must be a whole number."), _l("This must be a number.")
YES_OR_NO, CHOICE = _l("This must be true or false."), _l("This must be one of %(expected)s.")
MOMENT = _l("This must be a moment such as 2026-03-01T12:00:00Z.")
SHAPE = _l("This must be a JSON object.")

# By the validator's kinds of errors; the words in marks are its facts.
WORDS: Mapping[str, Text] = {
    "missing": _l("This is needed."),
    "extra_forbidden": _l("No such field is known here."),
    "string_type": _l("This must be a text."),
    "string_too_long": _l("At most %(max_length)s characters fit here."),
    "string_too_short": _l("This needs at least %(min_length)s characters."),
    "string_pattern_mismatch": _l("This is not written as it has to be."),
    "too_long": _l("At most %(max_length)s fit here."),
    "too_short": _l("This needs at least %(min_length)s."),
    "list_type": _l("This must be a list."),
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "bool_type": YES_OR_NO,
    "bool_parsing": YES_OR_NO,
    "literal_error": CHOICE,
    "enum": CHOICE,
    "greater_than": _l("This must be more than %(gt)s."),
    "greater_than_equal": _l("This must be at least %(ge)s."),
    "less_than": _l("This must be less than %(lt)s."),
    "less_than_equal": _l("This must be at most %(le)s."),
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "dict_type": SHAPE,
    "model_type": SHAPE,
    "model_attributes_type": SHAPE,
}


def complaints(error: ValidationError) -> dict[str, list[str]]:
    """Field name to plain messages."""
    found: dict[str, list[str]] = {}
    for entry in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in entry["loc"]) or "form"
        found.setdefault(name, []).append(_complaint(entry))
    return found


def _complaint(entry: ErrorDetails) -> str:
    facts = entry.get("ctx", {})
    if entry["type"] == "value_error":
        return str(facts["error"])  # raised by a schema of ours
    if facts.get("min_length") == 1:
        return str(_("This must not be empty."))
    words = WORDS.get(entry["type"], _("This value does not fit here."))
    return f"{words}" % facts
