"""Pinning a notice: one step, on both sites, escaped, and taken down again."""

from datetime import timedelta

import pytest

from indexer import pinning
from kb import clock
from kb.accounts.roles import Role
from kb.pins.pins import pin_log
from kb.records.database import RecordsAway
from search_api.pins import keeping
from search_api.pins import pages as module
from search_api.recording import recorder_of, recorders_of
from tests.search_api.signing import sign_in

TEXT = "Bins in <Testford> are a day late"
SHOWN = "Bins in &lt;Testford&gt; are a day late"


@pytest.fixture
def manager(client_of):
    client = sign_in(client_of("staff"), Role.MANAGER, writes=True)
    yield client
    for recorder in recorders_of(client.application):
        recorder.close()


def sent(**fields: str) -> dict[str, str]:
    until = clock.today() + timedelta(days=1)
    return {"text": TEXT, "service": "missed-bin", "queries": "", "until": f"{until}", **fields}


def test_it_is_at_once_everywhere_in_both_editions(manager, public):
    answer = manager.post("/notices/pin", data=sent(queries="bin men\nblack bags"))
    assert (answer.status_code, answer.location) == (303, "/notices/pin")
    for site in (manager, public):
        for path in (
            "/",
            "/notices/",
            "/search?q=missed+bin",
            "/search?q=where+are+the+bin+men",
            "/articles/missed-bin",
        ):
            assert SHOWN in site.get(path).text, path
        assert SHOWN not in site.get("/search?q=potholes").text
        assert SHOWN not in site.get("/articles/potholes").text
        assert site.get("/api/v1/search?q=missed+bin").json["notices"] == [TEXT]
        assert "notices" not in site.get("/api/v1/search?q=potholes").json
    for path in ("/desk/", "/desk/?q=missed+bin", "/desk/answers/missed-bin"):
        assert SHOWN in manager.get(path).text, path


def test_it_is_taken_down_and_the_page_says_by_whom(manager, public):
    manager.post("/notices/pin", data=sent())
    assert "Pinned now" in manager.get("/notices/pin").text
    (one,) = pin_log(recorder_of(manager.application).database, 9)
    assert manager.post(f"/notices/pin/{one.seq}/end").status_code == 303
    page = manager.get("/notices/pin").text
    assert "Pinned now" not in page
    assert "Taken down:" in page
    assert SHOWN not in public.get("/").text


def test_without_a_service_or_searches_it_stands_everywhere(manager, public):
    manager.post("/notices/pin", data=sent(service=""))
    assert SHOWN in public.get("/search?q=potholes").text
    assert SHOWN in public.get("/articles/potholes").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "Say it in one line"),
        ({"text": "x" * 301}, "Say it in one line"),
        ({"service": "nowhere"}, "Choose a service"),
        ({"queries": "x"}, "at most ten searches"),
        ({"until": "2020-01-01"}, "Choose a day"),
        ({"until": "soon"}, "Choose a day"),
    ],
)
def test_what_cannot_be_pinned_comes_back_as_it_was_written(manager, public, wrong, said):
    answer = manager.post("/notices/pin", data=sent(**wrong))
    assert answer.status_code == 400
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert SHOWN not in public.get("/").text


def test_a_surge_fills_the_form_in(manager):
    page = manager.get("/notices/pin?service=missed-bin&queries=bin+late").text
    assert '<option value="missed-bin" selected>' in page
    assert ">bin late</textarea>" in page


def test_agents_and_editors_do_not_pin(client_of, public):
    for role in (Role.AGENT, Role.EDITOR):
        client = sign_in(client_of("staff"), role, writes=True)
        assert client.get("/notices/pin").status_code == 403
        assert client.post("/notices/pin", data=sent()).status_code == 403
    assert public.get("/notices/pin").status_code == 404


@pytest.mark.parametrize("seq", ["0", "x", "9" * 30, "-1"])
def test_one_that_is_not_there_cannot_be_taken_down(manager, seq):
    assert manager.post(f"/notices/pin/{seq}/end").status_code in (303, 404)


def test_what_cannot_be_published_now_is_published_later(manager, public, var, monkeypatch):
    def busy(*_: object) -> None:
        raise pinning.NotPinned("another publish takes long")

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "publish_pinned", busy)
        answer = manager.post("/notices/pin", data=sent())
        assert "within a minute" in manager.get(answer.location).text
    assert SHOWN not in public.get("/").text
    assert keeping.keep_pinned(recorder_of(manager.application).database, var)
    assert SHOWN in public.get("/").text


def test_records_that_are_away_are_said_to_be(manager, monkeypatch):
    def away(*_: object) -> None:
        raise RecordsAway("sqlite:////somewhere/secret.db cannot be opened")

    monkeypatch.setattr(module, "pin", away)
    response = manager.post("/notices/pin", data=sent())
    assert (response.status_code, b"secret.db" in response.data) == (503, False)
    assert b"Nothing was pinned" in response.data


def test_it_speaks_welsh(manager):
    assert "Pinio hysbysiad" in manager.get("/notices/pin?lang=cy").text


class Rounds:
    """Stands for the event that ends the thread: set after some rounds."""

    def __init__(self, rounds: int) -> None:
        self.left = rounds

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_what_keeps_failing_is_logged_when_it_begins_and_when_it_ends(
    manager, var, monkeypatch, caplog
):
    database = recorder_of(manager.application).database
    failing = iter([True, True, True, False, False])

    def publish(var, notices):
        if next(failing):
            raise pinning.NotPinned("the disk is full")

    monkeypatch.setattr(keeping, "publish_pinned", publish)
    keeping.run(database, var, Rounds(5))
    assert caplog.messages == [
        "pinned notices are not published yet: the disk is full",
        "pinned notices are published again",
    ]
