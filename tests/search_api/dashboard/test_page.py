"""`/dashboard/`: the headline, the charts, and the contacts behind every figure."""

import re
from datetime import date, timedelta

import html5lib
import pytest

from kb import clock
from kb.contacts.retention import purge
from kb.figures.period import Quarter
from tests.search_api.dashboard.conftest import QUARTER

PAGE = f"/dashboard/?quarter={QUARTER}"
CALL_BACK = {"outcome": "call-back", "call_back_by": clock.now()}


def page(client, address: str = PAGE):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html5lib.parse(answer.text, namespaceHTMLElements=False)


def text(found, selector: str) -> str:
    """The words of the first element that an XPath of ElementTree finds."""
    return " ".join("".join(found.find(selector).itertext()).split())


def links_to_contacts(found) -> set[str]:
    every = {one.get("href") for one in found.iter() if one.tag.rpartition("}")[2] == "a"}
    return {href for href in every if href and href.startswith("/contacts/")}


def test_the_headline_says_the_rate_what_it_rests_on_and_how_it_stands_to_the_goal(manager, took):
    took(700)
    took(300, outcome="abandoned")
    found = page(manager)
    assert text(found, ".//p[@class='big']") == "70.0%"
    said = text(found, ".//p[@class='plainly']")
    assert "700 of 1,000 first contacts" in said
    assert "between 67.1% and 72.8%" in said
    assert text(found, ".//p[@class='goal-said']") == (
        "Below the goal of 80%: 100 more contacts would have had to be resolved."
    )
    assert found.find(".//section[@data-verdict='missed']") is not None
    assert found.find(".//*[@class='notice']") is None


@pytest.mark.parametrize(
    ("resolved", "missed", "verdict"), [(20, 5, "open"), (95, 5, "reached"), (5, 20, "missed")]
)
def test_few_contacts_are_said_to_be_few(manager, took, resolved, missed, verdict):
    took(resolved)
    took(missed, **CALL_BACK)
    found = page(manager)
    assert found.find(f".//section[@data-verdict='{verdict}']") is not None
    assert "few contacts" in text(found, ".//section/p[@class='notice']")


def test_without_contacts_it_says_how_to_see_a_demonstration(manager):
    said = manager.get("/dashboard/").text
    assert "No contact was recorded in these days." in said
    assert "kb demo contacts" in said
    assert "<svg" not in said


def test_repeats_alone_have_no_rate(manager, took):
    took(3, first=False)
    said = manager.get(PAGE).text
    assert "3 contacts, and no first one" in said


def test_every_figure_leads_to_as_many_contacts_as_it_says(manager, took):
    took(4, service="missed-bin")
    took(2, service="potholes", channel="email", avoidable="poor-signposting")
    took(3, service=None, answered_by=None, opened=[], **CALL_BACK)
    took(1, first=False, avoidable="progress-chasing", service="missed-bin")
    answer = page(manager)
    addresses = links_to_contacts(answer)
    assert len(addresses) > 15
    shown = {}
    for address in addresses:
        count = re.search(r'class="count">([\d,]+) contact', manager.get(address).text)
        shown[address] = int(count[1])
    days = "from=2026-04-01&to=2026-06-30"
    assert shown[f"/contacts/?{days}"] == 10
    assert shown[f"/contacts/?{days}&first=true"] == 9
    assert shown[f"/contacts/?{days}&first=true&outcome=resolved&outcome=resolved-with-help"] == 6
    assert shown[f"/contacts/?{days}&first=true&service=missed-bin"] == 4
    assert shown[f"/contacts/?{days}&avoidable=*"] == 3
    assert (
        shown[
            f"/contacts/?{days}&first=true&service=-&answer=-"
            "&outcome=handed-over&outcome=call-back&outcome=abandoned"
        ]
        == 3
    )


def test_the_path_names_what_to_put_right_and_how_far_it_leads(manager, took):
    took(14)
    took(5, service="potholes", answered_by=None, opened=[], **CALL_BACK)
    took(1, service="missed-bin", answered_by=None, opened=["missed-bin"], **CALL_BACK)
    said = manager.get(PAGE).text
    assert "Put the first 1 right, and the goal is reached:" not in said
    assert "Put the first one right, and the goal is reached:" in said
    assert "1. Potholes: No answer was opened" in said
    assert "2. Missed bin collection: Not enough: Missed bin collection" in said
    assert "+5 → 95.0%" in said


def test_purged_contacts_are_counted_and_said_to_be_gone(manager, took, chain):
    took(5)
    purge(chain, clock.now() + timedelta(days=1))
    said = manager.get(PAGE).text
    assert "100.0%" in said
    assert "5 contacts are so old that only their numbers are kept" in said


def test_by_default_it_is_about_four_weeks_up_to_today(manager, took):
    took(1, day=clock.today() - timedelta(days=27))
    took(1, day=clock.today() - timedelta(days=28))
    assert "1 of" in text(page(manager, "/dashboard/"), ".//p[@class='plainly']")
    current = page(manager, "/dashboard/").find(".//main/nav/a[@aria-current='page']")
    assert current.text == "Last 4 weeks"


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("quarter=2026-Q2", "April to June 2026"),
        ("from=2026-05-01&to=2026-05-31", "1 May 2026 to 31 May 2026"),
        ("to=2026-05-28", "1 May 2026 to 28 May 2026"),
        ("quarter=&from=2026-05-06&to=2026-05-06", "6 May 2026 to 6 May 2026"),
    ],
)
def test_a_period_can_be_chosen(manager, took, query, days):
    took(1)
    assert text(page(manager, f"/dashboard/?{query}"), ".//p[@class='days']") == days


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("from=yesterday", "Write dates as"),
        ("from=2026-05-02&to=2026-05-01", "comes after the last"),
        ("from=2010-01-01&to=2026-05-01", "five years"),
        ("to=0001-01-01", "Write dates as"),
        ("to=9999-12-31", "Write dates as"),
        ("quarter=2026-Q5", "2026-Q3"),
        ("quarter=20260000000000", "Write dates as"),
    ],
)
def test_what_is_no_period_is_refused_with_the_reason(manager, query, why):
    answer = manager.get(f"/dashboard/?{query}")
    assert answer.status_code == 400
    assert why in answer.text


def test_goals_are_those_of_the_settings(manager, took, monkeypatch, var):
    from search_api import create_app
    from tests.search_api.signing import sign_in

    took(9)
    took(1, outcome="abandoned")
    monkeypatch.setenv("KB_GOAL_FIRST_CONTACT", "95")
    monkeypatch.setenv("KB_TARGET_AVOIDABLE", "7")
    said = sign_in(create_app("staff", var).test_client()).get(PAGE).text
    assert "The path to 95%" in said
    assert "the target is 7% at most" in said


def test_in_welsh_every_link_keeps_the_language(manager, took):
    took(2)
    found = page(manager, f"{PAGE}&lang=cy")
    assert text(found, ".//h1") == "Dangosfwrdd"
    assert all("lang=cy" in href for href in links_to_contacts(found))


def test_what_is_in_english_on_a_welsh_page_says_so(manager, took):
    took(2, service="missed-bin")
    said = manager.get(f"{PAGE}&lang=cy").text
    assert '<th scope="row" lang="en">Missed bin collection</th>' in said
    assert '<text class="label" lang="en" x="0" y="18">Missed bin collection</text>' in said
    assert '<th scope="row">Ffôn</th>' in said
    listed = manager.get("/contacts/?lang=cy").text
    assert '<h2 lang="en">Missed bin collection</h2>' in listed


def test_charts_are_named_and_described_and_have_a_table_behind(manager, took):
    took(2, avoidable="poor-signposting")
    took(1, **CALL_BACK)
    answer = manager.get(PAGE).text
    named = re.findall(r'aria-labelledby="(\S+)" aria-describedby="(\S+)"', answer)
    assert len(named) == 7
    for ids in named:
        for one in ids:
            assert answer.count(f'id="{one}"') == 1
    assert answer.count('<details class="fold behind">') == 11
    assert "style=" not in answer


def test_what_a_caller_said_is_not_on_the_dashboard(manager, took):
    took(2, notes="his dog is called Bonzo")
    assert "Bonzo" not in manager.get(PAGE).text


def test_there_are_four_quarters_to_choose_from(manager):
    quarter = Quarter.of(clock.today())
    said = manager.get("/dashboard/").text
    for _ in range(4):
        assert f"quarter={quarter}" in said
        quarter = quarter.before


def test_a_store_that_is_away_is_said_so(manager, chain, monkeypatch):
    from kb.records.database import RecordsAway
    from search_api.dashboard import page as module

    def fail(*_):
        raise RecordsAway("gone")

    monkeypatch.setattr(module, "overview", fail)
    answer = manager.get(PAGE)
    assert answer.status_code == 503
    assert "Contacts wait on disk" in answer.text


def test_dates_are_days_in_london(manager, took):
    took(1, day=date(2026, 4, 1))
    took(1, day=date(2026, 6, 30))
    assert "2 of" in text(page(manager), ".//p[@class='plainly']")
