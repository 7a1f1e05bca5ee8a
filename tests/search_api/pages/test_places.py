"""Where people can come in."""

import pytest

from tests.search_api.pages.county import main_of, say


def test_a_place_shows_its_address_and_its_hours(site):
    said = say(site.get("/places/"))
    assert "Town hall Open until 5pm 1 High Street, Testford" in said
    assert "Today 9am to 5pm Tomorrow 10am to midday and 1pm to 5pm" in said
    assert "Mon 9 November 9am to midday" in said


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-02T08:00", "Closed now. Opens at 9am"),
        ("2026-11-03T12:30", "Closed now. Opens at 1pm"),
        ("2026-11-03T18:00", "Closed now. Opens Monday at 9am"),
        ("2026-11-04T09:00", "Closed now. Opens Monday at 9am"),
    ],
)
def test_what_is_open_now_is_said_in_words(site, at, moment, state):
    at(moment)
    assert state in say(site.get("/places/"))


def test_tomorrows_hours_are_three_steps_from_the_first_page(site):
    assert 'href="/places/"' in site.get("/").text
    assert 'href="/articles/hall"' in site.get("/places/").text
    assert "Tomorrow 10am to midday and 1pm to 5pm" in say(site.get("/articles/hall"))


def test_a_page_that_says_open_is_not_taken_for_current_when_it_closes(site, at):
    for path in ("/places/", "/articles/hall", "/", "/a-z/"):
        at("2026-11-02T16:59")
        tag = site.get(path).headers["ETag"]
        assert site.get(path, headers={"If-None-Match": tag}).status_code == 304, path
        at("2026-11-02T17:00")
        assert site.get(path, headers={"If-None-Match": tag}).status_code == 200, path


def test_without_places_it_says_so(site, county):
    (county.path / "places/hall.md").unlink()
    county.publish()
    assert "There are no places in this edition yet." in say(site.get("/places/"))


def test_in_welsh_times_are_said_in_welsh(site):
    page = site.get("/places/?lang=cy")
    assert "Ar agor tan 5pm" in say(page)
    assert "Yfory 10am i hanner dydd, 1pm i 5pm" in say(page)
    assert 'lang="en">Town hall</a>' in main_of(page)
