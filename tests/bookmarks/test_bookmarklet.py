"""The bookmarklet's script holds the address safely."""

from urllib.parse import unquote

from trackeep.bookmarks.bookmarklet import bookmarklet


def test_it_opens_the_window_about_the_page() -> None:
    script = bookmarklet("https://hub.example.org/keep/bookmarks/window")

    assert script.startswith("javascript:(()=>{")
    assert '"https://hub.example.org/keep/bookmarks/window"' in script
    assert "encodeURI" not in script
    assert "%" not in script


def test_nothing_in_an_address_ends_the_text_that_holds_it() -> None:
    script = bookmarklet('https://hub.example.org/"+alert(1)+"/%22</script>')

    assert '"+alert' not in unquote(script).replace('\\"', "")
    assert "<" not in script
