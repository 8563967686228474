"""Places of pictures become addresses of ours, or nothing."""

from trackeep.bookmarks.articles.pictures import KeptPicture, with_addresses

KEPT = {0: KeptPicture("abcdef0123456789", 640, 480)}


def test_what_is_kept_is_shown_and_the_rest_left_out() -> None:
    shown = with_addresses(
        '<p><img src="picture:0" alt="A"> and <img src="picture:1"></p>', KEPT, "/bookmarks/7/pictures"
    )

    assert shown == (
        '<p><img src="/bookmarks/7/pictures/0?v=abcdef01" width="640" height="480" loading="lazy" decoding="async" '
        'alt="A"> and </p>'
    )


def test_words_that_look_like_a_place_stay() -> None:
    assert with_addresses("<p>src=picture:0</p>", KEPT, "/x") == "<p>src=picture:0</p>"
