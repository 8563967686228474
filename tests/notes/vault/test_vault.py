"""A vault comes back as it was written; and what others put into a zip file is taken within bounds."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.notes.vault import NoteDraft, NoteOut, Remark, UnreadableVault, read_vault, write_vault

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd\ufeff\u2028\u2029\x85")
titles = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
names = st.text(LETTERS, min_size=1, max_size=20).map(lambda text: text.strip(" ,").lstrip("#").strip()).filter(bool)
bodies = st.text(st.one_of(LETTERS, st.sampled_from("\n-# ")), max_size=200).filter(lambda body: "[[" not in body)
moments = st.datetimes(timezones=st.just(UTC))


def packed(files: dict[str, bytes | str]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def read(files: dict[str, bytes | str]) -> list[NoteDraft]:
    return list(read_vault(packed(files)))


def written(notes: list[NoteOut]) -> io.BytesIO:
    return io.BytesIO(b"".join(write_vault(notes)))


@settings(max_examples=60)
@given(
    titles,
    bodies,
    st.lists(names, max_size=3, unique=True),
    st.lists(names, max_size=2, unique=True),
    moments,
    st.booleans(),
)
def test_what_was_written_comes_back(
    title: str, body: str, tags: list[str], aliases: list[str], moment: datetime, is_draft: bool
) -> None:
    note = NoteOut(1, None, title, body, tuple(tags), tuple(aliases), moment, moment, is_draft)
    [draft] = read_vault(written([note]))
    assert (draft.title, draft.body, draft.tags, draft.aliases) == (title, body, note.tags, note.aliases)
    assert (draft.created, draft.updated, draft.remarks, draft.is_draft) == (moment, moment, (), is_draft)


def test_notes_above_become_folders_and_names_stay_apart() -> None:
    notes = [
        NoteOut(1, None, "Garden", "a"),
        NoteOut(2, 1, "Beds: a/b?", "b"),
        NoteOut(3, 1, "beds- A-B-", "c"),
        NoteOut(4, None, "CON", "---\nx: y\n---\nd"),
    ]
    archive = zipfile.ZipFile(written(notes))
    assert archive.testzip() is None
    assert archive.namelist() == ["Garden.md", "Garden/Beds- a-b-.md", "Garden/beds- A-B- 2.md", "CON_.md"]
    drafts = list(read_vault(written(notes)))
    assert [(draft.path, draft.title) for draft in drafts] == [
        ((), "Garden"),
        ((), "CON"),
        (("Garden",), "Beds: a/b?"),
        (("Garden",), "beds- A-B-"),
    ]
    assert drafts[1].body == "---\nx: y\n---\nd"


def test_front_matter_of_others() -> None:
    text = (
        "---\ntags: [one, '#two']\nalias: Uno\ndate: 2024-05-06\n"
        "modified: 2024-05-07T08:09:10+02:00\nrating: 5\n---\nBody\n"
    )
    [draft] = read({"a/b/Note.md": text.replace("\n", "\r\n")})
    assert draft == NoteDraft(
        ("a", "b"), "Note", "Body\n", ("one", "two"), ("Uno",), datetime(2024, 5, 6, tzinfo=UTC),
        datetime(2024, 5, 7, 6, 9, 10, tzinfo=UTC), stem="Note",
    )  # fmt: skip


BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]"


@pytest.mark.parametrize(
    "source", [BOMB, "a: [", "- a\n- b", "a: !!python/object:os.system x", "[" * 3_000, "a: b\n" * 20_000]
)
def test_front_matter_that_is_refused_stays_in_the_text(source: str) -> None:
    text = f"---\n{source}\n---\nBody"
    [draft] = read({"n.md": text})
    assert draft.body == text
    assert draft.remarks == (Remark.FRONT_MATTER,)


def test_links_with_folders_name_the_note_alone() -> None:
    [draft] = read({"n.md": "[[a/b/Note]] [[a/Note.md#H|x/y]] ![[pics/cat.png]] [[Plain|a/b]]"})
    assert draft.body == "[[Note]] [[Note#H|x/y]] ![[pics/cat.png]] [[Plain|a/b]]"


def test_what_cannot_be_a_note_is_told() -> None:
    drafts = read({
        "../up.md": "x", "/root.md": "x", "C:\\win.md": "x", "cat.png": b"\x89PNG", ".obsidian/app.json": "{}",
        "big.md": "x" * 2_000_001, "Same.md": "1", "same.md": "2", "latin.md": "caf\xe9".encode("latin-1"),
    })  # fmt: skip
    assert [(draft.title, draft.is_note, draft.remarks) for draft in drafts] == [
        ("/root.md", False, (Remark.BAD_PATH,)),
        ("cat.png", False, (Remark.ATTACHMENT,)),
        ("big", False, (Remark.TOO_LARGE,)),
        ("Same", True, ()),
        ("same", True, (Remark.SAME_NAME,)),
        ("latin", True, (Remark.ENCODING,)),
        ("../up.md", False, (Remark.BAD_PATH,)),
        ("C:\\win.md", False, (Remark.BAD_PATH,)),
    ]


def test_names_without_the_sign_for_utf8() -> None:
    data = packed({"é.md": "x"}).getvalue()
    unsigned = data.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    [draft] = read_vault(io.BytesIO(unsigned))
    assert draft.title == "é"


def test_a_bomb_and_a_damaged_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackeep.notes.vault.reading.MAX_UNPACKED", 1_000)
    for stream in (packed({"a.md": "x" * 2_000}), io.BytesIO(b"PK no zip file"), io.BytesIO(b"")):
        with pytest.raises(UnreadableVault):
            list(read_vault(stream))


def test_five_thousand_notes_are_soon_read() -> None:
    notes = [NoteOut(number, None, f"Note {number}", "Some *text*.\n" * 40, ("one",)) for number in range(5_000)]
    stream = written(notes)
    with at_most(8):  # about 3 on an idle machine
        assert sum(draft.is_note for draft in read_vault(stream)) == 5_000
