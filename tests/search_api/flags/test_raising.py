"""Raising flags: over the API and by form, once, masked, with every fault named."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kb.accounts.roles import Scope
from kb.accounts.tokens import Tokens
from kb.flags.queue import Wanted, queue
from search_api.flags import taking
from search_api.rate import RateLimit

FLAGS = "/api/v1/flags"
WRONG = {"kind": "wrong", "article": "missed-bin"}


def raised(store):
    return [one.flag for group in queue(store, Wanted()) for one in group.flags]


def test_a_flag_is_in_the_queue_with_its_trail_and_without_personal_data(agent, store):
    sent = {
        **WRONG,
        "id": str(uuid4()),
        "query": "bin",
        "trail": ["my bin", " ", "bin"],
        "comment": "She is on 01632 960123",
    }
    answer = agent.post(FLAGS, json=sent)
    assert (answer.status_code, answer.json) == (201, {"id": sent["id"]})
    assert agent.post(FLAGS, json=sent).status_code == 200
    assert agent.post(FLAGS, json={**sent, "comment": "other"}).status_code == 409
    (flag,) = raised(store)
    assert (flag.article, flag.trail, flag.query) == ("missed-bin", ("my bin", "bin"), "bin")
    assert "960123" not in flag.comment


def test_an_empty_search_is_flagged_with_its_words(agent, store):
    sent = {"kind": "nobody-has-written", "query": "tree house", "trail": ["tree house"]}
    assert agent.post(FLAGS, json=sent).status_code == 201
    (flag,) = raised(store)
    assert (flag.article, flag.query) == (None, "tree house")


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"kind": "moan", "article": "missed-bin"}, "kind"),
        ({"kind": "wrong"}, "article: say which"),
        ({"kind": "said-differently", "article": "missed-bin"}, "the caller's words"),
        ({"kind": "nobody-has-written"}, "query: say what"),
        ({"kind": "nobody-has-written", "query": "x", "article": "missed-bin"}, "leave it out"),
        ({**WRONG, "comment": "x" * 2001}, "comment"),
        ({**WRONG, "trail": ["x"] * 101}, "trail"),
        ({**WRONG, "account": str(uuid4())}, "account"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_fault(agent, store, sent, fault):
    answer = agent.post(FLAGS, json=sent)
    assert answer.status_code == 400
    assert fault in answer.json["detail"]
    assert raised(store) == []


def test_an_article_that_is_not_there_and_a_body_that_is_no_json_are_refused(agent):
    assert agent.post(FLAGS, json={**WRONG, "article": "nowhere"}).status_code == 404
    assert agent.post(FLAGS, data="kind=wrong").status_code == 415


def test_too_many_flags_at_once_are_refused_for_a_while(agent, app):
    app.extensions[taking._LIMIT] = RateLimit(2, 60)
    codes = [agent.post(FLAGS, json=WRONG).status_code for _ in range(3)]
    assert codes == [201, 201, 429]
    assert 0 < int(agent.post(FLAGS, json=WRONG).headers["Retry-After"]) <= 60
    assert agent.post("/desk/flags", data=WRONG).status_code == 429


def test_a_program_needs_the_scope(agent, store, app):
    def post(*scopes: Scope) -> int:
        token = Tokens(store).add(f"p{len(scopes)}", set(scopes), timedelta(days=1))
        headers = {"Authorization": f"Bearer {token}"}
        return app.test_client().post(FLAGS, json=WRONG, headers=headers).status_code

    assert (post(), post(Scope.FLAGS_WRITE)) == (403, 201)


def test_where_the_disk_does_not_take_it_that_is_said(agent, monkeypatch):
    def full(self, flag):
        raise OSError("no space left")

    monkeypatch.setattr(taking.FlagIntake, "take", full)
    answer = agent.post(FLAGS, json=WRONG)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")


# Without scripts


def test_the_desk_leads_to_a_form_from_an_answer_and_from_an_empty_search(agent):
    answer = agent.get("/desk/?q=bins&open=missed-bin").text
    assert 'href="/desk/flags?article=missed-bin&amp;query=bins"' in answer
    empty = agent.get("/desk/?q=xyzzyq").text
    assert 'href="/desk/flags?query=xyzzyq"' in empty
    page = agent.get("/desk/flags?article=missed-bin&query=bins").text
    assert "Missed bin collection" in page
    assert 'value="said-differently"' in page
    assert 'value="nobody-has-written"' not in page
    page = agent.get("/desk/flags?query=xyzzyq").text
    assert 'value="nobody-has-written" required checked' in page


def test_the_form_ends_on_thanks_and_leads_back(agent, store):
    sent = {"kind": "said-differently", "article": "missed-bin", "query": "bin", "comment": "skip"}
    answer = agent.post("/desk/flags", data=sent)
    assert answer.status_code == 303
    page = agent.get(answer.location).text
    assert "It is with the editors" in page
    assert 'href="/desk/?q=bin&amp;open=missed-bin"' in page
    assert raised(store)[0].wording == "skip"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"article": "missed-bin"}, "Choose what it is."),
        ({"kind": "said-differently", "article": "missed-bin"}, "the words the caller used"),
        ({**WRONG, "comment": "x" * 2001}, "Make it shorter"),
    ],
)
def test_a_form_with_a_fault_comes_back_as_it_was_filled_in(agent, sent, said):
    answer = agent.post("/desk/flags", data=sent)
    assert answer.status_code == 400
    assert said in answer.text
    assert sent.get("comment", "") in answer.text


@pytest.mark.parametrize("path", ["/desk/flags?article=nowhere", "/desk/flags?article=%00"])
def test_a_form_about_nothing_there_is_a_tidy_error(agent, path):
    assert agent.get(path).status_code in (400, 404)


def test_the_public_site_has_none_of_it(public):
    assert public.post(FLAGS, json=WRONG).status_code == 404
    assert public.get("/queue/").status_code == 404
    assert public.get("/api/v1/articles/missed-bin").json.get("file") is None
