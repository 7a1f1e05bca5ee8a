"""The language of a page: messages, links that keep it, and a Welsh catalogue without a gap."""

import re

import pytest
from flask import Flask, render_template_string, url_for

from search_api import i18n
from tests.search_api.messages import catalogue, used

OTHERS = sorted(set(i18n.LANGUAGES) - {"en"})


@pytest.fixture
def app() -> Flask:
    app = Flask("search_api")
    app.add_url_rule("/here/<id>", "here", lambda id: id)
    i18n.register(app)
    return app


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language):
    known = catalogue(language)
    missing = {
        f'msgid "{message}"  ({file})'
        for file, message, context in used()
        if (found := known.get(message, context)) is None
        or not all(found.string if found.pluralizable else [found.string])
        or found.fuzzy
    }
    assert sorted(missing) == [], "add these to the catalogue"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language):
    wanted = {
        (message if isinstance(message, str) else message[0], context)
        for _, message, context in used()
    }
    left = [
        message.id
        for message in catalogue(language)
        if message.id
        and (message.id if isinstance(message.id, str) else message.id[0], message.context)
        not in wanted
    ]
    assert left == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_message(language):
    def places(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)s|%%", text))

    for message in catalogue(language):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        for string in strings if message.id else ():
            assert places(string) == places(ids[-1]), message.id


@pytest.mark.parametrize(
    ("asked", "language"),
    [("", "en"), ("?lang=cy", "cy"), ("?lang=en", "en"), ("?lang=pl", "en"), ("?lang=../x", "en")],
)
def test_the_address_alone_chooses_the_language(app, asked, language):
    with app.test_request_context(f"/{asked}", headers={"Accept-Language": "cy"}):
        assert i18n.interface() == language


def test_a_language_of_an_article_alone_is_wanted_but_not_spoken(app):
    with app.test_request_context("/?lang=pl"):
        assert (i18n.wanted(), i18n.interface()) == ("pl", "en")


def test_links_keep_the_language_and_can_leave_it(app):
    with app.test_request_context("/?lang=cy"):
        assert url_for("here", id="x") == "/here/x?lang=cy"
        assert url_for("here", id="x", lang=None) == "/here/x"
        assert "lang" not in url_for("static", filename="site.css")


def test_links_of_an_english_page_say_nothing_of_language(app):
    with app.test_request_context("/"):
        assert url_for("here", id="x") == "/here/x"


def test_what_is_put_into_a_message_is_escaped(app):
    template = "{{ _('Say %(what)s', what=what) }}{% trans %}So {{ what }}{% endtrans %}"
    with app.test_request_context("/?lang=cy"):
        assert "<b>" not in render_template_string(template, what="<b>")


@pytest.mark.parametrize(
    ("language", "written"), [("en", "ltr"), ("cy", "ltr"), ("ur", "rtl"), ("zz", "ltr")]
)
def test_a_language_knows_which_way_it_runs(language, written):
    assert i18n.direction(language) == written


def test_languages_are_named_in_themselves():
    assert [i18n.name_of(code) for code in ("cy", "pl", "zzz")] == ["Cymraeg", "polski", "zzz"]
