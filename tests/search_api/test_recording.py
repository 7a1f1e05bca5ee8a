"""The search log: what is asked and opened is recorded, and nothing about who did."""

import pytest

from kb.records.entries import Opening, Search
from kb.records.journal import read
from kb.settings import Settings
from search_api import create_app
from search_api.recording import recorder_of


@pytest.fixture
def recorded():
    """All entries of a type that an application has recorded, oldest first."""

    def find(client, type_):
        recorder = recorder_of(client.application)
        assert recorder.flush()
        with recorder.database.reading() as connection:
            return [one.entry for one in read(connection, type_, 0, 1000).entries]

    return find


def test_a_search_is_recorded_with_what_it_found(public, recorded):
    answer = public.get("/api/v1/search?q=report+missed+bin&kind=service&lang=cy").json
    public.get("/search?q=unicorns+near+volcanoes")
    first, second = recorded(public, Search)
    assert (first.query, first.kind, first.total) == ("report missed bin", "service", 2)
    assert first.results == tuple(hit["id"] for hit in answer["results"])
    assert (first.edition, first.generation) == ("public", answer["generation"])
    assert (first.surface, first.language, first.unsure) == ("api", "cy", False)
    assert (second.surface, second.total, second.results) == ("site", 0, ())


def test_personal_data_is_masked_before_it_is_written(public, recorded, var):
    words = "bins at PE15 0AB, call 01632 960212 or jo@example.org"
    public.get("/search", query_string={"q": words})
    public.get("/articles/missed-bin", query_string={"q": words})
    assert {one.query for type_ in (Search, Opening) for one in recorded(public, type_)} == {
        "bins at […], call […] or […]"
    }
    written = b"".join(path.read_bytes() for path in (var / "records").rglob("*.*"))
    assert b"bins at" in written
    for secret in (b"960212", b"0AB", b"jo@"):
        assert secret not in written


def test_nothing_says_who_asked(public, recorded, var):
    public.set_cookie("visitor", "cookie-7")
    public.get(
        "/search?q=bins",
        headers={"User-Agent": "agent-7", "Referer": "http://localhost/page-7"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert len(recorded(public, Search)) == 1
    written = b"".join(path.read_bytes() for path in (var / "records").rglob("*.*"))
    for trace in (b"192.0.2.7", b"agent-7", b"cookie-7", b"page-7"):
        assert trace not in written


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/search?q=++",
        "/search?q=bins&page=2",
        "/search?q=bins&page=x",
        "/api/v1/search?q=bins&typing=true",
        "/api/v1/suggest?q=bins",
        "/articles/missed-bin",
        "/articles/missed-bin?q=",
        "/articles/nowhere?q=bins",
        "/api/v1/articles/missed-bin",
    ],
)
def test_what_is_no_search_and_no_opening_is_not_recorded(public, recorded, path):
    public.get(path)
    public.head("/search?q=bins")
    assert recorded(public, Search) == recorded(public, Opening) == []


@pytest.mark.parametrize("path", ["/articles/missed-bin", "/api/v1/articles/missed-bin"])
def test_an_article_opened_from_a_search_is_recorded_with_its_words(public, recorded, path):
    public.get(f"{path}?q=my+bin")
    (entry,) = recorded(public, Opening)
    assert (entry.article, entry.query, entry.edition) == ("missed-bin", "my bin", "public")
    assert entry.generation == public.get("/readyz").json["generation"]


@pytest.mark.parametrize(
    ("headers", "surface"),
    [
        ({}, "api"),
        ({"Sec-Fetch-Site": "none"}, "api"),
        ({"Sec-Fetch-Site": "same-origin"}, "site"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://www.council.example"}, "widget"),
        ({"Origin": "http://www.council.example"}, "widget"),
        ({"Origin": "http://localhost"}, "api"),
        ({"Origin": "null"}, "api"),
        ({"Origin": "http://["}, "widget"),
    ],
)
def test_scripts_of_pages_are_told_from_programs(public, recorded, headers, surface):
    assert public.get("/api/v1/search?q=bins", headers=headers).status_code == 200
    (entry,) = recorded(public, Search)
    assert entry.surface == surface


def test_staff_record_apart_from_the_public(public, staff, recorded, var):
    staff.get("/api/v1/search?q=bomb+threat")
    (entry,) = recorded(staff, Search)
    assert (entry.surface, entry.edition, entry.results) == ("desk", "staff", ("bomb",))
    assert recorded(public, Search) == []
    written = b"".join(
        path.read_bytes() for path in (var / "records").rglob("*") if "public" in path.name
    )
    assert b"bomb" not in written


@pytest.mark.parametrize("query", ["\0", "\x1b[31m", "ħ" * 9000, "a" * 9000, b"\xff\xed\xa0\x80"])
def test_odd_words_are_recorded_too(public, recorded, query):
    assert public.get("/search", query_string={"q": query}).status_code == 200
    assert all(len(entry.query) <= 2000 for entry in recorded(public, Search))


def test_search_goes_on_while_the_records_are_away_and_health_says_so(council, var, tmp_path):
    settings = Settings(public_database_url=f"sqlite:///{tmp_path}")  # a folder is no database
    client = create_app("public", var, settings).test_client()
    assert client.get("/search?q=bins").status_code == 200
    recorder = recorder_of(client.application)
    assert recorder.flush()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"], ready.json["records"]) == (
        200,
        "ready",
        "spooled",
    )
    assert recorder.spool.waiting() == 1
    assert str(tmp_path).encode() not in ready.data


def test_health_says_that_records_are_written(public, staff, recorded):
    for client in (public, staff):
        client.get("/search?q=bins")
        recorded(client, Search)
        assert client.get("/readyz").json["records"] == "written"
