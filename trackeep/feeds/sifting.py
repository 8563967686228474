"""Which entries of a feed are new, which of those are saved, and what is odd about the feed."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trackeep.feeds.parsing import Entry
from trackeep.feeds.states import Backlog, Outcome, Remark

NEWEST = 10
FEW = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the keys by which it is known; without ``url_key`` there is nothing to save."""

    entry: Entry
    id_hash: str
    url_key: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a feed. ``checked_at`` is the last look that went well, None before the first; ``library`` has
    the bookmark of each page that the space has already."""

    ids: Collection[str]
    url_keys: Collection[str]
    library: Mapping[str, int]
    has_history: bool
    checked_at: datetime | None
    pruned_before: datetime | None


@dataclass(frozen=True, slots=True)
class Sifted:
    """``kept`` are the entries to be noted with what becomes of them, those to be saved oldest first; ``waiting`` new
    ones found no room and are new at the next look too."""

    kept: Sequence[tuple[Candidate, Outcome]]
    seen: Sequence[Candidate]
    waiting: int
    remark: Remark
    count: int = 0


def id_hash(entry_id: str) -> str:
    return hashlib.sha256(entry_id.encode("utf-8", "surrogatepass")).hexdigest()


def sift(candidates: Sequence[Candidate], memory: Memory, *, backlog: Backlog, room: int, cut: bool = False) -> Sifted:
    """``room`` is how many may be saved now; the backlog of the first look is not held to it."""
    once = _each_once(candidates)
    fresh = [each for each in once if not _is_known(each, memory)]
    seen = [each for each in once if _is_known(each, memory)]
    if memory.checked_at is None:
        chosen, passed, waiting = _first_look(fresh, backlog), list(fresh), 0
        remark, count = (Remark.CUT, len(once)) if cut and backlog is Backlog.ALL else (Remark.NOTHING, 0)
    else:
        late = _not_new(once, fresh, memory)
        newest = _newest_first([each for each in fresh if each.url_key and each not in late])
        with_room = set([each for each in newest if each.url_key not in memory.library][:room])
        chosen = [each for each in newest if each.url_key in memory.library or each in with_room]
        waiting = len(newest) - len(chosen)
        passed = [each for each in fresh if each in late or not each.url_key]
        remark, count = _remark(once, fresh, memory, late=len(late), waiting=waiting)
    known = set(chosen)
    kept = [(each, Outcome.PASSED) for each in reversed(passed) if each not in known]
    kept += [(each, _outcome(each, memory)) for each in reversed(chosen)]
    return Sifted(kept, seen, waiting, remark, count)


def _outcome(each: Candidate, memory: Memory) -> Outcome:
    return Outcome.KNOWN if each.url_key in memory.library else Outcome.SAVED


def _each_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """By id and by page: many feeds list one page several times."""
    ids, pages, found = set[str](), set[str](), list[Candidate]()
    for each in candidates:
        if each.id_hash not in ids and (each.url_key is None or each.url_key not in pages):
            found.append(each)
        ids.add(each.id_hash)
        if each.url_key:
            pages.add(each.url_key)
    return found


def _is_known(each: Candidate, memory: Memory) -> bool:
    return each.id_hash in memory.ids or (each.url_key is not None and each.url_key in memory.url_keys)


def _first_look(fresh: Sequence[Candidate], backlog: Backlog) -> list[Candidate]:
    if backlog is Backlog.NONE:
        return []
    newest = _newest_first([each for each in fresh if each.url_key])
    return newest if backlog is Backlog.ALL else newest[:NEWEST]


def _not_new(once: Sequence[Candidate], fresh: Sequence[Candidate], memory: Memory) -> set[Candidate]:
    """Entries that only look new: older than what was forgotten, or, in a feed whose entries all have other names and
    addresses than before, not dated after the last look."""
    old = {each for each in fresh if _is_before(each, memory.pruned_before)}
    if memory.has_history and len(once) >= FEW and len(fresh) == len(once):
        old |= {each for each in fresh if each.entry.published is None or _is_before(each, memory.checked_at)}
    return old


def _is_before(each: Candidate, moment: datetime | None) -> bool:
    return moment is not None and each.entry.published is not None and each.entry.published <= moment


def _newest_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """By date where all have one, else as the feed has them."""
    dated = [(each.entry.published, each) for each in candidates if each.entry.published is not None]
    if len(dated) < len(candidates):
        return list(candidates)
    return [each for _date, each in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _remark(
    once: Sequence[Candidate], fresh: Sequence[Candidate], memory: Memory, *, late: int, waiting: int
) -> tuple[Remark, int]:
    renamed = sum(each.id_hash not in memory.ids for each in once) - len(fresh)
    if memory.has_history and len(once) >= FEW and len(fresh) == len(once) and late:
        return Remark.FLOOD, late
    if len(once) >= FEW and renamed >= len(once) / 2:
        return Remark.RENAMED, renamed
    if waiting:
        return Remark.WAITING, waiting
    linkless = sum(each.url_key is None for each in fresh)
    return (Remark.NO_LINKS, linkless) if linkless else (Remark.NOTHING, 0)
