"""A content folder published into a var folder of its own, and what can be asked of it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.current import open_searcher
from indexer.embedding import OFF
from indexer.generation import Generation, edition_folder, open_current
from indexer.publish import Publisher, Report
from indexer.results import SearchPage, SearchRequest
from indexer.search import Searcher
from kb.article import Edition

pytest.register_assert_rewrite("tests.indexer.engine_contract")


class Publishing:
    """Publishes a content folder on a day that tests choose; calling it publishes."""

    def __init__(self, content: Path, var: Path) -> None:
        self.content = content
        self.var = var
        self.today = date(2026, 11, 2)
        self.semantics = OFF
        self.publisher = self.another()
        self._opened: list[Callable[[], None]] = []

    def __call__(self, **options: Any) -> Report:
        return self.publisher.publish(**options)

    def another(self) -> Publisher:
        """A publisher that remembers nothing, as that of another process."""
        return Publisher(self.content, self.var, lambda: self.today, self.semantics)

    def folder(self, edition: Edition = Edition.PUBLIC) -> Path:
        """Where the generations of an edition lie."""
        return edition_folder(self.var, edition)

    def names(self, edition: Edition = Edition.PUBLIC) -> set[str]:
        """The names of the generations there are."""
        return {path.name for path in self.folder(edition).iterdir() if path.name != "current"}

    def generation(self, edition: Edition = Edition.PUBLIC) -> Generation:
        """The current generation, open until the test ends."""
        opened = open_current(self.var, edition)
        self._opened.append(opened.close)
        return opened

    def searcher(self, edition: Edition = Edition.PUBLIC) -> Searcher:
        """A searcher of the current generation, open until the test ends."""
        opened = open_searcher(self.var, edition, self.semantics)
        self._opened.append(opened.close)
        return opened

    def search(self, words: str, edition: Edition = Edition.PUBLIC, **request: Any) -> SearchPage:
        """Ask the current generation."""
        return self.searcher(edition).search(SearchRequest(words, **request))

    def found(self, words: str, edition: Edition = Edition.PUBLIC, **request: Any) -> list[str]:
        """The ids that a question finds, best first."""
        return [hit.id for hit in self.search(words, edition, **request).results]

    def close(self) -> None:
        """Close whatever was opened."""
        for close in self._opened:
            close()


@pytest.fixture
def publish(content: Any, tmp_path: Path) -> Iterator[Publishing]:
    """Publishes `content`: `publish()` returns the report, `publish.found(words)` the ids."""
    publishing = Publishing(content.path, tmp_path / "var")
    yield publishing
    publishing.close()
