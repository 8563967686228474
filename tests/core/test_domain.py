"""The loader: every folder with a manifest, in the order of their needs, with switches that are checked."""

import pytest

from trackeep.core.domain import Domain, DomainError, choose_domains, find_domains


def _domains(**needs: tuple[str, ...]) -> dict[str, Domain]:
    return {
        name: Domain(name=name, title=name, needs=needed, always_on=name == "base") for name, needed in needs.items()
    }


def test_the_tree_of_this_repository_loads() -> None:
    domains = find_domains(())

    assert {"accounts", "spaces", "bookmarks", "tags", "home", "trash"} <= set(domains)
    names = [domain.name for domain in choose_domains(domains, ())]
    assert names.index("spaces") < names.index("tags") < names.index("bookmarks")


def test_needs_come_first_and_optional_ones_only_sort() -> None:
    domains = _domains(base=(), b=("a",), a=("base",))
    domains["c"] = Domain(name="c", title="c", optional=("b", "absent"))

    assert [domain.name for domain in choose_domains(domains, ())] == ["base", "a", "b", "c"]
    assert [domain.name for domain in choose_domains(domains, ("b",))] in (["base", "c", "a"], ["base", "a", "c"])


@pytest.mark.parametrize(("off", "told"), [(("nonsense",), "unknown"), (("base",), "always on"), (("a",), "b needs a")])
def test_a_switch_that_cannot_be_is_refused(off: tuple[str, ...], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        choose_domains(_domains(base=(), a=("base",), b=("a",)), off)


def test_a_circle_of_needs_is_refused() -> None:
    with pytest.raises(DomainError, match="circle"):
        choose_domains(_domains(a=("b",), b=("a",)), ())


def test_a_plug_in_that_is_not_installed_is_refused() -> None:
    with pytest.raises(DomainError, match="not installed: nothing"):
        find_domains(("nothing",))
