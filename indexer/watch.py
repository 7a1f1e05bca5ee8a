"""Publish as files change: events only say that something happened, the folder says what."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from indexer.publish import Publisher, Report, VarUnusable
from kb.clock import today
from kb.content import ContentChanged, ContentMissing
from kb.folder import ignored

QUIET_S = 0.1
"""How long nothing must have happened before a publish begins, in seconds."""
LONGEST_WAIT_S = 1.0
"""How long changes may keep coming before a publish begins all the same."""
LOOK_S = 60.0
"""How often to look without an event: for a new day, and for events that were lost."""


class _Dirty(FileSystemEventHandler):
    """Sets a flag, and no more."""

    def __init__(self, flag: threading.Event, root: Path) -> None:
        self._flag = flag
        self._root = root

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; reading a file is none, and what a folder holds has events of its own."""
        if event.event_type in (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE):
            return
        if event.is_directory and event.event_type == EVENT_TYPE_MODIFIED:
            return
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if any(self._matters(path) for path in paths):
            self._flag.set()

    def _matters(self, path: Path) -> bool:
        inside = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        return not any(map(ignored, inside.parts))


class Watcher:
    """Keeps the editions as the content folder is."""

    def __init__(
        self,
        publisher: Publisher,
        *,
        published: Callable[[Report], None],
        failed: Callable[[Exception], None],
        begun: Callable[[], None] = lambda: None,
        poll: bool = False,
    ) -> None:
        """Nothing happens before `run`.

        Args:
            publisher: what publishes.
            published: told of every publish that changed something or found other problems.
            failed: told of a publish that could not be done; the next change is another try.
            begun: called once, after the first publish, when all is held that later ones build on.
            poll: compare the folder time and again instead of asking the system for events.
        """
        self._publisher = publisher
        self._published = published
        self._failed = failed
        self._begun = begun
        self._poll = poll
        self._dirty = threading.Event()
        self._stop = threading.Event()
        self._seen: object = ()

    def run(self) -> None:
        """Watch until `stop` is called; publishes at the start whatever changed meanwhile."""
        observer = PollingObserver(timeout=0.5) if self._poll else Observer()
        root = self._publisher.content.resolve()
        observer.schedule(_Dirty(self._dirty, root), str(root), recursive=True)
        observer.start()
        try:
            if not self._stop.is_set():
                self._publish()
                self._begun()
            while not self._stop.is_set():
                day = today()
                if self._dirty.wait(LOOK_S) or today() != day:
                    self._settle()
                if not self._stop.is_set():
                    self._publish()
        finally:
            observer.stop()
            observer.join()

    def stop(self) -> None:
        """End `run` soon; safe to call from another thread or a signal handler."""
        self._stop.set()
        self._dirty.set()

    def _settle(self) -> None:
        """Wait for a pause in the changes, but not for ever."""
        latest = time.monotonic() + LONGEST_WAIT_S
        while not self._stop.is_set():
            self._dirty.clear()
            if not self._dirty.wait(QUIET_S) or time.monotonic() > latest:
                return

    def _publish(self) -> None:
        try:
            report = self._publisher.publish()
        except (ContentMissing, ContentChanged, VarUnusable, OSError) as error:
            if self._seen != str(error):
                self._failed(error)
            self._seen = str(error)
            return
        if report.published or report.problems != self._seen:
            self._published(report)
        self._seen = report.problems
