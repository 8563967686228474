"""The pictures of an article: numbered places in its HTML, filled in when it is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST = 30
WIDTH, HEIGHT = 1_400, 4_000
_IMAGE = re.compile(r'<img\b[^<>]*?\bsrc="(picture:([0-9]{1,3}))"[^<>]*>')


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture in the blob store, with its measures in pixels."""

    key: str
    width: int
    height: int


def with_addresses(html: str, kept: Mapping[int, KeptPicture], base: str) -> str:
    """The HTML as it is shown: pictures come from our own route below ``base``, and what is not kept is left out. The
    measures hold a picture's room free until it is there."""

    def filled(found: re.Match[str]) -> str:
        picture = kept.get(int(found[2]))
        if picture is None:
            return ""
        source = f'src="{base}/{found[2]}?v={picture.key[:8]}" width="{picture.width}" height="{picture.height}"'
        return found[0].replace(f'src="{found[1]}"', f'{source} loading="lazy" decoding="async"', 1)

    return _IMAGE.sub(filled, html)
