"""Surges at the desk, on the dashboard and over the API."""

from datetime import timedelta

import pytest

from kb import clock
from kb.accounts.roles import Role
from kb.records.database import RecordsAway
from kb.records.journal import write
from search_api.reading import edition_of
from search_api.recording import recorder_of, recorders_of
from search_api.surge import watch
from tests.kb.records.made import search
from tests.search_api.signing import sign_in


@pytest.fixture
def app(client_of):
    made = client_of("staff").application
    yield made
    for recorder in recorders_of(made):
        recorder.close()


@pytest.fixture
def store(app):
    """Eight weeks old, with a surge of both kinds."""
    found = recorder_of(app).database
    now = clock.now() - timedelta(minutes=10)
    write(found, [search("first", at=now - timedelta(weeks=8))])
    bins = [search("missed bin", results=("missed-bin",), total=1, at=now) for _ in range(40)]
    nothing = [search("wasps <b>", results=(), total=0, at=now) for _ in range(12)]
    write(found, [*bins, *nothing])
    return found


def client(app, role: Role):
    return sign_in(app.test_client(), role, writes=True)


def test_a_program_is_told(app, store):
    answer = client(app, Role.AGENT).get("/api/v1/surges").json
    first, second = answer["surges"]
    assert answer["minutes"] == 120
    assert (first["service"], first["title"], first["count"], first["usual"]) == (
        "missed-bin",
        "Missed bin collection",
        40,
        0,
    )
    assert (second["service"], second["title"], second["words"]) == (
        None,
        "“wasps <b>”",
        "wasps <b>",
    )


def test_the_desk_and_the_dashboard_say_so_and_a_manager_can_pin(app, store):
    manager = client(app, Role.MANAGER)
    for path in ("/desk/", "/dashboard/"):
        page = manager.get(path).text
        assert "Asked for far more than usual" in page
        assert "40 times in two hours, usually less than one" in page
        assert "“wasps &lt;b&gt;”" in page
        assert 'href="/notices/pin?service=missed-bin"' in page
        assert "/notices/pin?queries=wasps" in page
    page = client(app, Role.AGENT).get("/desk/").text
    assert "40 times" in page
    assert "/notices/pin" not in page


def test_without_a_surge_nothing_is_said(app):
    agent = client(app, Role.AGENT)
    assert agent.get("/api/v1/surges").json["surges"] == []
    assert "far more than usual" not in agent.get("/desk/").text


def test_it_is_looked_for_once_a_minute_and_while_the_store_is_away_the_last_one_counts(
    app, store, monkeypatch
):
    agent = client(app, Role.AGENT)
    before = agent.get("/api/v1/surges").json
    assert before["surges"]

    def away(*_: object) -> None:
        raise RecordsAway("gone")

    monkeypatch.setattr(watch, "surges", away)
    assert agent.get("/api/v1/surges").json == before
    monkeypatch.setattr(watch, "EVERY_S", 0.0)
    assert agent.get("/api/v1/surges").json == before
    assert agent.get("/desk/").status_code == 200


def test_the_public_site_knows_nothing_of_it(public):
    assert public.get("/api/v1/surges").status_code == 404


def test_that_nobody_knows_is_logged_once(app, monkeypatch, caplog):
    def away(*_):
        raise RecordsAway("nobody at home")

    monkeypatch.setattr(watch, "surges", away)
    monkeypatch.setattr(watch, "EVERY_S", 0)
    watching = watch.SurgeWatch(recorder_of(app).database, edition_of(app))
    for _ in range(3):
        watching.current()
    assert len(caplog.messages) == 1
