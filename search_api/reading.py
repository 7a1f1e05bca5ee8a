"""What every route does first: borrow the current generation."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g

from indexer.current import CurrentEdition
from indexer.search import Searcher
from kb import __version__

EXTENSION = "firstline"


def edition_of(app: Flask) -> CurrentEdition:
    """The edition that an application was made for."""
    edition: CurrentEdition = app.extensions[EXTENSION]
    return edition


def current() -> CurrentEdition:
    """The edition that this application was made for."""
    return edition_of(current_app)


@contextmanager
def reading() -> Iterator[Searcher]:
    """Borrow the searcher for one request; the answer's ETag names its generation.

    Raises:
        NotPublished, GenerationGone: where there is nothing to serve; answered with 503.
    """
    with current().reading() as searcher:
        g.generation = searcher.generation.name
        g.searcher = searcher
        try:
            yield searcher
        finally:
            g.pop("searcher")


def depends_on(said: str) -> None:
    """Note what the answer says that can change within a generation: its ETag changes with it."""
    g.said = (*g.get("said", ()), said)


def etag(day: str) -> str | None:
    """The tag of the answer being made; None where no edition was read.

    Args:
        day: the date, because notices and reviews come and go with it.
    """
    if "generation" not in g:
        return None
    said = "\0".join((__version__, *g.get("said", ())))
    mark = hashlib.blake2b(said.encode(), digest_size=4).hexdigest()
    return f"{g.generation}.{day}.{mark}"
