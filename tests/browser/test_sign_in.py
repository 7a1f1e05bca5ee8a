"""Signing in at the staff site, in a browser: seen, heard, and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from kb.accounts.accounts import Accounts
from kb.accounts.roles import Role
from search_api import create_app
from search_api.recording import recorder_of
from tests.browser.axe import faults
from tests.browser.hosting import serving
from tests.conftest import ContentFolder
from tests.search_api.made import publish_council

PASSWORD = "wet otter under nine lamps"


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """The staff site of a council, where Jo has an account."""
    folder = tmp_path_factory.mktemp("staff")
    (folder / "content").mkdir()
    publish_council(ContentFolder(folder / "content"), folder / "var")
    app = create_app("staff", folder / "var")
    Accounts(recorder_of(app).database).add("jo", Role.EDITOR, password=PASSWORD)
    with serving(app) as origin:
        yield origin
    recorder_of(app).close()


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in?lang=cy", "/places/"])
def test_everybody_can_read_and_use_the_form(staff, visit, path):
    page = visit(staff + path)
    assert faults(page) == []
    assert page.evaluate("document.noted") == []


def test_by_keyboard_and_without_a_script_in_and_out(staff, visit):
    page = visit(f"{staff}/articles/missed-bin", java_script_enabled=False)
    expect(page).to_have_title("Sign in · Testshire Council")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("jo")
    page.keyboard.press("Tab")
    page.keyboard.type("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "The name or the password is not right, or the account is closed."
    )
    expect(page).to_have_title("Error: Sign in · Testshire Council")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Missed bin collection")
    expect(page.get_by_text("Look at the round sheet.")).to_be_visible()
    page.get_by_role("button", name="Sign out").press("Enter")
    expect(page).to_have_title("Sign in · Testshire Council")
    page.goto(f"{staff}/articles/missed-bin")
    expect(page.get_by_label("Name")).to_be_visible()


def test_a_page_with_a_problem_and_one_of_somebody_signed_in_are_for_everybody(staff, visit):
    page = visit(f"{staff}/sign-in?next=/articles/missed-bin")
    page.get_by_label("Name").fill("jo")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Signed in: jo")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.noted") == []


def test_a_page_of_another_site_cannot_write_in_somebodys_name(staff, visit, host):
    page = visit(f"{staff}/sign-in")
    page.get_by_label("Name").fill("jo")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Signed in: jo")).to_be_visible()
    evil = host.page(f'<form method="post" action="{staff}/sign-out"><button>Win</button></form>')
    page.goto(host.unlisted + evil)
    page.get_by_role("button", name="Win").click()
    page.goto(staff)
    expect(page.get_by_text("Signed in: jo")).to_be_visible()
