"""Links by name: what is one, where it stands, and what a rename makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import at_most
from trackeep.notes import wikilinks

CODE = """
[[One]] and `[[not]]` and ``a ` [[not]]`` and [[Two]]

```
[[not]]
```
~~~~ markdown
[[not]]
~~~
[[not]]
~~~~

    [[not, indented]]

- item

    [[Three]] in an item

> ```
> [[not]]
> ```

\\[[not]] `open [[Four]]
"""


def titles(text: str) -> list[str]:
    return [link.title for link in wikilinks.parse(text)]


@pytest.mark.parametrize(
    ("text", "title", "heading", "shown", "embedded"),
    [
        ("[[Title]]", "Title", "", "", False),
        ("a [[ Title | shown  here ]] b", "Title", "", "shown here", False),
        ("[[Title#Heading|x]]", "Title", "Heading", "x", False),
        ("![[Title#^block]]", "Title", "^block", "", True),
        ("|a [[Title\\|shown]]|", "Title", "", "shown", False),
        ("[[C\\# and \\[x\\]]]", "C# and [x]", "", "", False),
        ("[[A &#124; B#C]]", "A | B", "C", "", False),
        ("[[[Title]]]", "Title", "", "", False),
        ("[[ no [[Title]]", "Title", "", "", False),
    ],
)
def test_what_a_link_says(text: str, title: str, heading: str, shown: str, embedded: bool) -> None:
    (link,) = wikilinks.parse(text)
    assert (link.title, link.heading, link.shown, link.embedded) == (title, heading, shown, embedded)


@pytest.mark.parametrize(
    "text", ["[[]]", "[[ ]]", "[[#Heading]]", "[[a\nb]]", "[a]", "[[a]", f"[[{'x' * 301}]]", "[[|x]]"]
)
def test_what_is_no_link(text: str) -> None:
    assert wikilinks.parse(text) == []


def test_nothing_in_code_is_a_link() -> None:
    assert titles(CODE) == ["One", "Two", "Three", "Four"]


def test_lines_are_counted_from_one() -> None:
    links = wikilinks.parse("a\n[[B]]\n\n```\n[[x]]\n```\nc [[D]]\ne [[F]]")
    assert [link.line for link in links] == [2, 7, 8]


def test_a_rename_keeps_everything_else() -> None:
    text = "[[Old]], [[Old#Part|shown]], [[old]], ![[ Old ]], `[[Old]]`, [[Older]]"
    assert wikilinks.renamed(text, {"Old"}, "New") == (
        "[[New]], [[New#Part|shown]], [[old]], ![[ New ]], `[[Old]]`, [[Older]]"
    )


def test_what_stands_around_a_link() -> None:
    text = f"before\n{'a ' * 300}[[Here]]{' b' * 300}\nafter"
    (link,) = wikilinks.parse(text)
    context = wikilinks.context_of(text, link, 100)
    assert "[[Here]]" in context
    assert len(context) <= 100
    assert wikilinks.context_of("x\n  y [[A]] z \nw", wikilinks.parse("x\n  y [[A]] z \nw")[0], 100) == "y [[A]] z"


@given(st.text(alphabet="ab#[]|\\ &;1~'", min_size=1, max_size=30), st.text(max_size=20))
def test_any_title_can_be_linked(title: str, rest: str) -> None:
    wanted = " ".join(title.split())
    if wanted and "&#124;" not in wanted:
        assert wikilinks.parse(f"[[{wikilinks.escaped(wanted)}]]{rest.replace('`', '')}")[0].title == wanted


@given(st.text(alphabet="a[]|#`\\\n ~>-!", max_size=200))
def test_links_enclose_what_they_say(text: str) -> None:
    for link in wikilinks.parse(text):
        assert text[link.start : link.end].endswith("]]")
        assert text[link.start : link.end].lstrip("!").startswith("[[")
        assert link.line == text.count("\n", 0, link.start) + 1
        assert wikilinks.renamed(text, {link.title}, link.title + "x") != text


@pytest.mark.parametrize(
    "text", ["[[" * 50_000, "`[[a]]" * 20_000, "``` `" * 20_000, "[[a\\" * 30_000, "\n[[a]]" * 20_000]
)
def test_hostile_texts_are_read_quickly(text: str) -> None:
    with at_most(2):
        wikilinks.parse(text)


def test_more_links_than_are_known() -> None:
    assert not wikilinks.has_more("[[a]] " * wikilinks.MAX_LINKS)
    assert wikilinks.has_more("[[a]] " * (wikilinks.MAX_LINKS + 1))
    assert not wikilinks.has_more("`[[a]]` " * (wikilinks.MAX_LINKS + 1)), "code has no links"
