"""The manifest of a domain, and the loader that finds, checks, sorts and registers domains."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import entry_points
from types import ModuleType

from trackeep.core.i18n import Text

ENTRY_POINT_GROUP = "trackeep.domains"


class DomainError(Exception):
    """The domains cannot be put together: an unknown or missing name, or a circle of needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry of the main navigation."""

    label: Text
    icon: str
    endpoint: str
    order: int = 100
    shortcut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain's manifest. ``needs`` must be switched on with it, ``optional`` only sorts it behind. Without
    ``takes_tokens`` its API is for people who are signed in, and no API token opens it."""

    name: str
    title: Text
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    always_on: bool = False
    takes_tokens: bool = True
    nav: tuple[NavItem, ...] = ()
    package: str = ""

    def module(self, name: str) -> ModuleType | None:
        """The domain's module of this name, or None when the folder has no such file."""
        dotted = f"{self.package}.{name}"
        return importlib.import_module(dotted) if importlib.util.find_spec(dotted) else None


def find_domains(plugins: Sequence[str]) -> dict[str, Domain]:
    """All domains: the sub-packages that have a manifest, plus the installed plug-ins that were named."""
    import_names = _own_packages() + _plugin_packages(plugins)
    found = [manifest for name in import_names if (manifest := _manifest(name)) is not None]
    names = [domain.name for domain in found]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise DomainError(f"Two domains have the name {', '.join(sorted(doubled))}.")
    return {domain.name: domain for domain in found}


def choose_domains(domains: Mapping[str, Domain], off: Iterable[str]) -> list[Domain]:
    """The domains that are switched on, each behind those it needs; raises DomainError."""
    switched_off = set(off)
    unknown = switched_off - set(domains)
    if unknown:
        raise DomainError(f"DOMAINS_OFF names unknown domains: {', '.join(sorted(unknown))}.")
    needed = {name for name in switched_off if domains[name].always_on}
    if needed:
        raise DomainError(f"DOMAINS_OFF names domains that are always on: {', '.join(sorted(needed))}.")
    chosen = {name: domain for name, domain in domains.items() if name not in switched_off}
    for domain in chosen.values():
        missing = set(domain.needs) - set(chosen)
        if missing:
            raise DomainError(f"The domain {domain.name} needs {', '.join(sorted(missing))}, which is not switched on.")
    return _sorted(chosen)


def _sorted(chosen: Mapping[str, Domain]) -> list[Domain]:
    graph = {name: {*domain.needs, *domain.optional} & set(chosen) for name, domain in sorted(chosen.items())}
    try:
        return [chosen[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise DomainError(f"These domains need each other in a circle: {' -> '.join(error.args[1])}.") from error


def _own_packages() -> list[str]:
    package = importlib.import_module("trackeep")
    found = pkgutil.iter_modules(package.__path__, "trackeep.")
    return [module.name for module in found if module.ispkg and module.name not in {"trackeep.core"}]


def _plugin_packages(plugins: Sequence[str]) -> list[str]:
    installed = {point.name: point.value for point in entry_points(group=ENTRY_POINT_GROUP)}
    unknown = set(plugins) - set(installed)
    if unknown:
        raise DomainError(f"PLUGINS names packages that are not installed: {', '.join(sorted(unknown))}.")
    return [installed[name].split(":")[0] for name in plugins]


def _manifest(import_name: str) -> Domain | None:
    manifest = getattr(importlib.import_module(import_name), "DOMAIN", None)
    return manifest if isinstance(manifest, Domain) else None
