"""Where nested tags stand on a page."""

from dataclasses import dataclass

from trackeep.tags.nesting import Place, ancestors, flat_place, places


@dataclass
class _Tag:
    name: str
    space_id: int = 50


def test_children_stand_below_their_parents() -> None:
    tags = [_Tag("Art"), _Tag("art/old"), _Tag("art/old/rome"), _Tag("artists")]

    assert places(tags) == [Place(0, "", "Art"), Place(1, "", "old"), Place(2, "", "rome"), Place(0, "", "artists")]


def test_a_missing_parent_is_said() -> None:
    tags = [_Tag("art"), _Tag("art/old/rome"), _Tag("x/y")]

    assert places(tags) == [Place(0, "", "art"), Place(1, "old/", "rome"), Place(0, "x/", "y")]


def test_a_parent_of_another_space_is_none() -> None:
    assert places([_Tag("art", 50), _Tag("art/old", 60)])[1] == Place(0, "art/", "old")


def test_depth_ends_somewhere() -> None:
    tags = [_Tag("/".join("abcdefghij"[:length])) for length in range(1, 11)]
    assert places(tags)[-1] == Place(5, "", "j")


def test_flat_places_and_ancestors() -> None:
    assert flat_place(_Tag("a/b/c")) == Place(0, "a/b/", "c")
    assert ancestors("A/B/c") == ["a", "a/b"]
    assert ancestors("a") == []
