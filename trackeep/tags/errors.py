"""What can go wrong with tags."""

from trackeep.core.errors import Conflict
from trackeep.core.i18n import lazy_gettext as _l


class TagExists(Conflict):
    """``existing_id`` is the tag that has the name; it is in the problem document too."""

    code = "tag-exists"
    title = _l("There is such a tag already")
    default_detail = _l("Merge the two tags instead, and everything that carries one of them keeps it.")

    def __init__(self, existing_id: int) -> None:
        super().__init__(existing_id=existing_id)
        self.existing_id = existing_id
