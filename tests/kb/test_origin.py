"""Origins: written as a browser sends them, or refused with the form to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.origin import read_origin, read_origins


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://www.council.example", "https://www.council.example"),
        ("https://www.council.example/", "https://www.council.example"),
        ("HTTPS://WWW.Council.Example:443", "https://www.council.example"),
        ("http://127.0.0.1:8002", "http://127.0.0.1:8002"),
        ("http://[::1]:8002", "http://[::1]:8002"),
        ("http://council.example:80", "http://council.example"),
        ("https://ynys-môn.example", "https://xn--ynys-mn-y0a.example"),
    ],
)
def test_an_origin_is_written_as_a_browser_sends_it(written, sent):
    assert read_origin(written) == sent


@pytest.mark.parametrize(
    "written",
    [
        "",
        "null",
        "*",
        "www.council.example",
        "//www.council.example",
        "https://",
        "https://*.council.example",
        "https://council.example/bins",
        "https://council.example?q",
        "https://council.example#bins",
        "https://me@council.example",
        "https://council.example:port",
        "https://council.example:99999",
        "https://council.example\nX: 1",
        "ftp://council.example",
        "file:///etc",
        3,
        None,
    ],
)
def test_anything_else_is_refused_with_the_form_to_write(written):
    with pytest.raises(ValueError, match="write it as https://"):
        read_origin(written)


@given(st.text() | st.text().map("https://{}".format) | st.from_regex(r"http://[a-z.:/é]*"))
def test_no_text_comes_out_as_anything_but_an_origin(written):
    try:
        origin = read_origin(written)
    except ValueError:
        return
    assert origin.isascii()
    assert origin.isprintable()
    assert not set(origin) & set(" \"'<>;,")
    assert read_origin(origin) == origin


def test_a_list_may_be_one_text_with_commas_or_blanks():
    listed = ("https://a.example", "https://b.example")
    assert read_origins("https://a.example, https://b.example https://a.example/") == listed
    assert read_origins(["https://a.example", "https://b.example"]) == listed
    assert read_origins("") == ()
    with pytest.raises(ValueError, match="write it as"):
        read_origins(7)
