"""The vocabulary that comes with the package."""

import pytest

from indexer.analysis import STOP_WORDS, terms
from indexer.expansion import Expander, meanings, spoken
from indexer.vocabulary import general_vocabulary, parse_vocabulary

COMMON_WORDS = """
able account address adult age ago apply area ask authority back bad bank benefit bill bin book
box bus business buy car card care change charge check child children city claim clean close
club community contact cost council country county court day date dead door drive due early earn
energy event family fee fine fire food form free friend full garden get girl give good group
hand head health help high home hospital hour house job keep kind law lead learn leave left
letter licence life light line list live local long lost low make man meeting money month move
name new news night noise note number office old online open order other paper parent park part
party pass pay people permit person phone place plan plant play police pool post price public
question quiet rate read receipt record rent repair report request rest right road room rule run
safe school season second send service shop sick sign site small social space speak staff start
stop store street support system table tax team term test time top town trade train travel tree
trip trust use vehicle visit vote walk wall warm waste watch water week well window wood word
work worker world wrong year young
"""
COMMON = set(COMMON_WORDS.split())


def test_there_are_groups_enough():
    assert len(general_vocabulary()) >= 500


def test_no_group_swallows_a_common_word():
    common = {term for word in COMMON | STOP_WORDS for term in terms(word)}
    swallowed = [
        phrase
        for group in general_vocabulary()
        for phrase in (*group.say, *(group.mean if group.both_ways else ()))
        if len(spoken(terms(phrase))) < 2 and set(spoken(terms(phrase))) & common
    ]
    assert swallowed == []


def test_no_phrase_is_said_in_two_groups():
    said = [phrase for group in general_vocabulary() for phrase in group.say]
    assert sorted({phrase for phrase in said if said.count(phrase) > 1}) == []


def test_no_two_words_mean_each_other_but_where_they_are_equals():
    one_way = {
        (say, mean)
        for group in general_vocabulary()
        if not group.both_ways
        for say in group.say
        for mean in group.mean
    }
    assert [pair for pair in one_way if pair[::-1] in one_way] == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("where is the tip", "recycl"),
        ("pay my rates", "tax"),
        ("the lollipop lady did not come", "cross"),
        ("a social worker for my mum", "social"),
        ("need a dropped kerb", "cross"),
        ("road tax on the car", "vehicl"),
    ],
)
def test_what_people_say_leads_to_what_is_written(said, meant):
    assert meant in [*Expander([]).expand(terms(said)), *terms(said)]


def test_a_line_is_one_way_or_both():
    one, both = parse_vocabulary(
        "# a comment\n\ntip, dump > recycling centre\nuc = universal credit\n"
    )
    assert (one.say, one.mean, one.both_ways) == (("tip", "dump"), ("recycling centre",), False)
    assert (both.say, both.mean, both.both_ways) == (("uc",), ("universal credit",), True)
    assert set(meanings([both])) == {("uc",), tuple(terms("universal credit"))}


@pytest.mark.parametrize("line", ["tip", "tip >", "> tip", "tip, > dump", "tip -> dump"])
def test_a_line_that_is_neither_is_named(line):
    with pytest.raises(ValueError, match="vocabulary.txt:2"):
        parse_vocabulary(f"# first\n{line}\n")
