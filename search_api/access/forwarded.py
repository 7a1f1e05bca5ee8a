"""Where a request comes from: the browser's address, and that of whoever brought the request."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from flask import request

from kb.network import Network, read_address, read_networks, within
from kb.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PEER = "firstline.peer"


class Forwarded:
    """Gives requests the address of the browser, where a web server before this one tells it."""

    def __init__(self, app: "WSGIApplication", proxies: Collection[Network]) -> None:
        """`proxies` are those whose `X-Forwarded-For` is believed."""
        self._app = app
        self._proxies = proxies

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        peer = environ.get("REMOTE_ADDR", "")
        said = environ.get("HTTP_X_FORWARDED_FOR", "")
        environ[PEER] = peer
        environ["REMOTE_ADDR"] = browser_address(peer, said, self._proxies)
        return self._app(environ, start_response)


def peer() -> str:
    """The address that the request has come from directly."""
    return str(request.environ.get(PEER, ""))


def browser_address(peer: str, said: str, proxies: Collection[Network]) -> str:
    """The address of the browser.

    Args:
        peer: the address that the request has come from directly.
        said: the header `X-Forwarded-For`. It is read from its end: what stands before the last
            entry that none of the proxies has written may be anything.
        proxies: whose word is believed.
    """
    address = peer
    entries = said.split(",")
    while entries and within(proxies, address):
        before = read_address(entries.pop())
        if before is None:
            break
        address = str(before)
    return address


def proxies_of(settings: Settings) -> tuple[Network, ...]:
    """The web servers before the staff site, as the operator lists them."""
    one = read_address(settings.trusted_proxy)
    return settings.proxy_peers + (read_networks([str(one)]) if one is not None else ())
