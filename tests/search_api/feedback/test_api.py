"""`POST /api/v1/feedback`: what is kept, and what is turned away and how."""

import json
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.publish import Publisher
from kb import clock
from kb.settings import Settings
from search_api import create_app
from search_api.feedback import taking

PATH = "/api/v1/feedback"


@pytest.fixture
def monday(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 21))


def problem_of(response, status):
    assert response.status_code == status, response.data
    assert response.mimetype == "application/problem+json"
    assert set(response.json) == {"type", "title", "status", "detail", "errors"}
    assert response.json["detail"]
    return response.json


def test_an_answer_is_kept_with_the_article_its_version_and_the_words_that_led_there(public, kept):
    said = {
        "article": "missed-bin",
        "answered": False,
        "reason": "unclear",
        "comment": "Which day?\r\nRing 01632 960212",
        "query": "bins at PE15 0AB",
        "lang": "cy",
    }
    response = public.post(PATH, json=said)
    assert response.status_code == 202
    assert set(response.json) == {"id", "reply_by"}
    (entry,) = kept(public)
    assert entry.id == UUID(response.json["id"])
    assert (entry.kind, entry.article, entry.answered) == ("answer", "missed-bin", False)
    assert (entry.reason, entry.language, entry.edition) == ("unclear", "cy", "public")
    assert (entry.comment, entry.query) == ("Which day?\nRing […]", "bins at […]")
    assert entry.generation == public.get("/readyz").json["generation"]
    assert entry.version
    assert (entry.surface, entry.reply_by) == ("api", None)


def test_the_version_changes_with_the_article(public, council, var, kept):
    public.post(PATH, json={"article": "missed-bin", "answered": True})
    council.article("services/missed-bin.md", title="Missed bin", body="Quite another text.")
    Publisher(council.path, var).publish()
    public.post(PATH, json={"article": "missed-bin", "answered": True})
    first, second = kept(public)
    assert first.version != second.version


@pytest.mark.parametrize(
    "said",
    [
        {"answered": True},
        {"answered": None, "reason": "other"},
        {"comment": "Well done"},
        {"kind": "satisfaction", "score": 1},
        {"kind": "satisfaction", "score": 2.0},
        {"kind": "satisfaction", "score": 5, "comment": "Fine", "article": "potholes"},
        {"kind": "complaint", "comment": "Late"},
        {"kind": "compliment", "comment": "x" * 2000, "query": "y" * 2000},
        {"kind": "complaint", "comment": "\r\n".join("x" * 1000)},
        {"article": None, "answered": True, "score": None, "reason": None, "comment": ""},
    ],
)
def test_everything_that_the_contract_knows_is_taken(public, said):
    assert public.post(PATH, json=said).status_code == 202


def test_a_complaint_gets_the_date_of_the_councils_standard(public, council, var, monday):
    council.write(
        "authority.yml",
        "name: Testshire\nbank_holidays: [2026-12-25, 2026-12-28]\n"
        "standards: [{name: complaints, promise: In a week., working_days: 5}]\n",
    )
    Publisher(council.path, var).publish()
    said = {"kind": "complaint", "comment": "Late"}
    assert public.post(PATH, json=said).json["reply_by"] == "2026-12-30"
    said["kind"] = "compliment"
    assert public.post(PATH, json=said).json["reply_by"] is None


def test_a_complaint_without_a_standard_has_no_date(public):
    assert public.post(PATH, json={"kind": "complaint", "comment": "x"}).json["reply_by"] is None


@pytest.mark.parametrize("article", ["bomb", "nowhere", "", "missed-bin.cy", "..", "\u0000"])
def test_an_article_that_is_not_in_this_edition_is_not_found(public, kept, article):
    problem_of(public.post(PATH, json={"article": article, "answered": True}), 404)
    assert kept(public) == []


def test_staff_say_what_they_think_of_staff_articles(staff, public, kept):
    assert staff.post(PATH, json={"article": "bomb", "answered": False}).status_code == 202
    (entry,) = kept(staff)
    assert (entry.edition, entry.surface, entry.article) == ("staff", "desk", "bomb")
    assert kept(public) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "comment"),
        ({"comment": "  "}, "comment"),
        ({"kind": "complaint"}, "comment"),
        ({"kind": "compliment", "comment": "\n", "answered": True}, "comment"),
        ({"kind": "satisfaction"}, "score"),
        ({"kind": "moan", "comment": "x"}, "kind"),
        ({"kind": None, "answered": True}, "kind"),
        ({"answered": "yes"}, "answered"),
        ({"answered": 1}, "answered"),
        ({"answered": True, "score": 0}, "score"),
        ({"answered": True, "score": 6}, "score"),
        ({"answered": True, "score": 10**400}, "score"),
        ({"answered": True, "score": 1.5}, "score"),
        ({"answered": True, "score": "3"}, "score"),
        ({"answered": False, "reason": "boring"}, "reason"),
        ({"comment": "x" * 2001}, "comment"),
        ({"comment": ["x"]}, "comment"),
        ({"answered": True, "query": "x" * 2001}, "query"),
        ({"answered": True, "query": None}, "query"),
        ({"answered": True, "lang": "English"}, "lang"),
        ({"answered": True, "article": 7}, "article"),
        ({"answered": True, "article": "x" * 201}, "article"),
        ({"answered": True, "name": "Jo"}, "name"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_the_reason(public, kept, said, field):
    found = problem_of(public.post(PATH, json=said), 400)
    assert [error["field"] for error in found["errors"]] == [field]
    assert all(error["reason"] for error in found["errors"])
    assert kept(public) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b'{"comment": "\xff"}',
        b'{"comment": "\\ud800"}',
        b'{"answered": true, "answered": NaN}',
        b"[" * 60_000,
        b'{"comment": ' * 5000,
    ],
)
def test_a_body_that_is_no_such_object_is_a_problem_of_its_sender(public, kept, body):
    problem_of(public.post(PATH, data=body, content_type="application/json"), 400)
    assert kept(public) == []


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["kind", "article", "answered", "score", "comment", "x"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_no_body_whatever_is_an_error_of_ours(public, body):
    response = public.post(
        PATH,
        data=body,
        content_type="application/json",
        environ_base={"REMOTE_ADDR": f"10.{len(body) % 250}.{hash(body) % 250}.1"},
    )
    assert response.status_code in (202, 400, 404, 429)


def test_a_body_that_is_too_long_or_no_json_is_turned_away(public):
    long = json.dumps({"comment": "x" * 70_000})
    problem_of(public.post(PATH, data=long, content_type="application/json"), 413)
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        problem_of(public.post(PATH, data='{"answered": true}', content_type=kind), 415)


def test_other_methods_are_refused(public):
    response = public.get(PATH)
    problem_of(response, 405)
    assert "POST" in response.headers["Allow"]


# How much, and from where


def test_one_address_is_let_in_some_times_and_told_when_it_is_again(public):
    said = {"answered": True}
    for _ in range(taking.EACH[0]):
        assert public.post(PATH, json=said).status_code == 202
    response = public.post(PATH, json=said)
    problem_of(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= taking.EACH[1]
    other = public.post(PATH, json=said, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.status_code == 202


def test_all_together_are_bounded_too(client_of, monkeypatch):
    monkeypatch.setattr(taking, "ALL", (3, 60.0))
    public = client_of("public")
    statuses = [
        public.post(
            PATH, json={"answered": True}, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"}
        ).status_code
        for number in range(5)
    ]
    assert statuses == [202, 202, 202, 429, 429]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 202),
        ({"Origin": "http://localhost"}, 202),
        ({"Origin": "https://localhost"}, 202),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://localhost"}, 202),
        ({"Origin": "https://www.council.example"}, 202),
        ({"Origin": "https://www.council.example", "Sec-Fetch-Site": "cross-site"}, 202),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "*"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
    ],
)
def test_pages_of_other_sites_may_send_it_only_where_they_are_listed(council, var, headers, status):
    origins = ("https://www.council.example", "*")
    client = create_app("public", var, Settings(widget_origins=origins)).test_client()
    response = client.post(PATH, json={"answered": True}, headers=headers)
    assert response.status_code == status
    if status == 403:
        problem_of(response, 403)


def test_a_listed_page_may_ask_before_it_sends(council, var):
    origin = "https://www.council.example"
    client = create_app("public", var, Settings(widget_origins=(origin,))).test_client()
    asked = client.options(
        PATH, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    assert asked.headers["Access-Control-Allow-Origin"] == origin
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


# When the records are away


def test_feedback_is_accepted_while_the_store_is_away_and_is_on_disk(council, var, tmp_path):
    away = Settings(public_database_url=f"sqlite:///{tmp_path}")  # a folder is no database
    client = create_app("public", var, away).test_client()
    response = client.post(PATH, json={"comment": "still here"})
    assert response.status_code == 202
    spooled = [path for path in (var / "records" / "spool").rglob("*.jsonl") if path.is_file()]
    assert [response.json["id"] in path.read_text() for path in spooled] == [True]


def test_feedback_that_no_disk_takes_is_not_said_to_be_kept(public, var):
    (var / "records").mkdir(parents=True, exist_ok=True)
    (var / "records" / "spool").write_text("in the way")
    response = public.post(PATH, json={"comment": "lost"})
    problem_of(response, 503)
    assert response.headers["Retry-After"]
    assert str(var).encode() not in response.data


def test_before_anything_is_published_there_is_nothing_to_say(tmp_path):
    client = create_app("public", tmp_path).test_client()
    problem_of(client.post(PATH, json={"answered": True}), 503)


def test_the_description_says_what_is_taken_and_what_comes_back(public):
    post = public.get("/openapi.json").json["paths"][PATH]["post"]
    (schema,) = post["requestBody"]["content"].values()
    assert schema["schema"]["$ref"].endswith("FeedbackBody")
    assert {"202", "400", "403", "404", "413", "415", "429", "503"} <= set(post["responses"])
