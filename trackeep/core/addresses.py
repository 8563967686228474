"""Whose address it is, for whatever is counted by address."""

from ipaddress import IPv4Address, IPv6Network, ip_address

LONGEST = 64


def network_of(address: str) -> str:
    """Who has one IPv6 address has the whole /64; an IPv4 address in IPv6 clothes is the IPv4 address. Some proxies
    report the port as well, which is another one for each connection."""
    try:
        found = ip_address(_without_port(address))
    except ValueError:
        return address[:LONGEST]
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False).network_address)


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
