"""The A–Z of services."""

import pytest

from tests.search_api.pages.county import main_of, say


def test_services_stand_under_their_titles_and_their_other_names(site):
    said = say(site.get("/a-z/"))
    assert "Missed bin" in said
    assert "Rubbish : see Missed bin" in said
    assert "Town hall" not in said


def test_accents_do_not_matter_and_figures_stand_together(site):
    assert "Éclairs" in main_of(site.get("/a-z/e"))
    assert "2 metre holes" in main_of(site.get("/a-z/0-9"))


def test_a_letter_has_a_page_of_its_own(site):
    page = main_of(site.get("/a-z/m"))
    assert "Missed bin" in page
    assert "Potholes" not in page
    assert 'href="/a-z/m" aria-current="page"' in page


def test_a_letter_that_begins_nothing_says_so(site):
    response = site.get("/a-z/x")
    assert response.status_code == 200
    assert "No service begins with this letter." in say(response)


def test_a_capital_leads_to_the_letter(site):
    assert site.get("/a-z/M?lang=cy").headers["Location"] == "/a-z/m?lang=cy"


@pytest.mark.parametrize("letter", ["mm", "é", "-", "0", "%00", "<b>"])
def test_anything_else_is_no_letter(site, letter):
    assert site.get(f"/a-z/{letter}").status_code == 404


def test_in_welsh_the_translated_titles_and_names_are_listed(site):
    said = main_of(site.get("/a-z/?lang=cy"))
    assert ">Bin a gollwyd</a>" in said
    assert "Sbwriel" in said
    assert '<a href="/articles/potholes?lang=cy" lang="en">Potholes</a>' in said


def test_without_services_it_says_so(content, var):
    from indexer.publish import Publisher
    from search_api import create_app

    Publisher(content.path, var).publish()
    said = say(create_app("public", var).test_client().get("/a-z/"))
    assert "There are no services in this edition yet." in said
