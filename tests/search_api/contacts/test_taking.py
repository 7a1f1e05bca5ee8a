"""Recording a contact over the API: once, masked, with every fault named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from kb import clock
from kb.accounts.roles import Scope
from kb.contacts.audit import audit
from kb.contacts.finding import Wanted, find, versions
from kb.records import recorder as module
from search_api.contacts import taking
from search_api.recording import recorders_of
from tests.absence import away
from tests.search_api.contacts.made import CONTACTS, body
from tests.waiting import until


def kept(chain):
    with chain.database.reading() as connection:
        return find(connection, Wanted())[1]


def test_a_contact_is_recorded_with_who_took_it(agent, chain):
    sent = body(notes="Wants a new bin")
    answer = agent.post(CONTACTS, json=sent)
    assert (answer.status_code, answer.json) == (201, {"id": sent["id"], "seq": 1})
    (recorded,) = kept(chain)
    said = recorded.version.contact
    assert (said.notes, said.service, said.path[0].answer) == (
        "Wants a new bin",
        "missed-bin",
        "The green one",
    )
    assert recorded.version.team is None


def test_the_team_is_that_of_the_account(of_role, chain, agent):
    from kb.accounts.accounts import Accounts

    Accounts(chain.database).change("agent", team="customer-services")
    client = of_role("agent")
    client.post(CONTACTS, json=body())
    assert kept(chain)[0].version.team == "customer-services"


def test_the_same_again_is_answered_as_it_was_and_another_is_refused(agent, chain):
    sent = body()
    assert agent.post(CONTACTS, json=sent).status_code == 201
    again = agent.post(CONTACTS, json=sent)
    assert (again.status_code, again.json) == (200, {"id": sent["id"], "seq": 1})
    other = agent.post(CONTACTS, json={**sent, "notes": "another"})
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert len(kept(chain)) == 1


def test_another_person_cannot_take_the_place_of_a_contact(of_role, chain):
    sent = body()
    assert of_role("agent", "one").post(CONTACTS, json=sent).status_code == 201
    assert of_role("agent", "two").post(CONTACTS, json=sent).status_code == 409


def test_many_posts_of_one_contact_at_once_keep_it_once(agent, chain, of_role):
    sent = body()
    clients = [of_role("agent") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda client: client.post(CONTACTS, json=sent), clients))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert {answer.json["seq"] for answer in answers} == {1}


def test_what_callers_said_is_masked_before_it_is_written(agent, chain, var):
    sent = body(
        notes="call 01632 960212",
        searches=["jo@example.org"],
        path=[{"guide": "bins", "step": "where", "answer": "PE15 0AB"}],
    )
    agent.post(CONTACTS, json=sent)
    agent.put(f"{CONTACTS}/draft", json=sent)
    (recorded,) = kept(chain)
    said = recorded.version.contact
    assert (said.notes, said.searches, said.path[0].answer) == ("call […]", ("[…]",), "[…]")
    written = b"".join(path.read_bytes() for path in (var / "records").rglob("*") if path.is_file())
    for secret in (b"960212", b"jo@", b"0AB"):
        assert secret not in written


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"outcome": "handed-over"}, "handed_to", "say to whom"),
        ({"outcome": "call-back"}, "call_back_by", "say by when"),
        ({"outcome": "solved"}, "outcome", "'resolved'"),
        ({"channel": "fax"}, "channel", "'telephone'"),
        ({"first": "yes"}, "first", "boolean"),
        ({"ended_at": "2020-01-01T00:00:00Z"}, "ended_at", "before started_at"),
        ({"started_at": "2026-11-02 soon"}, "started_at", "datetime"),
        ({"id": "1"}, "id", "UUID"),
        ({"notes": "x" * 2001}, "notes", "2000"),
        ({"case": "jo@example.org"}, "case", "pattern"),
        ({"caller": "Jo"}, "caller", "not permitted"),
        (
            {"avoidable": "boredom"},
            "avoidable",
            "there is no reason boredom; known are unnecessary-clarification, poor-signposting",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_the_reason(agent, chain, fields, field, said):
    answer = agent.post(CONTACTS, json=body(**fields))
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert [one["field"].split(".")[0] for one in answer.json["errors"]] == [field]
    assert said in answer.json["errors"][0]["reason"]
    assert kept(chain) == []


def test_a_contact_cannot_lie_in_the_future_but_for_a_clock_that_is_a_little_ahead(agent):
    def ending(**ahead) -> int:
        ended = (clock.now() + timedelta(**ahead)).isoformat()
        return agent.post(CONTACTS, json=body(ended_at=ended)).status_code

    assert ending(seconds=30) == 201
    assert ending(minutes=2) == 400
    late = (clock.now() + timedelta(hours=1)).isoformat()
    answer = agent.post(CONTACTS, json=body(started_at=late, ended_at=late)).json
    assert [one["field"] for one in answer["errors"]] == ["started_at", "ended_at"]


@pytest.mark.parametrize(
    ("data", "mimetype", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("notes=x", "application/x-www-form-urlencoded", 415),
        ('{"notes": "' + "x" * 300_000 + '"}', "application/json", 413),
    ],
)
def test_what_is_no_body_is_refused(agent, data, mimetype, status):
    answer = agent.post(CONTACTS, data=data, content_type=mimetype)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_the_reasons_are_those_of_the_authority(agent, council, var):
    reasons = agent.get(f"{CONTACTS}/reasons").json["reasons"]
    assert reasons[0] == {"id": "unnecessary-clarification", "label": "Had to ask what we meant"}
    assert len(reasons) == 5
    assert agent.post(CONTACTS, json=body(avoidable=reasons[0]["id"])).status_code == 201


def test_a_correction_is_recorded_whole_and_the_first_stays(agent, chain):
    first, correction = body(notes="one"), body(notes="two", outcome="abandoned")
    agent.post(CONTACTS, json=first)
    path = f"{CONTACTS}/{first['id']}/corrections"
    answer = agent.post(path, json=correction)
    assert (answer.status_code, answer.json) == (201, {"id": correction["id"], "seq": 2})
    assert agent.post(path, json=correction).status_code == 200
    with chain.database.reading() as connection:
        history = versions(connection, kept(chain)[0].id)
    assert [version.contact.notes for version in history] == ["one", "two"]
    wrong = agent.post(path, json=body(outcome="solved"))
    assert [one["field"] for one in wrong.json["errors"]] == ["outcome"]


def test_what_is_not_there_or_somebody_elses_cannot_be_corrected(of_role, chain):
    mine, other, manager = of_role("agent", "one"), of_role("agent", "two"), of_role("manager")
    first = body()
    mine.post(CONTACTS, json=first)
    path = f"{CONTACTS}/{first['id']}/corrections"
    assert other.post(path, json=body()).status_code == 404
    assert mine.post(f"{CONTACTS}/{uuid4()}/corrections", json=body()).status_code == 404
    assert mine.post(f"{CONTACTS}/x/corrections", json=body()).status_code == 400
    assert manager.post(path, json=body()).status_code == 201


def test_a_program_records_with_the_scope_for_it_alone(program, chain):
    assert program(Scope.SEARCH).post(CONTACTS, json=body()).status_code == 403
    assert program(Scope.CONTACTS_READ).post(CONTACTS, json=body()).status_code == 403
    assert program(Scope.CONTACTS_WRITE).post(CONTACTS, json=body()).status_code == 201
    assert len(kept(chain)) == 1


def test_a_form_of_another_site_records_nothing(agent, chain):
    del agent.environ_base["HTTP_X_CSRF_TOKEN"]
    assert agent.post(CONTACTS, json=body()).status_code == 403
    assert kept(chain) == []


def test_while_the_store_is_away_contacts_are_accepted_and_none_is_lost_or_doubled(
    agent, chain, monkeypatch
):
    monkeypatch.setattr(module, "RETRY_S", (0.05,))
    first, second = body(), body()
    agent.post(CONTACTS, json=first)
    with away(chain.database, None):
        for _ in range(2):
            answer = agent.post(CONTACTS, json=second)
            assert (answer.status_code, answer.json) == (202, {"id": second["id"], "seq": None})
        correction = agent.post(f"{CONTACTS}/{first['id']}/corrections", json=body())
        assert correction.status_code == 202
        assert agent.get(CONTACTS).status_code == 503
        assert agent.get("/readyz").json["records"] == "spooled"
        assert agent.get("/api/v1/search?q=bins").status_code == 200
    until(lambda: agent.get("/readyz").json["records"] == "written")
    until(lambda: all(one.health().waiting == 0 for one in recorders_of(agent.application)))
    assert audit(chain.database, [chain.seals]).rows == 3
    assert agent.post(CONTACTS, json=second).status_code == 200


def test_where_the_disk_takes_nothing_either_that_is_said(agent, monkeypatch):
    def full(_self, _report):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking.Intake, "take", full)
    answer = agent.post(CONTACTS, json=body())
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")


# Drafts


def test_a_draft_is_given_back_to_whoever_kept_it(of_role):
    mine, other = of_role("agent", "one"), of_role("agent", "two")
    path = f"{CONTACTS}/draft"
    assert mine.get(path).status_code == 204
    assert mine.put(path, json={"notes": "so far", "outcome": "handed-over"}).status_code == 204
    assert other.get(path).status_code == 204
    found = mine.get(path)
    assert found.status_code == 200
    assert found.json == {
        **dict.fromkeys(body()),
        "notes": "so far",
        "outcome": "handed-over",
        "opened": [],
        "searches": [],
        "path": [],
    }
    assert mine.delete(path).status_code == mine.delete(path).status_code == 204
    assert mine.get(path).status_code == 204


def test_a_draft_outlives_the_server_and_the_store(agent, chain, client_of):
    agent.put(f"{CONTACTS}/draft", json=body(notes="one"))
    with away(chain.database, None):
        assert agent.put(f"{CONTACTS}/draft", json=body(notes="two")).status_code == 204
    again = client_of("staff")
    again.set_cookie("firstline", agent.get_cookie("firstline").value)
    assert again.get(f"{CONTACTS}/draft").json["notes"] == "two"


def test_a_draft_that_does_not_fit_is_refused_and_the_one_before_stays(agent):
    path = f"{CONTACTS}/draft"
    agent.put(path, json={"notes": "good"})
    answer = agent.put(path, json={"outcome": "solved"})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (400, "outcome")
    assert agent.get(path).json["notes"] == "good"


def test_once_a_contact_is_recorded_its_draft_is_gone_and_no_other(agent):
    sent, path = body(), f"{CONTACTS}/draft"
    agent.put(path, json={"id": sent["id"], "notes": "so far"})
    agent.post(CONTACTS, json=body())
    assert agent.get(path).status_code == 200
    agent.post(CONTACTS, json=sent)
    assert agent.get(path).status_code == 204


def test_a_program_has_no_draft(program):
    assert program(*Scope).get(f"{CONTACTS}/draft").status_code == 403


def test_a_disk_that_takes_no_draft_is_told(agent, var):
    (var / "records").mkdir(exist_ok=True)
    (var / "records" / "drafts").write_text("a file is no folder")
    answer = agent.put(f"{CONTACTS}/draft", json={"notes": "x"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
