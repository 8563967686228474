"""Names of files that every system takes, each once in its folder; and titles from such names."""

import re
import unicodedata

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff#^\[\]]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 100


def file_stem(title: str) -> str:
    """The title as far as Windows takes it for a name; never empty."""
    name = unicodedata.normalize("NFC", _ILLEGAL.sub("-", title)).strip()
    name = name.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    if _RESERVED.fullmatch(name):
        name += "_"
    return name or "untitled"


class Taken:
    """The names of one folder: Windows and macOS take two that differ in case only for one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, stem: str) -> str:
        """The name itself, or with the first number that makes it another."""
        number, name = 1, stem
        while folded(name) in self._taken:
            number += 1
            name = f"{stem} {number}"
        self._taken.add(folded(name))
        return name


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def safe_parts(name: str) -> tuple[str, ...] | None:
    """The parts of a path inside an archive; None for one that leads out of it."""
    path = name.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    absolute = path.startswith("/") or re.match(r"[A-Za-z]:", path) is not None
    return None if absolute or ".." in parts or not parts or "\0" in name else parts
