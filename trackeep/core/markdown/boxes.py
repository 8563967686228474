"""The boxes of task lists as real ones, each with the line it stands in and its words as its name."""

import re
from html import escape

_BOX = re.compile(
    r'<li data-sourcepos="(?P<line>\d+):[^"]*">(?P<box><input type="checkbox" (?P<checked>checked="" )?disabled="" />)'
    r'(?: \n<p(?: data-sourcepos="[^"]*")?>)?'
)
_LOOSE = re.compile(r"\[[ xX]\]\s*")
_MARKS = re.compile(r"[*_`~\[\]]+")
_LONGEST_NAME = 120


def with_boxes(html: str, text: str, *, enabled: bool) -> str:
    """Needs the positions that the parser tells. A box that is not ``enabled`` is only looked at."""
    if "<input" not in html:
        return html
    lines = text.split("\n")

    def box(found: re.Match[str]) -> str:
        line = int(found["line"])
        name = escape(_name(lines[line - 1] if line <= len(lines) else ""))
        state = ' checked=""' if found["checked"] else ""
        state += f' data-line="{line}"' if enabled else ' disabled=""'
        made = f'<li class="task"><input type="checkbox"{state} aria-label="{name}">'
        return made + found[0][found.end("box") - found.start() :].replace(" \n", "\n")

    return _BOX.sub(box, html)


def _name(line: str) -> str:
    """The words of the task, without the signs around them."""
    start = _LOOSE.search(line)
    words = _MARKS.sub("", line[start.end() if start else 0 :]).strip()
    return words[:_LONGEST_NAME] or line.strip()[:_LONGEST_NAME]
