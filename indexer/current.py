"""The current generation of an edition, kept open; a new one is picked up between two requests."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.catalogue import NOTHING
from indexer.embedding import OFF, Semantics
from indexer.generation import GenerationGone, NotPublished, edition_folder, open_current
from indexer.search import Searcher
from kb.article import Edition

_LOG = logging.getLogger(__name__)

Stamp = tuple[int, int, int]


class _Held:
    """An open searcher, and how many requests are using it."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.users = 0
        self.retired = False


class CurrentEdition:
    """Lends out the searcher of whatever generation is current.

    A request keeps the generation it began with to its end; the old one is closed when its last
    request is done. While one thread opens a new generation the others go on with the old.
    """

    def __init__(self, var: Path, edition: Edition, semantics: Semantics = OFF) -> None:
        """Nothing is opened before the first request."""
        self.edition = edition
        self._semantics = semantics
        self._var = var
        self._pointer = edition_folder(var, edition) / "current"
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._held: _Held | None = None
        self._stamp: Stamp | None = None
        self._trouble: str | None = None

    @contextmanager
    def reading(self) -> Iterator[Searcher]:
        """Borrow the current searcher.

        Raises:
            NotPublished: if there is no generation.
            GenerationGone: if none can be opened.
        """
        held = self._borrow()
        try:
            yield held.searcher
        finally:
            self._give_back(held)

    def warm(self) -> None:
        """Open what is current, if anything, so that the first who asks does not wait for it."""
        with suppress(NotPublished, GenerationGone), self.reading() as searcher:
            searcher.warm()

    def close(self) -> None:
        """Let go of what is open, when its last request is done."""
        self._swap(None, None)

    def _borrow(self) -> _Held:
        stamp = self._look()
        if self._held is None or stamp != self._stamp:
            self._refresh(stamp)
        with self._lock:
            if self._held is None:
                raise GenerationGone("the edition was closed")
            self._held.users += 1
            return self._held

    def _look(self) -> Stamp | None:
        try:
            status = self._pointer.stat()
        except OSError:
            return None
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def _refresh(self, stamp: Stamp | None) -> None:
        wait = self._held is None
        if not self._opening.acquire(blocking=wait):
            return  # another thread is at it, and the old generation serves meanwhile
        try:
            if self._held is not None and stamp == self._stamp:
                return
            known = NOTHING
            if self._held is not None:
                known = self._held.searcher.generation.store.catalogue
            try:
                generation = open_current(self._var, self.edition, known)
                searcher = Searcher(generation, semantics=self._semantics)
            except (GenerationGone, NotPublished) as error:
                self._note(str(error))
                if self._held is None:
                    raise
                return  # the one that is open serves on; the next request looks again
            self._swap(searcher, stamp)
            self._note(None)
        finally:
            self._opening.release()

    def _note(self, trouble: str | None) -> None:
        """Log why nothing newer can be served: once when it begins or changes, and when it ends."""
        known, self._trouble = self._trouble, trouble
        if trouble == known:
            return
        name = self.edition.value
        if trouble is None:
            _LOG.warning("the %s edition is served again, as it is on disk now", name)
        elif self._held is None:
            _LOG.error("nothing to serve: %s", trouble)
        else:
            _LOG.error("the %s edition is served on as it was before: %s", name, trouble)

    def _swap(self, searcher: Searcher | None, stamp: Stamp | None) -> None:
        with self._lock:
            old, self._held = self._held, _Held(searcher) if searcher is not None else None
            self._stamp = stamp
            if old is None:
                return
            old.retired = True
            idle = old.users == 0
        if idle:
            old.searcher.close()

    def _give_back(self, held: _Held) -> None:
        with self._lock:
            held.users -= 1
            done = held.retired and held.users == 0
        if done:
            held.searcher.close()


def open_searcher(var: Path, edition: Edition, semantics: Semantics = OFF) -> Searcher:
    """Open the current generation for a command that runs once.

    Raises:
        NotPublished, GenerationGone: as `open_current` does.
    """
    return Searcher(open_current(var, edition), semantics=semantics)
