"""Notices, on their own page and where they belong."""

from tests.search_api.pages.county import main_of, say


def test_all_that_stand_are_listed_with_their_end_and_what_they_are_about(site, at):
    said = say(site.get("/notices/"))
    assert "Snow today. Until 2 November 2026" in said
    assert "Bins are late. About: Missed bin" in said
    assert "Long past." not in said
    assert "For the desk." not in said
    at("2026-11-03T00:00")
    assert "Snow today." not in say(site.get("/notices/"))


def test_staff_see_theirs(desk):
    assert "For the desk." in say(desk.get("/notices/"))


def test_a_notice_stands_with_its_searches_and_its_services(site):
    assert "Snow today." in main_of(site.get("/search?q=my+bins"))
    assert "Snow today." not in main_of(site.get("/search?q=potholes"))
    assert "Bins are late." in main_of(site.get("/articles/bins"))
    assert "Bins are late." in main_of(site.get("/articles/side-waste"))
    assert "Bins are late." not in main_of(site.get("/articles/potholes"))


def test_a_day_without_notices_says_so(site, county):
    (county.path / "notices.yml").unlink()
    county.publish()
    assert "All is as usual" in say(site.get("/notices/"))
