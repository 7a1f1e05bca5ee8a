"""The pages: what people see, drawn on the server."""

import re

import pytest


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def test_a_search_page_shows_the_answer_itself(public):
    response = public.get("/search?q=report+a+missed+bin")
    assert "Report it within two working days." in text_of(response)
    assert "<mark>" in response.text


def test_the_staff_block_is_on_the_staff_page_alone(public, staff):
    assert "round sheet" not in public.get("/articles/missed-bin").text
    page = staff.get("/articles/missed-bin").text
    assert "round sheet" in page
    assert "For staff only" in page
    assert "Staff edition" in page


def test_a_question_nothing_answers_names_the_telephone(public):
    said = text_of(public.get("/search?q=zzzzzz"))
    assert "We found no answer" in said
    assert "01632 960100" in said


def test_a_corrected_question_says_so(public):
    assert "Showing results for pothole" in text_of(public.get("/search?q=pothle"))


def test_a_search_without_words_invites_one(public):
    assert "in your own words" in text_of(public.get("/search"))


def test_what_was_typed_comes_back_escaped(public):
    page = public.get("/search", query_string={"q": '<script>alert("x")</script>'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_page_past_the_last_leads_back(public):
    said = text_of(public.get("/search?q=report&page=9"))
    assert "past the last" in said


def test_pages_follow_each_other(public, council, var):
    from indexer.publish import Publisher

    for number in range(25):
        council.article(f"faqs/q{number}.md", title=f"Parking question {number}", body="Parking.")
    Publisher(council.path, var).publish()
    first = public.get("/search?q=parking").text
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    last = public.get("/search?q=parking&page=3").text
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert last.count("<li>") == 5


def test_the_a_to_z_lists_titles_and_further_entries(public):
    page = public.get("/a-z/").text
    assert "Missed bin collection" in page
    assert "Bins, missed" in page
    assert "Town hall" not in page


def test_places_show_their_hours_and_exceptions(public):
    said = text_of(public.get("/places/"))
    assert "1 High Street, Testford" in said
    assert "Monday 09:00–17:00" in said
    assert "Tuesday Closed" in said
    assert "25 December 2026 Closed" in said


def test_a_missing_page_is_a_page_with_a_search_box(public):
    response = public.get("/articles/nothing-here")
    assert response.status_code == 404
    assert 'role="search"' in response.text


@pytest.mark.parametrize("path", ["/", "/search?q=bin", "/articles/missed-bin", "/a-z/", "/nope"])
def test_pages_allow_no_foreign_or_inline_code(public, path):
    response = public.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    without_data = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", response.text)
    assert not re.search(r"<script(?![^>]+src=)|<style|\sstyle=|\son\w+=", without_data)
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/search?q=bin", "/articles/missed-bin", "/a-z/", "/places/"]
)
def test_pages_have_one_heading_a_language_and_labelled_fields(public, path):
    page = public.get(path).text
    assert page.count("<h1") == 1
    assert '<html lang="en-GB">' in page
    for field in re.findall(r'<input id="(\w+)"', page):
        assert f'<label for="{field}">' in page


def test_attachments_are_served_from_their_edition(public, staff):
    with public.get("/files/public/form.txt") as response:
        assert response.data == b"a form"
    with staff.get("/files/staff/script.txt") as response:
        assert response.data == b"a script"
    assert public.get("/files/staff/script.txt").status_code == 404


def test_attachment_paths_cannot_climb(public):
    for path in ("public/../../manifest.json", "..%2fmanifest.json", "public/%2e%2e/x", "/etc"):
        assert public.get(f"/files/{path}").status_code in (404, 308)


def test_the_problems_of_the_content_are_shown_to_staff(staff, public, council, var):
    from indexer.publish import Publisher

    council.write("faqs/bad.md", "---\ntitle: No audience\n---\nText.\n")
    Publisher(council.path, var).publish()
    page = staff.get("/problems").text
    assert "faqs/bad.md:2" in page
    assert "audience is missing" in page
    assert public.get("/problems").status_code == 404


def test_a_notice_is_shown_where_it_belongs_and_when(public, council, var):
    from indexer.publish import Publisher

    council.write(
        "notices.yml",
        "- {text: Snow today, queries: [bin], audience: public}\n"
        "- {text: Long past, audience: public, until: 2020-01-01}\n"
        "- {text: For the desk, audience: staff}\n",
    )
    Publisher(council.path, var).publish()
    assert "Snow today" in public.get("/search?q=my+bins").text
    assert "Snow today" not in public.get("/search?q=potholes").text
    home = public.get("/").text
    assert "Long past" not in home
    assert "For the desk" not in home
