"""Addresses of other systems, as the operator writes them, and which machines they may lead to.

They are the operator's own, and still bounded: a name that is given another address one day must
not turn the staff server against this machine or against the cloud's own services.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.network import Address, is_loopback, read_address


class NotAllowed(Exception):
    """An address is not one to send to; the message says why."""


@dataclass(frozen=True)
class Endpoint:
    """Where something is sent."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query."""

    @property
    def is_local(self) -> bool:
        """Whether it is of this machine, by its very name."""
        return self.host == "localhost" or is_loopback(self.host)

    @property
    def netloc(self) -> str:
        """The host as the header Host says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == default else f"{host}:{self.port}"

    def check(self, address: str) -> None:
        """See that an address which its name leads to may be sent to.

        Raises:
            NotAllowed: if not.
        """
        found = read_address(address)
        if found is None or (_is_odd(found) and not (found.is_loopback and self.is_local)):
            raise NotAllowed(f"{self.host} leads to {address}, which nothing is sent to")


def read_endpoint(written: str, *, allow_http: bool = False) -> Endpoint:
    """Read a URL.

    Raises:
        ValueError: if it is none that can be sent to; the message says what to write.
    """
    form = "write it as https://crm.council.example/hooks"
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:
        raise ValueError(form) from None
    if parts.scheme not in ("http", "https") or not host or not written.isprintable():
        raise ValueError(form)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ValueError(f"{form}, without a name, a password or a #")
    if " " in written:
        raise ValueError(form)
    default = {"http": 80, "https": 443}[parts.scheme]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Endpoint(parts.scheme, host, port or default, path)
    if parts.scheme == "http" and not (found.is_local or allow_http):
        raise ValueError("use https://, or set allow_http where the way there is safe by itself")
    return found


def _is_odd(address: Address) -> bool:
    """Addresses that no other system of a council has; private networks are where it has them."""
    return (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address in _METADATA
    )


_METADATA = frozenset(
    ipaddress.ip_address(one) for one in ("100.100.100.200", "192.0.0.192", "fd00:ec2::254")
)
"""Of services that clouds keep for their machines, outside of the link-local network."""
