"""The staff's pages of what people said and looked for in vain."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from indexer.publish import Publisher
from kb import clock
from kb.article import Edition
from kb.records.database import RecordsAway
from kb.records.journal import write
from kb.records.replies import Wanted, replies
from kb.records.routing import route
from search_api.feedback import replies as module
from search_api.recording import recorder_of
from tests.kb.records.made import feedback, search


@pytest.fixture
def store(staff):
    return recorder_of(staff.application).database


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def test_feedback_comes_newest_first_with_all_that_is_known_of_it(staff, store, council, var):
    council.write("directory.csv", "id,name\nwaste-desk,Waste desk\n")
    Publisher(council.path, var).publish()
    said = feedback(
        "complaint",
        article="missed-bin",
        comment="Late & rude <b>",
        query="my bin",
        reply_by=datetime(2026, 11, 16).date(),
        at=datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
    )
    write(store, [said, feedback(answered=False, reason="unclear", article="gone")])
    route(store, lambda article: "waste-desk")
    page = staff.get("/feedback/").text
    assert headings(page) == ["Answer: It was not answered; It is not clear", "Complaint"]
    assert "Late &amp; rude &lt;b&gt;" in page
    for part in ("Waste desk", "16 November 2026", "1 July 2026, 9.30am", "my bin"):
        assert part in page
    assert '<a href="/articles/missed-bin">Missed bin collection</a> (changed since)' in page
    assert "gone (no longer here)" in page
    assert said.id.hex[:8].upper() in page


def test_it_can_be_narrowed_to_a_kind_an_article_and_a_reference(staff, store):
    write(
        store,
        [
            feedback("complaint", comment="about bins", article="missed-bin"),
            feedback("compliment", comment="about holes", article="potholes"),
        ],
    )

    def comments(query: str) -> list[str]:
        return re.findall(r"<blockquote>(.*?)</blockquote>", staff.get(f"/feedback/?{query}").text)

    assert comments("") == ["about holes", "about bins"]
    assert comments("kind=complaint&article=") == ["about bins"]
    assert comments("article=potholes") == ["about holes"]
    assert comments("kind=complaint&article=potholes") == []
    reference = replies(store, Wanted(), 9)[0].reference
    assert comments(f"ref={reference}") == ["about holes"]


def test_older_feedback_is_on_the_next_page(staff, store, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 2)
    write(store, [feedback("compliment", comment=f"No {number}") for number in range(5)])
    path, seen = "/feedback/?kind=compliment", []
    while path:
        page = staff.get(path).text
        seen += re.findall(r"No \d", page)
        older = re.search(r'rel="next" href="([^"]*)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
        assert not path or "kind=compliment" in path
    assert seen == ["No 4", "No 3", "No 2", "No 1", "No 0"]


def test_searches_without_a_result_and_doubtful_ones_are_listed_apart(staff, store):
    now = clock.now()
    write(
        store,
        [
            search("Unicorns", total=0, results=()),
            search("unicorns", total=0, results=(), edition=Edition.STAFF),
            search("long ago", total=0, results=(), at=now - timedelta(days=40)),
            search("perhaps", unsure=True),
            search("found"),
        ],
    )

    def words(query: str) -> list[tuple[str, str]]:
        page = staff.get(f"/searches/?{query}").text
        return re.findall(r'q=[^"]*">([^<]*)</a></td><td>(\d+)</td>', page)

    assert words("") == [("unicorns", "2"), ("perhaps", "1")]
    assert words("edition=staff") == [("unicorns", "1")]
    assert words("days=90") == [("unicorns", "2"), ("long ago", "1"), ("perhaps", "1")]


def test_nothing_said_and_nothing_searched_is_said_so(staff):
    for path in ("/feedback/", "/searches/"):
        assert "There is none." in staff.get(path).text


@pytest.mark.parametrize(
    "path",
    [
        "/feedback/?kind=moan",
        "/feedback/?article=%00",
        "/feedback/?article=two+words",
        "/feedback/?ref=xyz",
        f"/feedback/?ref={'a' * 33}",
        "/feedback/?before=0",
        "/feedback/?before=99999999999999999999",
        "/searches/?days=0",
        "/searches/?days=x",
        "/searches/?edition=secret",
    ],
)
def test_what_cannot_be_asked_for_ends_on_a_tidy_page(staff, path):
    response = staff.get(path)
    assert (response.status_code, response.mimetype) == (400, "text/html")


def test_records_that_are_away_are_said_to_be_and_the_rest_goes_on(staff, monkeypatch):
    def away(*_: object) -> None:
        raise RecordsAway("sqlite:////somewhere/secret.db cannot be opened")

    monkeypatch.setattr(module, "replies", away)
    monkeypatch.setattr(module, "without_result", away)
    for path in ("/feedback/", "/searches/"):
        response = staff.get(path)
        assert (response.status_code, response.mimetype) == (503, "text/html")
        assert b"cannot be read just now" in response.data
        assert b"secret.db" not in response.data
    assert staff.get("/search?q=bins").status_code == 200


def test_the_public_site_has_neither_page(public):
    assert public.get("/feedback/").status_code in (301, 308, 404)
    assert public.get("/searches/").status_code == 404
    assert "searches" not in public.get("/").text


def test_what_is_new_is_shown_at_once_and_never_stored(staff, store):
    first = staff.get("/feedback/")
    write(store, [feedback("compliment", comment="Fresh")])
    again = staff.get("/feedback/", headers={"If-None-Match": first.headers.get("ETag", "")})
    assert again.status_code == 200
    assert "Fresh" in again.text
    assert "no-store" in again.headers["Cache-Control"]


def test_both_pages_speak_welsh(staff, store):
    write(store, [feedback("complaint", comment="Hwyr")])
    page = staff.get("/feedback/?lang=cy").text
    assert "Adborth" in page
    assert headings(page) == ["Cwyn"]
    assert "Chwiliadau" in staff.get("/searches/?lang=cy").text
