"""The numbers given to articles, kept beside the editions: the next publish gives the same."""

import logging
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from kb.durable import write_durably
from kb.numbers import Numbers, number_articles
from kb.outline import Surroundings

FILE = "numbers.json"
_GIVEN = TypeAdapter(dict[str, str])
_LOG = logging.getLogger(__name__)


class Numbering:
    """The numbers of one var folder; used by one publish at a time."""

    def __init__(self, var: Path) -> None:
        """Nothing is read yet."""
        self._file = var / FILE
        self._stamp: tuple[int, int] | None = None
        self._around: Surroundings | None = None
        self._numbers = Numbers({}, {})

    def number(self, around: Surroundings) -> Numbers:
        """The numbers of all articles; the same object as before where nothing has changed.

        What is new is on disk when this returns.

        Raises:
            OSError: if it cannot be written.
        """
        if around is self._around and self._stamp == self._found():
            return self._numbers
        given = self._read()
        numbers = number_articles(around, given)
        if numbers.given != given:
            data = orjson.dumps(numbers.given, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
            write_durably(self._file, data)
        if numbers != self._numbers:
            self._numbers = numbers
        self._around, self._stamp = around, self._found()
        return self._numbers

    def _read(self) -> dict[str, str]:
        try:
            return _GIVEN.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            _LOG.warning("%s cannot be read; numbers are given anew: %s", self._file, error)
            return {}

    def _found(self) -> tuple[int, int] | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns
