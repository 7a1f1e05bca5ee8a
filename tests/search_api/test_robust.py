"""Whatever is sent to a public page, it answers: 2xx, 3xx or a tidy 4xx page with a way on."""

import re
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from search_api import create_app
from search_api.recording import recorder_of

MARK = "zq<i x='\">"
"""Comes back escaped or not at all."""

KNOWN = [
    "q",
    "kind",
    "page",
    "size",
    "service",
    "lang",
    "part",
    "topic",
    "typing",
    "quick",
    "letter",
    "article",
    "answered",
    "score",
    "reason",
    "comment",
    "query",
]
HEADERS = [
    "Accept",
    "Accept-Language",
    "Access-Control-Request-Method",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Type",
    "Cookie",
    "Expect",
    "Host",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "Origin",
    "Range",
    "Referer",
    "Transfer-Encoding",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
]
METHODS = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]
NASTY = [
    *[
        "%",
        "%zz",
        "../../etc/passwd",
        "..%2f..",
        "'\"`;--",
        "{{7*7}}",
        "${7*7}",
        "-1",
        "0",
        "1e9",
        "NaN",
        "true",
        "null",
        "[]",
        "en",
        "cy",
    ],
    *["", " ", "\0", "\r\nX-Injected: yes", "\u202enib", "\ufeff", "a" * 3000, "9" * 40, MARK],
    *["missed-bin", "faq"],
]
BASE = "http://localhost"
SKIPPED = {"static"}
PAGES = ("text/html", "application/xml", "application/atom+xml", "image/svg+xml")

words = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.text(max_size=20).map(lambda t: MARK + t)
)
data = st.one_of(
    words.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=30)
)
escaped = data.map(quote_from_bytes)
names = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=10).map(lambda t: quote_from_bytes(t.encode("utf-8", "surrogatepass"))),
)
pairs = st.lists(st.tuples(names, escaped).map("=".join), max_size=4).map("&".join)
header = words.map(
    lambda text: re.sub(r"[\r\n\0]", "", text).encode("utf-8", "surrogatepass").decode("latin-1")
)
headers = st.dictionaries(st.sampled_from(HEADERS), header, max_size=3)
methods = st.sampled_from(METHODS)


@pytest.fixture(scope="module")
def app(lasting_var):
    app = create_app("public", lasting_var)
    yield app
    recorder_of(app).close()


def rules() -> list[Rule]:
    found = create_app("public", Path("nowhere")).url_map.iter_rules()
    return sorted((rule for rule in found if rule.endpoint not in SKIPPED), key=str)


@st.composite
def paths(draw, rule: Rule) -> str:
    """An address of a route, its variables filled with anything."""
    return re.sub("<[^>]+>", lambda _: draw(escaped) or "x", rule.rule)


def is_tidy(answer) -> None:
    """Fail where an answer is no answer to give to anybody."""
    said = answer.get_data(as_text=True)
    assert 200 <= answer.status_code < 500, said
    assert "Traceback" not in said
    assert "X-Injected" not in answer.headers
    if answer.mimetype in PAGES:
        assert MARK not in said
        assert "<i x=" not in said
    if answer.status_code < 400 or not said:
        return
    if answer.mimetype == "application/problem+json":
        assert answer.json["status"] == answer.status_code
        assert answer.json["detail"]
    else:
        assert answer.mimetype == "text/html"
        assert 'role="search"' in said
        assert 'href="/' in said


@pytest.mark.parametrize("rule", rules(), ids=str)
def test_anything_sent_to_a_route_gets_an_answer(app, rule):
    client = app.test_client()

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(
        paths(rule), pairs, headers, methods, st.one_of(st.just(b""), pairs.map(str.encode), data)
    )
    def sent(path, query, sent_headers, method, body):
        with client.open(
            path,
            BASE,
            query_string=query,
            headers=sent_headers,
            method=method,
            data=body,
        ) as answer:
            is_tidy(answer)

    sent()


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.lists(escaped, max_size=4).map("/".join), pairs)
@example("", "")
@example("/", "")
@example("/../../etc/passwd", "q=1")
@example("/evil.example/search", "")
@example("/[::1", "")
@example("%2F%2Fevil.example", "")
@example("%5C..%5C", "")
@example("%00", "")
@example("a%0D%0AX-Injected: yes", "")
@example("%FF", "")
@example("a" * 9000, "")
def test_any_address_gets_an_answer(app, path, query):
    with at(app.test_client(), f"/{path}", query) as answer:
        is_tidy(answer)


def at(client, path: str, query: str):
    """Ask for a path as it is: the client itself would take what follows two slashes for a host."""
    seen = unquote_to_bytes(path).decode("latin-1")
    return client.get("/", BASE, query_string=query, environ_overrides={"PATH_INFO": seen})


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("path", ["/", "/search", "/articles/missed-bin", "/api/v1/search"])
def test_any_header_gets_an_answer(app, path, name):
    client = app.test_client()

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(header)
    def sent(value):
        with client.get(path, BASE, headers={name: value}) as answer:
            is_tidy(answer)

    sent()


@pytest.mark.parametrize("rule", rules(), ids=str)
def test_a_body_that_is_too_long_is_refused(app, rule):
    path = re.sub("<[^>]+>", "x", rule.rule)
    with app.test_client().post(path, data=b"q=" + b"x" * 300_000) as answer:
        assert answer.status_code in (404, 405, 413, 415, 429)
        is_tidy(answer)
