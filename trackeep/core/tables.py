"""Every table of the core, so that the schema never depends on which domain happens to use one."""

from trackeep.core.audit import AuditEvent
from trackeep.core.idempotency import IdempotencyKey
from trackeep.core.jobs import JobRow, JobSchedule
from trackeep.core.measures.nodes import NodeSummary
from trackeep.core.objects import Object
from trackeep.core.outbox import OutboxLetter
from trackeep.core.politeness import HostTurn
from trackeep.core.references import ObjectReference
from trackeep.core.search_index import SearchDocument
from trackeep.core.undo import UndoBatch, UndoEntry
from trackeep.core.versions import ScopeVersion

CORE_TABLES = (
    AuditEvent,
    HostTurn,
    IdempotencyKey,
    JobRow,
    JobSchedule,
    NodeSummary,
    Object,
    ObjectReference,
    OutboxLetter,
    ScopeVersion,
    SearchDocument,
    UndoBatch,
    UndoEntry,
)
