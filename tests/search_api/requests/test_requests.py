"""Making requests: over the API and by form, where an article names a service's code."""

from datetime import timedelta
from uuid import uuid4

import pytest

from indexer.publish import Publisher
from kb.accounts.roles import Role
from kb.handover.deliverer import Deliverer
from kb.handover.targets import targets_of
from kb.records.database import RecordsAway
from kb.settings import Settings
from search_api import create_app
from search_api.rate import RateLimit
from search_api.recording import recorder_of, recorders_of
from search_api.requests import taking
from tests.search_api.signing import sign_in

API = "/api/v1/requests"
HOLE = {"article": "holes", "description": "A deep hole", "address": "4 High Street"}
SETTINGS = Settings.model_validate(
    {"open311": {"endpoint": "http://127.0.0.1:1/v2", "api_key": "secret-key"}}
)


@pytest.fixture
def agent_of(council, var):
    council.article("services/holes.md", title="Holes", service_code="POT", body="x")
    Publisher(council.path, var).publish()
    apps = []

    def make(settings: Settings):
        apps.append(create_app("staff", var, settings))
        return sign_in(apps[-1].test_client(), Role.AGENT, writes=True)

    yield make
    for app in apps:
        for recorder in recorders_of(app):
            recorder.close()


@pytest.fixture
def agent(agent_of):
    return agent_of(SETTINGS)


def test_a_request_is_kept_once_and_can_be_looked_at(agent):
    sent = {**HOLE, "id": str(uuid4())}
    made = agent.post(API, json=sent)
    assert made.status_code == 201
    assert made.json == {"id": sent["id"], "state": "waiting", "reference": None, "token": None}
    assert agent.post(API, json=sent).json == made.json
    assert agent.get(f"{API}/{sent['id']}").json == made.json
    assert agent.get(f"{API}/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"article": "nowhere"}, 404),
        ({"article": "missed-bin"}, 409),
        ({"address": ""}, 400),
        ({"description": ""}, 400),
        ({"email": "jo@example.com"}, 400),
    ],
)
def test_what_cannot_be_requested_is_refused(agent, wrong, status):
    assert agent.post(API, json={**HOLE, **wrong}).status_code == status


def test_where_no_system_is_set_up_nothing_is_offered_or_taken(agent_of):
    agent = agent_of(Settings())
    assert agent.post(API, json=HOLE).status_code == 409
    assert agent.get("/desk/requests?article=holes").status_code == 409
    assert "/desk/requests" not in agent.get("/desk/?open=holes").text


def test_too_many_at_once_are_refused(agent):
    agent.application.extensions[taking._LIMIT] = RateLimit(1, 60)
    assert [agent.post(API, json=HOLE).status_code for _ in range(2)] == [201, 429]


def test_the_desk_leads_to_the_form_which_says_how_it_stands(agent):
    assert 'href="/desk/requests?article=holes"' in agent.get("/desk/?open=holes").text
    assert "/desk/requests" not in agent.get("/desk/?open=missed-bin").text
    assert "Holes" in agent.get("/desk/requests?article=holes").text
    answer = agent.post("/desk/requests", data=HOLE)
    assert answer.status_code == 303
    assert "is being sent" in agent.get(answer.location).text
    store = recorder_of(agent.application).database
    Deliverer(store, targets_of(SETTINGS), timedelta(0)).deliver()
    assert "was not taken" in agent.get(answer.location).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"description": " "}, "Say what is to be done"),
        ({"address": ""}, "Say where it is"),
        ({"address_id": "a b"}, "cannot be sent as it is"),
    ],
)
def test_a_form_with_a_fault_comes_back_as_it_was_filled_in(agent, wrong, said):
    answer = agent.post("/desk/requests", data={**HOLE, **wrong})
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("path", ["/desk/requests", "/desk/requests?article=nowhere"])
def test_a_form_about_nothing_is_a_tidy_error(agent, path):
    assert agent.get(path).status_code == 404
    assert agent.get("/desk/requests/x").status_code == 404
    assert agent.get(f"/desk/requests/{uuid4()}").status_code == 404


def test_records_that_are_away_are_said_to_be(agent, monkeypatch):
    def away(*_: object) -> None:
        raise RecordsAway("sqlite:////somewhere/secret.db cannot be opened")

    monkeypatch.setattr(taking, "take_in", away)
    for answer in (agent.post(API, json=HOLE), agent.post("/desk/requests", data=HOLE)):
        assert answer.status_code == 503
        assert "not kept" in answer.text
        assert "secret.db" not in answer.text


def test_the_public_site_has_none_of_it(public):
    assert public.post(API, json=HOLE).status_code == 404
    assert public.get("/desk/requests").status_code == 404
