"""Which network addresses the server may connect to: public ones, and those the operator allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

PUBLIC_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})

# `is_global` calls a few of these public; nobody serves a page from any of them.
_CLOSED_V4 = tuple(map(IPv4Network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/3")))
# Only 2000::/3 is handed out to the public. Outside of it lie the unspecified and loopback addresses, IPv4 mapped,
# compatible and translated ones, both NAT64 ranges, ULA, link-local, site-local and multicast.
_OPEN_V6 = IPv6Network("2000::/3")
# Inside it: IETF assignments with Teredo, documentation, 6to4, more documentation.
_CLOSED_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet and carries no other address inside."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _CLOSED_V4)
    if address.scope_id is not None or address not in _OPEN_V6:
        return False
    return address.is_global and not any(address in network for network in _CLOSED_V6)


@dataclass(frozen=True)
class AllowList:
    """Hosts and networks that may be reached although they are not public, on any port."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> "AllowList":
        """Read host names, addresses and CIDR ranges; raises ValueError for a range that is none."""
        names: set[str] = set()
        networks: list[IPv4Network | IPv6Network] = []
        for entry in filter(None, (raw.strip().lower().rstrip(".") for raw in entries)):
            if "/" in entry or _is_address(entry):
                networks.append(ip_network(entry.strip("[]"), strict=False))
            else:
                names.add(entry)
        return cls(frozenset(names), tuple(networks))

    def covers(self, host: str, address: Address) -> bool:
        """Whether the operator allowed this host by name, or this address by range."""
        return host in self.names or any(address in network for network in self.networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True
