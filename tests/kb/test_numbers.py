"""Every article has a number that can be said aloud, and keeps it."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.article import Audience, Kind
from kb.authority import Authority
from kb.numbers import number_articles, understood
from kb.outline import Outline, Surroundings

SHAPE = re.compile(r"[1-9]\d{0,2}-\d{1,4}")
IDS = [f"article-{number}" for number in range(12)]
OWN = st.none() | st.sampled_from(["4-217", "4-218", "42-17"])
FOLDER = st.dictionaries(st.sampled_from(IDS), st.tuples(OWN, st.booleans()))
"""Articles by id: the number that the editor set, and whether they are for staff alone."""


def around(folder: dict[str, tuple[str | None, bool]]) -> Surroundings:
    outlines = {}
    for id_, (own, staff) in folder.items():
        audience = Audience.STAFF if staff else Audience.PUBLIC
        outline = Outline(id_, "en", Kind.FAQ, audience, own, None, None, None, ())
        outlines[f"faqs/{id_}.md"] = outline
    return Surroundings(date(2026, 11, 2), outlines, frozenset(), Authority(name="A"), ())


def plain(count: int) -> dict[str, tuple[str | None, bool]]:
    return {f"about-{number}": (None, False) for number in range(count)}


@given(st.lists(FOLDER, max_size=8))
def test_articles_come_and_go_and_each_keeps_its_number(folders):
    given_before: dict[str, str] = {}
    seen: dict[str, str] = {}
    for folder in folders:
        numbers = number_articles(around(folder), given_before)
        said = [own for own, _ in folder.values() if own]
        assert numbers.of.keys() == folder.keys()
        assert len(set(numbers.of.values())) == len(folder)
        for id_, (own, _) in folder.items():
            assert SHAPE.fullmatch(numbers.of[id_])
            if own and said.count(own) == 1:
                assert numbers.of[id_] == own
            elif seen.get(id_, own) not in said:
                assert numbers.of[id_] == seen.setdefault(id_, numbers.of[id_])
            else:
                seen[id_] = numbers.of[id_]  # an editor has set it for another
        given_before = dict(numbers.given)


@given(FOLDER)
def test_the_order_of_the_files_changes_nothing_nor_does_numbering_again(folder):
    numbers = number_articles(around(folder), {})
    backwards = dict(reversed(folder.items()))
    assert number_articles(around(backwards), {}) == numbers
    assert number_articles(around(folder), numbers.given) == numbers


@given(FOLDER)
def test_what_staff_alone_have_changes_no_number_of_the_public(folder):
    public = {id_: one for id_, one in folder.items() if not one[1]}
    hidden = {id_: (None, True) for id_, (_, staff) in folder.items() if staff}
    alone = number_articles(around(public), {}).of
    assert number_articles(around({**public, **hidden}), {}).of.items() >= alone.items()


def test_a_number_that_was_given_is_given_to_no_other_when_its_article_goes():
    first = number_articles(around(plain(400)), {})
    gone = {id_: one for id_, one in plain(400).items() if id_ != "about-7"}
    later = number_articles(
        around({**gone, **{f"new-{n}": (None, False) for n in range(400)}}), first.given
    )
    assert first.of["about-7"] not in later.of.values()
    back = number_articles(around(plain(400)), later.given)
    assert back.of == first.of


def test_a_translation_has_the_number_of_its_original():
    both = around({"bins": (None, False)})
    outline = both.outlines["faqs/bins.md"]._replace(language="cy", number="7-100")
    translated = Surroundings(
        both.today, {**both.outlines, "faqs/bins.cy.md": outline}, frozenset(), both.authority, ()
    )
    assert dict(number_articles(translated, {}).of) == {"bins": "7-100"}


@pytest.mark.parametrize(("articles", "same"), [(458, 0.97), (10_000, 0.9)])
def test_where_all_that_was_given_is_lost_nearly_all_come_out_the_same(articles, same):
    folder = plain(articles)
    begun = dict(list(folder.items())[: articles * 9 // 10])
    before = number_articles(around(begun), {})
    before = number_articles(around(folder), before.given)
    anew = number_articles(around(folder), {})
    kept = sum(anew.of[id_] == number for id_, number in before.of.items())
    assert kept >= same * articles


def test_in_a_council_s_folder_nearly_all_have_one_figure_before_the_dash():
    numbers = number_articles(around(plain(458)), {}).of.values()
    short = [number for number in numbers if re.fullmatch(r"[1-9]-[1-9]\d\d", number)]
    assert len(short) >= 0.95 * len(numbers)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("4-217", ("4-217",)),
        (" 4 217 ", ("4-217",)),
        ("4 – 217", ("4-217",)),
        ("4.217", ("4-217",)),
        ("4217", ("4-217", "42-17", "421-7")),
        ("42-17", ("42-17",)),
        ("12-3456", ("12-3456",)),
        ("123456", ("12-3456", "123-456")),
        ("4", ()),
        ("4-21745", ()),
        ("12345678", ()),
        ("4-217 bins", ()),
        ("bins", ()),
        ("", ()),
        ("٤-٢١٧", ()),
    ],
)
def test_a_number_is_understood_however_it_is_typed(words, meant):
    assert understood(words) == meant


@given(st.text(max_size=20))
def test_anything_typed_is_a_number_or_not(words):
    assert all(SHAPE.fullmatch(number) or number[0] == "0" for number in understood(words))
