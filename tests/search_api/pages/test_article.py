"""The page of an article."""

import re

from tests.search_api.pages.county import main_of, say


def test_the_answer_comes_first_then_what_to_do_then_the_rest(site):
    said = say(site.get("/articles/bins"))
    parts = [
        "Missed bin Fen District Council does this, not us.",
        "Tell us within two days.",
        "Report a missed bin",
        "Call us about bins 01632 960210",
        "Before you do",
        "Our promise We come back within two working days.",
        "Questions people ask Will you take bags beside my bin?",
        "Who is responsible Fen District Council",
        "Last checked 5 October 2026",
        "See also Potholes",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)


def test_another_councils_job_leads_to_that_council(site):
    page = main_of(site.get("/articles/bins"))
    first = page[page.index("</h1>") : page.index('class="answer-first"')]
    assert 'href="https://fen.example/"' in first
    assert 'href="tel:01632960200"' in first
    assert "does this, not us" not in main_of(site.get("/articles/potholes"))


def test_what_is_listed_among_the_questions_is_not_listed_again(site):
    assert main_of(site.get("/articles/bins")).count("Will you take bags") == 1


def test_a_service_says_where_one_can_come_in_for_it(site):
    assert "Come in and see us Town hall Open until 5pm" in say(site.get("/articles/bins"))
    assert "Come in and see us" not in say(site.get("/articles/potholes"))


def test_a_place_says_when_it_is_open(site):
    said = say(site.get("/articles/hall"))
    assert "Town hall Open until 5pm Come in." in said
    assert "Monday 9am to 5pm Tuesday 10am to midday and 1pm to 5pm" in said
    assert "Wednesday to Sunday Closed" in said
    assert "Different on these days Mon 9 November 9am to midday" in said
    assert "What you can do here Missed bin" in said


def test_a_translation_is_shown_with_what_is_the_same_in_every_language(site):
    page = site.get("/articles/bins?lang=cy")
    said = say(page)
    assert "Bin a gollwyd Fen District Council sy'n gwneud hyn, nid ni." in said
    assert "Rhowch wybod o fewn dau ddiwrnod." in said
    assert "Gwiriwyd ddiwethaf 5 Hydref 2026" in said
    assert 'lang="en">Report a missed bin</a>' in main_of(page)
    assert '<a href="/articles/potholes?lang=cy">tyllau</a>' in main_of(page)
    assert "cyfieithu" not in said


def test_what_is_not_translated_is_shown_in_english_and_says_so(site):
    page = main_of(site.get("/articles/potholes?lang=cy"))
    assert '<h1 lang="en">Potholes</h1>' in page
    assert "Nid yw'r dudalen hon wedi'i chyfieithu eto." in page.replace("&#39;", "'")


def test_other_languages_are_offered(site, county):
    county.article("services/bins.ur.md", title="کوڑا", body="ہمیں بتائیں۔")
    county.publish()
    page = main_of(site.get("/articles/bins"))
    assert 'href="/articles/bins?lang=ur" lang="ur" hreflang="ur">اردو</a>' in page
    assert '<h1 lang="ur" dir="rtl">کوڑا</h1>' in main_of(site.get("/articles/bins?lang=ur"))


def test_the_staff_block_is_on_the_staff_page_alone(site, desk, county):
    county.article("faqs/secret.md", body="Open.\n\n::: staff\nRound sheet.\n:::\n")
    county.publish()
    assert "Round sheet" not in site.get("/articles/secret").text
    assert "For staff only Round sheet." in say(desk.get("/articles/secret"))


def test_it_asks_whether_it_answered(site):
    page = main_of(site.get("/articles/bins?q=my+%22bin%22"))
    forms = re.findall(r'<form action="/feedback" method="post">(.*?)</form>', page, re.DOTALL)
    assert len(forms) == 2
    for form, answer in zip(forms, ("true", "false"), strict=True):
        assert 'name="article" value="bins"' in form
        assert 'name="query" value="my &#34;bin&#34;"' in form
        assert 'name="lang" value="en"' in form
        assert f'<button name="answered" value="{answer}">' in form
    assert set(re.findall(r'name="reason" value="(\w+)"', forms[1])) == {
        *("wrong", "unclear", "missing", "other")
    }


def test_a_page_that_is_not_there_leads_on(site):
    response = site.get("/articles/nothing-here")
    assert response.status_code == 404
    assert 'role="search"' in response.text
    assert 'href="/a-z/"' in response.text
