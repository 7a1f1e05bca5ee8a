"""Typeahead: titles and callers' own wordings, by the beginning of any word."""

from bisect import bisect_left
from collections.abc import Iterable

from indexer.analysis import words
from indexer.results import Suggestion
from indexer.store import Row

LIMIT = 8
_KINDS = {"service": 0, "faq": 1, "guide": 2, "place": 3}
_MAX_WORDS = 12


class Suggester:
    """Completes what is being typed, from one generation's articles."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._entries: list[tuple[Row, str, list[str], bool]] = []
        index: list[tuple[str, int]] = []
        for row in rows:
            if row.language != "en":
                continue
            for position, text in enumerate((row.title, *row.a_z, *row.questions)):
                parts = words(text)
                index += [(part, len(self._entries)) for part in set(parts)]
                self._entries.append((row, text, parts, position == 0))
        index.sort()
        self._words = [word for word, _ in index]
        self._places = [place for _, place in index]

    def suggest(self, typed: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """The best completions; the last word may be unfinished.

        Titles come before other wordings, services before other kinds, and what begins with the
        words typed before what merely has them. An article is suggested once.
        """
        wanted = words(typed)[:_MAX_WORDS]
        if not wanted:
            return ()
        unfinished = typed[-1:].isalnum()
        found: set[int] | None = None
        for position, word in enumerate(wanted):
            whole = position < len(wanted) - 1 or not unfinished
            places = self._having(word, whole)
            found = places if found is None else found & places
            if not found:
                return ()
        best: dict[str, tuple[tuple[bool, bool, int, int, str], Suggestion]] = {}
        for place in found or ():
            row, text, parts, is_title = self._entries[place]
            begins = " ".join(parts).startswith(" ".join(wanted))
            rank = (not begins, not is_title, _KINDS.get(row.kind, 9), len(text), text)
            suggestion = Suggestion(text, row.kind, row.id, f"/articles/{row.id}")
            if row.id not in best or rank < best[row.id][0]:
                best[row.id] = (rank, suggestion)
        ranked = sorted(best.values(), key=lambda item: item[0])
        return tuple(suggestion for _, suggestion in ranked[:limit])

    def _having(self, word: str, whole: bool) -> set[int]:
        """The entries with a word that is `word`, or that begins with it."""
        places: set[int] = set()
        index = bisect_left(self._words, word)
        while index < len(self._words) and self._words[index].startswith(word):
            if not whole or self._words[index] == word:
                places.add(self._places[index])
            index += 1
        return places
