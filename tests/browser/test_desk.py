"""The desk is for everybody: what axe-core says of it, in every state that a call has."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults, violations


def ask(page: Page) -> None:
    page.keyboard.type("sorting missed rubbish")
    expect(page.locator("#hits li")).not_to_have_count(0)
    expect(page.locator("#people li")).not_to_have_count(0)


def answer(page: Page) -> None:
    page.keyboard.type("missed")
    expect(page.locator("#hits li")).not_to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#opened h2")).to_be_visible()


def guide(page: Page) -> None:
    page.keyboard.type("sorting")
    expect(page.locator("#hits li")).not_to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#opened .walk")).to_be_visible()
    page.keyboard.press("1")


def whom(page: Page) -> None:
    answer(page)
    page.keyboard.press("o")
    expect(page.locator("#whom-list li")).not_to_have_count(0)


def when(page: Page) -> None:
    answer(page)
    page.keyboard.press("b")
    expect(page.locator(".times button")).not_to_have_count(0)


def recorded(page: Page) -> None:
    answer(page)
    page.keyboard.press("r")
    expect(page.locator("#said")).to_have_text("Recorded: Resolved.")


def put_right(page: Page) -> None:
    recorded(page)
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("Put right")


def keys(page: Page) -> None:
    answer(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def empty(page: Page) -> None:
    expect(page.get_by_text("Type while the caller speaks.")).to_be_visible()


@pytest.mark.parametrize(
    "state", [empty, ask, answer, guide, whom, when, recorded, put_right, keys]
)
def test_every_state_of_a_call_is_for_everybody(site, visit, state: Callable[[Page], None]):
    page = site.sit_down(visit)
    state(page)
    assert faults(page) == []
    assert page.evaluate("document.noted") == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_how_the_call_went_is_always_in_reach(site, visit, width, height):
    page = site.sit_down(visit, viewport={"width": width, "height": height})
    answer(page)
    buttons = page.locator("#outcome [name=outcome]")
    expect(buttons).to_have_count(5)
    for button in buttons.all():
        expect(button).to_be_in_viewport(ratio=1)


def test_in_welsh_the_desk_is_for_everybody_too(site, visit):
    page = site.sit_down(visit, "/desk/?lang=cy")
    answer(page)
    expect(page.get_by_role("button", name="Wedi'i ddatrys r")).to_be_visible()
    assert violations(page) == []


def test_single_letters_can_be_switched_off(site, visit):
    page = site.sit_down(visit)
    answer(page)
    page.keyboard.press("?")
    page.get_by_label("Single letters work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.locator("#opened").focus()
    page.keyboard.press("r")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert site.contacts() == []
