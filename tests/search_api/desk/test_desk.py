"""The desk's pages: they work without scripts, and show an answer in the order of a call."""

import pytest


def test_search_and_people_come_up_together(desk):
    page = desk.get("/desk/?q=bins").text
    assert "Missed bins" in page
    assert "Waste team" in page
    assert "Open day and night" in page
    assert "Nothing answers this yet" in desk.get("/desk/?q=zzzzqq").text


def test_an_answer_is_laid_out_in_the_order_of_a_call(desk):
    page = desk.get("/desk/answers/bins?q=bins").text
    order = [
        "Tell us within two days.",
        "Hush: look at the round sheet.",
        "https://testshire.example/bins",
        "Copy as text message",
        "We come back in two days.",
        "Catriona MacDonald",
        "Waste team",
        "Put it out by seven.",
    ]
    assert [text for text in order if text not in page] == []
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert "1 part" in page
    assert "GSM-7" in page


def test_whose_job_it_is_comes_first(desk):
    page = desk.get("/desk/?open=leak").text
    assert page.index("This is the job of Marl Water.") < page.index("Ring them.")
    assert "tel:01632960910" in page


def test_a_person_is_shown_with_who_stands_in(desk):
    page = desk.get("/desk/people/mac").text
    assert "01632 960211" in page
    assert "Waste team" in page
    assert desk.get("/desk/?person=mac").status_code == 200


@pytest.mark.parametrize("path", ["/desk/answers/none", "/desk/people/none"])
def test_what_is_not_there_is_not_found(desk, path):
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/desk/", "/desk/answers/bins", "/desk/people/mac"])
def test_nobody_sees_it_who_is_not_signed_in(desk, anonymous, path):
    assert anonymous.get(path).status_code == 303


def test_the_directory_is_searched_by_name_sound_and_role(desk):
    entries = desk.get("/api/v1/directory?q=mcdonald").json["entries"]
    assert [entry["id"] for entry in entries] == ["mac"]
    assert entries[0]["presence"] is None
    everybody = desk.get("/api/v1/directory").json
    assert {entry["id"] for entry in everybody["entries"]} == {"waste", "mac", "water"}
    assert desk.get("/api/v1/directory?limit=0").status_code == 400


def test_the_public_site_has_no_desk_and_no_directory(public):
    for path in ("/desk/", "/desk/people/mac", "/api/v1/directory"):
        assert public.get(path).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 3000, "open=../../etc", "person=%22%3E"])
def test_any_question_is_answered_or_refused_tidily(desk, query):
    response = desk.get(f"/desk/?{query}")
    assert response.status_code in (200, 400)
    assert "Traceback" not in response.text
