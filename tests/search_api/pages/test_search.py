"""The page of results."""

from tests.search_api.pages.county import main_of, say


def test_a_result_is_the_answer_itself_with_its_words_marked(site):
    page = site.get("/search?q=missed+bin")
    assert "Tell us within two days." in say(page)
    assert "<mark>" in main_of(page)


def test_a_question_can_be_read_in_place(site):
    page = main_of(site.get("/search?q=bags+beside+my+bin"))
    whole = page[page.index("<details") : page.index("</details>")]
    assert "Read the whole answer" in whole
    assert "Foxes open them too" in whole
    assert " id=" not in whole


def test_a_result_has_what_to_do_self_service_first(site):
    page = main_of(site.get("/search?q=missed+bin"))
    assert 'href="https://fen.example/bin"' in page
    assert "Call us about bins" not in page


def test_a_result_names_the_council_if_it_is_another(site):
    assert "Service Fen District Council Missed bin" in say(site.get("/search?q=missed+bin"))
    assert "Council Potholes" not in say(site.get("/search?q=potholes"))


def test_links_to_articles_carry_the_question(site):
    page = main_of(site.get("/search?q=missed+bin&lang=cy"))
    assert 'href="/articles/bins?q=missed+bin&amp;lang=cy"' in page
    assert "q=" + "x" * 200 + '"' not in main_of(site.get("/search?q=" + "x" * 500))


def test_in_welsh_a_translated_article_is_shown_translated(site):
    page = site.get("/search?q=missed+bin&lang=cy")
    assert "Bin a gollwyd Rhowch wybod o fewn dau ddiwrnod." in say(page)
    assert 'lang="en">Will you take bags' in main_of(page)


def test_a_question_nothing_answers_leads_to_a_person_and_to_what_is_near(site):
    said = say(site.get("/search?q=zzzzzz"))
    assert "We found no answer to “zzzzzz”" in said
    assert "01632 960100 Open until 5pm" in said
    assert "Most wanted" in said
    near = main_of(site.get("/search?kind=place&q=pothole"))
    assert "Did you mean one of these?" in near
    assert 'href="/articles/potholes"' in near


def test_an_answer_that_is_not_sure_says_so_with_a_person_first(site):
    page = site.get("/search?q=crew+of+a+lifeboat+at+sea")
    said = main_of(page)
    assert said.index("We are not sure") < said.index('class="hits"')
    assert "01632 960100" in said
    assert "1 place is open now" in say(page)


def test_a_corrected_question_says_so(site):
    assert "Showing results for pothole" in say(site.get("/search?q=pothle"))


def test_without_words_it_invites_some(site):
    said = say(site.get("/search"))
    assert "in your own words" in said
    assert "Most wanted" in said


def test_what_was_typed_comes_back_escaped(site):
    page = site.get("/search", query_string={"q": '<script>alert("x")</script>'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_page_past_the_last_leads_back(site):
    assert "past the last" in say(site.get("/search?q=report&page=9"))


def test_pages_follow_each_other(site, county):
    for number in range(25):
        county.article(f"faqs/q{number}.md", title=f"Parking question {number}", body="Parking.")
    county.publish()
    first = site.get("/search?q=parking").text
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    last = site.get("/search?q=parking&page=3").text
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert last.count("<h2>") == 5 + 1


def test_a_narrowed_search_can_be_widened(site):
    assert "Search everything" in say(site.get("/search?q=bin&kind=faq"))
