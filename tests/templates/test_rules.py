"""What templates and style sheets keep to: no inline script or look, no colour outside the tokens, no doubled macro."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "trackeep"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
SHEETS = [path for path in sorted(PACKAGE.glob("**/assets/**/*.css")) if path.name != "tokens.css"]
SHELL_SCRIPTS = PACKAGE / "assets" / "js"
DOMAIN_SCRIPTS = sorted(path for path in PACKAGE.glob("*/assets/**/*.js") if SHELL_SCRIPTS.parent not in path.parents)
IMPORTED = re.compile(r"""assets/js/([\w-]+)\.js["']""")
LISTENS = re.compile(
    r"^(?:on\(|(?:document|window|document\.body)\.addEventListener\(|addEventListener\()", re.MULTILINE
)
INLINE = re.compile(r"<[a-z][^>{]*\s(style|on[a-z]+)\s*=|<script(?![^>]*\bnonce=)|javascript:", re.IGNORECASE)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?=\s*[;,)}])|\b(?:rgba?|hsla?)\(", re.IGNORECASE)


def relative(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_inline_script_handler_or_style(path: Path) -> None:
    assert INLINE.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", SHEETS, ids=relative)
def test_colours_are_named_in_the_tokens_only(path: Path) -> None:
    assert COLOUR.search(path.read_text(encoding="utf-8")) is None


def test_each_shared_macro_is_defined_once() -> None:
    names = [
        name
        for path in sorted((PACKAGE / "templates" / "macros").glob("*.html"))
        for name in re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8"))
    ]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("path", DOMAIN_SCRIPTS, ids=relative)
def test_no_script_of_a_domain_brings_a_second_listener_of_the_shell(path: Path) -> None:
    """Each script is a bundle of its own: what listens in the shell would listen once more in it."""
    imported = {SHELL_SCRIPTS / f"{name}.js" for name in IMPORTED.findall(path.read_text(encoding="utf-8"))}
    assert [each.name for each in sorted(imported) if LISTENS.search(each.read_text(encoding="utf-8"))] == []
