"""Markdown to sections: split at headings, links noted, nothing dangerous left."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.article import Audience
from kb.fences import StaffBlock
from kb.markdown import link_target, render, resolve

PIECES = st.one_of(
    st.sampled_from(
        ["# ", "\n", "\n\n", "> ", "- ", "1. ", "a", "`", "```\n", "*", "**", "_", "[", "]", "](x)"]
    ),
    st.sampled_from(
        ["![", "](javascript:alert(1))", "](data:text/html,x)", "](vbscript:x)", "[^1]", "[^1]: "]
    ),
    st.sampled_from(
        ["^[", "[a]: javascript:x\n", "[a]", "<script>", "</script>", "<a onclick=x>", "<!--"]
    ),
    st.sampled_from(
        ["<img onerror=x src=y>", "<javascript:alert(1)>", "<http://x.example>", "&lt;script&gt;"]
    ),
    st.sampled_from(
        ["&#106;avascript:", "\\", "|a|b|\n", "|-|-|\n", ": ", "    ", "\t", '"t"', "](x '>')"]
    ),
    st.sampled_from(
        ["](x 'a\" onclick=\"b')", "java\nscript:", "kb:x", "\x0b", "\x85", "\u2028", '" onx="1']
    ),
)
MARKDOWN = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)


def body(text, *blocks):
    """A body that begins on line 1."""
    return render(text.split("\n"), blocks, 1)


def html_of(text):
    """The HTML of a body of one section."""
    (section,) = body(text).sections
    return section.html


def shown(text, places):
    """The HTML of a body of one section, its links resolved by a table."""
    (section,) = body(text).sections
    return resolve(section, places.get).html


class Tags(HTMLParser):
    """Every tag and attribute, as a browser would see them."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.attributes = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def test_headings_divide_a_body_into_sections():
    sections = body("Lead.\n\n## When\n\nToday.\n\n### Where\n\nHere.\n\n# Top\n\nUp.").sections
    assert [(s.heading, s.anchor, s.level, s.text) for s in sections] == [
        ("", "", 2, "Lead."),
        ("When", "when", 2, "Today."),
        ("Where", "where", 3, "Here."),
        ("Top", "top", 2, "Up."),
    ]
    assert sections[1].html == "<p>Today.</p>"
    assert all(section.audience is Audience.PUBLIC for section in sections)


def test_a_heading_of_the_fourth_level_stays_inside_its_section():
    (section,) = body("## When\n\n#### Exactly\n\nToday.").sections
    assert "<h4>Exactly</h4>" in section.html
    assert section.text == "Exactly\nToday."


def test_a_heading_inside_a_quotation_or_code_divides_nothing():
    assert len(body("> ## Quoted\n\n```\n## Code\n```\n\n- ## Listed").sections) == 1


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("When?", "when"),
        ("**Bold** and `code`", "bold-and-code"),
        ("Café über", "cafe-uber"),
        ("Ŵyth o'r gloch", "wyth-o-r-gloch"),
        ("你好", "section"),
        ("[A link](elsewhere)", "a-link"),
        ("a" * 100, "a" * 60),
    ],
)
def test_an_anchor_is_plain_letters(heading, anchor):
    assert body(f"## {heading}").sections[0].anchor == anchor


def test_no_anchor_stands_twice():
    text = "\n\n".join(["## A", "## A", "## A 2", "## A", "## Staff"])
    sections = body(text, StaffBlock(9, ("secret", "", "## A"))).sections
    anchors = [section.anchor for section in sections]
    assert anchors == ["a", "a-2", "a-2-2", "a-3", "staff", "staff-2", "a-4"]


def test_many_equal_headings_still_have_different_anchors():
    anchors = {section.anchor for section in body("## Example\n" * 5000).sections}
    assert len(anchors) == 5000


def test_text_is_the_words_without_mark_up_one_line_a_paragraph():
    (section,) = body(
        "A **b** `c`\nd.\n\n- [e](f)\n- ![g](h)\n\n```\ni  j\n```\n\n|k|\n|-|\n|l|"
    ).sections
    assert section.text == "A b c d.\ne\ng\ni j\nk\nl"


def test_what_has_no_words_is_no_section():
    assert body("").sections == ()
    assert body("\n---\n").sections == ()
    assert body("[a]: https://x.example\n").sections == ()


def test_a_staff_block_becomes_sections_where_it_stood():
    public = "One.\n\n\n\n\n## Two\n\nText."
    block = StaffBlock(3, ("Secret.",))
    sections = body(public, block).sections
    assert [(s.text, s.audience) for s in sections] == [
        ("One.", Audience.PUBLIC),
        ("Secret.", Audience.STAFF),
        ("Text.", Audience.PUBLIC),
    ]
    assert sections[1].anchor == "staff"


def test_headings_inside_a_staff_block_are_staff_sections():
    sections = body("One.", StaffBlock(2, ("a", "## Inside", "b"))).sections
    assert [(s.heading, s.audience) for s in sections[1:]] == [
        ("", Audience.STAFF),
        ("Inside", Audience.STAFF),
    ]


def test_a_definition_inside_a_staff_block_serves_only_that_block():
    block = StaffBlock(
        4, ("[here][secret] note[^1]", "", "[secret]: https://secret.example", "[^1]: Hush")
    )
    public, staff = body("See [this][secret] note[^1]\n", block).sections
    assert "secret.example" not in public.html
    assert "[this][secret] note[^1]" in public.html
    assert "Hush" not in public.html + public.text
    assert 'href="https://secret.example"' in staff.html
    assert "Hush" in staff.html


def test_a_definition_inside_one_staff_block_does_not_serve_the_next():
    one, two = StaffBlock(2, ("[a]: https://a.example",)), StaffBlock(6, ("See [a].",))
    (section,) = body("\n" * 8, one, two).sections
    assert section.html == "<p>See [a].</p>"


def test_a_public_definition_serves_a_staff_block():
    block = StaffBlock(3, ("[here][open]",))
    _, staff = body("Text.\n\n[open]: https://open.example", block).sections
    assert '<a href="https://open.example">here</a>' in staff.html


def test_footnotes_of_public_text_and_staff_block_do_not_meet():
    block = StaffBlock(4, ("b[^1]", "", "[^1]: Two"))
    public, staff = body("a[^1]\n\n[^1]: One", block).sections
    assert "One" in public.html
    assert "Two" not in public.html
    ids = [v for s in (public, staff) for k, v in Tags(s.html).attributes if k == "id"]
    assert len(ids) == len(set(ids)) == 4


def test_tables_definitions_and_strikethrough_are_rendered():
    html = html_of("|a|\n|-|\n|b|\n\nTerm\n: Meaning\n\n~~old~~")
    for tag in ("<table>", "<th>a</th>", "<dt>Term</dt>", "<dd>Meaning</dd>", "<s>old</s>"):
        assert tag in html


def test_raw_html_is_text():
    assert html_of("<b>x</b> <script>y</script>") == (
        "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("missed-bin", "missed-bin"),
        ("missed-bin.md", "missed-bin"),
        ("./missed-bin.md", "missed-bin"),
        ("../faqs/missed-bin.md#when", "missed-bin"),
        ("faqs/missed-bin.md?x=1", "missed-bin"),
        ("/articles/missed-bin", "missed-bin"),
        ("missed-bin.cy.md", "missed-bin.cy"),
        ("files/public/form.pdf", "files/public/form.pdf"),
        ("../files/public/my%20form.pdf", "files/public/my form.pdf"),
        ("/files/staff/rota.pdf", "files/staff/rota.pdf"),
        ("/report", "/report"),
        ("", ""),
    ],
)
def test_an_address_between_articles_means_an_id_or_a_file(href, target):
    assert link_target(href) == target


def test_our_own_links_are_listed_with_line_and_audience():
    found = body("a\n\n[x](one)\n\n![y](files/public/y.png)", StaffBlock(7, ("", "[z](two)"))).links
    assert [(link.target, link.line, link.audience) for link in found] == [
        ("one", 3, Audience.PUBLIC),
        ("files/public/y.png", 5, Audience.PUBLIC),
        ("two", 9, Audience.STAFF),
    ]


def test_links_elsewhere_are_left_alone():
    text = "[a](https://a.example) [b](mailto:b@b.example) [c](tel:0123) [d](#when) <https://e.example>"
    assert body(text).links == ()
    html = html_of(text)
    for href in (
        "https://a.example",
        "mailto:b@b.example",
        "tel:0123",
        "#when",
        "https://e.example",
    ):
        assert f'href="{href}"' in html


def test_a_link_is_pointed_to_its_place():
    assert shown('[the **bin**](missed-bin.md "Help")', {"missed-bin": "/articles/missed-bin"}) == (
        '<p><a href="/articles/missed-bin" title="Help">the <strong>bin</strong></a></p>'
    )


def test_a_link_to_nothing_leaves_its_text():
    assert shown("See [the **bin**](missed-bin), [a](b).", {"b": "/articles/b"}) == (
        '<p>See the <strong>bin</strong>, <a href="/articles/b">a</a>.</p>'
    )


def test_an_image_is_pointed_to_its_place_or_leaves_its_words():
    places = {"files/public/a.png": "/files/public/a.png"}
    assert shown("![A](files/public/a.png) ![B](files/staff/b.png)", places) == (
        '<p><img src="/files/public/a.png" alt="A"> B</p>'
    )


def test_an_image_inside_a_link_is_resolved_apart_from_it():
    places = {"files/public/a.png": "/files/public/a.png"}
    assert shown("[![A](files/public/a.png)](gone)", places) == (
        '<p><img src="/files/public/a.png" alt="A"></p>'
    )


def test_an_image_from_elsewhere_is_never_fetched():
    (section,) = body("![A](https://elsewhere.example/missed-bin)").sections
    asked: list[str] = []
    assert resolve(section, asked.append).html == "<p>A</p>"
    assert asked == ["https://elsewhere.example/missed-bin"]


@pytest.mark.parametrize(
    ("written", "target", "href"),
    [
        ("<files/public/my form.pdf>", "files/public/my form.pdf", "/files/public/my%20form.pdf"),
        ("files/public/100%25.pdf", "files/public/100%.pdf", "/files/public/100%25.pdf"),
        ("files/public/a%2520b.pdf", "files/public/a%20b.pdf", "/files/public/a%2520b.pdf"),
        ("files/public/é&ü.pdf", "files/public/é&ü.pdf", "/files/public/%C3%A9%26%C3%BC.pdf"),
        ("files/public/a%22b.pdf", 'files/public/a"b.pdf', "/files/public/a%22b.pdf"),
    ],
)
def test_a_file_of_any_name_is_found_and_its_address_escaped(written, target, href):
    (section,) = body(f"[x]({written})").sections
    assert [link.target for link in body(f"[x]({written})").links] == [target]
    assert resolve(section, {target: f"/{target}"}.get).html == f'<p><a href="{href}">x</a></p>'


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "a",
        ">" * 3000 + "a",
        "- " * 3000 + "a",
        "1. " * 3000 + "a",
        "a\n" + ": " * 3000 + "b",
        "^[" * 3000 + "a" + "]" * 3000,
        "![" * 3000 + "a" + "](b)" * 3000,
        "[" * 3000 + "a" + "](b)" * 3000,
        "*a **b " * 3000,
        "[^1]: " * 3000 + "a\n\n[^1]",
        "\n".join("  " * depth + "- a" for depth in range(500)),
    ],
    ids=lambda text: text[:9],
)
def test_nesting_without_end_comes_to_an_end(text):
    first, second, *_ = body(f"First.\n\n## Second\n\nWords.\n\n{text}").sections
    assert first.text == "First."
    assert second.text.startswith("Words.")


@given(MARKDOWN | st.text())
def test_no_markdown_renders_to_anything_that_runs(text):
    for section in body(text).sections:
        kept = resolve(section, lambda target: f"/articles/{target}")
        bare = resolve(section, lambda _: None)
        for html in (section.html, kept.html, bare.html):
            assert "<script" not in html.lower()
            seen = Tags(html)
            assert "script" not in seen.tags
            for name, value in seen.attributes:
                assert not name.startswith("on")
                assert name in {"href", "src", "alt", "title", "id", "class", "start"}
                plain = "".join((value or "").split()).lower()
                assert name not in ("href", "src") or not plain.startswith(
                    ("javascript:", "data:", "vbscript:")
                )
        assert 'href="kb:' not in kept.html + bare.html


@given(MARKDOWN, st.lists(MARKDOWN.map(lambda text: text.replace("\n", " ")), max_size=4))
def test_a_staff_block_changes_nothing_of_the_public_text(text, lines):
    alone = body(text)
    beside = body(text, StaffBlock(text.count("\n") + 2, tuple(lines)))
    public = [section for section in beside.sections if section.audience is Audience.PUBLIC]
    assert public == list(alone.sections)
    assert [link for link in beside.links if link.audience is Audience.PUBLIC] == list(alone.links)
