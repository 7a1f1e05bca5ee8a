"""Keeping the editions' pinned notices as the staff store has them."""

import logging
import threading
from pathlib import Path

from indexer.pinning import NotPinned, publish_pinned
from kb.pins.pins import standing_pins
from kb.records.database import Database, RecordsProblem

EVERY_S = 20.0

_LOG = logging.getLogger(__name__)


def keep_pinned(store: Database, var: Path) -> bool:
    """Publish what stands now, if the editions do not have it; True where they do in the end.

    Raises:
        RecordsProblem: if the store cannot be used.
    """
    try:
        publish_pinned(var, standing_pins(store))
    except NotPinned as error:
        _LOG.warning("pinned notices are not published yet: %s", error)
        return False
    return True


def run(store: Database, var: Path, stop: threading.Event) -> None:
    """Do so until told to stop: what was pinned elsewhere, what has ended, what failed before."""
    said = ""
    while not stop.wait(EVERY_S):
        problem = _kept(store, var)
        if problem and not said:
            _LOG.warning(problem)
        elif said and not problem:
            _LOG.warning("pinned notices are published again")
        said = problem


def _kept(store: Database, var: Path) -> str:
    """Why the editions do not have what stands now; empty where they do."""
    try:
        publish_pinned(var, standing_pins(store))
    except RecordsProblem as error:
        return f"pinned notices are not known: {error}"
    except NotPinned as error:
        return f"pinned notices are not published yet: {error}"
    except Exception as error:  # noqa: BLE001  a fault of ours must not end the thread
        _LOG.error("pinned notices cannot be kept", exc_info=error)
        return f"pinned notices cannot be kept: {error}"
    return ""
