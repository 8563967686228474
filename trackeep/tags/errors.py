"""What can go wrong with tags."""

from trackeep.core.errors import Conflict
from trackeep.core.i18n import lazy_gettext as _l


class TagExists(Conflict):
    """``extra["existing_id"]`` is the tag that has the name."""

    code = "tag-exists"
    title = _l("There is such a tag already")
    default_detail = _l("Merge the two tags instead, and everything that carries one of them keeps it.")
