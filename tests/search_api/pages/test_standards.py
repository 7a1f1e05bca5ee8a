"""What the council promises."""

from tests.search_api.pages.county import main_of, say


def test_the_promises_of_the_council_and_of_each_service_are_there(site):
    said = say(site.get("/standards/"))
    assert "Telephone We answer within a minute." in said
    assert "Missed bin We come back within two working days. Fen District Council" in said
    assert "Potholes" not in said


def test_in_welsh_a_promise_is_marked_as_what_it_is_written_in(site):
    page = main_of(site.get("/standards/?lang=cy"))
    assert '<dl class="cards promises" lang="en">' in page


def test_without_any_promise_it_says_so(content, var):
    from indexer.publish import Publisher
    from search_api import create_app

    Publisher(content.path, var).publish()
    said = say(create_app("public", var).test_client().get("/standards/"))
    assert "There are no standards in this edition yet." in said
