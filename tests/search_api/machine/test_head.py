"""What the head of a page tells machines."""

import re
from html import unescape

import pytest

from indexer.publish import Publisher
from kb.settings import Settings
from search_api import create_app


def links(page, rel):
    """The attributes of each `<link>` of a kind."""
    found = [
        dict(re.findall(r'(\w+)="([^"]*)"', tag))
        for tag in re.findall(r"<link ([^>]*)>", page.text)
    ]
    return [{k: unescape(v) for k, v in link.items()} for link in found if link["rel"] == rel]


def metas(page):
    """By name or property: the content."""
    found = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', page.text)
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", "/"),
        ("/?lang=cy", "/?lang=cy"),
        ("/?lang=fr", "/"),
        ("/?utm_source=letter", "/"),
        ("/a-z/", "/a-z/"),
        ("/places/", "/places/"),
        ("/articles/potholes?q=hole", "/articles/potholes"),
        ("/articles/potholes?lang=cy", "/articles/potholes?lang=cy"),
        ("/articles/hall?lang=cy", "/articles/hall"),
    ],
)
def test_a_page_names_the_one_address_it_should_be_known_by(council, var, public, path, canonical):
    council.article("services/potholes.cy.md", title="Tyllau", body="Tyllau yn y ffordd.")
    Publisher(council.path, var).publish()
    (link,) = links(public.get(path), "canonical")
    assert link["href"] == f"http://localhost{canonical}"


@pytest.mark.parametrize("path", ["/search", "/search?q=bin", "/nowhere", "/articles/nothing"])
def test_results_and_errors_are_not_for_search_engines(public, path):
    page = public.get(path)
    assert metas(page)["robots"] == "noindex"
    assert links(page, "canonical") == []


def test_a_page_that_search_engines_may_keep_says_nothing_against_it(public):
    assert "robots" not in metas(public.get("/articles/potholes"))


def test_an_article_names_its_languages_feed_search_and_markdown(council, var, public):
    council.article("services/potholes.cy.md", title="Tyllau", body="Tyllau yn y ffordd.")
    Publisher(council.path, var).publish()
    page = public.get("/articles/potholes")
    alternates = links(page, "alternate")
    languages = {link["hreflang"]: link["href"] for link in alternates if "hreflang" in link}
    assert languages == {
        "en": "http://localhost/articles/potholes",
        "cy": "http://localhost/articles/potholes?lang=cy",
    }
    others = {link["type"]: link["href"] for link in alternates if "type" in link}
    assert others == {"application/atom+xml": "/feed.xml", "text/markdown": "/articles/potholes.md"}
    assert links(page, "search")[0]["href"] == "/opensearch.xml"


def test_an_article_can_be_shown_by_those_who_link_to_it(public):
    said = metas(public.get("/articles/missed-bin"))
    assert said["description"] == "Report it within two working days."
    assert said["og:title"] == "Missed bin collection"
    assert said["og:description"] == said["description"]
    assert (said["og:type"], said["og:site_name"]) == ("article", "Testshire Council")
    assert said["og:url"] == "http://localhost/articles/missed-bin"


def test_a_long_description_ends_with_a_whole_word(council, var, public):
    council.article("faqs/long.md", summary="Wheeliebin " * 60)
    Publisher(council.path, var).publish()
    said = metas(public.get("/articles/long"))["description"]
    assert said.endswith("Wheeliebin…")
    assert len(said) <= 301


def test_what_an_article_says_cannot_leave_its_place_in_the_head(council, var, public):
    hostile = '"></script><script src="x"><!-- \u2028'
    council.article("faqs/odd.md", title=f"Odd {hostile}", summary=hostile, questions=[hostile])
    Publisher(council.path, var).publish()
    page = public.get("/articles/odd")
    assert '<script src="x"' not in page.text
    assert page.text.count("</script>") == 1
    assert metas(page)["og:title"].startswith('Odd "></script>')


def test_the_public_address_goes_before_the_host_that_was_asked(council, var):
    client = create_app("public", var, Settings(public_url="https://help.example")).test_client()
    page = client.get("/articles/potholes", headers={"Host": "evil.example"})
    assert "evil.example" not in page.text
    assert links(page, "canonical")[0]["href"] == "https://help.example/articles/potholes"


@pytest.mark.parametrize("host", ['"><script>', "a b", "x" * 300 + "/", "", "[::1", "é.example"])
def test_a_host_that_is_none_gives_a_page_without_absolute_addresses(public, host):
    page = public.get("/articles/potholes", headers={"Host": host})
    assert page.status_code == 200
    assert links(page, "canonical") == []
    assert "<script>" not in page.text


@pytest.mark.parametrize("path", ["/", "/articles/bomb", "/nowhere"])
def test_the_staff_site_tells_machines_nothing(staff, path):
    page = staff.get(path)
    assert "og:" not in page.text
    assert "ld+json" not in page.text
    assert links(page, "canonical") == links(page, "alternate") == []
