"""How a person likes the reader set: the choices there are, and what holds where nothing was chosen."""

from dataclasses import dataclass

FONTS = ("sans", "serif", "readable", "mono")
SIZES = ("smallest", "small", "medium", "large", "largest")
WIDTHS = ("narrow", "medium", "wide")
LINES = ("tight", "medium", "loose")
THEMES = ("app", "light", "sepia", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLooks:
    """``theme`` 'app' follows the rest of Trackeep; ``marks_read`` marks a bookmark as read at the end of its text."""

    font: str = "sans"
    size: str = "medium"
    width: str = "medium"
    line: str = "medium"
    theme: str = "app"
    marks_read: bool = True
