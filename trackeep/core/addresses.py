"""Whose address it is, for whatever is counted by address."""

from ipaddress import IPv4Address, IPv6Network, ip_address

LONGEST = 64


def network_of(address: str) -> str:
    """Who has one IPv6 address has the whole /64; an IPv4 address in IPv6 clothes is the IPv4 address."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:LONGEST]
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False).network_address)
