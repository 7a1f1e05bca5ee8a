"""Origins of web pages: scheme, host and port, written as a browser sends them."""

import re
from urllib.parse import urlsplit

ANY = "*"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]+")


def read_origins(written: object) -> tuple[str, ...]:
    """Read a list of origins and `*`, or one text with commas or blanks between them.

    Raises:
        ValueError: if one is not an origin; the message shows the form.
    """
    parts = written.replace(",", " ").split() if isinstance(written, str) else written
    if not isinstance(parts, list | tuple):
        raise ValueError('write it as ["https://www.council.example"]')
    return tuple(dict.fromkeys(part if part == ANY else read_origin(part) for part in parts))


def read_origin(written: object) -> str:
    """Read one, as `https://www.council.example:8443`; a slash behind it is forgiven.

    Raises:
        ValueError: if it is anything else; the message shows the form.
    """
    problem = ValueError("write it as https://www.council.example, without a path")
    if not isinstance(written, str) or set(written) & set("@?#"):
        raise problem
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        raise problem from None
    known = parts.scheme in _DEFAULT_PORTS and _HOST.fullmatch(host)
    if not known or parts.path not in ("", "/"):
        raise problem
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (
        "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    )
