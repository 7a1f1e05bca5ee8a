"""What only shows when all files are seen together."""

from datetime import date

import pytest

from kb.article import Edition
from kb.content import read_content
from kb.crosscheck import crosscheck
from kb.problems import Level

MISSED = "faqs/missed-bin.md"


def test_a_folder_in_order_has_no_problems(content):
    content.article("services/waste.md", related=["missed-bin"])
    content.article(MISSED, "See [waste](waste).", service="waste", number="4-217")
    assert content.problems() == []


def test_a_duplicate_id_keeps_both_out_and_nothing_else(content):
    content.article(MISSED)
    content.article("guides/missed-bin.md", audience="staff")
    content.article("guides/third.md", id="missed-bin")
    content.article("faqs/good.md")
    checked = content.check()
    assert set(checked.drafts) == {"faqs/good.md"}
    first, second, third = checked.problems
    assert {first.level, second.level, third.level} == {Level.ERROR}
    assert 'the id "missed-bin" is also that of guides/missed-bin.md, guides/third.md' in (
        first.message
    )
    assert str(third).startswith("guides/third.md:4: error: ")


def test_a_translation_shares_the_id_of_its_article(content):
    content.article(MISSED)
    content.article("faqs/missed-bin.cy.md")
    assert content.problems() == []
    assert set(content.edition("public")) == {"missed-bin", "missed-bin.cy"}


def test_two_translations_into_one_language_are_both_out(content):
    content.article(MISSED)
    content.article("faqs/missed-bin.cy.md")
    content.article("guides/cymraeg.cy.md", id="missed-bin")
    assert set(content.check().drafts) == {MISSED}


def test_a_translation_without_its_article_is_out(content):
    content.article("faqs/missed-bin.cy.md")
    (problem,) = content.check().problems
    assert (problem.level, problem.path) == (Level.ERROR, "faqs/missed-bin.cy.md")
    assert 'this translates "missed-bin", and there is no such article' in problem.message
    assert content.edition("staff") == {}


@pytest.mark.parametrize(
    "english",
    [{"audience": "staff"}, {"until": "2026-01-01"}, {"from_": "2027-01-01"}],
    ids=["staff", "over", "to come"],
)
def test_a_translation_is_never_published_without_its_article(content, english):
    content.article(MISSED, **english)
    content.article("faqs/missed-bin.cy.md")
    assert content.edition("public") == {}


def test_a_staff_translation_of_a_public_article_stays_with_staff(content):
    content.article(MISSED)
    content.article("faqs/missed-bin.cy.md", audience="staff")
    assert set(content.edition("public")) == {"missed-bin"}
    assert set(content.edition("staff")) == {"missed-bin", "missed-bin.cy"}


def test_from_after_until_keeps_the_article_out(content):
    content.article(MISSED, from_="2026-05-02", until="2026-05-01")
    (problem,) = content.check().problems
    assert (problem.level, problem.line) == (Level.ERROR, 4)
    assert "from is after until" in problem.message
    assert content.edition("staff", date(2026, 5, 1)) == {}


def test_from_and_until_may_be_the_same_day(content):
    content.article(MISSED, from_="2026-05-01", until="2026-05-01")
    assert set(content.edition("public", date(2026, 5, 1))) == {"missed-bin"}


def test_a_number_that_stands_twice_is_taken_from_both(content):
    content.article(MISSED, number="4-217")
    content.article("guides/other.md", number="4-217", audience="staff")
    content.article("guides/third.md", number="4-218")
    first, second = content.check().problems
    assert first.level is second.level is Level.FAULT
    assert 'number: "4-217" is also that of guides/other.md' in first.message
    articles = content.edition("staff")
    numbers = {key: article.number for key, article in articles.items()}
    assert len(set(numbers.values()) - {None}) == 3
    assert "4-217" not in numbers.values()
    assert numbers["third"] == "4-218"


def test_a_translation_may_have_the_number_of_its_article(content):
    content.article(MISSED, number="4-217")
    content.article("faqs/missed-bin.cy.md", number="4-217")
    assert content.problems() == []
    assert [article.number for article in content.edition("public").values()] == ["4-217"] * 2


def test_a_service_that_is_no_service_is_a_fault(content):
    content.article(MISSED, service="other")
    content.article("guides/other.md")
    (problem,) = content.check().problems
    assert (problem.level, problem.line) == (Level.FAULT, 4)
    assert 'service: "other" is a guide; name an article of kind service' in problem.message
    assert content.edition("public")["missed-bin"].service is None


def test_a_step_id_that_stands_twice_is_a_fault(content):
    step = {"id": "one", "ask": "Red?", "answers": [{"label": "Yes", "go": "nowhere"}]}
    content.article("guides/script.md", steps=[step, {"id": "two", "ask": "?"}, step])
    (problem,) = content.check().problems
    assert (problem.level, problem.line) == (Level.FAULT, 4)
    assert 'the step "one" stands here twice' in problem.message
    assert content.edition("staff")["script"].steps == ()


@pytest.mark.parametrize(
    ("fields", "body", "line", "said"),
    [
        ({}, "[x](nothing)", 5, 'link: "nothing" leads nowhere, there is nothing of that name'),
        ({}, "a\n\n[x](../guides/nothing.md#a)", 7, 'link: "nothing" leads nowhere'),
        ({}, "[x](/report)", 5, 'link: "/report" leads nowhere, there is nothing'),
        ({}, "[x](/articles/nothing)", 5, 'link: "nothing" leads nowhere'),
        ({}, "[x](files/public/no.pdf)", 5, 'link: "files/public/no.pdf" leads nowhere'),
        ({}, "![x](https://a.example/b.png)", 5, 'link: "https://a.example/b.png" leads nowhere'),
        ({}, "[x][y]\n\n[y]: nothing", 5, 'link: "nothing" leads nowhere'),
        ({}, "::: staff\n\n[x](nothing)\n:::", 7, 'link: "nothing" leads nowhere'),
        ({"service": "nothing"}, "a", 4, 'service: "nothing" leads nowhere'),
        ({"related": ["good", "nothing"]}, "a", 4, 'related: "nothing" leads nowhere'),
        ({"services": ["nothing"], "kind": "place"}, "a", 4, 'services: "nothing" leads'),
        (
            {
                "steps": [{"id": "a", "ask": "b", "answers": [{"label": "c", "go": "nothing"}]}],
                "kind": "guide",
            },
            "a",
            4,
            'steps: "nothing" leads nowhere',
        ),
        ({}, "[x](hidden)", 5, 'link: "hidden" leads nowhere, it is not in the public edition'),
        ({}, "[x](files/staff/rota.pdf)", 5, "it is not in the public edition"),
        ({}, "![x](files/staff/rota.pdf)", 5, "it is not in the public edition"),
        ({"related": ["hidden"]}, "a", 4, 'related: "hidden" leads nowhere, it is not in the'),
        ({}, "[x](over)", 5, 'link: "over" leads nowhere, there is nothing'),
        ({}, "[x](bad)", 5, 'link: "bad" leads nowhere, there is nothing'),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_warning_at_its_line(content, fields, body, line, said):
    content.article("guides/good.md")
    content.article("guides/hidden.md", audience="staff")
    content.article("guides/over.md", until="2026-01-01")
    content.write("guides/bad.md", "no front matter\n")
    content.write("files/staff/rota.pdf", b"%PDF")
    content.article(MISSED, body, **fields)
    (problem,) = (p for p in content.check().problems if p.path == MISSED)
    assert (problem.level, problem.line) == (Level.WARNING, line)
    assert said in problem.message
    assert "missed-bin" in content.edition("public")


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({}, "[x](good) [y](../guides/good.md#a) [z](/articles/good)"),
        ({}, "[x](good.cy.md)"),
        ({}, "[x](files/public/form.pdf) ![y](/files/public/form.pdf)"),
        ({}, "::: staff\n[x](hidden) [y](files/staff/rota.pdf)\n:::"),
        ({"audience": "staff", "related": ["hidden"]}, "[x](hidden)"),
        ({}, "[x](https://elsewhere.example/nothing) [y](#nothing)"),
        ({}, "`[x](nothing)`"),
        (
            {
                "kind": "guide",
                "steps": [
                    {"id": "a", "ask": "b", "answers": [{"label": "c", "go": "d"}]},
                    {"id": "d", "ask": "e", "answers": [{"label": "f", "go": "good"}]},
                ],
            },
            "a",
        ),
    ],
)
def test_a_reference_that_leads_somewhere_is_no_problem(content, fields, body):
    content.article("guides/good.md")
    content.article("guides/good.cy.md")
    content.article("guides/hidden.md", audience="staff")
    content.write("files/public/form.pdf", b"%PDF")
    content.write("files/staff/rota.pdf", b"%PDF")
    content.article(MISSED, body, **fields)
    assert content.problems() == []


def test_an_owner_who_is_not_in_the_directory_is_a_warning(content):
    content.article(MISSED, owner="waste-desk")
    assert content.problems() == []
    content.write("directory.csv", "id,name\nroads-desk,Roads\n")
    (problem,) = content.check().problems
    assert (problem.level, problem.line) == (Level.WARNING, 4)
    assert 'owner: "waste-desk" is not in directory.csv' in problem.message
    content.write("directory.csv", "id,name\nwaste-desk,Waste\n")
    assert content.problems() == []


def test_a_provider_who_is_no_partner_is_a_warning(content):
    content.article(MISSED, provider="eastmarsh")
    assert content.problems() == []
    content.write("authority.yml", "name: F\nid: fenbridge\npartners: [{id: westfen, name: W}]\n")
    (problem,) = content.check().problems
    assert (problem.level, problem.line) == (Level.WARNING, 4)
    assert 'provider: "eastmarsh" is not a partner in authority.yml' in problem.message
    for provider in ("fenbridge", "westfen"):
        content.article(MISSED, provider=provider)
        assert content.problems() == []


@pytest.mark.parametrize(
    ("fields", "day", "published"),
    [
        ({"from_": "2026-11-02"}, date(2026, 11, 1), set()),
        ({"from_": "2026-11-02"}, date(2026, 11, 2), {"public", "staff"}),
        ({"until": "2026-11-02"}, date(2026, 11, 2), {"public", "staff"}),
        ({"until": "2026-11-02"}, date(2026, 11, 3), set()),
        ({"review_by": "2026-11-02"}, date(2026, 11, 3), {"public", "staff"}),
        (
            {"review_by": "2026-11-02", "after_review": "withdraw"},
            date(2026, 11, 2),
            {"public", "staff"},
        ),
        ({"review_by": "2026-11-02", "after_review": "withdraw"}, date(2026, 11, 3), {"staff"}),
        ({"after_review": "withdraw"}, date(2026, 11, 3), {"public", "staff"}),
        ({"audience": "staff"}, date(2026, 11, 2), {"staff"}),
    ],
)
def test_an_article_stands_in_its_editions_on_its_days(content, fields, day, published):
    content.article(MISSED, **fields)
    checked = content.check(day)
    assert {edition.value for edition in Edition if checked.admitted(edition)} == published
    assert checked.problems == ()


def test_problems_come_by_file_and_line(content):
    content.article("faqs/b.md", "[x](nothing)", xyzzy=1)
    content.write("faqs/a.md", "nothing\n")
    content.write("synonyms.yml", "- {say: a, mean: b}\n")
    assert [(p.path, p.line) for p in content.check().problems] == [
        ("faqs/a.md", 1),
        ("faqs/b.md", 4),
        ("faqs/b.md", 6),
        ("synonyms.yml", 1),
    ]


def test_the_first_pages_offer_only_what_the_public_edition_has(content):
    content.write(
        "authority.yml",
        "name: Fenbridge\nmost_wanted: [missed-bin, secret, nothing]\ntopics: [Bins, dragons]\n",
    )
    content.article(MISSED, tags=["bins"])
    content.article("faqs/secret.md", audience="staff", tags=["dragons"])
    assert content.problems() == [
        'authority.yml:2: warning: most_wanted: the public edition has no "nothing"; '
        "correct or remove it",
        'authority.yml:2: warning: most_wanted: the public edition has no "secret"; '
        "correct or remove it",
        'authority.yml:3: warning: topics: the public edition has no "dragons"; '
        "correct or remove it",
    ]


OTHERS = {
    "an id": {"id": "missed-bin"},
    "a kind": {"kind": "faq"},
    "an audience": {"audience": "staff"},
    "a number": {"number": "4-217"},
    "a first day": {"from_": "2026-11-03"},
    "a last day": {"until": "2026-11-01"},
    "a review to withdraw after": {"review_by": "2026-11-01", "after_review": "withdraw"},
    "tags": {"tags": ["Waste"]},
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_changes_in_one_file_is_seen_from_all_others(content, what):
    content.article(MISSED, "See [waste](waste).", service="waste", number="4-217")
    content.write("authority.yml", "name: Testshire\ntopics: [waste]\n")
    content.article("services/waste.md")
    before = content.check()
    content.article("services/waste.md", **OTHERS[what])
    read = read_content(content.path, before.content.sources)
    assert crosscheck(read, content.today, before).problems == content.check().problems
    assert content.check().problems != before.problems


def test_what_changes_beside_the_articles_is_seen_from_them(content):
    content.article(MISSED, "[A form](files/public/a.pdf)", owner="desk", provider="water")
    checked = content.check()
    for name, text in (
        ("directory.csv", "id,name\nwaste,Waste\n"),
        ("authority.yml", "name: Testshire\nid: testshire\n"),
        ("files/public/a.pdf", "a form"),
        ("directory.csv", "id,name\ndesk,Desk\n"),
        ("authority.yml", "name: Testshire\npartners: [{id: water, name: Water}]\n"),
    ):
        content.write(name, text)
        before = checked
        checked = crosscheck(
            read_content(content.path, before.content.sources), content.today, before
        )
        assert checked.problems == content.check().problems
        assert checked.problems != before.problems
