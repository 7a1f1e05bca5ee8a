"""Publishing as commands do it: with progress, and with the problems printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.markup import escape

from commands.place import Place, fail
from kb.article import Edition
from kb.terminal import Steps, err, print_problems

if TYPE_CHECKING:  # imported where used, so that `kb --help` answers at once
    from indexer.publish import Publisher, Report
    from indexer.search import Searcher

EDITIONS = click.Choice([edition.value for edition in Edition])


def open_edition(place: Place, edition: Edition) -> Searcher:
    """The searcher of an edition, which is published first if it is not."""
    from indexer.current import open_searcher
    from indexer.embedding import semantics as of_settings

    ensure_published(place, [edition])
    semantics = of_settings(place.settings)
    searcher = open_searcher(place.var, edition, semantics)
    if searcher.semantic and (semantics.embedder or semantics.wanted):
        err.print(f"Searching by words alone: {escape(searcher.semantic)}")
    return searcher


def publisher_of(place: Place) -> Publisher:
    """What publishes the content folder."""
    from indexer.embedding import semantics
    from indexer.publish import Publisher

    return Publisher(place.content, place.var, semantics=semantics(place.settings))


def ensure_published(place: Place, editions: list[Edition]) -> None:
    """Publish where an edition has no generation that opens."""
    from indexer.generation import GenerationGone, NotPublished, open_current

    for edition in editions:
        try:
            open_current(place.var, edition).close()
        except (NotPublished, GenerationGone):
            report = publish(publisher_of(place))
            print_problems(place.content, report.problems)
            err.print(str(report))
            return


def publish(publisher: Publisher, full: bool = False) -> Report:
    """Publish, or end with the reason why that cannot be done."""
    from indexer.publish import VarUnusable
    from kb.content import ContentChanged, ContentMissing

    try:
        with Steps() as steps:
            report = publisher.publish(
                full=full,
                step=steps,
                waiting=lambda: err.print("Another publish is running; waiting for it to end."),
            )
        if publisher.semantics.wanted:
            err.print(f"Published for words alone: {escape(publisher.semantics.reason)}")
        return report
    except (ContentMissing, VarUnusable) as error:
        fail(str(error))
    except ContentChanged as error:
        fail(f"{error} keeps changing while it is read; try again when it is saved", 1)
