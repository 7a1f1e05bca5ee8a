"""The figures of searches and votes in a period, and how many residents help themselves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Connection, Row, case, func, select

from kb.article import Edition
from kb.figures.period import Period
from kb.figures.proportion import Proportion
from kb.records.entries import FeedbackKind
from kb.records.tables import feedback, openings, search_days, searches


@dataclass(frozen=True)
class SearchFigures:
    """What is counted of the searches of one edition."""

    edition: Edition
    without_result: Proportion
    """Searches that found nothing, of all searches."""
    without_click: Proportion
    """Searches that found something of which nothing was opened, of all that found something.

    Of the searches that are still kept word for word: which opening belongs to which search is
    known by their words alone.
    """
    answered: int
    """Searches from which something was opened."""


@dataclass(frozen=True)
class Words:
    """Words that were searched for, however they were capitalised, and how often."""

    query: str
    times: int


@dataclass(frozen=True)
class Votes:
    """What people said about an answer."""

    article: str | None
    unhelpful: Proportion
    """Votes that it did not answer the question, of all votes."""


def search_figures(connection: Connection, period: Period) -> tuple[SearchFigures, ...]:
    """Count the searches of each edition, the public one first.

    Args:
        connection: to the staff store, or that of the demonstration.
        period: of which days.
    """
    kept = {row.edition: row for row in connection.execute(_kept(period))}
    purged = {row.edition: row for row in connection.execute(_purged(period))}
    return tuple(
        _figures(edition, kept.get(edition.value), purged.get(edition.value)) for edition in Edition
    )


def words_without_result(
    connection: Connection, period: Period, edition: Edition, limit: int
) -> tuple[Words, ...]:
    """What was searched for most often and found nothing."""
    words, times = func.lower(searches.c.query).label("words"), func.count().label("times")
    found = connection.execute(
        select(words, times)
        .where(*_in(searches, period), searches.c.edition == edition.value, searches.c.total == 0)
        .group_by(words)
        .order_by(times.desc(), words)
        .limit(limit)
    )
    return tuple(Words(row.words, row.times) for row in found)


def votes(connection: Connection, period: Period) -> tuple[Votes, ...]:
    """Votes on answers, by article; those with most that it did not help first."""
    cast = func.sum(case((feedback.c.answered, 0), else_=1))
    found = connection.execute(
        select(feedback.c.article, cast.label("unhelpful"), func.count().label("times"))
        .where(
            *_in(feedback, period),
            feedback.c.kind == FeedbackKind.ANSWER.value,
            feedback.c.answered.is_not(None),
        )
        .group_by(feedback.c.article)
    )
    counted = [Votes(row.article, Proportion(row.unhelpful, row.times)) for row in found]
    return tuple(sorted(counted, key=lambda one: (-one.unhelpful.hits, one.article or "")))


def self_service(public: SearchFigures, contacts: int) -> Proportion:
    """Searches of residents from which they opened an answer, of these and all contacts."""
    return Proportion(public.answered, public.answered + contacts)


def _kept(period: Period) -> Any:
    """By edition; searches and openings of the same words belong together."""
    row = searches.c
    asked = (
        select(
            row.edition,
            func.lower(row.query).label("words"),
            func.count().label("times"),
            func.sum(case((row.total == 0, 1), else_=0)).label("in_vain"),
        )
        .where(*_in(searches, period))
        .group_by(row.edition, func.lower(row.query))
        .cte("asked")
    )
    opened = (
        select(
            openings.c.edition,
            func.lower(openings.c.query).label("words"),
            func.count().label("times"),
        )
        .where(*_in(openings, period))
        .group_by(openings.c.edition, func.lower(openings.c.query))
        .cte("opened")
    )
    both = asked.outerjoin(
        opened, (opened.c.edition == asked.c.edition) & (opened.c.words == asked.c.words)
    )
    return (
        select(
            asked.c.edition,
            func.sum(asked.c.times).label("times"),
            func.sum(asked.c.in_vain).label("in_vain"),
            func.sum(_answered(asked, opened)).label("answered"),
        )
        .select_from(both)
        .group_by(asked.c.edition)
    )


def _answered(asked: CTE, opened: CTE) -> Any:
    """Whoever opens two articles has asked once."""
    found = asked.c.times - asked.c.in_vain
    return case((opened.c.times < found, opened.c.times), (opened.c.times >= found, found), else_=0)


def _purged(period: Period) -> Any:
    row = search_days.c
    found = row.searches - row.without_result
    return (
        select(
            row.edition,
            func.sum(row.searches).label("times"),
            func.sum(row.without_result).label("in_vain"),
            func.sum(case((row.openings < found, row.openings), else_=found)).label("answered"),
        )
        .where(row.day.between(period.first, period.last))
        .group_by(row.edition)
    )


def _figures(edition: Edition, kept: Row[Any] | None, purged: Row[Any] | None) -> SearchFigures:
    times, nothing, answered = _numbers(kept)
    before, nothing_before, answered_before = _numbers(purged)
    found = times - nothing
    return SearchFigures(
        edition=edition,
        without_result=Proportion(nothing + nothing_before, times + before),
        without_click=Proportion(found - answered, found),
        answered=answered + answered_before,
    )


def _numbers(row: Row[Any] | None) -> tuple[int, int, int]:
    return (int(row.times), int(row.in_vain), int(row.answered)) if row is not None else (0, 0, 0)


def _in(table: Any, period: Period) -> tuple[Any, Any]:
    return table.c.at >= period.begins, table.c.at < period.ends
