"""The staff store, for the commands that work on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from commands.place import Place, fail
from kb.article import Edition
from kb.records.database import Database, RecordsProblem
from kb.records.stores import store_of


@contextmanager
def staff_store(place: Place) -> Iterator[Database]:
    """The staff store; ends the command with a message where it cannot be used."""
    try:
        database = store_of(Edition.STAFF, place.settings, place.var)
        try:
            yield database
        finally:
            database.close()
    except RecordsProblem as problem:
        fail(str(problem), 1)
