"""What becomes of the files of a vault: the report line of each, decided before anything is saved."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.notes.keys import title_key
from trackeep.notes.texts import MAX_TITLE, clean_body, clean_title
from trackeep.notes.vault import NoteDraft, Remark
from trackeep.notes.vault.matter import write_matter

MAX_DEPTH = 40
_JOINT = "\x1f"


class Outcome(StrEnum):
    """``SAME`` says word for word what an earlier file at its place says, ``KNOWN`` what a note at its place says.
    ``SAVED`` is what ``NEW`` becomes."""

    NEW = "new"
    SAME = "same"
    KNOWN = "known"
    SKIPPED = "skipped"
    BROKEN = "broken"
    SAVED = "saved"


class Told(StrEnum):
    """What is told beside what the reader of the file has found."""

    FOLDER = "folder"
    OTHER_TEXT = "other text"
    CUT_TITLE = "cut title"
    TOO_DEEP = "too deep"


REMARK_WORDS: Mapping[str, LazyString] = {
    Remark.ATTACHMENT: _l("Only Markdown and text files become notes. This file stays in your zip."),
    Remark.BAD_PATH: _l("Its path leads out of the zip file."),
    Remark.SAME_NAME: _l("Another file in this folder has the same name."),
    Remark.TOO_LARGE: _l("It has more than the 2 MB that a note may hold."),
    Remark.UNREADABLE: _l("It is damaged and cannot be unpacked."),
    Remark.FRONT_MATTER: _l("The properties on top of it are no valid YAML; they stay in the text as they are."),
    Remark.ENCODING: _l("Some signs could not be read; each of them is shown as a question mark."),
    Told.FOLDER: _l("A folder without a note of its own becomes an empty note, so that its notes stay together."),
    Told.OTHER_TEXT: _l("There is a note of this name that says something else. This one comes beside it."),
    Told.CUT_TITLE: _l("Its title was shortened to 300 characters."),
    Told.TOO_DEEP: _l("It lies more than 40 folders deep."),
}
_BROKEN = {Remark.BAD_PATH, Remark.TOO_LARGE, Remark.UNREADABLE}


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report; ``number`` is the place of the file in the archive, 0 for a folder."""

    position: int
    number: int
    depth: int
    outcome: Outcome
    title: str
    path: str
    place: str
    above: str
    digest: bytes = b""
    size: int = 0
    remarks: tuple[str, ...] = ()


def findings(drafts: Iterable[NoteDraft]) -> Iterator[Finding]:
    """One line for each file, and one for each folder that has no note of its own. The drafts come from the top
    down."""
    planner = _Planner()
    for number, draft in enumerate(drafts, 1):
        yield from planner.take(number, draft)


def body_of(draft: NoteDraft) -> str:
    """What the note will say: other names of it stay on top, as there is no field for them."""
    return clean_body(write_matter({"aliases": draft.aliases}) + draft.body)


def title_of(draft: NoteDraft) -> str:
    return clean_title(draft.title, MAX_TITLE) or clean_title(draft.stem, MAX_TITLE) or "-"


def digest_of(body: str) -> bytes:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()


def remark_words(codes: str) -> list[str]:
    """The sentences that stored codes stand for."""
    return [str(REMARK_WORDS[code]) for code in codes.split(",") if code in REMARK_WORDS]


class _Planner:
    """Keeps what later files are compared with: the places that there are and what stands at each."""

    def __init__(self) -> None:
        self._position = 0
        self._places: dict[str, set[bytes]] = {}

    def take(self, number: int, draft: NoteDraft) -> Iterator[Finding]:
        shown = "/".join(draft.path)
        if not draft.is_note:
            outcome = Outcome.BROKEN if _BROKEN & set(draft.remarks) else Outcome.SKIPPED
            yield self._line(number, draft.path, outcome, draft.title[:MAX_TITLE], shown, "", draft.remarks)
        elif len(draft.path) > MAX_DEPTH:
            yield self._line(number, draft.path, Outcome.BROKEN, title_of(draft), shown, "", (Told.TOO_DEEP,))
        else:
            yield from self._folders(draft.path)
            yield self._note(number, draft)

    def _folders(self, path: tuple[str, ...]) -> Iterator[Finding]:
        for depth in range(1, len(path) + 1):
            place = _place(path[:depth])
            if place not in self._places:
                self._places[place] = {digest_of("")}
                above, name = path[: depth - 1], clean_title(path[depth - 1], MAX_TITLE) or "-"
                finding = self._line(0, above, Outcome.NEW, name, "/".join(above), place, (Told.FOLDER,))
                yield _with_text(finding, "")

    def _note(self, number: int, draft: NoteDraft) -> Finding:
        place = _place((*draft.path, draft.stem))
        body = body_of(draft)
        texts = self._places.setdefault(place, set())
        outcome = Outcome.SAME if digest_of(body) in texts else Outcome.NEW
        texts.add(digest_of(body))
        cut = (Told.CUT_TITLE,) if len(clean_title(draft.title)) > MAX_TITLE else ()
        remarks = (*draft.remarks, *cut)
        return _with_text(
            self._line(number, draft.path, outcome, title_of(draft), "/".join(draft.path), place, remarks), body
        )

    def _line(
        self,
        number: int,
        above: tuple[str, ...],
        outcome: Outcome,
        title: str,
        path: str,
        place: str,
        remarks: tuple[str, ...],
    ) -> Finding:
        self._position += 1
        return Finding(
            self._position,
            number,
            len(above),
            outcome,
            title,
            path[:2_000],
            place,
            _place(above) if above else "",
            remarks=tuple(str(remark) for remark in remarks),
        )


def _with_text(finding: Finding, body: str) -> Finding:
    return replace(finding, digest=digest_of(body), size=len(body.encode("utf-8", "surrogatepass")))


def _place(path: tuple[str, ...]) -> str:
    """The folded path, as something of one length."""
    return hashlib.sha256(_JOINT.join(title_key(clean_title(part)) for part in path).encode()).hexdigest()
