"""Names of hosts and networks of addresses, as an operator writes them."""

import ipaddress
import re
from collections.abc import Collection

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


def read_hosts(written: object) -> tuple[str, ...]:
    """Read a list of host names, or one text with commas or blanks between them.

    Raises:
        ValueError: if one is none; the message shows the form.
    """
    hosts = _parts(written, '["desk.council.example"]')
    names = tuple(dict.fromkeys(host.lower() for host in hosts))
    if not all(_HOST.fullmatch(name) for name in names):
        raise ValueError('write it as ["desk.council.example"], without https:// and without port')
    return names


def read_networks(written: object) -> tuple[Network, ...]:
    """Read a list of addresses and networks, or one text with commas or blanks between them.

    Raises:
        ValueError: if one is neither; the message shows the form.
    """
    try:
        return tuple(
            part if isinstance(part, Network) else ipaddress.ip_network(str(part))
            for part in _parts(written, '["192.0.2.7", "2001:db8::/64"]')
        )
    except ValueError as error:
        raise ValueError(f'write it as ["192.0.2.7", "2001:db8::/64"] ({error})') from None


def read_address(written: str) -> Address | None:
    """An address of a peer; IPv4 written within IPv6 is IPv4. None where it is no address."""
    try:
        address = ipaddress.ip_address(written.strip().partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if address.version == 6 else None) or address


def is_loopback(written: str) -> bool:
    """Whether an address is of this machine itself."""
    address = read_address(written)
    return address is not None and address.is_loopback


def within(networks: Collection[Network], written: str) -> bool:
    """Whether an address is in one of the networks."""
    address = read_address(written)
    return address is not None and any(address in network for network in networks)


def subscriber(written: str) -> str:
    """What belongs to one subscriber: an IPv4 address, or a whole network of IPv6."""
    address = read_address(written)
    if address is None:
        return written
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _parts(written: object, form: str) -> list[str] | tuple[str, ...]:
    parts = written.replace(",", " ").split() if isinstance(written, str) else written
    if not isinstance(parts, list | tuple):
        raise ValueError(f"write it as {form}")
    return parts
