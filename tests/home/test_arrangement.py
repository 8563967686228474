"""The order of cards, as a pure matter."""

from trackeep.home.arrangement import Place, arranged, moved


def test_a_new_card_stands_behind_the_one_before_it() -> None:
    chosen = {"c": (0, False), "a": (1, True)}
    assert arranged(["a", "b", "c"], chosen) == [Place("c"), Place("a", True), Place("b")]


def test_the_first_new_card_stands_first() -> None:
    assert arranged(["a", "b"], {"b": (4, False)}) == [Place("a"), Place("b")]


def test_a_move_steps_over_hidden_cards() -> None:
    places = [Place("a"), Place("b", hidden=True), Place("c")]
    assert [place.name for place in moved(places, "a", 1)] == ["b", "c", "a"]
    assert [place.name for place in moved(places, "c", -1)] == ["c", "a", "b"]


def test_a_move_past_the_edge_changes_nothing() -> None:
    places = [Place("a"), Place("b", hidden=True)]
    assert moved(places, "a", -1) == places
    assert moved(places, "a", 1) == places
