"""Requests by Open311 GeoReport v2, to a small real receiver."""

import json
from datetime import timedelta
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import select

from kb.handover.deliverer import Deliverer
from kb.handover.hooks import HookTarget
from kb.handover.log import given_up, retry
from kb.handover.settings import Open311, WebHook
from kb.handover.signing import new_secret
from kb.requests.keeping import progress, purge, take_in
from kb.requests.open311 import Open311Target, answered
from kb.requests.request import ServiceRequest, Wanted
from kb.requests.tables import requests
from tests.kb.handover.conftest import GIVE_UP, receiver, time, waits  # noqa: F401

KEY = "a-secret-key"
POTHOLE = "A deep hole outside number 4; ring Jo on 01632 960123"


def a_request(description: str = POTHOLE, **fields) -> ServiceRequest:
    wanted = {"article": "potholes", "description": description, "address": "4 High Street"}
    return ServiceRequest(
        account=uuid4(), service_code="POT", wanted=Wanted.model_validate({**wanted, **fields})
    )


@pytest.fixture
def settings(receiver) -> Open311:  # noqa: F811
    url = f"http://127.0.0.1:{receiver.port}/open311/v2/"
    return Open311.model_validate(
        {"endpoint": url, "api_key": KEY, "jurisdiction_id": "testshire.example"}
    )


@pytest.fixture
def deliverer(staff, settings) -> Deliverer:
    return Deliverer(staff, [Open311Target(settings)], GIVE_UP)


def says(body: object):
    """Answers with JSON."""

    def answer(handler) -> None:
        data = json.dumps(body).encode()
        handler.send_response(201)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def kept(staff):
    with staff.reading() as connection:
        return connection.execute(select(requests)).one()


def test_it_is_posted_as_the_form_of_the_standard(staff, deliverer, receiver):  # noqa: F811
    request = a_request(address_id="100012345678", lat=52.5, long=-0.25)
    take_in(staff, request)
    receiver.answers = [says([{"service_request_id": 293944, "service_notice": "Soon."}])]
    assert deliverer.deliver() == 1
    (received,) = receiver.received
    assert received.path == "/open311/v2/requests.json"
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"
    assert {name: value for name, (value,) in parse_qs(received.body.decode()).items()} == {
        "api_key": KEY,
        "jurisdiction_id": "testshire.example",
        "service_code": "POT",
        "description": f"{POTHOLE}\n\n[{request.mark}]",
        "address_string": "4 High Street",
        "address_id": "100012345678",
        "lat": "52.5000000",
        "long": "-0.2500000",
    }


def test_the_reference_is_kept_and_what_it_said_is_forgotten(staff, deliverer, receiver):  # noqa: F811
    request = a_request()
    take_in(staff, request)
    take_in(staff, request)
    assert progress(staff, request.id).state == "waiting"
    assert kept(staff).description == POTHOLE
    receiver.answers = [says([{"service_request_id": "SR-7"}])]
    assert (deliverer.deliver(), deliverer.deliver()) == (1, 0)
    found = progress(staff, request.id)
    assert (found.state, found.reference, found.token) == ("delivered", "SR-7", None)
    row = kept(staff)
    assert (row.description, row.address, row.lat, row.long) == (None, None, None, None)
    assert progress(staff, uuid4()) is None


def test_a_token_is_kept_in_its_place(staff, deliverer, receiver):  # noqa: F811
    request = a_request()
    take_in(staff, request)
    receiver.answers = [says([{"token": "12345"}])]
    deliverer.deliver()
    found = progress(staff, request.id)
    assert (found.reference, found.token) == (None, "12345")


def test_it_is_sent_again_until_it_is_taken_or_given_up(staff, deliverer, receiver, time, waits):  # noqa: F811
    request = a_request()
    take_in(staff, request)
    receiver.answers = [500, 400]
    assert deliverer.deliver() == 1
    time.passes(minutes=1)
    assert deliverer.deliver() == 1
    receiver.default = 500
    time.passes(days=4)
    assert deliverer.deliver() == 1
    assert progress(staff, request.id).state == "given-up"
    assert kept(staff).description == POTHOLE
    receiver.answers = [says([{"service_request_id": "SR-8"}])]
    retry(staff, given_up(staff, 9)[0].event)
    assert deliverer.deliver() == 1
    assert progress(staff, request.id).reference == "SR-8"
    assert len({one.body for one in receiver.received}) == 1


def test_web_hooks_are_told_that_it_was_made_and_not_what_it_says(staff, receiver):  # noqa: F811
    hook = WebHook.model_validate(
        {"name": "crm", "url": receiver.url, "secret": new_secret(), "texts": True}
    )
    request = a_request()
    take_in(staff, request)
    Deliverer(staff, [HookTarget(hook)], GIVE_UP).deliver()
    said = receiver.received[0].said
    assert (said["type"], said["data"]["id"]) == ("request.made", str(request.id))
    assert "High Street" not in json.dumps(said)


def test_old_ones_are_taken_away(staff, time):  # noqa: F811
    take_in(staff, a_request())
    assert purge(staff, time.now - timedelta(days=1)) == 0
    assert purge(staff, time.now + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": " "},
        {"description": "x" * 4001},
        {"address": ""},
        {"address": "", "lat": 52.0},
        {"lat": 91.0, "long": 0.0},
        {"lat": float("nan"), "long": 0.0},
        {"address_id": "no spaces"},
        {"article": "No Id"},
    ],
)
def test_what_cannot_be_requested_is_refused(wrong):
    with pytest.raises(ValidationError):
        a_request(**wrong)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'[{"service_request_id": 7}]', ("7", None)),
        (b'{"service_request_id": "a"}', ("a", None)),
        (b'[{"service_request_id": "a\\nb", "token": true}]', (None, None)),
        (b'[{"service_request_id": null, "token": ""}]', (None, None)),
        (b"<xml/>", (None, None)),
        (b"[]", (None, None)),
        (b"[[]]", (None, None)),
    ],
)
def test_of_an_answer_only_what_the_standard_says_is_read(body, found):
    assert answered(body) == found


@given(
    st.binary()
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_whatever_comes_back_is_survived(body):
    assert all(one is None or len(one) <= 200 for one in answered(body))
