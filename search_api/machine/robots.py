"""`/robots.txt`: what crawlers may read."""

from flask import Blueprint, Response, url_for

from kb.article import Edition
from search_api.machine.address import known_origin


def register(routes: Blueprint, edition: Edition) -> None:
    """Add the route. Nothing of the staff edition is for crawlers, whatever lets them near it."""

    @routes.get("/robots.txt")
    def robots() -> Response:
        if edition is Edition.STAFF:
            return _plain("User-agent: *", "Disallow: /")
        return _plain(
            "User-agent: *",
            f"Disallow: {url_for('pages.search', lang=None)}",
            "Disallow: /api/",
            "",
            f"Sitemap: {known_origin()}{url_for('machine.sitemap', lang=None)}",
        )


def _plain(*lines: str) -> Response:
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
