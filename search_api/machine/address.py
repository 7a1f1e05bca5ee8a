"""Absolute addresses: they begin with the setting `public_url`, else with the host asked."""

from typing import Any

from flask import abort, current_app, request, url_for

PUBLIC_URL = "PUBLIC_URL"
"""Where the application's configuration keeps the setting."""


def origin() -> str:
    """What absolute addresses begin with; empty where the request names no host one could visit."""
    configured: str = current_app.config[PUBLIC_URL]
    return configured or (request.host_url.rstrip("/") if request.host else "")


def known_origin() -> str:
    """The same for what makes no sense without; a request that names no host is refused."""
    return origin() or abort(400)


def absolute(endpoint: str, lang: str | None = None, **values: Any) -> str:
    """The absolute address of a route, in English unless `lang` is given."""
    return origin() + url_for(endpoint, lang=lang, **values)
