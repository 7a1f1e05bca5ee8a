"""The address of the browser, as the web servers before this one tell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.network import read_networks, within
from kb.settings import Settings
from search_api.access.forwarded import Forwarded, browser_address, peer, proxies_of

PROXIES = read_networks(["192.0.2.7", "198.51.100.0/24"])


@pytest.mark.parametrize(
    ("peer", "said", "address"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "10.0.0.1", "203.0.113.5"),
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "203.0.113.5", "203.0.113.5"),
        ("192.0.2.7", "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        ("192.0.2.7", "203.0.113.5, 198.51.100.3", "203.0.113.5"),
        ("192.0.2.7", "203.0.113.5, nonsense", "192.0.2.7"),
        ("192.0.2.7", "203.0.113.5, nonsense, 198.51.100.3", "198.51.100.3"),
        ("::ffff:192.0.2.7", "2001:db8::5", "2001:db8::5"),
        ("", "203.0.113.5", ""),
    ],
)
def test_only_a_listed_proxy_is_believed_and_only_for_the_one_before_it(peer, said, address):
    assert browser_address(peer, said, PROXIES) == address


@given(st.text(), st.text())
def test_whatever_is_said_a_stranger_keeps_the_address_of_its_own(peer, said):
    assert within(PROXIES, peer) or browser_address(peer, said, PROXIES) == peer


def test_both_addresses_are_told_to_the_application(app):
    wrapped = Forwarded(app.wsgi_app, PROXIES)
    seen = {}

    def inner(environ, start_response):
        seen.update(environ)
        return []

    wrapped._app = inner
    wrapped({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.5"}, lambda *_: None)
    assert seen["REMOTE_ADDR"] == "203.0.113.5"
    with app.test_request_context("/", environ_overrides=seen):
        assert peer() == "192.0.2.7"


def test_the_proxies_are_those_of_both_settings():
    settings = Settings(trusted_proxy="127.0.0.1", proxy_peers="192.0.2.7, 2001:db8::/64")
    assert [str(one) for one in proxies_of(settings)] == [
        "192.0.2.7/32",
        "2001:db8::/64",
        "127.0.0.1/32",
    ]
    assert proxies_of(Settings()) == ()
