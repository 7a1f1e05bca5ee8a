"""An article as Markdown: what the page says, no more, in a form that reads back the same."""

import re
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer.publish import Publisher
from kb.content import read_content
from kb.markdown import render
from search_api import create_app
from search_api.machine.markdown import as_markdown

HERE = "https://help.example/articles/bins"
CONTENT = Path(__file__).parents[3] / "content"


def text_of(markdown: str) -> str:
    """What Markdown says, without its marks and white space."""
    html = (
        MarkdownIt("commonmark", {"html": False})
        .enable(["table", "strikethrough"])
        .render(markdown)
    )
    return "".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def sections_of(markdown: str) -> list[tuple[str, str]]:
    """Heading and text of each section, white space aside."""
    body = render(markdown.split("\n"), [], 1)
    return [(one.heading, "".join(one.text.split())) for one in body.sections]


def test_an_article_comes_with_its_title_text_and_address(public):
    response = public.get("/articles/missed-bin.md")
    assert response.content_type == "text/markdown; charset=utf-8"
    assert response.text.startswith(
        "# Missed bin collection\n\nReport it within two working days.\n"
    )
    assert "\n## Next\n\nWe come back.\n" in response.text
    assert "<http://localhost/articles/missed-bin>" in response.text


def test_a_place_comes_with_its_address_hours_and_services(public):
    text = public.get("/articles/hall.md").text
    assert "1 High Street, Testford" in text
    assert "- Monday: 09:00–17:00" in text
    assert "- 25 December 2026: Closed" in text
    assert "- [Missed bin collection](http://localhost/articles/missed-bin)" in text


def test_a_staff_block_is_in_the_staff_edition_alone_and_says_so(public, staff):
    assert "staff" not in public.get("/articles/missed-bin.md").text.lower()
    said = staff.get("/articles/missed-bin.md").text
    assert "**For staff only**\n\nLook at the round sheet." in said
    assert staff.get("/articles/bomb.md").status_code == 200


@pytest.mark.parametrize("id", ["bomb", "nothing", "missed-bin.md", "..", "%00", "x" * 3000])
def test_what_is_not_in_this_edition_is_not_found(public, id):
    assert public.get(f"/articles/{id}.md").status_code == 404


def test_a_translation_is_given_where_there_is_one(council, var, public):
    council.article("services/potholes.cy.md", title="Tyllau", body="Tyllau yn y ffordd.")
    Publisher(council.path, var).publish()
    assert public.get("/articles/potholes.md?lang=cy").text.startswith("# Tyllau\n")
    assert "- Dydd Llun" in public.get("/articles/hall.md?lang=cy").text


def test_links_are_absolute_and_end_where_they_should():
    html = '<p><a href="/files/public/a%20(b).pdf">The form</a> <img src="/x.png" alt="a]b"></p>'
    said = as_markdown(html, HERE)
    assert said == (
        "[The form](https://help.example/files/public/a%20%28b%29.pdf) "
        "![a\\]b](https://help.example/x.png)\n"
    )


def test_code_with_fences_stays_one_block():
    said = as_markdown("<pre><code>```\n**not bold**\n```\n</code></pre>", HERE)
    assert said == "````\n```\n**not bold**\n```\n````\n"


@given(st.text(alphabet=st.sampled_from("ab 1.-+*_#>`~|[]()!<&\\='\"🗑"), max_size=30))
def test_plain_text_means_the_same_in_markdown(text):
    said = as_markdown(f"<p>{escape(text)}</p>", HERE)
    assert text_of(said) == "".join(text.split())


def test_every_article_of_the_content_reads_back_as_it_was(tmp_path):
    """Except that what is drawn beside the text (actions, hours, links) comes behind it."""
    Publisher(CONTENT, tmp_path).publish()
    client = create_app("public", tmp_path).test_client()
    read = read_content(CONTENT)
    assert len(read.sources) > 400
    for path in sorted(read.sources)[::7]:
        draft = read.sources[path].draft
        if draft is None or draft.language != "en":
            continue
        answer = client.get(f"/articles/{draft.id}.md")
        if answer.status_code == 404:
            continue
        article = client.get(f"/api/v1/articles/{draft.id}").json
        given = [(one["heading"], "".join(one["text"].split())) for one in article["sections"]]
        found = sections_of(answer.text)
        assert [one for one in given if one[0]] == [one for one in found if one in given and one[0]]
        assert given[0][1] in found[0][1], path
