"""The page of the API: complete, readable without a script, and its examples run."""

import json
import re
import shlex
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from indexer.publish import Publisher
from kb.article import Edition
from search_api import create_app
from search_api.api_docs.description import operations
from tests.search_api.signing import sign_in

OPERATIONS = {
    edition: operations(create_app(edition, Path("nowhere")).api_doc) for edition in Edition
}
ALL = [(edition.value, one) for edition, found in OPERATIONS.items() for one in found]

WITHOUT_EXAMPLE = {
    "/api/v1/contacts/{id}",
    "/api/v1/contacts/{id}/corrections",
    "/api/v1/requests",
    "/api/v1/requests/{id}",
}
"""What cannot be shown with one: the edition knows of no contact, and of no system for requests."""


def name(value) -> str | None:
    return None if isinstance(value, str) else value.anchor


@pytest.fixture
def visitor(client_of):
    """Makes a client of an edition, of staff signed in."""

    def make(edition: str):
        client = client_of(edition)
        return sign_in(client, writes=True) if edition == Edition.STAFF.value else client

    return make


@pytest.fixture(params=[edition.value for edition in Edition])
def client(request, visitor):
    return visitor(request.param)


def section(client, operation) -> str:
    """What the page says of one operation."""
    page = client.get("/api/docs").text
    (found,) = re.findall(
        rf'<section class="part" id="{operation.anchor}">.*?</section>', page, re.S
    )
    return found


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def code(html: str) -> list[str]:
    """What stands in blocks of code."""
    return [text(block) for block in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.S)]


def run(client, command: str):
    """Make the request that a curl command makes."""
    program, url, *options = shlex.split(command)
    assert program == "curl"
    given = dict(zip(options[::2], options[1::2], strict=True))
    assert set(given) <= {"--header", "--data", "--request"}
    kind = given.get("--header", "").removeprefix("Content-Type: ") or None
    method = given.get("--request", "POST" if "--data" in given else "GET")
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}"
    return client.open(path, method=method, data=given.get("--data"), content_type=kind)


def cut(value):
    """As the page cuts an answer, without what is different each time."""
    if isinstance(value, list):
        return [cut(one) for one in value[:2]]
    if isinstance(value, dict):
        return {key: cut(one) for key, one in value.items() if key != "took_ms"}
    return value


@pytest.mark.parametrize(("edition", "operation"), ALL, ids=name)
def test_every_operation_is_there_with_all_its_parts(visitor, edition, operation):
    said = text(section(visitor(edition), operation))
    assert f"{operation.method} {operation.path}" in said
    assert operation.summary in said
    for field in (*operation.parameters, *operation.body):
        assert f"{field.name} " in said
        assert field.description in said
    for answer in operation.answers:
        assert f"{answer.status} {answer.phrase}" in said


@pytest.mark.parametrize(
    ("edition", "operation"),
    [(edition, one) for edition, one in ALL if one.path not in WITHOUT_EXAMPLE],
    ids=name,
)
def test_every_example_runs_and_is_answered_as_the_page_says(visitor, edition, operation):
    client = visitor(edition)
    command, *answers = code(section(client, operation))
    answer = run(client, command)
    assert answer.status_code in {one.status for one in operation.answers if not one.is_error}
    if operation.method == "GET":
        (shown,) = answers
        assert cut(json.loads(shown)) == cut(answer.json)
        assert answer.status in section(client, operation)
    else:
        assert answers == []


def test_what_can_be_asked_for_is_said_with_type_default_and_bounds(public):
    search = next(one for one in OPERATIONS[Edition.PUBLIC] if one.path == "/api/v1/search")
    said = {field.name: field for field in search.parameters}
    assert (said["size"].type, said["size"].default, said["size"].bounds) == (
        "integer",
        "10",
        "1 to 50",
    )
    assert said["kind"].type == '"service" | "faq" | "guide" | "place" | null'
    assert said["q"].bounds == "at most 100,000 characters"
    fields = {field.name: field.type for field in search.answers[0].fields}
    assert fields["results[].answer.spans[].hit"] == "boolean"
    shown = text(section(public, search))
    assert "size integer, default 10, 1 to 50" in shown


def test_it_needs_no_script_and_nothing_from_elsewhere(client):
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    addresses = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page.text)
    assert all(address.startswith(("/", "http://localhost/")) for address in addresses)


def test_looking_at_it_leaves_no_search_in_the_records(public, monkeypatch):
    kept = []
    recorder = public.application.extensions["firstline-recorder"]
    monkeypatch.setattr(recorder, "record", kept.append)
    public.get("/api/docs")
    assert kept == []
    public.get("/api/v1/search?q=bin")
    assert len(kept) == 1


def test_an_edition_with_nothing_in_it_has_the_page_too(content, var):
    Publisher(content.path, var).publish()
    client = create_app("public", var).test_client()
    page = client.get("/api/docs")
    assert page.status_code == 200
    article = next(one for one in OPERATIONS[Edition.PUBLIC] if "{id}" in one.path)
    assert code(section(client, article)) == []


def test_it_speaks_welsh(public):
    assert "Paramedrau" in public.get("/api/docs?lang=cy").text


def test_the_staff_page_tells_what_only_staff_can_ask(staff, public):
    assert "explain" in staff.get("/api/docs").text
    assert "explain" not in public.get("/api/docs").text
