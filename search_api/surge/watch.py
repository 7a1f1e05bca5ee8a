"""Looks for surges once a minute at most, and remembers what it found."""

import logging
import threading
import time
from dataclasses import dataclass

from flask import Flask, current_app

from indexer.analysis import gist
from indexer.current import CurrentEdition
from indexer.generation import GenerationGone, NotPublished
from indexer.search import Searcher
from kb import clock
from kb.records.database import Database, RecordsProblem
from kb.surge.surges import Subject, SubjectOf, Surge, surges
from search_api.times import say_time

EVERY_S = 60.0

_EXTENSION = "firstline-surges"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class SurgeShown:
    """A surge, and what its subject is called."""

    surge: Surge
    title: str
    """Of the service, else the words."""

    @property
    def since(self) -> str:
        """About when it began, by the clock on the wall, in words."""
        return say_time(self.surge.since.astimezone(clock.ZONE).time())


class SurgeWatch:
    """What surges; safe to use from several threads."""

    def __init__(self, store: Database, edition: CurrentEdition) -> None:
        """Nothing is looked at before `current`."""
        self._store = store
        self._edition = edition
        self._found: tuple[SurgeShown, ...] = ()
        self._looked = -EVERY_S
        self._looking = threading.Lock()
        self._trouble = ""

    def current(self) -> tuple[SurgeShown, ...]:
        """The surges of this minute; of the last one, while another looks or the store is away."""
        if time.monotonic() - self._looked >= EVERY_S and self._looking.acquire(blocking=False):
            try:
                self._found = self._look()
                self._trouble = ""
            except (RecordsProblem, NotPublished, GenerationGone) as problem:
                if str(problem) != self._trouble:
                    _LOG.warning("nobody knows whether there is a surge: %s", problem)
                self._trouble = str(problem)
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        return self._found

    def _look(self) -> tuple[SurgeShown, ...]:
        with self._edition.reading() as searcher:
            found = surges(self._store, _subjects_in(searcher), clock.now())
            rows = searcher.generation.store.rows
            return tuple(
                SurgeShown(one, row.title)
                if one.subject.service and (row := rows.get(one.subject.service))
                else SurgeShown(one, f"“{one.words}”")
                for one in found
            )


def register(app: Flask, store: Database, edition: CurrentEdition) -> None:
    """Let an application know of surges, and its templates by `surges()`."""
    app.extensions[_EXTENSION] = SurgeWatch(store, edition)
    app.jinja_env.globals["surges"] = current_surges


def current_surges() -> tuple[SurgeShown, ...]:
    """What is searched for far more than usual, the most first."""
    watch: SurgeWatch = current_app.extensions[_EXTENSION]
    return watch.current()


def _subjects_in(searcher: Searcher) -> SubjectOf:
    """Says what searches are about: the service of what they find first, else their words."""
    rows = searcher.generation.store.rows

    def subject_of(first: str | None, words: str) -> Subject:
        row = rows.get(first) if first else None
        if row is None:
            return Subject(None, gist(words))
        return Subject(row.service or row.id)

    return subject_of
