"""How to reach a person."""

from flask import Flask

from kb.authority import Authority
from search_api.pages.contact import reach


def test_an_authority_without_channels_has_no_way():
    with Flask("x").test_request_context("/"):
        found = reach(Authority(name="Testshire"))
    assert not found.any
    assert found.telephone_hours is None
