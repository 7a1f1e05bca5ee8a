"""What is counted of searches and votes, in the store of both databases."""

from datetime import UTC, date, datetime

import pytest

from kb.article import Edition
from kb.figures.period import Period
from kb.figures.proportion import Proportion
from kb.figures.searches import (
    Votes,
    Words,
    search_figures,
    self_service,
    votes,
    words_without_result,
)
from kb.records.journal import append
from kb.records.retention import purge
from kb.settings import Settings
from tests.kb.records.made import feedback, opening, search

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
THEN = datetime(2026, 11, 5, 12, tzinfo=UTC)
DESK = {"edition": Edition.STAFF}


@pytest.fixture
def said(staff):
    def say(*entries) -> None:
        with staff.writing() as connection:
            append(connection, entries)

    return say


@pytest.fixture
def figures(staff):
    def count():
        with staff.reading() as connection:
            return search_figures(connection, NOVEMBER)

    return count


def test_of_an_empty_journal_everything_is_nothing(figures):
    public, desk = figures()
    assert public.without_result == desk.without_click == Proportion(0, 0)
    assert self_service(public, 0).rate is None


def test_searches_without_result_are_counted_by_edition(said, figures):
    said(search(at=THEN), search(at=THEN, total=0), search(at=THEN, total=0, **DESK))
    public, desk = figures()
    assert public.without_result == Proportion(1, 2)
    assert desk.without_result == Proportion(1, 1)
    assert public.without_click == Proportion(1, 1)


def test_an_opening_belongs_to_a_search_of_the_same_words(said, figures):
    said(*(search(word, at=THEN) for word in ("Bins", "bins", "tax", "tips")))
    said(opening(query="BINS", at=THEN), opening(query="tips", at=THEN, **DESK))
    said(*(opening(query="tax", at=THEN) for _ in range(3)))  # by one person
    (public, _) = figures()
    assert public.without_click == Proportion(2, 4)
    assert public.answered == 2
    assert self_service(public, 6) == Proportion(2, 8)


def test_other_days_do_not_count(said, figures):
    said(search(at=datetime(2026, 12, 1, 0, 0, tzinfo=UTC)))
    said(search(at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC)))
    assert figures()[0].without_result == Proportion(0, 0)


def test_purged_searches_still_count_but_for_their_words(staff, said, figures):
    said(search(at=THEN), search(at=THEN, total=0), opening(at=THEN, query="missed bin"))
    purge(staff, Settings(keep_searches=1), date(2026, 12, 31))
    (public, _) = figures()
    assert public.without_result == Proportion(1, 2)
    assert public.without_click == Proportion(0, 0)
    assert public.answered == 1


def test_what_was_searched_for_in_vain_most_often_comes_first(staff, said):
    said(*(search(word, at=THEN, total=0) for word in ("Ulez", "ulez", "sandbags")))
    said(search("tax", at=THEN), search("drones", at=THEN, total=0, **DESK))
    with staff.reading() as connection:
        found = words_without_result(connection, NOVEMBER, Edition.PUBLIC, 10)
    assert found == (Words("ulez", 2), Words("sandbags", 1))


def test_votes_are_counted_by_article(staff, said):
    for article, answered in (("bins", True), ("bins", False), ("tax", False), ("tax", False)):
        said(feedback(article=article, answered=answered, at=THEN))
    said(feedback("satisfaction", score=1, at=THEN))
    with staff.reading() as connection:
        found = votes(connection, NOVEMBER)
    assert found == (Votes("tax", Proportion(2, 2)), Votes("bins", Proportion(1, 2)))
