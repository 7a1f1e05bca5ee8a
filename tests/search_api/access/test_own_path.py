"""Where one may be led after signing in."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.access.own_path import own_path

HERE = "https://desk.council.example"
SLASHES = st.text("/\\\t\r\n :@.%20ae", max_size=12)


@pytest.mark.parametrize("path", ["/", "/a-z/", "/search?q=a%20b&lang=cy", "/articles/x#part"])
def test_paths_of_this_site_are_good(path):
    assert own_path(path) == path


@given(st.one_of(SLASHES, SLASHES.map("/".__add__), st.text()))
def test_whatever_is_accepted_stays_on_this_site(written):
    path = own_path(written)
    if path is not None:
        # as browsers read it: https://url.spec.whatwg.org/#concept-basic-url-parser
        seen = "".join(letter for letter in path if letter not in "\t\r\n").replace("\\", "/")
        assert urlsplit(urljoin(HERE, seen)).netloc == urlsplit(HERE).netloc
