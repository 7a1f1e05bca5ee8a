"""An article is found by its number wherever one can search, and shows it."""

import pytest


@pytest.fixture
def number(public):
    return public.get("/api/v1/articles/missed-bin").json["number"]


@pytest.mark.parametrize("said", ["{}", " {} "])
@pytest.mark.parametrize("edition", ["public", "staff"])
def test_a_number_is_searched_with_a_dash_a_blank_or_nothing(
    client_of, request, number, edition, said
):
    client = request.getfixturevalue(edition)
    for part in ("-", " ", ""):
        typed = said.format(number.replace("-", part))
        first = client.get("/api/v1/search", query_string={"q": typed}).json["results"][0]
        assert first["id"] == "missed-bin"
        assert first.get("number") == (number if edition == "staff" else None)
        page = client.get("/search", query_string={"q": typed}).text
        assert page.index("Missed bin collection") < page.index("</ol>")


def test_it_is_shown_on_the_article_and_in_the_results_of_staff(public, staff, number):
    assert number in public.get("/articles/missed-bin").text
    assert number in staff.get("/articles/missed-bin").text
    assert number in staff.get("/search?q=missed+bin").text
    assert number not in public.get("/search?q=missed+bin").text
    desk = staff.get("/desk/", query_string={"q": number.replace("-", "")}).text
    assert f'<span class="number">{number}</span>' in desk
    assert desk.index('id="hit-missed-bin"') < desk.index("</ol>")
    assert number in staff.get("/desk/answers/missed-bin").text
