"""`/sitemap.xml`: every page of the site, with its languages. https://www.sitemaps.org/protocol.html"""

from itertools import islice

from flask import Blueprint, Response, abort, request

from search_api.machine.address import absolute, known_origin
from search_api.machine.listing import listed
from search_api.machine.xml import xml
from search_api.reading import reading

LIMIT = 20_000
"""Pages in one file. The protocol allows 50,000 and 50 MB; each may name several languages."""


def register(routes: Blueprint) -> None:
    """Add the route."""

    @routes.get("/sitemap.xml")
    def sitemap() -> Response:
        """The pages; where they are too many for one file, the files that list them (`?part=1`)."""
        known_origin()
        part = _part(request.args.get("part", ""))
        with reading() as searcher:
            pages = list(listed(searcher.generation))
        parts = range(1, (len(pages) - 1) // LIMIT + 2)
        if part == 0 and len(parts) > 1:
            files = [absolute("machine.sitemap", part=str(number)) for number in parts]
            return xml("application/xml", "machine/sitemap_index.xml", files=files)
        if part not in (0, *parts):
            abort(404)
        start = max(0, part - 1) * LIMIT
        shown = islice(pages, start, start + LIMIT)
        return xml("application/xml", "machine/sitemap.xml", pages=shown)


def _part(written: str) -> int:
    """Which file is asked for; 0 for none."""
    if not written:
        return 0
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        abort(404)
    return int(written) or abort(404)
