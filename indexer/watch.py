"""Publish as files change: events only say where something happened, the folder says what.

Where nothing was heard of for a while, and now and then in any case, the whole folder is looked at.
"""

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
from kb.content import ContentChanged, ContentMissing
from kb.folder import ignored

QUIET_S = 0.1
"""How long nothing must have happened before a publish begins, in seconds."""
LONGEST_WAIT_S = 1.0
"""How long changes may keep coming before a publish begins all the same."""
LOOK_S = 60.0
"""How often to look everywhere, event or none: for a new day, and for events that were lost."""


class _Touched(FileSystemEventHandler):
    """Notes where something happened, and no more."""

    def __init__(self, flag: threading.Event, root: Path) -> None:
        self._flag = flag
        self.root = root
        self._lock = threading.Lock()
        self._paths: set[str] = set()
        self._anywhere = True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; reading a file is none, and what a folder holds has events of its own."""
        if event.event_type in (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE):
            return
        if event.is_directory and event.event_type == EVENT_TYPE_MODIFIED:
            return
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        inside = [path.relative_to(self.root) for path in paths if path.is_relative_to(self.root)]
        matter = [path.as_posix() for path in inside if not any(map(ignored, path.parts))]
        if not matter:
            return
        with self._lock:
            self._paths.update(matter)
            self._anywhere |= event.is_directory
        self._flag.set()

    def anywhere(self) -> None:
        """Note that there may be changes anywhere."""
        with self._lock:
            self._anywhere = True

    def take(self) -> frozenset[str] | None:
        """The paths noted since the last call, relative to the folder; None for anywhere."""
        with self._lock:
            paths = None if self._anywhere else frozenset(self._paths)
            self._paths, self._anywhere = set(), False
        return paths


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
        self._touched = _Touched(self._dirty, publisher.content.resolve())
        self._stop = threading.Event()
        self._seen: object = ()

    def run(self) -> None:
        """Watch until `stop` is called; publishes at the start whatever changed meanwhile."""
        observer = PollingObserver(timeout=0.5) if self._poll else Observer()
        observer.schedule(self._touched, str(self._touched.root), recursive=True)
        observer.start()
        try:
            if not self._stop.is_set():
                self._publish()
                self._begun()
            looked = time.monotonic()
            while not self._stop.is_set():
                if self._dirty.wait(LOOK_S):
                    self._settle()
                if time.monotonic() - looked >= LOOK_S:
                    looked = time.monotonic()
                    self._touched.anywhere()
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
            report = self._publisher.publish(touched=self._touched.take())
        except (ContentMissing, ContentChanged, VarUnusable, OSError) as error:
            if self._seen != str(error):
                self._failed(error)
            self._seen = str(error)
            self._touched.anywhere()
            return
        if report.published or report.problems != self._seen:
            self._published(report)
        self._seen = report.problems
