"""Articles as lists name them: in the page's language where there is a translation."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.catalogue import Row
from indexer.store import ArticleStore
from search_api.i18n import wanted


@dataclass(frozen=True)
class Listed:
    """An article in a list."""

    id: str
    title: str
    language: str
    """That of the title."""


def listed(store: ArticleStore, row: Row) -> Listed:
    """How a list names an article."""
    row = store.rows.get(f"{row.id}.{wanted()}", row)
    return Listed(row.id, row.title, row.language)


def by_title(store: ArticleStore, rows: Iterable[Row]) -> list[Listed]:
    """A list in the order of the alphabet."""
    found = [listed(store, row) for row in rows]
    return sorted(found, key=lambda one: (one.title.casefold(), one.id))


def by_id(store: ArticleStore, ids: Iterable[str]) -> dict[str, Listed]:
    """Those of some articles that this edition has, in the order given."""
    rows = store.rows
    return {id_: listed(store, rows[id_]) for id_ in ids if id_ in rows}
