"""How much is asked at once, and what gives way where it is more than can be answered.

Turning a question into numbers takes several times as long as finding its words. While as many
requests wait for a thread as there are threads, or any do and every thread compares meaning, words
alone answer, and all that wait are soon answered.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock

from flask import Flask, current_app, g, request

from indexer.results import SearchPage, SearchRequest
from indexer.search import Searcher

RESTS_S = 1.0
"""How long words alone answer from then on: requests reach the queue of the threads in spurts."""
_EXTENSION = "firstline.load"


class Load:
    """What an application has to do just now."""

    def __init__(self, waiting: Callable[[], int], threads: int) -> None:
        """Nobody is at anything yet.

        Args:
            waiting: tells how many requests wait for a thread, at no cost to speak of.
            threads: how many are answered at a time.
        """
        self._waiting, self._threads = waiting, threads
        self._comparing = 0
        self._lock = Lock()
        self._rests_until = 0.0

    @property
    def is_high(self) -> bool:
        """Whether it is more than can be done, or was a moment ago."""
        waiting, now = self._waiting(), time.monotonic()
        all_compare = self._comparing >= self._threads - 1  # and this one would
        if waiting >= self._threads or (waiting and all_compare):
            self._rests_until = now + RESTS_S
        return now <= self._rests_until

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """Count a request as one that compares meaning."""
        with self._lock:
            self._comparing += 1
        try:
            yield
        finally:
            with self._lock:
                self._comparing -= 1


def watch(app: Flask, load: Load) -> None:
    """Let an application see its load; without that it takes it that there is none."""
    app.extensions[_EXTENSION] = load


def _current() -> Load | None:
    load: Load | None = current_app.extensions.get(_EXTENSION)
    return load


def is_high() -> bool:
    """Whether this application has more to do than it can."""
    load = _current()
    return load is not None and load.is_high


def search(searcher: Searcher, question: SearchRequest) -> SearchPage:
    """Answer a question, by words alone while the load is high."""
    load = _current()
    if load is None or question.quick or searcher.semantic:
        return searcher.search(question)
    if load.is_high:
        g.hurried = True
        return searcher.search(replace(question, quick=True))
    with load.comparing():
        return searcher.search(question)


def own_tag(tag: str) -> str:
    """The ETag of the answer being made: one by words alone is not kept in place of a better one.

    Who has the better one already is told that it has not changed.

    Args:
        tag: that of the better one.
    """
    if "hurried" not in g or request.if_none_match.contains_weak(tag):
        return tag
    return f"{tag}.words"
