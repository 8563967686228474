"""The names of character sets that files from outside give."""

import pytest

from trackeep.core.charset import known_charset


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF8", "utf-8"),
        ("latin1", "cp1252"),
        ("Windows-1251", "cp1251"),
        ("GB2312", "gb18030"),
        ("x-nothing", ""),
        ("", ""),
        ("a\0b", ""),
        ("\u00fc", ""),
    ],
)
def test_what_files_may_use(label: str, name: str) -> None:
    assert known_charset(label) == name


@pytest.mark.parametrize("codec", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf_7", "undefined"])
@pytest.mark.parametrize("written", ["{}", "{}:", ":{}", "{}.", " {} "])
def test_what_is_no_character_set_under_any_name(codec: str, written: str) -> None:
    for label in (codec, codec.replace("_", ":"), codec.replace("_", ""), codec.upper()):
        assert known_charset(written.format(label)) == ""
