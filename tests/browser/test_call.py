"""A call at the desk, from the first keystroke to the outcome, by keyboard alone."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from kb.contacts.contact import Channel, Outcome
from tests.waiting import until


class Keys:
    """Presses keys, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def ask(page: Page, words: str, title: str) -> None:
    page.keyboard.type(words)
    expect(page.locator("#hits [aria-selected=true]")).to_contain_text(title)


def opened(page: Page, title: str) -> None:
    expect(page.locator("#opened h2")).to_contain_text(title)


def test_the_usual_call_takes_two_keys_besides_the_question(site, visit):
    page = site.sit_down(visit)
    keys = Keys(page)
    ask(page, "bin men missed", "Missed bin collection")
    keys.press("Enter")
    opened(page, "Missed bin collection")
    keys.press("r")
    expect(page.locator("#said")).to_have_text("Recorded: Resolved.")
    assert keys.count <= 6
    expect(page.locator("#ask")).to_be_focused()
    expect(page.locator("#ask")).to_have_value("")
    expect(page.locator("#opened")).to_be_empty()
    (found,) = site.contacts()
    contact = found.version.contact
    assert contact.outcome is Outcome.RESOLVED
    assert contact.channel is Channel.TELEPHONE
    assert contact.first
    assert contact.searches == ("bin men missed",)
    assert contact.opened == ("bins",)
    assert contact.answered_by == contact.service == "bins"


def test_a_full_call_is_walked_handed_over_and_recorded_by_keyboard_alone(site, visit):
    page = site.sit_down(visit)
    page.keyboard.type("missed bin")
    expect(page.locator("#hits li")).not_to_have_count(0)
    page.keyboard.press("Enter")
    opened(page, "Missed bin collection")
    page.keyboard.press("/")
    ask(page, "sorting rubbish", "Sorting rubbish")
    page.keyboard.press("Enter")
    opened(page, "Sorting rubbish")
    page.keyboard.press("1")
    expect(page.get_by_text("Is it glass?")).to_be_visible()
    page.keyboard.press("2")
    opened(page, "Missed bin collection")
    page.keyboard.press("p")
    page.keyboard.press("v")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.keyboard.type("CRM-7/1")
    page.keyboard.press("Enter")
    page.keyboard.press("i")
    page.keyboard.type("Ring 01632 960777 about the road")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    expect(page.locator("#whom-list [aria-selected=true]")).to_contain_text("Waste team")
    page.keyboard.type("mcdonald")
    expect(page.locator("#whom-list [aria-selected=true]")).to_contain_text("MacDonald")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Recorded: Handed over: Catriona MacDonald.")
    contact = site.contacts()[0].version.contact
    assert contact.outcome is Outcome.HANDED_OVER
    assert contact.handed_to == "mac"
    assert contact.searches == ("missed bin", "sorting rubbish")
    assert contact.opened == ("bins", "which-bin")
    assert [(one.guide, one.step, one.answer) for one in contact.path] == [
        ("which-bin", "where", "Yes"),
        ("which-bin", "what", "Other"),
    ]
    assert not contact.first
    assert contact.avoidable == "unnecessary-clarification"
    assert contact.case == "CRM-7/1"
    assert contact.notes == "Ring […] about the road"


def test_a_call_back_is_promised_with_two_keys_and_the_channel_stays(site, visit):
    page = site.sit_down(visit)
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.locator("[name=call_back_by]")).not_to_have_value("")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Recorded: Call back.")
    contact = site.contacts()[0].version.contact
    assert contact.channel is Channel.IN_PERSON
    assert contact.call_back_by is not None
    assert contact.call_back_by > datetime.now(UTC)
    page.reload()
    expect(page.get_by_label("Channel")).to_have_value("in-person")


def test_what_was_recorded_last_is_put_right(site, visit):
    page = site.sit_down(visit)
    ask(page, "missed", "Missed bin collection")
    page.keyboard.press("Enter")
    opened(page, "Missed bin collection")
    page.keyboard.press("a")
    expect(page.locator("#said")).to_have_text("Recorded: Abandoned.")
    ask(page, "sorting", "Sorting rubbish")
    page.keyboard.press("Enter")
    opened(page, "Sorting rubbish")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("Put right what is wrong")
    opened(page, "Missed bin collection")
    page.keyboard.press("h")
    expect(page.locator("#said")).to_have_text("Recorded: Resolved with help.")
    (found,) = site.contacts()
    assert found.corrections == 1
    assert found.version.contact.outcome is Outcome.RESOLVED_WITH_HELP
    opened(page, "Sorting rubbish")
    expect(page.locator("#ask")).to_have_value("sorting")


def test_a_call_that_is_dropped_can_be_brought_back(site, visit):
    page = site.sit_down(visit)
    ask(page, "missed", "Missed bin collection")
    page.keyboard.press("Enter")
    opened(page, "Missed bin collection")
    page.keyboard.press("n")
    expect(page.locator("#said")).to_have_text("Not recorded.")
    expect(page.locator("#ask")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    opened(page, "Missed bin collection")
    page.keyboard.press("r")
    expect(page.locator("#said")).to_have_text("Recorded: Resolved.")
    (found,) = site.contacts()
    assert found.version.contact.searches == ("missed",)


def test_every_action_has_a_button(site, visit):
    page = site.sit_down(visit)
    page.get_by_label("What does the caller want?").fill("missed")
    page.locator("#hits li").first.click()
    opened(page, "Missed bin collection")
    page.get_by_role("button", name="Handed over").click()
    page.locator("#whom-list").get_by_role("option", name="Waste team").click()
    expect(page.locator("#said")).to_have_text("Recorded: Handed over: Waste team.")
    page.get_by_role("button", name="Put it right").click()
    page.get_by_role("button", name="Resolved r").click()
    until(lambda: site.contacts()[0].version.contact.outcome is Outcome.RESOLVED)
    page.get_by_role("button", name="Next call").click()
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_contain_text("Resolved with help")


def test_enter_opens_what_answers_the_whole_question_however_fast_it_is_typed(site, visit):
    page = site.sit_down(visit)
    ask(page, "missed", "Missed bin collection")
    page.keyboard.press("Control+A")
    page.keyboard.type("sorting rubbish")
    page.keyboard.press("Enter")
    opened(page, "Sorting rubbish")


def test_what_is_meant_counts_once_the_question_stands_still(site, visit):
    page = site.sit_down(visit)

    def meant(route):
        answer = route.fetch()
        found = answer.json()
        if "quick" not in route.request.url:
            found["results"].reverse()
        route.fulfill(response=answer, json=found)

    page.route("**/api/v1/search*", meant)
    with page.expect_response(lambda answer: "/search" in answer.url and "quick" not in answer.url):
        ask(page, "rubbish bin collection", "Sorting rubbish")
    expect(page.locator("#hits li").last).to_contain_text("Missed bin collection")
    page.keyboard.press("Enter")
    opened(page, "Sorting rubbish")


def test_half_a_case_reference_is_not_recorded(site, visit):
    page = site.sit_down(visit)
    page.get_by_label("Case").fill("?!")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label("Case")).to_be_focused()
    assert site.contacts() == []


def test_without_scripts_a_call_is_recorded_by_keyboard(site, visit):
    page = visit(f"{site.origin}/sign-in?next=/desk/", java_script_enabled=False)
    page.get_by_label("Name").fill("jo")
    page.get_by_label("Password").fill("wet otter under nine lamps")
    page.keyboard.press("Enter")
    page.get_by_label("What does the caller want?").fill("missed bin")
    page.keyboard.press("Enter")
    page.locator("#hits").get_by_role("link", name="Missed bin collection").press("Enter")
    expect(page.get_by_text("Look at the round sheet.")).to_be_visible()
    page.get_by_label("Notes").fill("Round 4")
    page.get_by_label("Notes").press("Enter")
    expect(page.get_by_label("Notes")).to_have_value("Round 4")
    page.get_by_role("button", name="Handed over").press("Enter")
    expect(page.get_by_text("Recorded.")).to_be_visible()
    contact = site.contacts()[0].version.contact
    assert contact.handed_to == "waste"
    assert contact.answered_by == "bins"
    page.get_by_role("link", name="Put it right").press("Enter")
    page.get_by_role("button", name="Abandoned").press("Enter")
    expect(page.get_by_text("Recorded.")).to_be_visible()
    assert site.contacts()[0].version.contact.outcome is Outcome.ABANDONED
