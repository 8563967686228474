"""How well a text fits a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.core.ranking import best_fit, fit, folded


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("tags", "tags", "tags manager"),
        ("tag", "tags", "my tags"),
        ("book", "old books", "notebook"),
        ("book", "notebook", "big old orange kites"),
        ("nb", "new bookmark", "urban"),
        ("add page", "page to add", "apply and do page"),
    ],
)
def test_better_fits_come_first(query: str, better: str, worse: str) -> None:
    assert fit(query, better) > fit(query, worse)


def test_what_does_not_fit_has_no_score() -> None:
    assert fit("xyz", "bookmarks") == 0
    assert fit("", "bookmarks") == 0


def test_accents_and_case_do_not_matter() -> None:
    assert fit(folded("CAFE"), folded("Café Müller")) > 0
    assert folded("  Straße\tЁлка ") == "strasse елка"


def test_a_keyword_counts_a_little_less_than_the_title() -> None:
    by_keyword = best_fit("restore", "Trash", ("restore deleted",))
    assert 0 < by_keyword < best_fit("restore", "Restore", ())


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_a_score_between_nothing_and_the_most(query: str, title: str) -> None:
    assert 0 <= fit(folded(query), folded(title)) <= 1.05
