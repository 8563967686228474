"""Files by the hash of their content: stored, bounded, found, and swept when nothing refers to them."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from trackeep.accounts import service as accounts
from trackeep.core import clock, ext, upkeep
from trackeep.core.actor import Actor
from trackeep.core.blobs import YOUNG, BlobStore
from trackeep.core.errors import TooLarge

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def _age(path: Path) -> None:
    old = (clock.now() - 2 * YOUNG).timestamp()
    os.utime(path, (old, old))


def test_the_key_is_the_hash_of_the_content(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")

    key = store.put([b"ab", b"c"], limit=3)

    assert key == hashlib.sha256(b"abc").hexdigest()
    assert store.path(key).read_bytes() == b"abc"
    assert store.put_bytes(b"abc") == key
    store.delete(key)
    store.delete(key)
    assert not store.path(key).exists()


def test_nothing_is_kept_of_what_is_too_large_or_breaks_off(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")

    def broken() -> Iterator[bytes]:
        yield b"some"
        raise OSError("the line is cut")

    with pytest.raises(TooLarge):
        store.put([b"ab", b"cd"], limit=3)
    with pytest.raises(OSError, match="cut"):
        store.put(broken(), limit=100)

    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 65, "/" * 64])
def test_what_is_not_a_key_names_no_file(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a blob key"):
        BlobStore(tmp_path).path(key)


def test_only_old_files_that_nothing_refers_to_are_swept(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    used, young, unused = (store.put_bytes(content) for content in (b"used", b"young", b"unused"))
    for key in (used, unused):
        _age(store.path(key))

    assert store.sweep(lambda keys: {used} & set(keys)) == 1

    assert [store.path(key).exists() for key in (used, young, unused)] == [True, True, False]


def test_a_replaced_avatar_goes_and_the_present_one_stays(alice: Actor) -> None:
    accounts.set_avatar(alice, PIXEL)
    present = accounts.avatar_file(alice, alice.require_user())[0]
    replaced = ext.blobs().path(ext.blobs().put_bytes(b"an earlier picture"))
    _age(present)
    _age(replaced)

    upkeep.forget_unused_blobs()

    assert present.exists()
    assert not replaced.exists()
