"""What every route does first: borrow the current generation."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, g

from indexer.current import CurrentEdition
from indexer.search import Searcher

EXTENSION = "firstline"


def current() -> CurrentEdition:
    """The edition that this application was made for."""
    edition: CurrentEdition = current_app.extensions[EXTENSION]
    return edition


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
