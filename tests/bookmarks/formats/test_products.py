"""What each product's export is turned into: states, folders, tags, dates, notes and highlights."""

import pytest

from tests.bookmarks.formats.reading import archive, at, entries, form, rows, sample, told
from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats import Format, Problem, What

BREAD = "https://bread.example/rise"
TAGS = ("baking", "long reads")

WELL_FORMED = {
    "firefox.html": Format.NETSCAPE,
    "linkding.html": Format.NETSCAPE,
    "pocket.csv": Format.POCKET,
    "pocket_odd.csv": Format.POCKET,
    "pocket.html": Format.POCKET,
    "raindrop.csv": Format.RAINDROP,
    "raindrop_odd.csv": Format.RAINDROP,
    "instapaper.csv": Format.INSTAPAPER,
    "instapaper_odd.csv": Format.INSTAPAPER,
    "omnivore.json": Format.OMNIVORE,
    "karakeep.json": Format.KARAKEEP,
    "linkwarden.json": Format.LINKWARDEN,
    "matter.csv": Format.MATTER,
    "readwise.csv": Format.READWISE,
    "onetab.txt": Format.ONETAB,
    "latin.csv": Format.POCKET,
}


@pytest.mark.parametrize(("name", "expected"), WELL_FORMED.items())
def test_each_product_is_known_by_its_content(name: str, expected: Format) -> None:
    assert form(sample(name)) is expected
    assert rows(sample(name))


def test_pocket() -> None:
    bread, commas, untitled = rows(sample("pocket.csv"))

    assert (bread.url, bread.title, bread.tags) == (BREAD, "How bread rises", TAGS)
    assert (bread.unread, bread.archived, bread.added) == (True, False, at("2013-09-11T12:23:54+00:00"))
    assert (commas.title, commas.unread, commas.archived) == ('Commas, "quotes" and more', False, True)
    assert untitled.title == ""


def test_pocket_with_other_columns_separators_and_line_ends() -> None:
    first, second = rows(sample("pocket_odd.csv"))

    assert (first.title, first.tags, first.archived) == ("Two lines", ("größe", "日本"), True)
    assert first.added == at("2022-04-15T05:20:00+00:00")
    assert (second.title, second.added, second.unread) == ("مرحبا", None, True)


def test_the_older_list_of_pocket() -> None:
    bread, tom, untitled = rows(sample("pocket.html"))

    assert (bread.url, bread.tags, bread.unread) == (f"{BREAD}?a=1&b=2", TAGS, True)
    assert (tom.title, tom.archived, tom.unread) == ("Tom & Jerry", True, False)
    assert (untitled.title, untitled.added) == ("", at("2020-09-13T12:26:40+00:00"))
    crowded = sample("pocket.html").replace(b"\n", b" ")
    assert [row.url for row in rows(crowded)] == [bread.url, tom.url, untitled.url]


def test_a_list_of_pocket_with_raw_angle_brackets_in_an_attribute() -> None:
    item = '<li><a href="https://example.org/?a=<b>&c={}" time_added="1600000000" tags="a<b,c>d">Title {}</a></li>'
    lines = [
        "<h1>Unread</h1><ul>",
        item.format(1, 1),
        item.format(2, 2),
        '<a href="https://example.org/3',
        item.format(4, 4),
    ]

    found = rows("\n".join(lines).encode())

    assert [(row.url, row.title) for row in found] == [
        (f"https://example.org/?a=<b>&c={n}", f"Title {n}") for n in (1, 2, 4)
    ]
    assert found[0].tags == ("a<b", "c>d")


def test_raindrop() -> None:
    bread, inbox, another = rows(sample("raindrop.csv"))

    assert (bread.folders, bread.tags, bread.favourite) == (("Kitchen", "Bread"), TAGS, True)
    assert (bread.notes, bread.description) == ("My own words", "What the page says")
    assert bread.added == at("2023-01-16T20:12:43.713+00:00")
    assert bread.highlights == (Quote(text="Yeast is alive."), Quote(text="It eats sugar."))
    assert inbox.folders == ()
    assert (another.folders, another.notes, another.favourite) == (("Kitchen",), 'With "quotes"', False)


def test_raindrop_with_colours_and_notes_of_highlights() -> None:
    (row,) = rows(sample("raindrop_odd.csv"))

    assert row.folders == ("A", "B", "C")
    assert row.favourite
    assert row.highlights == (
        Quote(text="First passage", colour="blue", note="What I think"),
        Quote(text="Second passage\nthat goes on"),
    )


def test_instapaper() -> None:
    bread, archived, starred, foldered = rows(sample("instapaper.csv"))

    assert (bread.unread, bread.folders, bread.tags) == (True, (), ("coding", "long reads"))
    assert bread.highlights == (Quote(text="Yeast is alive."),)
    assert (archived.archived, archived.unread, archived.folders) == (True, False, ())
    assert (starred.favourite, starred.archived, starred.folders) == (True, False, ())
    assert (foldered.folders, foldered.unread, foldered.archived) == (("Recipes",), False, False)


def test_a_table_in_utf_16_with_tabs() -> None:
    (row,) = rows(sample("instapaper_odd.csv"))

    assert (row.url, row.title, row.archived) == ("https://tab.example/", "Tabs", True)


def test_omnivore() -> None:
    bread, old = rows(sample("omnivore.json"))

    assert (bread.title, bread.author, bread.tags, bread.progress.fraction) == (
        "How bread rises",
        "A. Baker",
        TAGS,
        0.42,
    )
    assert (bread.unread, bread.archived) == (True, False)
    assert bread.published == at("2022-12-01T00:00:00+00:00")
    assert (old.archived, old.unread, old.tags) == (True, False, ("done",))


def test_the_archive_of_omnivore_has_highlights() -> None:
    content = archive(
        {
            "content/how-bread-rises-18f.html": "<html><body><dl><dt>not ours</dl></body></html>",
            "metadata_0_to_2.json": sample("omnivore.json"),
            "metadata_2_to_3.json": b'[{"url":"https://third.example/","title":"3","savedAt":"2023-01-16T20:12:43Z"}]',
            "highlights/how-bread-rises-18f.md": "> Yeast is alive.\n> Really.\n\nMy note\n\n> It eats sugar. #food\n",
            "highlights/lost-page.md": "> Of no page\n",
        }
    )

    assert form(content) is Format.OMNIVORE
    bread, _old, third = rows(content)
    assert bread.highlights == (
        Quote(text="Yeast is alive.\nReally.", note="My note"),
        Quote(text="It eats sugar."),
    )
    assert third.number == 3
    (lost,) = [each for each in entries(content) if isinstance(each, Problem)]
    assert (lost.what, lost.subject) == (What.LOST_HIGHLIGHTS, "lost-page")
    assert "Of no page" in str(lost.left["text"])


def test_karakeep() -> None:
    found = entries(sample("karakeep.json"))
    bread, untitled = rows(sample("karakeep.json"))

    assert (bread.folders, bread.more_folders) == (("Kitchen", "Bread"), (("To read",),))
    assert (bread.notes, bread.tags, bread.added) == ("My own words", TAGS, at("2023-11-14T22:13:20+00:00"))
    assert (untitled.title, untitled.archived) == ("", True)
    assert told(sample("karakeep.json")) == [(0, What.SMART_LIST), (3, What.TEXT_ENTRY), (4, What.NO_ADDRESS)]
    text = next(each for each in found if isinstance(each, Problem) and each.what is What.TEXT_ENTRY)
    assert text.left["text"] == "Bread is flour,\nwater and time."
    assert (text.left["folders"], text.left["tags"]) == ([["Kitchen"]], ["ideas"])


def test_linkwarden() -> None:
    bread, untitled, loose, circle = rows(sample("linkwarden.json"))

    assert (bread.folders, bread.tags, bread.description) == (("Kitchen", "Bread"), TAGS, "What the page says")
    assert bread.added == at("2024-05-01T08:00:00+00:00")
    assert (untitled.folders, untitled.title) == (("Kitchen",), "")
    assert loose.folders == ()
    assert circle.folders == ("Own parent",)


def test_matter() -> None:
    bread, old = rows(sample("matter.csv"))

    assert (bread.author, bread.tags, bread.unread, bread.favourite) == ("A. Baker", TAGS, True, True)
    assert (old.author, old.archived, old.unread) == ("Old Times", True, False)
    assert old.added == at("2022-01-16T00:00:00+00:00")


def test_readwise() -> None:
    bread, archived, short = rows(sample("readwise.csv"))

    assert (bread.tags, bread.unread, bread.progress.fraction) == (TAGS, True, 0.42)
    assert bread.added == at("2023-01-16T20:12:43.713+00:00")
    assert (archived.archived, archived.unread, archived.progress.fraction) == (True, False, 1)
    assert (short.tags, short.favourite, short.unread) == (("one", "two"), True, True)


def test_onetab() -> None:
    bread, bars, second = rows(sample("onetab.txt"))

    assert (bread.url, bread.title, bread.folders) == (BREAD, "How bread rises", ("OneTab", "OneTab 1"))
    assert (bars.url, bars.title) == ("https://words.example/a|b", "Bars | in a title")
    assert (second.title, second.folders, second.number) == ("", ("OneTab", "OneTab 2"), 4)
    assert told(sample("onetab.txt")) == [(3, What.SCHEME)]
    (alone,) = rows(b"https://bread.example/rise | Bread\n")
    assert alone.folders == ()


def test_an_old_windows_encoding() -> None:
    (row,) = rows(sample("latin.csv"))

    assert (row.title, row.tags) == ("Größe – “quoted”", ("café",))
    assert told(sample("latin.csv")) == [(1, What.ENCODING)]


BROKEN = {
    "pocket_broken.csv": (
        ["https://fine.example/1", "https://fine.example/2"],
        [(2, What.BROKEN), (3, What.NO_ADDRESS), (4, What.SCRIPT), (5, What.NO_ADDRESS), (6, What.DATE)],
    ),
    "instapaper_broken.csv": (
        ["https://fine.example/1"],
        [(1, What.DATE), (2, What.BROKEN), (3, What.NO_ADDRESS)],
    ),
    "raindrop_broken.csv": (
        ["https://fine.example/1"],
        [(1, What.DATE), (2, What.BROKEN), (3, What.TEXT_ENTRY)],
    ),
    "matter_broken.csv": (["https://fine.example/1"], [(2, What.BROKEN), (3, What.NO_ADDRESS)]),
    "readwise_broken.csv": (["https://fine.example/1"], [(1, What.DATE), (2, What.BROKEN), (3, What.NO_ADDRESS)]),
    "onetab_broken.txt": (
        ["https://fine.example/1", "https://fine.example/2"],
        [(2, What.NO_ADDRESS), (3, What.BAD_ADDRESS)],
    ),
    "omnivore_broken.json": (
        ["https://fine.example/1", "https://fine.example/3"],
        [(2, What.BROKEN), (3, What.BROKEN), (4, What.NO_ADDRESS), (5, What.DATE), (5, What.TRUNCATED)],
    ),
    "karakeep_broken.json": (
        ["https://fine.example/1", "https://fine.example/2"],
        [(1, What.DATE), (2, What.SCHEME), (3, What.BROKEN), (4, What.TRUNCATED)],
    ),
    "linkwarden_broken.json": (
        ["https://fine.example/1", "https://fine.example/2"],
        [(2, What.NO_ADDRESS), (3, What.BROKEN), (4, What.TRUNCATED)],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_and_the_rest_goes_on(name: str) -> None:
    urls, problems = BROKEN[name]

    assert [row.url for row in rows(sample(name))] == urls
    assert told(sample(name)) == problems


@pytest.mark.parametrize(
    "data",
    [
        b"url,time_added,title\nftp://a\0b\xff\xed\xa0\x80,1378902234,\n\0\xfe,1,\xff\0\n",
        b'{"lists":[{"id":"1","type":"smart","name":"a\\u0000b"}],"bookmarks":[{"content":{"url":"ftp://\\u0000"}}]}',
        b"https://a.example/\n\xff\0 not\n",
    ],
)
def test_nothing_that_is_told_holds_what_no_database_keeps(data: bytes) -> None:
    found = repr([(each.subject, each.left) for each in entries(data) if isinstance(each, Problem)])

    assert found != "[]"
    assert "\\x00" not in found
    assert "\\ud" not in found
