"""The sitemap: every page of the public site, once, and each in all its languages."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from indexer.publish import Publisher
from kb.settings import Settings
from search_api import create_app
from search_api.machine import sitemap

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def entries(response):
    """By address: the element."""
    assert response.mimetype == "application/xml"
    found = ElementTree.fromstring(response.data).findall(f"{MAP}url")
    return {url.findtext(f"{MAP}loc"): url for url in found}


@pytest.fixture
def translated(council, var):
    council.article("services/potholes.cy.md", title="Tyllau", body="Tyllau yn y ffordd.")
    Publisher(council.path, var).publish()


def test_it_names_every_page_once_and_no_staff_article(public):
    addresses = [
        address.removeprefix("http://localhost") for address in entries(public.get("/sitemap.xml"))
    ]
    assert len(addresses) == len(set(addresses))
    assert {"/", "/?lang=cy", "/a-z/", "/places/", "/articles/potholes", "/articles/hall"} <= set(
        addresses
    )
    assert not [address for address in addresses if "bomb" in address or "search" in address]


def test_every_page_that_stays_is_in_it(public):
    found = entries(public.get("/sitemap.xml"))
    rules = [rule for rule in public.application.url_map.iter_rules() if not rule.arguments]
    pages = {rule.rule for rule in rules if rule.endpoint.startswith("pages.")}
    pages -= {"/search", "/notices/"}  # other words for everybody, or for a day
    assert {f"http://localhost{page}" for page in pages} <= set(found)


def test_topics_are_in_it(council, var, public):
    council.write("authority.yml", "name: Testshire\ntopics: [refuse]\n")
    council.article("faqs/bags.md", tags=["Refuse"])
    Publisher(council.path, var).publish()
    assert "http://localhost/topics/refuse" in entries(public.get("/sitemap.xml"))


def test_every_address_in_it_is_there_and_names_itself(public, translated):
    for address in entries(public.get("/sitemap.xml")):
        page = public.get(address)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in page.text


def test_a_translation_is_an_address_of_its_own_and_each_names_all(public, translated):
    found = entries(public.get("/sitemap.xml"))
    for address in (
        "http://localhost/articles/potholes",
        "http://localhost/articles/potholes?lang=cy",
    ):
        links = {link.get("hreflang"): link.get("href") for link in found[address].findall(LINK)}
        assert links == {
            "en": "http://localhost/articles/potholes",
            "cy": "http://localhost/articles/potholes?lang=cy",
        }
    assert found["http://localhost/articles/hall"].findall(LINK) == []


def test_articles_say_when_they_changed(public):
    url = entries(public.get("/sitemap.xml"))["http://localhost/articles/potholes"]
    assert datetime.fromisoformat(url.findtext(f"{MAP}lastmod")).tzinfo is not None


def test_addresses_begin_with_the_public_address_where_one_is_set(council, var):
    settings = Settings(public_url="https://help.council.example")
    client = create_app("public", var, settings).test_client()
    found = entries(client.get("/sitemap.xml", headers={"Host": "internal.example"}))
    assert all(address.startswith("https://help.council.example/") for address in found)


def test_too_many_pages_for_one_file_are_listed_in_several(public, monkeypatch):
    whole = set(entries(public.get("/sitemap.xml")))
    monkeypatch.setattr(sitemap, "LIMIT", 4)
    index = ElementTree.fromstring(public.get("/sitemap.xml").data)
    files = [element.text for element in index.iter(f"{MAP}loc")]
    parts = [set(entries(public.get(file))) for file in files]
    assert set().union(*parts) == whole
    assert sum(map(len, parts)) == len(whole)
    assert max(map(len, parts)) == 4


@pytest.mark.parametrize("part", ["0", "2", "99999", "-1", "x", "1.5", "٣", "9" * 5000])
def test_a_part_that_is_not_there_is_not_found(public, part):
    assert public.get("/sitemap.xml", query_string={"part": part}).status_code == 404


def test_without_a_host_there_is_no_address_to_give(public):
    assert public.get("/sitemap.xml", headers={"Host": '"><script>'}).status_code == 400
