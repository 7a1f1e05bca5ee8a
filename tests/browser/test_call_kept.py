"""No call is lost or doubled: not by a crash of the browser, nor while the server is away."""

import pytest
from playwright.sync_api import Page, expect

from kb.contacts.contact import Outcome
from tests.browser.desk import PASSWORD, Site
from tests.waiting import until


def answer(page: Page, words: str = "missed") -> None:
    page.keyboard.type(words)
    expect(page.locator("#hits [aria-selected=true]")).to_contain_text("Missed bin collection")
    page.keyboard.press("Enter")
    expect(page.locator("#opened h2")).to_contain_text("Missed bin collection")


def outcomes(site: Site) -> list[Outcome | None]:
    return [found.version.contact.outcome for found in site.contacts()]


def test_a_call_comes_back_after_a_crash_of_the_page(site, visit):
    page = site.sit_down(visit)
    page.keyboard.type("sorting rubbish")
    expect(page.locator("#hits [aria-selected=true]")).to_contain_text("Sorting rubbish")
    page.keyboard.press("Enter")
    expect(page.locator("#opened h2")).to_contain_text("Sorting rubbish")
    page.keyboard.press("1")
    expect(page.get_by_text("Is it glass?")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("i")
    page.keyboard.type("Round 4")
    kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.includes(':call:'))[1]")
    with pytest.raises(Exception, match="crash"):
        page.goto("chrome://crash")
    again = page.context.new_page()
    page.close()
    again.goto(f"{site.origin}/desk/")
    expect(again.locator("#said")).to_contain_text("was kept")
    expect(again.locator("#ask")).to_have_value("sorting rubbish")
    until(lambda: again.evaluate("document.activeElement.id") == "ask")
    expect(again.get_by_text("Is it glass?")).to_be_visible()
    expect(again.get_by_label("Notes")).to_have_value("Round 4")
    expect(again.get_by_label("Not the first contact")).to_be_checked()
    again.get_by_role("button", name="Resolved r").click()
    until(lambda: len(site.contacts()) == 1)
    contact = site.contacts()[0].version.contact
    assert str(contact.id) in kept
    assert [step.answer for step in contact.path] == ["Yes"]
    assert not contact.first


def test_a_call_that_goes_on_in_another_tab_stays_there(site, visit):
    page = site.sit_down(visit)
    answer(page)
    until(lambda: "bins" in site.drafts())
    other = page.context.new_page()
    with other.expect_response("**/contacts/draft"):
        other.goto(f"{site.origin}/desk/")
    other.locator("#ask").type("sorting")
    expect(other.locator("#hits [aria-selected=true]")).to_contain_text("Sorting rubbish")
    expect(other.locator("#opened")).to_be_empty()
    other.get_by_role("button", name="Abandoned").click()
    until(lambda: outcomes(site) == [Outcome.ABANDONED])
    page.get_by_role("button", name="Resolved r").click()
    until(lambda: sorted(filter(None, outcomes(site))) == [Outcome.ABANDONED, Outcome.RESOLVED])


def test_another_browser_goes_on_with_the_call_that_the_server_has(site, visit):
    page = site.sit_down(visit)
    answer(page)
    until(lambda: "bins" in site.drafts())
    other = site.sit_down(visit)
    expect(other.locator("#said")).to_contain_text("was kept")
    expect(other.locator("#opened h2")).to_contain_text("Missed bin collection")
    other.get_by_role("button", name="Resolved r").click()
    until(lambda: len(site.contacts()) == 1)
    until(lambda: site.drafts() == "")


def test_while_the_server_is_away_contacts_wait_and_are_recorded_once(site, visit):
    page = site.sit_down(visit)
    answer(page)
    site.stop()
    page.keyboard.press("r")
    waiting = page.locator("#waiting")
    expect(waiting).to_have_text("1 contact waits to be saved; it is kept here and sent again.")
    expect(page.locator("#ask")).to_be_focused()
    page.keyboard.type("second")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(waiting).to_contain_text("2 contacts wait to be saved")
    site.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(waiting).to_be_empty()
    assert sorted(filter(None, outcomes(site))) == [Outcome.ABANDONED, Outcome.RESOLVED]
    page.reload()
    expect(page.locator("#said")).to_be_empty()
    assert len(site.contacts()) == 2


def test_a_contact_whose_answer_is_lost_is_recorded_once(site, visit):
    page = site.sit_down(visit)
    answer(page)
    lost: list[str] = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())  # it is in the records, and nobody hears of it
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/contacts", lose)
    page.keyboard.press("r")
    expect(page.locator("#waiting")).to_contain_text("1 contact waits")
    assert len(site.contacts()) == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_be_empty()
    assert len(site.contacts()) == 1


def test_contacts_wait_across_a_crash_of_the_browser_for_whoever_took_them(site, visit):
    page = site.sit_down(visit)
    answer(page)
    site.stop()
    page.keyboard.press("r")
    expect(page.locator("#waiting")).to_contain_text("1 contact waits")
    page.close()
    site.start()
    again = page.context.new_page()
    again.goto(f"{site.origin}/desk/")
    until(lambda: outcomes(site) == [Outcome.RESOLVED])
    expect(again.locator("#waiting")).to_be_empty()
    expect(again.locator("#opened")).to_be_empty()


def test_whoever_was_signed_out_signs_in_in_another_tab_and_nothing_is_lost(site, visit):
    page = site.sit_down(visit)
    answer(page)
    other = page.context.new_page()
    other.goto(f"{site.origin}/desk/")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_label("Password")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#waiting")).to_contain_text("You have been signed out.")
    other.get_by_label("Name").fill("jo")
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_text("Signed in: jo")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#waiting")).to_be_empty()
    assert outcomes(site) == [Outcome.RESOLVED]


def test_what_is_refused_for_good_is_shown_and_can_be_mended(site, visit):
    page = site.sit_down(visit)
    answer(page)
    page.evaluate(
        "document.querySelector('[name=avoidable]').append(new Option('Bad luck', 'bad-luck'))"
    )
    page.get_by_label("Avoidable?").focus()
    page.get_by_label("Avoidable?").select_option("bad-luck")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#waiting")).to_contain_text("there is no reason bad-luck")
    assert site.contacts() == []
    page.get_by_role("button", name="Put it right").click()
    page.get_by_label("Avoidable?").focus()
    page.get_by_label("Avoidable?").select_option("")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#said")).to_have_text("Recorded: Resolved.")
    expect(page.locator("#waiting")).to_be_empty()
    assert outcomes(site) == [Outcome.RESOLVED]
