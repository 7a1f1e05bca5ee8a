"""The first page."""

from tests.search_api.pages.county import AUTHORITY, main_of, say


def test_search_comes_first(site):
    page = site.get("/").text
    assert page.index('role="search"') < page.index("Most wanted")


def test_what_the_authority_chose_is_offered_in_its_order(site, county):
    county.write("authority.yml", AUTHORITY + "most_wanted: [potholes, nothing, bins]\n")
    county.publish()
    said = main_of(site.get("/"))
    assert said.index("Potholes") < said.index("Missed bin")
    assert "nothing" not in said


def test_without_a_choice_the_services_with_most_questions_come_first(site):
    said = main_of(site.get("/"))
    assert said.index("Missed bin") < said.index("Potholes")


def test_every_notice_that_stands_is_there(site):
    said = say(site.get("/"))
    assert "Snow today." in said
    assert "Bins are late." in said
    assert "Long past." not in said
    assert "For the desk." not in said


def test_all_ways_to_reach_a_person_are_there_with_what_is_open(site, at):
    said = say(site.get("/"))
    assert "Telephone 01632 960100 Open until 5pm" in said
    assert "ask@ testshire.example" in said
    assert "Text ASK to 01632 960101." in said
    assert "1 place is open now" in said
    assert "01632 960999" not in said
    at("2026-11-02T18:00")
    said = say(site.get("/"))
    assert "Closed now. Opens tomorrow at 9am" in said
    assert "In an emergency when we are closed: 01632 960999 , for a dangerous building" in said
    assert "No place is open now" in said


def test_content_with_nothing_in_it_says_what_to_do(content, var):
    from indexer.publish import Publisher
    from search_api import create_app

    Publisher(content.path, var).publish()
    assert "There is nothing here yet" in say(create_app("public", var).test_client().get("/"))
