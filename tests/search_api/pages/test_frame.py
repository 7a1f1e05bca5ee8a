"""What every page has around its own matter."""

import gzip
import re
from pathlib import Path

import html5lib
import pytest

import search_api
from tests.search_api.pages.county import AUTHORITY, PATHS, say

STYLE = Path(search_api.__file__).parent / "static" / "site.css"


@pytest.mark.parametrize("path", PATHS)
def test_pages_allow_no_foreign_or_inline_code(site, path):
    response = site.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    without_data = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", response.text)
    assert not re.search(r"<script(?![^>]+src=)|<style|\sstyle=|\son\w+=", without_data)
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("lang", "spoken"), [("", "en-GB"), ("lang=cy", "cy")])
def test_pages_have_one_heading_a_language_and_labelled_fields(site, path, lang, spoken):
    page = site.get(f"{path}{'&' if '?' in path else '?'}{lang}").text
    assert page.count("<h1") == 1
    assert f'<html lang="{spoken}">' in page
    for field in re.findall(r'<input id="(\w+)"', page):
        assert f'<label for="{field}">' in page


@pytest.mark.parametrize("path", [*PATHS, "/problems"])
def test_pages_are_html_without_a_fault(site, desk, path):
    parser = html5lib.HTMLParser(strict=True)
    welsh = f"{path}{'&' if '?' in path else '?'}lang=cy"
    for page in (site.get(path), desk.get(path), site.get(welsh)):
        parser.parse(page.text)
        ids = re.findall(r' id="([^"]+)"', page.text)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PATHS)
def test_a_page_and_its_style_are_light(site, path):
    page = gzip.compress(site.get(path).data) + gzip.compress(STYLE.read_bytes())
    assert len(page) < 30_000


def test_the_other_language_is_the_same_page(site):
    page = site.get("/search?q=a%26b&page=1").text
    assert 'href="/search?q=a%26b&amp;page=1&amp;lang=cy" lang="cy" hreflang="cy">Cymraeg' in page
    page = site.get("/search?q=a&lang=cy").text
    assert 'href="/search?q=a" lang="en" hreflang="en">English' in page


def test_no_path_leads_to_another_site(site):
    assert 'href="//' not in site.get("//evil.example/").text


def test_a_page_in_another_language_leads_only_to_such_pages(site):
    page = site.get("/?lang=cy").text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
    assert len(links) > 5
    assert [link for link in links if "lang=cy" not in link] == ["/"]


def test_the_brand_is_that_of_the_authority(site, county):
    page = site.get("/").text
    assert 'src="/files/public/logo.svg"' in page
    assert 'content="#1d4f5c"' in page
    first = re.search(r"/brand.css\?v=\w+", page)
    county.write("authority.yml", AUTHORITY.replace("#1d4f5c", "#800000"))
    county.publish()
    assert first is not None
    assert first[0] not in site.get("/").text


def test_every_page_says_how_to_reach_a_person(site):
    for path in PATHS:
        assert "Call us: 01632 960100 Open until 5pm" in say(site.get(path)), path


def test_staff_see_which_edition_it_is(site, desk):
    assert "Staff edition: not for the public" in say(desk.get("/"))
    assert "Staff edition" not in say(site.get("/"))


def test_an_error_is_said_in_the_language_of_the_page(site):
    assert "Page not found" in say(site.get("/nowhere"))
    assert "Heb ddod o hyd i'r dudalen" in say(site.get("/nowhere?lang=cy"))
