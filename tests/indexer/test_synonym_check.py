"""Warnings about synonyms: circles, words said twice, meanings that match nothing, common words."""

import pytest

from indexer.publish import read_problems
from indexer.synonym_check import check_synonyms
from kb.article import Edition
from kb.problems import Level


def public(say: str, mean: str, more: str = "") -> str:
    return f"- {{say: [{say}], mean: [{mean}], audience: public{more}}}\n"


def staff(say: str, mean: str) -> str:
    return public(say, mean).replace("public", "staff")


@pytest.fixture
def warnings(content):
    """Checks synonyms against two articles; each warning as `line: message`."""
    content.article("faqs/bins.md", title="Waste collection", body="Put out sofas and a mattress.")
    content.article("faqs/bomb.md", title="Bomb threat", audience="staff", body="Stay calm.")

    def check(*groups: str) -> list[str]:
        content.write("synonyms.yml", "".join(groups))
        found = check_synonyms(content.check())
        assert {(one.level, one.path) for one in found} <= {(Level.WARNING, "synonyms.yml")}
        return [f"{one.line}: {one.message}" for one in found]

    return check


def test_good_groups_have_no_problem(warnings):
    assert (
        warnings(public("settee, couch", "sofa"), public("rubbish", "waste", ", both_ways: true"))
        == []
    )
    assert warnings() == []


# Circles


def test_two_one_way_groups_that_mean_each_other_are_named_with_both_lines(warnings):
    (said,) = warnings(public("mattress", "sofa"), public("sofa", "mattress"))
    assert said == (
        '2: "sofa" means "mattress", "mattress" means "sofa" (line 1): this goes in a circle; '
        "make them one group with both_ways: true, or take one of them out"
    )


def test_a_longer_circle_is_told_link_by_link(warnings):
    (said,) = warnings(
        public("waste", "sofa"),
        public("sofa", "the mattress, bed"),
        public("settee", "sofa"),
        public("mattress", "waste"),
    )
    assert said.startswith(
        '4: "mattress" means "waste", "waste" means "sofa" (line 1), '
        '"sofa" means "the mattress" (line 2): this goes in a circle; take one of them out'
    )


def test_a_phrase_that_means_itself_is_a_circle_of_one(warnings):
    assert warnings(public("sofas", "the sofa")) == [
        '1: "sofas" means itself; take "the sofa" out of mean'
    ]


def test_a_group_both_ways_is_no_circle(warnings):
    assert warnings(public("settee", "sofa", ", both_ways: true")) == []


def test_each_group_that_closes_a_circle_is_named_once(warnings):
    found = warnings(
        public("settee, couch", "sofa, waste"),
        public("sofa, waste", "settee, couch"),
        public("bed", "mattress"),
        public("mattress", "bed"),
    )
    circles = [said for said in found if "circle" in said]
    assert [said.split(":")[0] for said in circles] == ["2", "4"]


def test_very_many_circles_are_found_in_no_time(warnings):
    ring = [public(f"w{number}", f"w{(number + 1) % 3000}") for number in range(3000)]
    pairs = [public(f"a{n}", f"b{n}") + public(f"b{n}", f"a{n}") for n in range(100)]
    found = warnings(*ring, *pairs)
    assert 2 <= len([said for said in found if "circle" in said]) <= 20


# Said twice


def test_words_said_in_two_groups_are_named_with_the_first_line(warnings):
    (said,) = warnings(public("settee", "sofa"), public("bed, the settees", "mattress"))
    assert said == (
        '2: say: "the settees" is said on line 1 too; put all it means into one of the groups'
    )


def test_words_said_twice_in_one_group_or_for_other_readers_are_none(warnings):
    assert warnings(public("settee, the settee", "sofa"), staff("settee", "bomb")) == []


# Matching nothing


def test_a_meaning_of_which_no_article_has_a_word_is_named(warnings):
    (said,) = warnings(public("settee", "chesterfield, chaise longue"))
    assert said == (
        '1: mean: no article of the public edition has a word of "chesterfield", "chaise longue"; '
        "write the words that articles use, or take it out"
    )
    assert warnings(public("settee", "chesterfield sofas")) == []


def test_a_public_meaning_has_to_be_in_the_public_edition(warnings):
    assert ["public edition" in said for said in warnings(public("alarm", "threat"))] == [True]
    assert warnings(staff("alarm", "threat")) == []


# Common words


@pytest.fixture
def many(content, warnings):
    """Twenty public articles; two of them have parking, three have permits."""
    for number in range(19):
        more = "Parking. " * (number < 2) + "Permits. " * (number < 3)
        content.article(f"faqs/road-{number}.md", title=f"Road {number}", body=f"Lane. {more}")
    return warnings


@pytest.mark.parametrize("say", ["permit", "my permit", "PERMITS"])
def test_a_word_that_stands_in_more_than_a_tenth_of_the_articles_is_named(many, say):
    (said,) = many(public(say, "lane"))
    assert said == (
        f'1: say: "{say}" stands in 3 of 20 articles, so it is no other word; '
        "say it in more words, or take it out"
    )


def test_a_tenth_is_not_too_common_and_several_words_never_are(many):
    assert many(public("parking, lane permit", "road")) == []


def test_in_few_articles_no_word_is_too_common(warnings):
    assert warnings(public("sofa", "waste")) == []


@pytest.mark.parametrize("say", ["how", "the", "IT"])
def test_a_word_that_every_question_has_is_named_however_few_the_articles(warnings, say):
    (said,) = warnings(public(say, "sofa"))
    assert said.startswith(f'1: say: "{say}" is a small word that every question has; ')


def test_words_without_a_letter_are_passed_over(warnings):
    assert warnings(public("'!'", "sofa"), public("'?'", "waste")) == []


# Where they are shown


def test_a_publish_finds_the_same_as_a_check_and_keeps_it(content, publish):
    content.article("faqs/bins.md", title="Waste collection", body="Put out sofas.")
    content.article("faqs/bins.cy.md", title="Gwastraff", body="Soffas.")
    content.article("guides/bomb.md", title="Bomb threat", audience="staff", body="Stay calm.")
    content.write(
        "synonyms.yml",
        public("settee", "chair") + staff("settee", "gwastraff") + public("sofa", "sofas"),
    )
    content.write("faqs/bad.md", "no front matter")
    expected = [*check_synonyms(content.check())]
    assert [problem.line for problem in expected] == [1, 3]
    for publisher in (publish.publisher, publish.publisher, publish.another()):
        problems = publisher.publish().problems
        assert [one for one in problems if one.path == "synonyms.yml"] == expected
        assert problems[0].path == "faqs/bad.md"
        assert read_problems(publish.var) == problems


def test_what_an_edit_mends_is_gone_with_it(content, publish):
    content.article("faqs/bins.md", title="Waste collection", body="Put out chairs.")
    content.write("synonyms.yml", public("settee", "sofa"))
    assert [problem.line for problem in publish().problems] == [1]
    content.article("faqs/bins.md", title="Waste collection", body="Put out sofas.")
    assert publish().problems == ()
    assert publish.found("settee", Edition.PUBLIC) == ["bins"]
