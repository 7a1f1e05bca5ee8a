"""The dashboard, its report and the list of contacts, in a browser: seen, heard, printed."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from kb import clock
from kb.accounts.roles import Role
from kb.demo.scenery import scenery_of
from kb.demo.store import make
from kb.figures.period import Quarter
from search_api import create_app
from search_api.recording import recorder_of
from tests.browser.axe import faults
from tests.browser.hosting import serving
from tests.conftest import ContentFolder
from tests.search_api.made import publish_council
from tests.search_api.signing import COOKIE, new_session

QUARTER = Quarter.of(clock.today()).before
PAGES = (
    "/dashboard/",
    f"/dashboard/?data=demo&quarter={QUARTER}",
    f"/dashboard/?data=demo&quarter={QUARTER}&lang=cy",
    f"/dashboard/report?data=demo&quarter={QUARTER}",
    "/contacts/",
    "/contacts/?data=demo&size=20",
)


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """The origin of a staff site with a demonstration, and a cookie of its manager."""
    folder = tmp_path_factory.mktemp("managed")
    (folder / "content").mkdir()
    content = ContentFolder(folder / "content")
    for number in range(12):
        title = f"Service number {number} that has a long and winding name of its own"
        content.article(f"services/service-{number}.md", title=title)
    publish_council(content, folder / "var")
    last: date = QUARTER.period.last
    make(folder / "var", scenery_of(content.check(last)), last, weeks=13, agents=4, seed=1)
    app = create_app("staff", folder / "var")
    session = new_session(recorder_of(app).database, Role.MANAGER)
    with serving(app) as origin:
        yield origin, {"name": COOKIE, "value": session, "url": origin}
    recorder_of(app).close()


@pytest.fixture
def look(staff, visit):
    """Opens a page as the manager."""
    origin, cookie = staff

    def open_page(path: str, **options) -> Page:
        page = visit(origin + "/healthz", **options)
        page.context.add_cookies([cookie])
        page.goto(origin + path)
        return page

    return open_page


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(look, path):
    page = look(path)
    for one in page.locator("main details").all():
        one.evaluate("one => one.open = true")
    assert faults(page) == []
    assert page.evaluate("document.noted") == []


def test_a_bar_leads_to_the_contacts_behind_it_by_keyboard_and_without_a_script(look):
    page = look(PAGES[1], java_script_enabled=False)
    bar = page.locator("svg[aria-labelledby=channels-title] a").first
    said = bar.text_content() or ""
    number = re.search(r"of ([\d,]+) \(", said)
    assert number is not None, said
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".count")).to_have_text(f"{number[1]} contacts")
    expect(page.get_by_role("complementary").first).to_contain_text("Demonstration data")


def test_a_point_of_a_week_says_what_it_stands_for(look):
    page = look(PAGES[1])
    points = page.locator("svg[aria-labelledby=weeks-title] a")
    assert points.count() >= 12
    expect(points.first).to_have_attribute("aria-label", re.compile(r"%.* of [\d,]+ \(.* to .*\)"))


@pytest.mark.parametrize("language", ["", "&lang=cy"])
def test_the_report_is_one_sheet_of_a4_and_says_that_it_is_made_up(look, language):
    page = look(f"{PAGES[3]}{language}")
    page.emulate_media(media="print")
    expect(page.locator(".demo")).to_be_visible()
    expect(page.locator("main nav")).to_be_hidden()
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheet)
    assert box is not None
    assert [round(float(side) / 72 * 25.4) for side in box.groups()] == [210, 297]


def test_other_days_are_asked_for_with_a_form(look):
    page = look(f"/dashboard/?data=demo&quarter={QUARTER}")
    page.get_by_text("Other days").click()
    day = str(QUARTER.period.first)
    page.get_by_label("From").fill(day)
    page.get_by_label("To", exact=True).fill(str(QUARTER.period.last))
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(f"from={day}.*data=demo"))
    expect(page.locator(".big")).to_contain_text("%")
