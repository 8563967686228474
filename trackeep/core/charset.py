"""Which of Python's codecs a file from outside may choose by the name of a character set."""

import codecs

# As browsers do: the larger set that pages mean when they name the smaller one.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_CHARACTER_SETS = (
    "utf-8",
    "utf-16",
    "cp",
    "iso8859",
    "iso2022_jp",
    "koi8",
    "mac-",
    "euc",
    "gb18030",
    "big5",
    "tis-620",
)


def known_charset(label: str) -> str:
    """Python's name for a character set that files may use; '' for all its other codecs, some of which take for ever
    on a long text. Python drops punctuation when it looks a label up, so what it found is judged, not the label."""
    try:
        name = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if name.startswith(_CHARACTER_SETS) else ""
