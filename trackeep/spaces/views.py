"""The switcher: which space the pages show."""

import re

from flask import Blueprint, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import ext, security
from trackeep.core.schemas import parse
from trackeep.core.web.chosen_space import remember_space
from trackeep.core.web.identity import current_actor
from trackeep.spaces.schemas import ChoiceIn

blueprint = Blueprint("spaces", __name__)
# A path of ours and nothing else: neither another host nor another scheme.
_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


@blueprint.post("/spaces/choose")
def choose() -> AnyResponse:
    """Show one space or all of them from now on, and go back to where one was."""
    actor = current_actor()
    actor.require_user()
    choice = parse(ChoiceIn, {name: value for name, value in request.form.items() if name != security.TOKEN_FIELD})
    space_id = choice.space if isinstance(choice.space, int) else None
    if space_id is not None:
        actor.require_read(space_id)
    back = choice.back if _PATH.fullmatch(choice.back) else f"{ext.settings().base_path}/"
    return remember_space(redirect(back, 303), space_id)
