"""Where somebody wanted to go before they were asked to sign in: to a page of this site only."""

import re
from urllib.parse import quote

from flask import request

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""Browsers read \\ as / and leave out tabs and line ends: any of these could lead elsewhere."""
_LONGEST = 2000


def asked_path() -> str:
    """The address of the current request, without the host."""
    path = quote(request.path)
    query = request.query_string.decode("latin-1")
    return f"{path}?{query}" if query else path


def own_path(written: str) -> str | None:
    """An address of this site; None where it could lead elsewhere."""
    return written if len(written) <= _LONGEST and _OWN.fullmatch(written) else None
