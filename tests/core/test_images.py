"""Pictures come out small, upright and clean; bombs, programs and ruins are refused with a reason."""

import struct
import subprocess
import sys
import time
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from trackeep.core.images import FORMATS, ImageRefused, fill, fit


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_becomes_webp(kind: str) -> None:
    made = fit(picture(kind), width=30, height=30)
    assert (made.width, made.height) in ((30, 20), (30, 30))
    assert opened(made.data).format == "WEBP"
    assert opened(made.data).size == (made.width, made.height)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_mode_is_taken(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (60, 40)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert fit(out.getvalue(), width=30, height=30).width == 30


def test_transparency_stays() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(fit(out.getvalue(), width=10, height=10).data).mode == "RGBA"


def test_small_pictures_are_not_blown_up_but_squares_are_filled() -> None:
    assert fit(picture(size=(8, 8)), width=100, height=100).width == 8
    made = fill(picture(size=(300, 20)), side=64)
    assert (made.width, made.height) == (64, 64)


def test_picture_is_turned_upright_and_its_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "SECRET PLACE"
    data = picture("JPEG", (60, 40), exif=exif.tobytes())
    assert b"SECRET" in data
    made = fit(data, width=100, height=100)
    assert (made.width, made.height) == (40, 60)
    assert b"SECRET" not in made.data
    assert b"EXIF" not in made.data


def test_comments_and_profiles_are_gone() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRET")
    made = fit(picture("PNG", pnginfo=notes, icc_profile=b"SECRET" * 30), width=100, height=100)
    assert b"SECRET" not in made.data
    assert b"ICCP" not in made.data


def test_first_frame_of_an_animation() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    made = opened(fit(out.getvalue(), width=20, height=20).data)
    assert getattr(made, "n_frames", 1) == 1


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims this size; what follows the header is nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(50_000, 50_000), (7_000, 7_000), (20_000, 10), (2_000_000_000, 2)])
def test_pixel_bombs_are_refused_at_once(size: tuple[int, int]) -> None:
    started = time.process_time()
    with pytest.raises(ImageRefused) as refused:
        fit(bomb(*size), width=64, height=64)
    assert refused.value.code == "too_many_pixels"
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_a_picture"),
        (b"<html><script>alert(1)</script>", "not_a_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_a_picture"),
        (b"GIF89a<script>alert(1)</script>", "not_a_picture"),
        (bomb(100, 100), "damaged"),
        (picture()[:60], "damaged"),
        (b"\0" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=["empty", "svg", "html", "postscript", "gif", "short png", "cut png", "large"],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ImageRefused) as refused:
        fit(data, width=64, height=64)
    assert refused.value.code == code


def test_other_formats_of_the_library_are_not_opened() -> None:
    with pytest.raises(ImageRefused):
        fit(picture("TIFF"), width=10, height=10)


@pytest.mark.filterwarnings("ignore:Image was not the expected size")
@settings(max_examples=300)
@given(kind=st.sampled_from(FORMATS), data=st.data())
def test_damage_never_raises_anything_else(kind: str, data: st.DataObject) -> None:
    file = bytearray(picture(kind))
    for _change in range(data.draw(st.integers(1, 6))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        fit(bytes(file[: data.draw(st.integers(1, len(file)))]), width=20, height=20)
    except ImageRefused as refused:
        assert refused.reason


@pytest.mark.filterwarnings("ignore:Image was not the expected size")
def test_a_picture_inside_an_icon_is_measured_before_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The icon says 16 by 16; the picture in it has 64 million pixels, for which the library has no objection."""
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda _self: pytest.fail("it was drawn"))
    inside = bomb(8_000, 8_000)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(inside), 22)
    with pytest.raises(ImageRefused) as refused:
        fit(struct.pack("<HHH", 0, 1, 1) + entry + inside, width=32, height=32)
    assert refused.value.code == "too_many_pixels"


MEASURED = """
import sys
from trackeep.core.images import fit
fit(sys.stdin.buffer.read(), width=64, height=64)
# Not from getrusage, which remembers the process that this one was forked from.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_a_large_picture_is_in_memory_at_most_twice() -> None:
    """With transparency, 36 million pixels have 144 MB as they are; to make them fewer takes as much again."""
    out = BytesIO()
    Image.new("RGBA", (6_000, 6_000)).save(out, "PNG")
    done = subprocess.run([sys.executable, "-c", MEASURED], input=out.getvalue(), capture_output=True, check=True)
    assert int(done.stdout) < 420_000
