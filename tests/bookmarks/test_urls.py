"""What may be saved as an address, and which addresses are the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.bookmarks import urls
from trackeep.bookmarks.urls import Refusal, RefusedUrl, clean_url, has_credentials, normalise, site_of, url_key


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  HTTP://Example.ORG/Path  ", "http://example.org/Path"),
        ("example.org", "https://example.org"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("localhost:3000", "https://localhost:3000"),
        ("localhost", "https://localhost"),
        ("nas:8080/x", "https://nas:8080/x"),
        ("http://nas/photos", "http://nas/photos"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("https:\\\\example.org\\a?b\\c", "https://example.org/a?b\\c"),
        ("https:example.org", "https://example.org"),
        ("https://example.org:0443/", "https://example.org:443/"),
        ("https://example.org:/", "https://example.org/"),
        ("https://exam\nple.org/a\tb", "https://example.org/ab"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/\u202egnp.exe", "https://example.org/%E2%80%AEgnp.exe"),
        ("https://münchen.example/straße?q=köln", "https://münchen.example/straße?q=köln"),
        ("https://例え.テスト/", "https://例え.テスト/"),
        ("https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"),
        ("https://my_site.example.org./", "https://my_site.example.org./"),
        ("https://user:secret@example.org/", "https://user:secret@example.org/"),
        ("https://a@b@example.org/", "https://a@b@example.org/"),
        ("\ufeffhttps://example.org", "https://example.org"),
        ("https://example.org/?", "https://example.org/?"),
        ("https://example.org/😀", "https://example.org/😀"),
    ],
)
def test_addresses_are_cleaned_for_saving(typed: str, saved: str) -> None:
    assert clean_url(typed) == saved


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Refusal.EMPTY),
        (" \t\n", Refusal.EMPTY),
        ("javascript:alert(1)", Refusal.SCHEME),
        ("JaVaScRiPt:alert(1)", Refusal.SCHEME),
        ("java\nscript:alert(1)", Refusal.SCHEME),
        ("\x01javascript:1", Refusal.SCHEME),
        ("javascript:8080/x", Refusal.SCHEME),
        ("data:text/html,x", Refusal.SCHEME),
        ("file:///etc/passwd", Refusal.SCHEME),
        ("place:sort=8", Refusal.SCHEME),
        ("chrome://settings", Refusal.SCHEME),
        ("about:blank", Refusal.SCHEME),
        ("mailto:a@example.org", Refusal.SCHEME),
        ("tel:12345", Refusal.SCHEME),
        ("ftp://example.org", Refusal.SCHEME),
        ("https://exa\x00mple.org", Refusal.CONTROL),
        ("https://example.org/\ud800", Refusal.CONTROL),
        ("https://example.org/\x85", Refusal.CONTROL),
        ("https://", Refusal.HOST),
        ("https:///", Refusal.HOST),
        ("https://?q", Refusal.HOST),
        ("https://exa mple.org", Refusal.HOST),
        ("https://-x.org", Refusal.HOST),
        ("https://a..org", Refusal.HOST),
        ("https://exa%6dple.org", Refusal.HOST),
        ("https://[::1", Refusal.HOST),
        ("https://[zz]", Refusal.HOST),
        ("https://" + "a" * 64 + ".org", Refusal.HOST),
        ("https://" + ".".join(["a" * 60] * 5), Refusal.HOST),
        ("https://\u202eexample.org", Refusal.HOST),
        ("hello", Refusal.HOST),
        ("two words", Refusal.HOST),
        ("/relative/path", Refusal.HOST),
        ("https://example.org:99999", Refusal.PORT),
        ("https://example.org:x", Refusal.PORT),
        ("https://example.org:١", Refusal.PORT),
        ("https://example.org/" + "a" * 10_000, Refusal.TOO_LONG),
        ("https://example.org/" + " " * 7_900 + "a", Refusal.TOO_LONG),
    ],
)
def test_addresses_are_refused_with_their_reason(typed: str, reason: Refusal) -> None:
    with pytest.raises(RefusedUrl) as refused:
        clean_url(typed)
    assert refused.value.reason == reason
    assert str(refused.value) == urls.WORDS[reason]


def test_the_longest_address_that_is_kept() -> None:
    longest = "https://example.org/".ljust(urls.MAX_LENGTH, "a")
    assert clean_url(longest) == longest
    with pytest.raises(RefusedUrl):
        clean_url(longest + "a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://EXAMPLE.org/a", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org:443/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/%7Euser/%2e%2E/x", "https://example.org/x"),
        ("https://example.org/%e2%82%ac", "https://example.org/€"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
        ("https://example.org/?a=1&utm_source=x&UTM_Medium=y&fbclid=z&gclid=0", "https://example.org/?a=1"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        ("https://example.org/?", "https://example.org/"),
        ("https://example.org/a#part-2", "https://example.org/a"),
        ("https://example.org/a#:~:text=some%20words", "https://example.org/a"),
        ("https://example.org/a#utm_source=feed", "https://example.org/a"),
        ("https://[2001:db8:0::1]/", "https://[2001:DB8::1]/"),
        ("example.org/a", "http://example.org/a"),
    ],
)
def test_addresses_of_one_page_are_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/a", "https://www.example.org/a"),
        ("https://example.org/?a=1", "https://example.org/?a=2"),
        ("https://example.org/?a=1&a=2", "https://example.org/?a=2&a=1"),
        ("https://example.org/?ref=main", "https://example.org/?ref=next"),
        ("https://example.org/#/users/7", "https://example.org/#/users/8"),
        ("https://example.org/#!/inbox", "https://example.org/#!/sent"),
        ("https://example.org/#!inbox", "https://example.org/"),
        ("https://example.org/#gid=1", "https://example.org/#gid=2"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?a=1%26b=2", "https://example.org/?a=1&b=2"),
        ("https://example.org:8080/", "https://example.org/"),
        ("https://me@example.org/", "https://example.org/"),
    ],
)
def test_addresses_of_different_pages_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Example.org:8080/a", "example.org"),
        ("https://news.example.org", "news.example.org"),
        ("https://www.org/", "www.org"),
        ("https://xn--mnchen-3ya.example/", "münchen.example"),
        ("https://MÜNCHEN.example/", "münchen.example"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ("javascript:alert(1)", ""),
        ("https://xn--zz-.example/", "xn--zz-.example"),
    ],
)
def test_the_site_of_an_address(url: str, site: str) -> None:
    assert site_of(url) == site


def test_credentials_are_noticed() -> None:
    assert has_credentials("https://user:secret@example.org/")
    assert has_credentials("https://user@example.org/")
    assert not has_credentials("https://example.org/@user")
    assert not has_credentials("not an address")


addresses = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["", "http://", "https://", "HTTPS:", "//", "http:\\\\"]),
    st.sampled_from(["", "a@", "a:b@"]),
    st.sampled_from(["example.org", "Example.ORG.", "münchen.example", "[::1]", "a.b", "127.0.0.1", "ß.example"]),
    st.sampled_from(["", ":", ":80", ":443", ":8080", ":00080"]),
    st.one_of(st.just(""), st.text(max_size=20).map("/{}".format)),
    st.one_of(st.just(""), st.text(max_size=20).map("?{}".format), st.text(max_size=20).map("#{}".format)),
)


@given(st.one_of(st.text(), addresses))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert url_key(once) == url_key(text)


@given(st.one_of(st.text(), addresses))
def test_a_cleaned_address_is_clean_and_the_same_page(text: str) -> None:
    try:
        cleaned = clean_url(text)
    except RefusedUrl:
        return
    assert clean_url(cleaned) == cleaned
    assert cleaned.startswith(("http://", "https://"))
    assert normalise(cleaned) == normalise(text)
    assert site_of(cleaned) == site_of(text) != ""


@given(st.text())
def test_no_text_makes_the_readers_of_addresses_fail(text: str) -> None:
    assert isinstance(site_of(text), str)
    assert has_credentials(text) in (True, False)
    assert len(url_key(text)) == 64
