"""What the templates' filters draw."""

import pytest
from flask import Flask

from search_api.pages import drawing


@pytest.fixture
def asked():
    """A context in which a page is asked for, in Welsh."""
    with Flask("x").test_request_context("/?lang=cy"):
        yield


@pytest.mark.parametrize(
    ("language", "attributes"), [("cy", ""), ("en", ' lang="en"'), ("ur", ' lang="ur" dir="rtl"')]
)
def test_only_another_language_is_marked(asked, language, attributes):
    assert str(drawing.marked(language)) == attributes


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ('<a href="/articles/x">y</a>', '<a href="/articles/x?lang=cy">y</a>'),
        ('<a href="/articles/x#y">y</a>', '<a href="/articles/x?lang=cy#y">y</a>'),
        ('<a href="/files/public/x.pdf">y</a>', '<a href="/files/public/x.pdf">y</a>'),
        ('<a href="https://x.example">y</a>', '<a href="https://x.example">y</a>'),
    ],
)
def test_links_to_articles_keep_the_language(asked, written, drawn):
    assert str(drawing.in_language(written)) == drawn


def test_ids_are_left_out_of_tags_and_not_of_text():
    html = '<li id="fn1">say id="x" <a href="#fn1">1</a> <a href="/x" id="y">z</a></li>'
    assert str(drawing.without_ids(html)) == '<li>say id="x" <a>1</a> <a href="/x">z</a></li>'


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("tel:+441632960116", "01632 960116"),
        ("tel:02079460000", "020 7946 0000"),
        ("tel:+441154960000", "0115 496 0000"),
        ("tel:01414960000", "0141 496 0000"),
        ("tel:08081570000", "0808 157 0000"),
        ("tel:07700900000", "07700 900000"),
        ("tel:999", "999"),
        ("tel:+33123456789", "+33123456789"),
    ],
)
def test_a_number_is_written_as_in_britain(address, number):
    assert drawing.number(address) == number


def test_a_number_is_dialled_without_blanks():
    assert drawing.dial("01632 960 100 ") == "tel:01632960100"
