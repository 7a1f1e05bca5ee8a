"""What crawlers are told."""

from urllib.robotparser import RobotFileParser

import pytest


def rules(client):
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    parser = RobotFileParser()
    parser.parse(response.text.splitlines())
    return parser


def test_crawlers_may_read_the_pages_and_learn_of_the_sitemap(public):
    said = rules(public)
    assert all(said.can_fetch("any", path) for path in ("/", "/articles/x", "/a-z/", "/feed.xml"))
    assert said.site_maps() == ["http://localhost/sitemap.xml"]


def test_searches_and_the_api_are_not_for_crawlers(public):
    said = rules(public)
    assert not said.can_fetch("any", "/search?q=bin")
    assert not said.can_fetch("any", "/api/v1/services")


@pytest.mark.parametrize("path", ["/", "/articles/x", "/robots.txt"])
def test_nothing_of_the_staff_site_is_for_crawlers(staff, path):
    assert not rules(staff).can_fetch("any", path)
    assert rules(staff).site_maps() is None


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/feed.xml", "/opensearch.xml", "/opensearch/suggestions"]
)
def test_the_staff_site_has_no_addresses_for_the_public(staff, path):
    assert staff.get(path).status_code == 404
