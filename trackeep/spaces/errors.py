"""What can go wrong with spaces."""

from trackeep.core.errors import Conflict
from trackeep.core.i18n import lazy_gettext as _l


class LastOwner(Conflict):
    code = "last-owner"
    title = _l("A space needs an owner")
    default_detail = _l("Make somebody else an owner first.")


class AlreadyMember(Conflict):
    code = "already-member"
    title = _l("Already a member")
    default_detail = _l("This person belongs to the space already.")
