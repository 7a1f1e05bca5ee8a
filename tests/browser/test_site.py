"""The public site in a browser: seen, heard, used by keyboard alone, and printed."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from indexer.publish import Publisher
from kb import clock
from search_api import create_app
from tests.browser.axe import faults
from tests.browser.hosting import serving
from tests.conftest import ContentFolder
from tests.search_api.pages.county import AUTHORITY, PATHS, write_county

"""A page of 1,280 pixels zoomed to 400 % is 320 wide for its style."""


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch):
    """The site runs in this process, and reads this clock."""
    moment = datetime(2026, 11, 2, 10, 0, tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The public site of a county with its own colour; any may be published beside it."""
    folder = tmp_path_factory.mktemp("site")

    def publish(name: str, authority: str):
        content = ContentFolder(folder / name / "content")
        write_county(content)
        content.write("authority.yml", authority)
        Publisher(content.path, folder / name / "var").publish()
        return create_app("public", folder / name / "var")

    return publish


@pytest.fixture(scope="module")
def site(county):
    with serving(county("teal", AUTHORITY)) as origin:
        yield origin


def unfolded(page: Page) -> Page:
    """The page with all of it unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return page


@pytest.mark.parametrize("path", [*PATHS, "/?lang=cy", "/articles/bins?lang=cy"])
def test_everybody_can_read_and_use_every_kind_of_page(site, visit, path):
    assert faults(unfolded(visit(site + path))) == []


@pytest.mark.parametrize("colour", ["#ffd400", "#ffffff", "#000000"])
def test_any_colour_of_the_brand_can_be_read(county, visit, colour):
    app = county(colour[1:], AUTHORITY.replace("#1d4f5c", colour))
    with serving(app) as origin:
        page = visit(origin)
        assert faults(unfolded(page)) == []
        page.goto(f"{origin}/articles/bins")
        assert faults(unfolded(page)) == []


def test_the_policy_refuses_nothing_that_a_page_needs(site, visit):
    page = visit(site)
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.noted") == []


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has that name has the focus; each stop on the way can be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"
        if name in (focused.inner_text() or focused.get_attribute("name") or ""):
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_from_a_question_to_the_feedback_by_keyboard_and_without_a_script(site, visit):
    page = visit(site, java_script_enabled=False)
    expect(page.get_by_label("What do you need?")).to_be_focused()
    page.keyboard.type("the bin was missed")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tell us within two days.")).to_be_visible()
    tab_to(page, "Missed bin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Missed bin")
    tab_to(page, "Town hall")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Open until 5pm").first).to_be_visible()
    expect(page.get_by_text("10am to midday and 1pm to 5pm").first).to_be_visible()
    tab_to(page, "No")
    page.keyboard.press("Enter")
    tab_to(page, "comment")
    page.keyboard.type("Is there a lift?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_the_first_stop_leads_past_what_every_page_has(site, visit):
    page = visit(f"{site}/articles/bins")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_an_answer_is_printed_on_a_sheet_of_a5_with_address_and_hours(site, visit):
    page = visit(f"{site}/articles/hall")
    page.emulate_media(media="print")
    expect(page.get_by_text("1 High Street, Testford")).to_be_visible()
    expect(page.get_by_text("Monday", exact=True).first).to_be_visible()
    for hidden in ("Did this answer your question?", "Topics", "Skip to the content"):
        expect(page.get_by_text(hidden, exact=True).first).to_be_hidden()
    sheet = page.pdf(prefer_css_page_size=True)
    (size,) = set(re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", sheet))
    assert [round(int(points) / 72 * 25.4, -1) for points in size] == [150, 210]
    assert len(re.findall(rb"/Type /Page\b", sheet)) == 1
