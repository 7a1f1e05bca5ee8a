"""Flagging at the desk and the editors' queue, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from kb.accounts.roles import Role
from kb.flags.keeping import take_in
from kb.flags.queue import Wanted, queue
from kb.settings import Settings
from search_api import create_app
from search_api.recording import recorder_of, recorders_of
from tests.browser.axe import faults
from tests.browser.hosting import serving
from tests.conftest import ContentFolder
from tests.kb.flags.made import flag
from tests.search_api.made import publish_council
from tests.search_api.signing import COOKIE, new_session


@pytest.fixture
def site(tmp_path):
    """The staff site of a council, and its store."""
    (tmp_path / "content").mkdir()
    content = ContentFolder(tmp_path / "content")
    content.article("services/holes.md", title="Holes", service_code="POT", body="We fill them.")
    publish_council(content, tmp_path / "var")
    settings = {"open311": {"endpoint": "http://127.0.0.1:1/v2", "api_key": "secret-key"}}
    app = create_app("staff", tmp_path / "var", Settings.model_validate(settings))
    with serving(app) as origin:
        yield origin, recorder_of(app).database
    for recorder in recorders_of(app):
        recorder.close()


@pytest.fixture
def go(site, visit):
    """Opens a page as somebody who is signed in."""
    origin, store = site

    def to(path: str, **options) -> Page:
        page = visit(f"{origin}/sign-in", **options)
        secret = new_session(store, Role.ADMIN)
        page.context.add_cookies([{"name": COOKIE, "value": secret, "url": origin}])
        page.goto(origin + path)
        return page

    return to


def raised(store):
    return [one.flag for group in queue(store, Wanted()) for one in group.flags]


def test_an_answer_is_flagged_by_keyboard_alone(go, site):
    page = go("/desk/")
    page.keyboard.type("missed bin")
    expect(page.locator("#hits li").first).to_contain_text("Missed bin collection")
    page.keyboard.press("Enter")
    expect(page.locator("#opened h2")).to_contain_text("Missed bin collection")
    page.locator("#opened").focus()
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog", name="Flag it or fix it")
    expect(dialog).to_contain_text("Missed bin collection")
    expect(dialog.get_by_label("Nobody has written this")).to_be_hidden()
    assert faults(page, narrow=390) == []
    dialog.get_by_label("It is wrong").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("It is two days now")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Thank you. It is with the editors.")
    (flag,) = raised(site[1])
    assert (flag.kind, flag.article, flag.query) == ("wrong", "missed-bin", "missed bin")
    assert flag.comment == "It is two days now"
    assert page.evaluate("document.noted") == []


def test_words_that_nothing_answers_are_flagged(go, site):
    page = go("/desk/")
    page.keyboard.type("xyzzyq")
    link = page.get_by_role("link", name="Nobody has written this")
    expect(link).to_be_visible()
    link.click()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("#state")).to_have_text("Thank you. It is with the editors.")
    (flag,) = raised(site[1])
    assert (flag.article, flag.query, flag.trail) == (None, "xyzzyq", ("xyzzyq",))


def test_a_flag_that_the_server_does_not_take_stays_in_the_dialog(go, site):
    page = go("/desk/?open=missed-bin")
    page.route("**/api/v1/flags", lambda route: route.abort())
    page.get_by_role("link", name="Flag it or fix it").click()
    page.get_by_label("It is not clear").check()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("alert")).to_have_text(
        "The server does not answer. Try again in a moment."
    )
    page.unroute("**/api/v1/flags")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("#state")).to_have_text("Thank you. It is with the editors.")
    assert len(raised(site[1])) == 1


def test_without_scripts_a_page_does_the_same(go, site):
    page = go("/desk/?open=missed-bin", java_script_enabled=False)
    page.get_by_role("link", name="Flag it or fix it").click()
    page.get_by_label("The caller said it differently").check()
    page.get_by_label("caller's own words").fill("dustmen")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("with the editors")
    assert raised(site[1])[0].wording == "dustmen"


@pytest.mark.parametrize(
    "path",
    [
        "/queue/",
        "/queue/?lang=cy",
        "/desk/flags?article=missed-bin",
        "/notices/pin",
        "/outbox/",
        "/desk/requests?article=holes",
    ],
)
def test_everybody_can_read_and_use_the_pages(go, site, path):
    kinds = ("wrong", "said-differently", "nobody-has-written")
    take_in(site[1], [flag(kind, query="bin", comment="about the bin") for kind in kinds])
    page = go(path)
    assert faults(page, narrow=390) == []
    assert page.evaluate("document.noted") == []


def test_a_pinned_notice_is_drawn_with_what_the_desk_finds(go):
    page = go("/notices/pin")
    page.get_by_label("What callers and residents are to read").fill("Bins are a <b>day</b> late")
    page.get_by_label("With this service").select_option("missed-bin")
    page.get_by_role("button", name="Pin it").click()
    expect(page.get_by_role("heading", name="Pinned now")).to_be_visible()
    assert faults(page, narrow=390) == []
    page.get_by_role("link", name="Desk").click()
    line = page.get_by_text("Bins are a <b>day</b> late")
    expect(line).to_be_visible()
    page.keyboard.type("potholes")
    expect(page.locator("#hits li").first).to_contain_text("Potholes")
    expect(line).to_be_hidden()
    page.locator("#ask").fill("missed bin")
    expect(page.locator("#notices")).to_have_text("Bins are a <b>day</b> late")


def test_an_editor_settles_what_is_ticked(go, site):
    take_in(site[1], [flag(comment="one"), flag(comment="two")])
    page = go("/queue/")
    page.get_by_label("one").uncheck()
    page.get_by_label("Note").fill("Mended.")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_label("two")).to_have_count(0)
    expect(page.get_by_label("one")).to_be_checked()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("Mended.")).to_be_visible()
