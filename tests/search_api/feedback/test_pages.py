"""Feedback by form: what was filled in is kept or comes back, and then there are thanks."""

import re
from datetime import date

import pytest

from indexer.publish import Publisher
from kb import clock
from kb.settings import Settings
from search_api import create_app
from search_api.feedback import taking


@pytest.fixture
def council(council, var, monkeypatch):
    """One whose standard for complaints has a date."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 2))
    council.write(
        "authority.yml",
        "name: Testshire Council\nchannels: {telephone: 01632 960100}\n"
        "standards: [{name: Complaints, promise: We answer in 10 days., working_days: 10}]\n",
    )
    Publisher(council.path, var).publish()
    return council


def test_a_yes_needs_one_button_and_ends_on_thanks(public, kept):
    said = {"article": "missed-bin", "answered": "true", "query": "my bin", "comment": ""}
    response = public.post("/feedback", data=said)
    assert response.status_code == 303
    page = public.get(response.headers["Location"])
    assert page.status_code == 200
    assert b"Thank you" in page.data
    assert b'href="/articles/missed-bin"' in page.data
    (entry,) = kept(public)
    assert (entry.article, entry.answered, entry.query) == ("missed-bin", True, "my bin")
    assert (entry.kind, entry.surface) == ("answer", "site")


def test_a_complaint_ends_with_its_reference_and_the_day(public, kept):
    response = public.post("/feedback", data={"kind": "complaint", "comment": "Late again"})
    page = public.get(response.headers["Location"]).data.decode()
    (entry,) = kept(public)
    assert entry.reply_by == date(2026, 11, 16)
    assert "16 November 2026" in page
    assert entry.id.hex[:8].upper() in page
    assert "01632 960100" in page


def test_in_welsh_the_thanks_are_welsh(public):
    said = {"kind": "complaint", "comment": "Hwyr", "lang": "cy"}
    response = public.post("/feedback", data=said)
    assert "lang=cy" in response.headers["Location"]
    page = public.get(response.headers["Location"]).data.decode()
    assert "16 Tachwedd 2026" in page
    assert "Diolch" in page


def test_the_form_knows_the_article_and_the_words_it_came_from(public):
    page = public.get("/feedback?article=missed-bin&query=my+bin&kind=compliment").data.decode()
    assert "Missed bin collection" in page
    assert page.count('name="article" value="missed-bin"') == 2
    assert page.count('name="query" value="my bin"') == 2
    assert 'value="compliment" required checked' in page
    assert "We answer in 10 days." in page
    assert public.get("/feedback?article=bomb").status_code == 200
    assert b"Bomb" not in public.get("/feedback?article=bomb").data


@pytest.mark.parametrize(
    ("said", "fault", "anchor"),
    [
        ({"kind": "complaint", "comment": " "}, "Say what it is about.", "worded-comment"),
        ({"kind": "compliment", "comment": "x" * 2001}, "Make it shorter", "worded-comment"),
        ({"kind": "satisfaction", "comment": "Good"}, "Choose how satisfied", "scored-score"),
        ({"kind": "satisfaction", "score": "9"}, "Choose how satisfied", "scored-score"),
        ({"kind": "moan", "comment": "My text"}, "Choose what it is.", "worded-kind"),
        ({}, "Say what it is about.", "worded-comment"),
        ({"answered": "false", "comment": "x" * 2001}, "Make it shorter", "answered-comment"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason_and_a_link_to_it(
    public, kept, said, fault, anchor
):
    response = public.post("/feedback", data=said)
    page = response.data.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert "<title>Error:" in page
    assert f'<a href="#{anchor}">{fault}' in page
    assert f'id="{anchor}"' in page
    if said.get("comment", "").strip():
        assert said["comment"] in page
    assert kept(public) == []


def test_what_was_written_comes_back_as_text_and_never_as_markup(public):
    evil = "</textarea><script>alert(1)</script>\"'"
    said = {"kind": "moan", "comment": evil, "query": evil, "article": evil, "lang": evil}
    page = public.post("/feedback", data=said).data
    assert b"<script" not in page
    for name, value in said.items():
        assert b"<script" not in public.get("/feedback", query_string={name: value}).data
        path = "/feedback/thanks"
        assert b"<script" not in public.get(path, query_string={name: value}).data


def test_an_article_that_is_not_here_is_said_to_be_missing(public, kept):
    response = public.post("/feedback", data={"article": "bomb", "answered": "true"})
    assert response.status_code == 404
    assert b"no such article" in response.data
    assert kept(public) == []


def test_too_much_at_once_comes_back_with_what_was_written(public, monkeypatch):
    for _ in range(taking.EACH[0]):
        public.post("/feedback", data={"answered": "true"})
    response = public.post("/feedback", data={"kind": "complaint", "comment": "My long text"})
    assert response.status_code == 429
    assert response.headers["Retry-After"]
    assert b"My long text" in response.data


def test_a_form_of_another_site_is_not_taken(public, council, var, kept):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        response = public.post("/feedback", data={"answered": "true"}, headers=headers)
        assert response.status_code == 403
        assert b"from other sites" in response.data
    assert kept(public) == []
    listed = Settings(widget_origins=("https://www.council.example",))
    client = create_app("public", var, listed).test_client()
    headers = {"Origin": "https://www.council.example", "Sec-Fetch-Site": "cross-site"}
    said = {"answered": "true"}
    assert client.post("/feedback", data=said, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("comment=" + "x" * 70_000, "application/x-www-form-urlencoded", 413),
        ("%00%ff=%ff", "application/x-www-form-urlencoded", 400),
        ("kind=complaint&comment=%ff%00late", "application/x-www-form-urlencoded", 303),
        ("&".join("a=b" for _ in range(2000)), "application/x-www-form-urlencoded", 400),
        ("--x\r\nnonsense", "multipart/form-data; boundary=x", 400),
        ('{"answered": true}', "application/json", 400),
        ("", "", 400),
    ],
)
def test_odd_bodies_end_on_a_tidy_page(public, data, kind, status):
    response = public.post("/feedback", data=data, content_type=kind)
    assert response.status_code == status
    assert response.mimetype == "text/html"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=moan",
        "ref=x",
        "by=tomorrow",
        "by=99999-01-01",
        "article=%00",
        "kind=complaint&by=1",
    ],
)
def test_the_thanks_say_no_more_than_they_can_read(public, query):
    response = public.get(f"/feedback/thanks?{query}")
    assert response.status_code == 200
    assert b"Thank you" in response.data


def test_what_comes_back_to_staff_can_be_sent_again(staff):
    long = {"article": "bomb", "answered": "false", "comment": "x" * 2001}
    page = staff.post("/feedback", data=long)
    assert page.status_code == 400
    form = page.text.partition('<section class="feedback">')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert (hidden["article"], hidden["answered"], hidden["lang"]) == ("bomb", "false", "en")
    assert hidden["csrf"]


def test_staff_send_from_an_article_and_have_no_form_of_their_own(staff, kept):
    response = staff.post("/feedback", data={"article": "bomb", "answered": "false"})
    assert response.status_code == 303
    assert b"Thank you" in staff.get(response.headers["Location"]).data
    assert [entry.edition for entry in kept(staff)] == ["staff"]
