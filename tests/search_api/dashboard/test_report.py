"""The report of a quarter."""

from datetime import timedelta

from kb import clock
from kb.figures.period import Quarter
from tests.search_api.dashboard.conftest import QUARTER

REPORT = f"/dashboard/report?quarter={QUARTER}"


def test_it_has_what_a_councillor_asks_for(manager, took):
    took(4, avoidable="poor-signposting")
    took(2, outcome="abandoned")
    said = manager.get(REPORT).text
    for words in (
        "Contacts with the council, April to June 2026",
        "66.7%",
        "Was sent to the wrong place",
        "The path to 80%",
        "Intervals: Wilson, 95%.",
    ):
        assert words in said
    assert "This quarter has not ended" not in said


def test_by_default_it_is_of_the_last_quarter_that_has_ended(manager):
    last = Quarter.of(clock.today()).before
    assert f"quarter={last}" in manager.get("/dashboard/report").text


def test_a_quarter_that_goes_on_is_said_to(manager, took):
    took(1, day=clock.today() - timedelta(days=0))
    said = manager.get(f"/dashboard/report?quarter={Quarter.of(clock.today())}").text
    assert "This quarter has not ended" in said


def test_a_quarter_without_contacts_says_so(manager):
    assert "No contact was recorded in these days." in manager.get(REPORT).text


def test_what_is_no_quarter_is_refused(manager):
    answer = manager.get("/dashboard/report?quarter=summer")
    assert answer.status_code == 400
    assert "2026-Q3" in answer.text
