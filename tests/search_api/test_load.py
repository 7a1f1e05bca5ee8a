"""What gives way where more is asked at once than can be answered: meaning, and nothing else."""

import socket
import threading
from contextlib import ExitStack

import pytest

from indexer.current import CurrentEdition
from indexer.embedding import Semantics
from indexer.publish import Publisher
from kb.article import Edition
from kb.settings import Settings
from search_api import create_app, load, serve
from search_api.reading import EXTENSION
from search_api.recording import recorder_of
from search_api.serve import Site
from tests.indexer.concepts import Concepts
from tests.search_api.signing import sign_in
from tests.waiting import until

THREADS = 8


class Queue:
    """Requests that wait."""

    length = 0


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def apps(content, var, queue, monkeypatch):
    """The applications of both editions, that compare meaning: zog is a toilet."""
    monkeypatch.setattr(load, "RESTS_S", 0.0)
    content.article("faqs/toilets.md", title="Public toilet", body="Open from 8 to 6.")
    semantics = Semantics(Concepts())
    Publisher(content.path, var, semantics=semantics).publish()
    made = {}
    for edition in Edition:
        app = create_app(edition, var)
        app.extensions[EXTENSION] = CurrentEdition(var, edition, semantics)
        load.watch(app, load.Load(lambda: queue.length, THREADS))
        made[edition] = app
    yield made
    for app in made.values():
        recorder_of(app).close()


@pytest.fixture
def public(apps):
    return apps[Edition.PUBLIC].test_client()


@pytest.fixture
def staff(apps):
    return sign_in(apps[Edition.STAFF].test_client(), writes=True)


@pytest.mark.parametrize("site", ["public", "staff"])
@pytest.mark.parametrize("page", ["/api/v1/search?q=zog", "/search?q=zog"])
def test_meaning_is_compared_until_as_many_wait_as_are_answered(page, site, queue, request):
    client = request.getfixturevalue(site)
    queue.length = THREADS - 1
    assert b"toilets" in client.get(page).data
    queue.length = THREADS
    answer = client.get(page)
    assert answer.status_code == 200
    assert b"Open from 8 to 6" not in answer.data
    queue.length = 0
    assert b"toilets" in client.get(page).data


def test_the_desk_goes_on_by_words_too(staff, queue):
    assert b"Public toilet" in staff.get("/desk/?q=zog").data
    queue.length = THREADS
    assert b"Public toilet" not in staff.get("/desk/?q=zog").data


def test_meaning_rests_too_when_all_threads_compare_and_somebody_waits(queue, monkeypatch):
    monkeypatch.setattr(load, "RESTS_S", 0.0)
    ours = load.Load(lambda: queue.length, THREADS)
    with ExitStack() as stack:
        for _ in range(THREADS - 1):
            stack.enter_context(ours.comparing())
        assert not ours.is_high
        queue.length = 1
        assert ours.is_high
    assert not ours.is_high


def test_words_find_what_they_find_however_many_wait(public, queue):
    queue.length = 1000
    assert [hit["id"] for hit in public.get("/api/v1/search?q=toilet").json["results"]] == [
        "toilets"
    ]


def test_an_answer_by_words_alone_is_kept_only_until_there_is_a_better_one(public, queue):
    queue.length = THREADS
    tag = {"If-None-Match": public.get("/api/v1/search?q=zog").headers["ETag"]}
    assert public.get("/api/v1/search?q=zog", headers=tag).status_code == 304
    queue.length = 0
    better = public.get("/api/v1/search?q=zog", headers=tag)
    assert better.status_code == 200
    assert [hit["id"] for hit in better.json["results"]] == ["toilets"]


def test_who_has_the_better_answer_keeps_it(public, queue):
    tag = public.get("/api/v1/search?q=zog").headers["ETag"]
    queue.length = THREADS
    again = public.get("/api/v1/search?q=zog", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag


def test_meaning_rests_for_a_moment_after_it_was_too_much(public, queue, monkeypatch):
    monkeypatch.setattr(load, "RESTS_S", 3600.0)
    queue.length = THREADS
    assert public.get("/api/v1/search?q=zog").json["results"] == []
    queue.length = 0
    assert public.get("/api/v1/search?q=zog").json["results"] == []


def test_readiness_says_that_meaning_rests(public, queue):
    assert public.get("/readyz").json["semantic"] == "on"
    queue.length = THREADS
    ready = public.get("/readyz")
    assert ready.status_code == 200
    assert ready.json["semantic"].startswith("resting")


def test_the_server_tells_its_application_how_many_wait(council, var, monkeypatch):
    made, go_on = [], threading.Event()

    def slow(edition, var, settings):
        app = create_app(edition, var, settings)

        @app.before_request
        def hold():
            go_on.wait(20)

        made.append(app)
        return app

    monkeypatch.setattr(serve, "create_app", slow)
    monkeypatch.setattr(load, "RESTS_S", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    ready, stop = threading.Event(), threading.Event()
    sites = [Site(Edition.PUBLIC, "127.0.0.1", port)]
    arguments = (var, sites, Settings(threads=1), None, ready.set, stop)
    server = threading.Thread(target=serve.serve, args=arguments)
    server.start()

    def is_high() -> bool:
        with made[0].app_context():
            return load.is_high()

    try:
        assert ready.wait(20)
        assert not is_high()
        callers = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        for caller in callers:
            caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(is_high)
        go_on.set()
        for caller in callers:
            with caller:
                assert caller.recv(20).startswith(b"HTTP/1.1 200")
        assert not is_high()
    finally:
        go_on.set()
        stop.set()
        server.join(20)
