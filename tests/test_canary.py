"""The canary: no staff word reaches the public edition, by any route or in any byte of a file."""

import pytest
from flask import Flask

from indexer.publish import Publisher
from search_api import create_app
from search_api.recording import recorder_of

WORDS = {
    "staff article, title": "qazarticletitle",
    "staff article, body": "qazarticlebody",
    "staff article, heading": "qazheading",
    "staff article, tag": "qaztag",
    "staff article, question": "qazquestion",
    "staff article, a_z": "qazatoz",
    "staff article, promoted_for": "qazpromoted",
    "staff article, summary": "qazsummary",
    "staff article, file name and id": "qazfilename",
    "staff article, step": "qazstep",
    "staff article, action": "qazaction",
    "staff block, text": "qazblock",
    "staff block, heading": "qazblockheading",
    "staff block, link text": "qazlinktext",
    "staff block, reference definition": "qazreference",
    "staff block, footnote": "qazfootnote",
    "staff block, code": "qazcode",
    "staff block in a list": "qazlist",
    "owner": "qazowner",
    "staff translation": "qaztranslation",
    "directory row": "qazdirectory",
    "staff synonym, said": "qazsaid",
    "staff synonym, meant": "qazmeant",
    "synonym without an audience": "qaznobody",
    "staff notice": "qaznotice",
    "staff attachment, name": "qazattachment",
    "staff attachment, content": "qazcontents",
    "not yet published": "qazfuture",
    "no longer published": "qazpast",
    "withdrawn after review": "qazwithdrawn",
    "article with an error": "qazerror",
    "article whose audience is misspelt": "qazmisspelt",
    "article with an open fence": "qazopen",
}

STAFF_ARTICLE = """---
title: Qazarticletitle
audience: staff
summary: Qazsummary.
tags: [qaztag]
questions: [qazquestion]
a_z: [Qazatoz]
promoted_for: [qazpromoted]
actions: [{label: Qazaction, url: "https://qazaction.example", kind: online}]
ask: [Qazstep]
steps: [{id: qazstep, ask: Qazstep?, answers: [{label: Qazstep, go: open}]}]
---
Qazarticlebody about bins.

## Qazheading
More bins.
"""

OPEN_ARTICLE = """---
title: Bins and recycling
audience: public
owner: qazowner
related: [qazfilename, other]
questions: [when is my bin day]
---
Bins are emptied each week. [See this](qazfilename) and [the form](files/staff/qazattachment.txt).

[Only a text][defined inside] and a foot[^inside].

- a list

::: staff
Qazblock words on bins. [Qazlinktext](qazfilename)

[defined inside]: https://qazreference.example "Qazreference"
[^inside]: Qazfootnote.

## Qazblockheading

```
qazcode
```

- qazlist
:::

After the block.
"""

SUGGESTED = [f"/api/v1/suggest?q={typed}" for typed in ("head+of+bins", "qzadir", "clerk")]

ROUTES = {
    "/": ["/"],
    "/search": ["/search?q={q}", "/search?q={q}&page=2", "/search?q=bins", "/search?page=x"],
    "/articles/<id>": ["/articles/{q}", "/articles/open", "/articles/open?lang=cy"],
    "/a-z/": ["/a-z/", "/a-z/?lang=cy"],
    "/a-z/<letter>": ["/a-z/{q}", "/a-z/q", "/a-z/b"],
    "/topics/": ["/topics/"],
    "/topics/<tag>": ["/topics/{q}"],
    "/places/": ["/places/"],
    "/standards/": ["/standards/"],
    "/notices/": ["/notices/"],
    "/brand.css": ["/brand.css"],
    "/files/<path:name>": ["/files/staff/{q}.txt", "/files/public/{q}.txt", "/files/public/ok.txt"],
    "/articles/<id>.md": ["/articles/{q}.md", "/articles/open.md", "/articles/open.md?lang=cy"],
    "/sitemap.xml": ["/sitemap.xml"],
    "/feed.xml": ["/feed.xml"],
    "/opensearch.xml": ["/opensearch.xml"],
    "/opensearch/suggestions": [
        f"/opensearch/suggestions?q={typed}" for typed in ("{q}", "q", "qaz", "head+of+bins")
    ],
    "/robots.txt": ["/robots.txt"],
    "/static/<path:filename>": ["/static/site.css", "/static/{q}"],
    "/feedback": ["/feedback", "/feedback?article={q}&query={q}&comment={q}", "/feedback?kind=x"],
    "/feedback/thanks": ["/feedback/thanks?article={q}&kind=complaint", "/feedback/thanks?ref=x"],
    "/openapi.json": ["/openapi.json"],
    "/widget.js": ["/widget.js", "/widget.js?lang={q}"],
    "/widget/demo": ["/widget/demo", "/widget/demo?{q}"],
    "/api/docs": ["/api/docs", "/api/docs?lang=cy"],
    "/healthz": ["/healthz"],
    "/readyz": ["/readyz"],
    "/api/v1/search": ["/api/v1/search?q={q}", "/api/v1/search?q=bins&size=50"],
    "/api/v1/suggest": [
        "/api/v1/suggest?q={q}",
        "/api/v1/suggest?q=q",
        "/api/v1/suggest?q=qaz",
        "/api/v1/suggest?topic={q}",
        "/api/v1/suggest?page={q}+bins",
        "/api/v1/suggest?topic=bins",
        *SUGGESTED,
    ],
    "/api/v1/articles/<id>": ["/api/v1/articles/{q}", "/api/v1/articles/open"],
    "/api/v1/feedback": ["/api/v1/feedback"],
    "/api/v1/services": ["/api/v1/services"],
    "/api/v1/places": ["/api/v1/places"],
    "/api/v1/contact": ["/api/v1/contact", "/api/v1/contact?lang=cy"],
}
"""Every public route, with the requests made to it; `{q}` is each planted word in turn."""


@pytest.fixture
def planted(content):
    content.write(
        "authority.yml",
        "name: Testshire\nmost_wanted: [qazfilename, open]\ntopics: [qaztag, bins]\n"
        "avoidable: [{id: qazreason, label: Qazreasoned}]\n",
    )
    content.write("guides/qazfilename.md", STAFF_ARTICLE)
    content.write("services/open.md", OPEN_ARTICLE)
    content.write("faqs/other.md", "---\ntitle: Other\naudience: public\n---\nOther bins.\n")
    content.write(
        "services/open.cy.md",
        "---\ntitle: Qaztranslation\naudience: staff\n---\nQaztranslation.\n",
    )
    head = "---\ntitle: Bins {0}\naudience: public\n{1}---\nBins {0}.\n"
    content.write("faqs/future.md", head.format("qazfuture", "from: 2090-01-01\n"))
    content.write("faqs/past.md", head.format("qazpast", "until: 2020-01-01\n"))
    content.write(
        "faqs/withdrawn.md",
        head.format("qazwithdrawn", "review_by: 2020-01-01\nafter_review: withdraw\n"),
    )
    content.write("faqs/error.md", head.format("qazerror", "id: Not An Id\n"))
    content.write("faqs/misspelt.md", "---\ntitle: Qazmisspelt\naudience: pubic\n---\nBins.\n")
    content.write(
        "faqs/unclosed.md",
        "---\ntitle: Open fence\naudience: public\n---\nBins.\n\n::: staff\nQazopen.\n",
    )
    content.write(
        "directory.csv", "id,name,role\nqazowner,Qazdirectory,Head of bins\nother,Someone,Clerk\n"
    )
    content.write(
        "synonyms.yml",
        "- {say: [qazsaid], mean: [qazmeant], audience: staff}\n"
        "- {say: [qaznobody], mean: [bins]}\n"
        "- {say: [rubbish], mean: [bins], audience: public}\n",
    )
    content.write("notices.yml", "- {text: Qaznotice, audience: staff}\n")
    content.write("files/staff/qazattachment.txt", "qazcontents")
    content.write("files/public/ok.txt", "fine")
    return content


@pytest.fixture
def var(planted, tmp_path):
    Publisher(planted.path, tmp_path / "var").publish()
    return tmp_path / "var"


def leaks(data: bytes) -> list[str]:
    """The planted words in some bytes, in any case and also as UTF-16."""
    lower = data.lower()
    plain = lower.replace(b"\0", b"")
    return [word for word in WORDS.values() if word.encode() in lower or word.encode() in plain]


def test_every_planted_word_stands_in_the_content(planted):
    everything = b"".join(
        path.read_bytes() + path.name.encode() for path in planted.path.rglob("*.*")
    ).lower()
    assert [where for where, word in WORDS.items() if word.encode() not in everything] == []


def test_no_byte_of_the_public_edition_holds_a_staff_word(var):
    files = [path for path in (var / "editions" / "public").rglob("*") if path.is_file()]
    assert len(files) > 5
    found = {path.name: leaks(path.read_bytes() + path.name.encode()) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_staff_edition_does_hold_them(var):
    files = [path for path in (var / "editions" / "staff").rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() + path.name.encode() for path in files)
    assert {"qazblock", "qazarticlebody", "qazdirectory", "qazmeant"} <= set(leaks(everything))


def rules(app: Flask) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules()}


def test_every_public_route_is_listed_here(var):
    assert rules(create_app("public", var)) == set(ROUTES)


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_no_public_route_gives_a_staff_word_away(var, route):
    client = create_app("public", var).test_client()
    for pattern in ROUTES[route]:
        for word in [*WORDS.values(), "staff"] if "{q}" in pattern else [""]:
            path = pattern.replace("{q}", word)
            for method in (client.get, client.post, client.head, client.options):
                with method(path) as response:
                    answer = response.data.lower() + str(response.headers).lower().encode()
                # What was asked for may be said again; nothing else may.
                assert leaks(answer.replace(word.encode(), b"") if word else answer) == [], path


def test_a_guessed_word_counts_for_nothing_in_public(var):
    client = create_app("public", var).test_client()
    for word in WORDS.values():
        answer = client.get(f"/api/v1/search?q={word}").json
        assert (answer["total"], answer["did_you_mean"]) == (0, None), word
        near = client.get(f"/api/v1/search?q={word[:-1]}x").json
        assert near["did_you_mean"] is None, word


@pytest.mark.parametrize("path", ["/nope", "/articles/qazfilename", "/search?page=x", "/api/v1/x"])
def test_error_pages_are_the_same_for_what_is_hidden_and_what_is_not_there(var, path):
    client = create_app("public", var).test_client()
    assert leaks(client.get(path).data) == []


def test_what_the_public_searches_and_says_takes_no_staff_word_into_the_public_store(var):
    client = create_app("public", var).test_client()
    for words in ("bins", "clerk", "head of bins", "rubbish", "when is my bin day"):
        client.get("/search", query_string={"q": words})
        client.get("/api/v1/search", query_string={"q": words})
        client.get("/articles/open", query_string={"q": words})
    for kind in ("answer", "complaint", "compliment"):
        said = {"kind": kind, "comment": "Too late", "article": "open", "query": "bins"}
        assert client.post("/api/v1/feedback", json=said).status_code == 202
        assert client.post("/feedback", data=said).status_code == 303
    recorder_of(client.application).close()
    files = [path for path in (var / "records").rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() + path.name.encode() for path in files)
    assert everything.count(b"Too late") >= 6
    assert leaks(everything) == []


def test_what_is_restricted_later_leaves_every_file_of_the_public_edition(planted, tmp_path):
    var = tmp_path / "var"
    planted.write(
        "faqs/other.md", "---\ntitle: Other\naudience: public\n---\nOther bins qazlater once.\n"
    )
    publisher = Publisher(planted.path, var)
    publisher.publish()
    public = var / "editions" / "public"

    def held() -> bool:
        return any(b"qazlater" in p.read_bytes() for p in public.rglob("*") if p.is_file())

    assert held()
    planted.write(
        "faqs/other.md",
        "---\ntitle: Other\naudience: public\n---\nOther bins.\n\n::: staff\nqazlater once.\n:::\n",
    )
    publisher.publish()
    assert not held()
