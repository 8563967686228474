"""Lists of feeds that are brought as files."""

from datetime import datetime

from apiflask.fields import UploadFile

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.feeds.opml import Verdict
from trackeep.feeds.schemas.feeds import Id, TreatmentIn
from trackeep.feeds.service import Folders
from trackeep.feeds.states import Backlog


class OutlineFileIn(InputSchema):
    """The OPML file, and the space that its feeds are for; without it, the personal one."""

    file: UploadFile
    space_id: Id | None = None


class TakeIn(TreatmentIn):
    """``folders`` of the file become ``collections`` or ``tags``, or ``nothing``."""

    folders: Folders = Folders.COLLECTIONS
    backlog: Backlog = Backlog.NONE


class OutlineRowOut(OutputSchema):
    """``known`` is subscribed to already, ``same`` stands above in the file, ``broken`` has no address that works."""

    url: str
    title: str
    site_url: str
    folders: list[str]
    verdict: Verdict
    reason: str
    feed_id: int | None


class OutlineOut(OutputSchema):
    """``added`` is null until the list is taken in."""

    id: int
    space_id: int
    file_name: str
    added: int | None
    counts: dict[str, int]
    created_at: datetime
    rows: list[OutlineRowOut]
