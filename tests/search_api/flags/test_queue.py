"""The queue as editors see it."""

import re

import pytest

from indexer.publish import Publisher
from kb.flags.keeping import take_in
from kb.records.database import RecordsAway
from search_api.flags import queue as module
from tests.kb.flags.made import flag


def numbers(page: str) -> list[str]:
    return re.findall(r'name="flag" value="(\d+)"', page)


def test_it_shows_the_file_the_owner_and_the_line_to_add(editor, store, council, var):
    council.article("faqs/gap.md", title="Gap", owner="desk", questions=["known"], body="x")
    council.write("directory.csv", "id,name\ndesk,Waste desk\n")
    Publisher(council.path, var).publish()
    said = ["the bin: men", "known", "wheelie wasn't took"]
    take_in(store, [flag("said-differently", article="gap", comment=words) for words in said])
    page = editor.get("/queue/").text
    assert "<code>faqs/gap.md</code>" in page
    assert "Waste desk" in page
    assert "  - wheelie wasn&#39;t took\n" in page
    assert "  - &#34;the bin: men&#34;\n" in page
    assert "  - known" not in page
    assert "× 3" in page


def test_searches_in_other_words_for_the_same_thing_stand_together(editor, store):
    for words in ("tree houses", "where is the tree house", "unicorn <b>"):
        take_in(store, [flag("nobody-has-written", query=words, trail=["tree", words])])
    page = editor.get("/queue/").text
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings == ["“where is the tree house”", "“unicorn &lt;b&gt;”"]
    assert '<a href="/search?q=tree">tree</a> → ' in page


def test_a_decision_moves_flags_and_is_kept_with_who_and_why(editor, store):
    take_in(store, [flag(comment="one"), flag(comment="two")])
    first, second = numbers(editor.get("/queue/").text)
    answer = editor.post("/queue/", data={"flag": [second], "state": "done", "note": "Mended <b>"})
    assert (answer.status_code, answer.location) == (303, "/queue/")
    assert numbers(editor.get("/queue/").text) == [first]
    done = editor.get("/queue/?state=done").text
    assert numbers(done) == [second]
    assert re.search(r"Done: .*, editor: Mended &lt;b&gt;", done)
    editor.post("/queue/?state=done", data={"flag": [second], "state": "open"})
    assert numbers(editor.get("/queue/?order=newest").text) == [first, second]


def test_only_what_was_seen_is_settled(editor, store):
    take_in(store, [flag(comment="seen")])
    (seen,) = numbers(editor.get("/queue/").text)
    take_in(store, [flag(comment="came meanwhile")])
    editor.post("/queue/", data={"flag": [seen], "state": "declined"})
    assert "came meanwhile" in editor.get("/queue/").text


def test_many_flags_of_one_group_are_shown_some_at_a_time(editor, store, monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 3)
    take_in(store, [flag() for _ in range(5)])
    page = editor.get("/queue/").text
    assert len(numbers(page)) == 3
    assert "And 2 more" in page


@pytest.mark.parametrize(
    "sent",
    [
        {"state": "done"},
        {"flag": "x", "state": "done"},
        {"flag": "1", "state": "lost"},
        {"flag": "1", "state": "done", "note": "x" * 501},
        {"flag": "99999999999999999999", "state": "done"},
    ],
)
def test_what_cannot_be_decided_ends_on_a_tidy_page(editor, sent):
    answer = editor.post("/queue/", data=sent)
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


@pytest.mark.parametrize("query", ["state=lost", "kind=moan", "order=none"])
def test_what_cannot_be_asked_for_ends_on_a_tidy_page(editor, query):
    assert editor.get(f"/queue/?{query}").status_code == 400


def test_it_links_to_what_has_a_page_already_and_says_when_there_is_none(editor):
    page = editor.get("/queue/").text
    assert "There is none." in page
    assert 'href="/feedback/?kind=answer"' in page
    assert 'href="/searches/"' in page


def test_a_flag_about_an_article_that_is_gone_is_still_there(editor, store):
    take_in(store, [flag(article="long-gone")])
    assert "long-gone (no longer here)" in editor.get("/queue/").text


def test_agents_have_no_queue_and_are_not_led_to_it(agent, editor):
    assert agent.get("/queue/").status_code == 403
    assert 'href="/queue/"' not in agent.get("/").text
    assert 'href="/queue/"' in editor.get("/").text


def test_records_that_are_away_are_said_to_be(editor, monkeypatch):
    def away(*_: object) -> None:
        raise RecordsAway("sqlite:////somewhere/secret.db cannot be opened")

    monkeypatch.setattr(module, "queue", away)
    response = editor.get("/queue/")
    assert (response.status_code, b"secret.db" in response.data) == (503, False)


def test_it_speaks_welsh(editor, store):
    take_in(store, [flag()])
    assert "Nodi ei fod wedi" in editor.get("/queue/?lang=cy").text
