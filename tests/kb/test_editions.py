"""The two editions: each complete, and not one staff word in the public one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.article import Article, Audience, Edition
from kb.content import ContentChanged, read_content
from kb.crosscheck import crosscheck
from kb.editions import plan_edition
from kb.folder import FoundFile
from kb.source import parse

TODAY = date(2026, 11, 2)
CANARY = "zanzibarquux"

BLOCKS = {
    "text": f"A {CANARY} word.",
    "heading": f"## {CANARY}\n\nText.",
    "link": f"[x](https://{CANARY}.example) and [y]({CANARY})",
    "definition": f'[shared]: https://{CANARY}.example "{CANARY}"',
    "definition of the same name": f"[open]: https://{CANARY}.example",
    "footnote": f"[^hidden]: A {CANARY} note.",
    "footnote of the same name": f"[^1]: A {CANARY} note.",
    "code fence": f"```\n{CANARY}",
    "code": f"    {CANARY}",
    "list": f"- {CANARY}\n  - {CANARY}",
    "quotation": f"> {CANARY}",
    "table": f"|{CANARY}|\n|-|\n|{CANARY}|",
    "front matter": f"---\nowner: {CANARY}\n---",
    "image": f"![{CANARY}](files/staff/{CANARY}.png)",
    "setext heading": f"{CANARY}\n===",
    "html": f"<!-- {CANARY} --> <b title='{CANARY}'>",
}
PUBLIC = """\
Before [a][shared] [b][open] c[^hidden] d[^1] [shared] [open].

[open]: https://open.example

[^1]: An open note.

> A quotation
{block}
after [a][shared].

- a list
{block}
- goes on[^hidden]

```
{block}
code
```

## After
"""


def with_block(block):
    """A body that has a staff block in three awkward places."""
    return PUBLIC.replace("{block}", f"::: staff\n{block}\n:::")


def everything(articles):
    """All that an edition says, as text."""
    return "\n".join(f"{key} {article.model_dump_json()}" for key, article in articles.items())


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_no_word_of_a_staff_block_is_in_the_public_edition(content, block):
    content.article("faqs/missed-bin.md", with_block(block))
    assert CANARY not in everything(content.edition("public"))
    assert "https://open.example" in everything(content.edition("public"))
    assert "An open note." in everything(content.edition("public"))


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_the_public_text_is_the_same_in_both_editions(content, block):
    content.article("faqs/missed-bin.md", with_block(block))
    public = content.edition("public")["missed-bin"].sections
    staff = content.edition("staff")["missed-bin"].sections
    assert tuple(s for s in staff if s.audience is Audience.PUBLIC) == public


def test_the_public_article_is_the_one_without_its_staff_blocks(content):
    content.article("faqs/a.md", "One.\n\n::: staff\n[x]: /y\n:::\n\n[x] two.")
    content.article("faqs/b.md", "One.\n\n\n\n\n\n[x] two.")
    public = content.edition("public")
    assert public["a"].sections == public["b"].sections


def test_a_staff_block_is_in_the_staff_edition_where_it_stood(content):
    content.article("faqs/a.md", "One.\n\n::: staff\nSecret.\n:::\n\n## Two\n\nThree.")
    sections = content.edition("staff")["a"].sections
    assert [section.text for section in sections] == ["One.", "Secret.", "Three."]


def test_an_article_with_nothing_but_a_staff_block_is_public_and_empty(content):
    content.article("faqs/a.md", "::: staff\nSecret.\n:::")
    article = content.edition("public")["a"]
    assert article.sections == ()
    assert article.lead == ""


def test_the_owner_is_for_staff_only(content):
    content.article("faqs/a.md", owner=CANARY)
    assert content.edition("staff")["a"].owner == CANARY
    assert CANARY not in everything(content.edition("public"))


def test_a_staff_article_is_in_the_staff_edition_alone(content):
    content.article("faqs/a.md", audience="staff")
    content.article("faqs/b.md")
    assert set(content.edition("public")) == {"b"}
    assert set(content.edition("staff")) == {"a", "b"}


def test_every_reference_to_a_staff_article_is_dropped_from_the_public_edition(content):
    content.article(f"services/{CANARY}.md", audience="staff")
    content.article("services/open.md")
    ids = [CANARY, "open"]
    answers = [{"label": "Yes", "go": CANARY}, {"label": "No", "go": "open"}]
    body = f"[hidden]({CANARY}) [shown](open) [file](files/staff/{CANARY}.pdf)\n\n![x]({CANARY})"
    content.write(f"files/staff/{CANARY}.pdf", b"%PDF")
    content.article("places/library.md", body, related=ids, services=ids, service=CANARY)
    content.article("guides/script.md", steps=[{"id": "one", "ask": "Red?", "answers": answers}])

    public = content.edition("public")
    assert CANARY not in everything(public)
    library = public["library"]
    assert (library.related, library.services, library.service) == (("open",), ("open",), None)
    assert library.sections[0].html == (
        '<p>hidden <a href="/articles/open">shown</a> file</p>\n<p>x</p>'
    )
    assert [answer.go for answer in public["script"].steps[0].answers] == ["open"]

    staff = content.edition("staff")
    library = staff["library"]
    assert (library.related, library.services) == ((CANARY, "open"), (CANARY, "open"))
    assert library.service == CANARY
    assert f'<a href="/articles/{CANARY}">hidden</a>' in library.sections[0].html
    assert f'<a href="/files/staff/{CANARY}.pdf">file</a>' in library.sections[0].html
    assert [answer.go for answer in staff["script"].steps[0].answers] == [CANARY, "open"]


def test_an_answer_may_lead_to_a_step_of_the_same_guide(content):
    steps = [
        {"id": "one", "ask": "Red?", "answers": [{"label": "Yes", "go": "two"}]},
        {"id": "two", "ask": "Out?"},
    ]
    content.article("guides/script.md", steps=steps)
    guide = content.edition("public")["script"]
    assert [answer.go for answer in guide.steps[0].answers] == ["two"]


def test_every_field_reaches_the_article(content):
    content.article("services/waste.md")
    content.article("guides/other.md")
    actions = [{"label": "Report", "url": "https://f.example", "kind": "online"}]
    fields = {
        "summary": "Report it.",
        "questions": ["bin men"],
        "tags": ["bins"],
        "a_z": ["Bins"],
        "service": "waste",
        "lgsl": 524,
        "provider": "fenbridge",
        "promoted_for": ["bin"],
        "actions": actions,
        "standard": "Two days.",
        "number": "4-217",
        "service_code": "BIN",
        "owner": "desk",
        "verified": "2026-10-01",
        "review_by": "2027-04-01",
        "related": ["other"],
    }
    place = {"address": "1 High Street", "services": ["waste"], "hours": {"mon": "09:00-17:00"}}
    guide = {"ask": ["Which street?"], "steps": [{"id": "one", "ask": "Red?"}]}
    content.article("places/x.md", kind="place", **fields, **place)
    content.article("guides/y.md", kind="guide", **fields | {"number": "4-218"}, **guide)
    assert content.problems() == []
    articles = content.edition("staff")
    shown = [articles[key].model_dump(exclude_defaults=True) for key in ("x", "y")]
    assert set(shown[0]) | set(shown[1]) == set(Article.model_fields)
    assert articles["x"].verified == date(2026, 10, 1)
    assert articles["x"].actions[0].url == "https://f.example"


def test_an_article_survives_being_written_down(content):
    content.article("places/x.md", "[a](b)", hours={"mon": "09:00-17:00"}, verified="2026-10-01")
    article = content.edition("staff")["x"]
    assert Article.model_validate_json(article.model_dump_json(exclude_defaults=True)) == article


def test_the_lead_is_the_summary_or_the_first_paragraph(content):
    content.article("faqs/a.md", "One.\n\nTwo.")
    content.article("faqs/b.md", "One.", summary="Short.")
    articles = content.edition("public")
    assert (articles["a"].lead, articles["b"].lead) == ("One.", "Short.")


def test_a_translation_has_a_key_and_an_address_of_its_own(content):
    content.article("faqs/a.md", "[Cymraeg](a.cy.md)")
    content.article("faqs/a.cy.md", "[English](a.md)")
    articles = content.edition("public")
    assert {key: (a.id, a.language, a.key) for key, a in articles.items()} == {
        "a": ("a", "en", "a"),
        "a.cy": ("a", "cy", "a.cy"),
    }
    assert 'href="/articles/a.cy"' in articles["a"].sections[0].html
    assert 'href="/articles/a"' in articles["a.cy"].sections[0].html


def test_attachments_are_each_in_their_edition(content):
    content.write("files/public/form.pdf", b"%PDF")
    content.write("files/staff/rota.pdf", b"%PDF")
    content.write("files/stray.pdf", b"%PDF")
    content.write("files/public-drafts/stray.pdf", b"%PDF")
    checked = content.check()
    assert plan_edition(checked, Edition.PUBLIC).attachments == {"files/public/form.pdf"}
    assert plan_edition(checked, Edition.STAFF).attachments == {
        "files/public/form.pdf",
        "files/staff/rota.pdf",
    }


def fingerprints(content, edition="public"):
    """The fingerprint of each article of an edition."""
    return plan_edition(content.check(), Edition(edition)).fingerprints


def test_a_fingerprint_stays_while_nothing_changes(content):
    content.article("faqs/a.md", "[x](b)")
    content.article("faqs/b.md")
    before = fingerprints(content)
    content.article("faqs/c.md")
    assert {key: value for key, value in fingerprints(content).items() if key != "c"} == before
    assert set(before.values()).isdisjoint(fingerprints(content, "staff").values())


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("faqs/a.md", {"body": "Other."}),
        ("faqs/b.md", {"audience": "staff"}),
        ("faqs/b.md", {"until": "2026-01-01"}),
        ("faqs/b.md", {"number": "4-217"}),
    ],
    ids=["its own text", "a target hidden", "a target over", "a number lost"],
)
def test_a_fingerprint_changes_with_what_the_article_shows(content, name, changed):
    content.article("faqs/a.md", "[x](b)", number="4-217")
    content.article("faqs/b.md")
    checked = content.check()
    before = plan_edition(checked, Edition.PUBLIC)
    fields = {"number": "4-217"} if name == "faqs/a.md" else {}
    content.article(name, **fields | changed)
    assert fingerprints(content)["a"] != before.fingerprints["a"]
    again = crosscheck(read_content(content.path, checked.content.sources), TODAY, checked)
    assert plan_edition(again, Edition.PUBLIC, before).fingerprints == fingerprints(content)


def test_an_article_whose_file_changed_since_is_not_built(content):
    content.article("faqs/a.md", "One.")
    checked = content.check()
    checked.content.parsed.clear()
    content.article("faqs/a.md", "Two.")
    with pytest.raises(ContentChanged):
        plan_edition(checked, Edition.PUBLIC).build("a")


PIECES = [
    "[a][x] [x]",
    "[^1]",
    "[^1]: open",
    "[x]: /open",
    "- a",
    "  b",
    "> a",
    "```",
    "~~~",
    "",
    "#",
]
SECRETS = [f"{CANARY}", f"[x]: /{CANARY}", f"[^1]: {CANARY}", f"    {CANARY}", f"# {CANARY}", "```"]
CHUNKS = st.lists(
    st.tuples(st.just(False), st.lists(st.sampled_from(PIECES), max_size=4))
    | st.tuples(st.just(True), st.lists(st.sampled_from(SECRETS), max_size=4)),
    max_size=6,
)


@given(CHUNKS)
def test_no_arrangement_of_blocks_lets_a_staff_word_out(chunks):
    lines = ["---", "title: T", "audience: public", "---"]
    for staff, chunk in chunks:
        lines += ["::: staff", *chunk, ":::"] if staff else chunk
    result = parse(FoundFile("faqs/a.md", 1, 0), "\n".join(lines).encode())
    assert result.source.draft is not None
    public = [s for s in result.sections if Edition.PUBLIC.admits(s.audience)]
    assert not any(CANARY in section.model_dump_json() for section in public)
    told = [link.target for link in result.source.draft.links if link.audience is Audience.PUBLIC]
    assert not any(CANARY in target for target in told)
