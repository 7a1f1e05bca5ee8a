"""The JSON API: shapes, filters, paging, errors and caching."""

import pytest

from indexer.publish import Publisher
from kb.settings import Settings
from search_api import create_app
from search_api.recording import recorder_of
from tests.search_api.signing import sign_in

SEARCH_KEYS = {"query", "total", "page", "generation", "took_ms", "did_you_mean", "results"}


def test_a_question_is_answered_with_the_passage_and_its_marked_words(public):
    answer = public.get("/api/v1/search?q=the+bin+men+missed+me").json
    assert set(answer) == SEARCH_KEYS
    first = answer["results"][0]
    assert set(first) == {"id", "title", "kind", "url", "score", "answer"}
    assert (first["id"], first["kind"], first["url"]) == (
        "missed-bin",
        "service",
        "/articles/missed-bin",
    )
    assert set(first["answer"]) == {"anchor", "heading", "spans"}
    assert "Report it" in "".join(span["text"] for span in first["answer"]["spans"])


def test_an_article_without_text_has_a_null_answer(public):
    (hit,) = public.get("/api/v1/search?q=widgets").json["results"]
    assert hit["answer"] is None


def test_words_with_a_slip_are_corrected_and_said_so(public):
    answer = public.get("/api/v1/search?q=pothle").json
    assert answer["did_you_mean"] == "pothole"
    assert answer["results"][0]["id"] == "potholes"


def test_kind_and_service_narrow_the_results(public):
    assert public.get("/api/v1/search?q=report&kind=faq").json["total"] == 0
    found = public.get("/api/v1/search?q=report&service=potholes").json
    assert [hit["id"] for hit in found["results"]] == ["potholes"]


def test_a_page_past_the_last_is_empty_and_keeps_the_total(public):
    first = public.get("/api/v1/search?q=report&size=1").json
    past = public.get("/api/v1/search?q=report&size=1&page=99").json
    assert (past["total"], past["page"], past["results"]) == (first["total"], 99, [])
    assert first["total"] == 2


@pytest.mark.parametrize(
    "query", ["", "   ", "🎉", "*", "title:", '"', "how do i", "x" * 10_000, "NOT " * 500, "\x00"]
)
def test_odd_questions_get_a_sensible_answer(public, query):
    response = public.get("/api/v1/search", query_string={"q": query})
    assert response.status_code == 200
    assert set(response.json) - {"unsure"} == SEARCH_KEYS


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("size=51", "size"),
        ("kind=bins", "kind"),
        ("page=99999999999999999999", "page"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named_with_the_reason(public, parameters, field):
    response = public.get(f"/api/v1/search?q=bin&{parameters}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    body = response.json
    assert set(body) == {"type", "title", "status", "detail", "errors"}
    assert [error["field"] for error in body["errors"]] == [field]
    assert all(error["reason"] for error in body["errors"])


def test_an_article_comes_whole(public, staff):
    article = public.get("/api/v1/articles/missed-bin").json
    assert article["title"] == "Missed bin collection"
    assert [section["heading"] for section in article["sections"]] == ["", "Next"]
    assert len(staff.get("/api/v1/articles/missed-bin").json["sections"]) == 3


def test_what_is_not_in_this_edition_is_not_found(public, staff):
    response = public.get("/api/v1/articles/bomb")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert response.json == public.get("/api/v1/articles/no-such-article").json
    assert staff.get("/api/v1/articles/bomb").status_code == 200


def test_an_article_id_cannot_reach_other_keys(public):
    for path in ("missed-bin.en", "..", "missed-bin%00", "%2e%2e%2fcurrent"):
        assert public.get(f"/api/v1/articles/{path}").status_code == 404


def test_services_are_listed_by_title(public):
    body = public.get("/api/v1/services").json
    assert [service["id"] for service in body["services"]] == ["missed-bin", "potholes"]
    assert body["services"][0]["a_z"] == ["Bins, missed"]
    assert body["total"] == 2


def test_places_come_with_address_and_hours(public):
    (place,) = public.get("/api/v1/places").json["places"]
    assert place["address"] == "1 High Street, Testford"
    assert place["hours"]["mon"] == [{"opens": "09:00:00", "closes": "17:00:00"}]
    assert place["hours"]["exceptions"] == {"2026-12-25": []}


def test_typing_is_completed_in_the_editions_own_words(public, staff):
    suggestions = public.get("/api/v1/suggest?q=bom").json["suggestions"]
    assert suggestions == []
    (one,) = staff.get("/api/v1/suggest?q=bom").json["suggestions"]
    assert one == {
        "text": "Bomb threat",
        "kind": "guide",
        "id": "bomb",
        "url": "/articles/bomb",
    }


def test_people_and_teams_are_suggested_to_staff_alone(council, var, public, staff):
    council.write(
        "directory.csv",
        "id,name,role,team\nhighways,Highways desk,Team,\n"
        "ana,Ana Potts-O'Hara,Pothole inspector,highways\n",
    )
    Publisher(council.path, var).publish()
    (one,) = staff.get("/api/v1/suggest?q=ana").json["suggestions"]
    assert one == {
        "text": "Ana Potts-O'Hara",
        "kind": "person",
        "id": "ana",
        "url": "/search?q=Ana%20Potts-O%27Hara",
    }
    assert staff.get(one["url"]).status_code == 200
    by_team = staff.get("/api/v1/suggest?q=highways").json["suggestions"]
    assert [found["id"] for found in by_team] == ["highways", "ana"]
    for typed in ("ana", "anna potts", "highways", "inspector", "pot"):
        found = public.get(f"/api/v1/suggest?q={typed}").json["suggestions"]
        assert {suggestion["kind"] for suggestion in found} <= {"service"}, typed


def test_before_anything_is_typed_the_topic_or_the_page_decides_what_is_suggested(public):
    def titles(**asked):
        answer = public.get("/api/v1/suggest", query_string=asked).json
        return [found["text"] for found in answer["suggestions"]]

    assert titles(topic="missed-bin") == ["Missed bin collection"]
    assert titles(topic="no-such-thing", page="Report potholes here")[0] == "Potholes"
    assert titles(q=" ", topic="missed-bin") == ["Missed bin collection"]
    assert titles(q="pot", topic="missed-bin") == ["Potholes"]
    assert titles() == []


@pytest.mark.parametrize(("name", "length"), [("topic", 201), ("page", 501)])
def test_a_topic_or_page_is_bounded(public, name, length):
    response = public.get("/api/v1/suggest", query_string={name: "x" * length})
    assert (response.status_code, response.json["errors"][0]["field"]) == (400, name)


def test_a_question_may_say_that_it_is_still_being_typed(public):
    def answer(path):
        return {**public.get(path).json, "took_ms": 0}

    assert answer("/api/v1/search?q=bin&typing=true") == answer("/api/v1/search?q=bin")
    assert public.get("/api/v1/search?q=bin&typing=perhaps").status_code == 400


def test_what_is_translated_comes_in_the_language_asked_for_and_the_rest_in_english(
    public, council, var
):
    council.article("services/missed-bin.cy.md", title="Bin na chasglwyd", body="Dywedwch wrthym.")
    Publisher(council.path, var).publish()
    results = public.get("/api/v1/search?q=report&lang=cy").json["results"]
    welsh, english = sorted(results, key=lambda hit: hit["id"])
    assert (welsh["title"], welsh["url"]) == (
        "Bin na chasglwyd",
        "/articles/missed-bin?lang=cy",
    )
    assert welsh["answer"]["spans"] == [{"text": "Dywedwch wrthym.", "hit": False}]
    assert (english["title"], english["url"]) == ("Potholes", "/articles/potholes")
    (one,) = public.get("/api/v1/suggest?q=miss&lang=cy").json["suggestions"]
    assert (one["text"], one["url"]) == ("Bin na chasglwyd", "/articles/missed-bin?lang=cy")
    assert "Bin na chasglwyd" not in public.get("/api/v1/search?q=report").text
    assert public.get("/api/v1/search?q=report&lang=%3E").status_code == 400


def test_an_answer_names_its_generation_and_is_not_sent_twice(public):
    response = public.get("/api/v1/services")
    tag = response.headers["ETag"]
    assert response.json["generation"] in tag
    again = public.get("/api/v1/services", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_new_generation_has_another_tag_without_a_restart(public, council, var):
    before = public.get("/api/v1/services").headers["ETag"]
    council.article("services/new.md", title="A new service", body="New.")
    Publisher(council.path, var).publish()
    after = public.get("/api/v1/services", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.json["total"] == 3


def test_staff_answers_are_never_stored(public, staff):
    for path in ("/", "/search?q=bin", "/api/v1/search?q=bin", "/articles/bomb", "/nowhere"):
        assert "no-store" in staff.get(path).headers["Cache-Control"]
    assert public.get("/api/v1/services").headers["Cache-Control"] == "public, no-cache"


def test_the_description_names_every_api_route(public):
    described = set(public.get("/openapi.json").json["paths"])
    routes = {
        rule.rule.replace("<id>", "{id}")
        for rule in public.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert described == routes


def test_health_is_told_before_and_after_the_first_publish(public, tmp_path):
    assert public.get("/healthz").json == {"status": "alive"}
    ready = public.get("/readyz").json
    assert (ready["status"], ready["edition"], ready["articles"]) == ("ready", "public", 4)
    bare = create_app("public", tmp_path / "elsewhere").test_client()
    assert bare.get("/healthz").status_code == 200
    assert bare.get("/readyz").status_code == 503
    assert bare.get("/api/v1/search?q=bin").status_code == 503
    page = bare.get("/")
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert b"kb index" in page.data


def test_there_is_no_third_edition(var):
    with pytest.raises(ValueError, match="secret"):
        create_app("secret", var)


def test_the_staff_site_answers_only_to_names_of_this_machine_unless_told(staff, public, var):
    response = staff.get("/api/v1/search?q=bin", headers={"Host": "rebound.example"})
    assert response.status_code == 400
    assert b"staff_hosts" in response.data
    assert staff.get("/", headers={"Host": "rebound.example"}).status_code == 400
    named = create_app("staff", var, Settings(staff_hosts=("desk.council.example",)))
    assert sign_in(named.test_client()).get("/", base_url="http://desk.council.example:8001").text
    recorder_of(named).close()
    assert public.get("/", headers={"Host": "www.council.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1/services", "/sitemap.xml"])
def test_a_host_with_a_name_too_long_to_be_one_is_refused(public, path):
    response = public.get(path, headers={"Host": "a" * 64 + ".example"})
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_methods_that_are_not_offered_are_refused_as_problems(public):
    response = public.post("/api/v1/search")
    assert (response.status_code, response.json["status"]) == (405, 405)
    assert "GET" in response.headers["Allow"]


def test_a_question_that_nothing_answers_says_that_it_is_unsure(public):
    answer = public.get("/api/v1/search?q=report+unicorn+sightings+near+volcanoes").json
    assert answer["unsure"] is True
    assert "unsure" not in public.get("/api/v1/search?q=report+a+pothole").json


def test_a_promoted_result_says_so(public, council, var):
    council.article("faqs/last.md", title="Anything", promoted_for=["big holes"], body="Holes.")
    Publisher(council.path, var).publish()
    first, *others = public.get("/api/v1/search?q=big+hole+report").json["results"]
    assert "promoted" not in first
    first, *others = public.get("/api/v1/search?q=big+hole").json["results"]
    assert (first["id"], first["promoted"]) == ("last", True)
    assert all("promoted" not in other for other in others)


def test_staff_can_ask_how_a_result_came_by_its_score(staff, public):
    (hit, *_) = staff.get("/api/v1/search?q=pothle&explain=1").json["results"]
    gains = hit["explain"]["gains"]
    assert {gain["source"] for gain in gains} == {"correction", "trigram"}
    assert {gain["said"] for gain in gains if gain["source"] == "correction"} == {"pothle"}
    total = sum(gain["points"] for gain in gains) * hit["explain"]["covered"]
    assert total == pytest.approx(hit["score"], abs=0.1)
    assert "explain" not in staff.get("/api/v1/search?q=pothle").json["results"][0]
    assert "explain" not in public.get("/api/v1/search?q=pothle&explain=1").json["results"][0]
