"""What there is about one topic: a service and all that belongs to it, or whatever bears a tag."""

from collections import defaultdict
from collections.abc import Iterable

from indexer.analysis import words
from indexer.catalogue import Row
from indexer.results import Suggestion
from kb.article import Kind

_MAX_CHARACTERS = 200
_KINDS = {kind.value: place for place, kind in enumerate(Kind)}

Topic = tuple[str, ...]
"""A topic's words: `council-tax`, "Council tax" and "council tax" are the same topic."""


class Topics:
    """The articles of one generation by topic."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Sort articles under their tags, their service and, where they are one, their own id."""
        self._rows: dict[Topic, list[Row]] = defaultdict(list)
        for row in rows:
            if row.language == "en":
                own = row.id if row.kind == Kind.SERVICE else ""
                for topic in {tuple(words(name)) for name in (own, row.service, *row.tags)}:
                    self._rows[topic].append(row)
        self._rows.pop((), None)

    def about(self, name: str, limit: int) -> tuple[Suggestion, ...]:
        """The first articles of a topic: the service itself, other services, then other kinds.

        Args:
            name: a tag or the id of a service, written in any way.
            limit: how many.
        """
        topic = tuple(words(name[:_MAX_CHARACTERS]))

        def order(row: Row) -> tuple[bool, int, str]:
            return tuple(words(row.id)) != topic, _KINDS[row.kind], row.title.casefold()

        return tuple(
            Suggestion(row.title, row.kind, row.id, f"/articles/{row.id}")
            for row in sorted(self._rows.get(topic, ()), key=order)[:limit]
        )
