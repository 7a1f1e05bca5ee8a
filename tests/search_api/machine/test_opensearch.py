"""The description for a browser's search box, and the suggestions it asks for."""

import json
from xml.etree import ElementTree

import pytest

from indexer.publish import Publisher

OPEN = "{http://a9.com/-/spec/opensearch/1.1/}"


def description(client):
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    return ElementTree.fromstring(response.data)


def template(root, kind):
    return next(
        url.get("template") for url in root.findall(f"{OPEN}Url") if url.get("type") == kind
    )


def test_the_search_it_describes_answers(public):
    address = template(description(public), "text/html").replace("{searchTerms}", "pothole")
    assert 'href="/articles/potholes' in public.get(address).text


def test_the_suggestions_it_describes_come_in_the_form_that_browsers_read(public):
    address = template(description(public), "application/x-suggestions+json")
    response = public.get(address.replace("{searchTerms}", "pot"))
    assert response.mimetype == "application/x-suggestions+json"
    typed, texts, notes, addresses = json.loads(response.data)
    assert (typed, texts, notes) == ("pot", ["Potholes"], [""])
    assert addresses == ["http://localhost/articles/potholes"]


@pytest.mark.parametrize("typed", ["", "zzzz", "🗑", "\x00", '"]<script>', "x" * 5000])
def test_anything_typed_gets_suggestions_or_none(public, typed):
    response = public.get("/opensearch/suggestions", query_string={"q": typed})
    assert json.loads(response.data)[0] == typed


def test_a_long_name_is_cut_as_the_format_asks(council, var, public):
    council.write("authority.yml", f"name: {'Little Oxney & Stowmere ' * 5}\n")
    Publisher(council.path, var).publish()
    root = description(public)
    assert root.findtext(f"{OPEN}ShortName") == "Little Oxney & S"
    assert len(root.findtext(f"{OPEN}LongName")) <= 48
