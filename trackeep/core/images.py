"""Pictures from outside made safe and small: favicons, previews, avatars.

Only jobs and upload handling import this module: it brings Pillow, which an idle server need not hold in memory.
SVG is refused, for it is a program; what comes out is WebP drawn anew, so nothing that was hidden in the file survives.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.Image import Resampling

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
QUALITY = 80
CONTENT_TYPE = "image/webp"
# By content; the name and the declared type of the file do not matter.
_ICON, _PNG = b"\0\0\1\0", b"\x89PNG"
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "ICO", "BMP")


class ImageRefused(ValueError):
    """The file is not a picture that this server takes; `code` is a stable word, the message a sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A WebP file and its measures in pixels."""

    data: bytes
    width: int
    height: int
    content_type: str = CONTENT_TYPE


def fit(data: bytes, *, width: int, height: int) -> Picture:
    """The whole picture, made smaller where it must be to fit into the box; raises ImageRefused."""
    with _opened(data, (width, height)) as image:
        image.thumbnail((width, height), Resampling.LANCZOS)
        return _written(image)


def fill(data: bytes, *, side: int) -> Picture:
    """The middle of the picture as a square of exactly this side, as avatars are; raises ImageRefused."""
    with _opened(data, (side, side)) as image:
        return _written(ImageOps.fit(image, (side, side), Resampling.LANCZOS))


@contextmanager
def _opened(data: bytes, wanted: tuple[int, int]) -> Iterator[Image.Image]:
    """The first frame, upright, as RGB or RGBA; only the header is believed before the size is known to be sane."""
    if len(data) > MAX_BYTES:
        raise ImageRefused("too_large", "The picture is larger than 10 MB.")
    if data.startswith(_ICON):
        _check_inside(data)
    with _refusing(), Image.open(BytesIO(data), formats=FORMATS) as image:
        _check_size(*image.size)
        # JPEG can be read at a fraction of its size, which saves most of the time and memory.
        image.draft("RGB", (wanted[0] * 2, wanted[1] * 2))
        image.load()
        _check_size(*image.size)
        ImageOps.exif_transpose(image, in_place=True)
        yield _plain(image)


def _check_inside(data: bytes) -> None:
    """An icon holds whole pictures, whose sizes need not be what it says of them; the library draws one on opening."""
    with _refusing():
        (count,) = struct.unpack_from("<H", data, 4)
        for number in range(count):
            (start,) = struct.unpack_from("<I", data, 6 + 16 * number + 12)
            if data.startswith(_PNG, start):
                _check_size(*struct.unpack_from(">II", data, start + 16))
            else:
                _check_size(*map(abs, struct.unpack_from("<ii", data, start + 4)))


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise ImageRefused("too_many_pixels", "The picture has too many pixels.")


def _plain(image: Image.Image) -> Image.Image:
    """A copy only where there must be one: it would double what a large picture takes."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode and "transparency" not in image.info else image.convert(mode)


def _written(image: Image.Image) -> Picture:
    image.info.clear()
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return Picture(out.getvalue(), *image.size)


@contextmanager
def _refusing() -> Iterator[None]:
    """Damaged files make the readers raise nearly anything; all of it means the same to the caller."""
    try:
        yield
    except ImageRefused:
        raise
    except UnidentifiedImageError as error:
        raise ImageRefused("not_a_picture", "The file is not a picture that can be shown.") from error
    except Image.DecompressionBombError as error:
        raise ImageRefused("too_many_pixels", "The picture has too many pixels.") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
            struct.error, AttributeError) as error:  # fmt: skip
        raise ImageRefused("damaged", "The picture is damaged.") from error
