"""Text without marks."""

import pytest

from trackeep.bookmarks.articles.plain import paragraphs, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one <b>and</b>\n  two</p>", "one and two"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>tail", "a\nb\ntail"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("one<br>two", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("&lt;b&gt; &amp; c", "<b> & c"),
    ],
)
def test_blocks_are_lines(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_plain_file_has_paragraphs_and_no_marks() -> None:
    assert paragraphs("a <b>\nb\r\n\r\n\n c ") == "<p>a &lt;b&gt;<br>b</p>\n<p>c</p>"
